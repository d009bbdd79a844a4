"""Text from a submission is made plain."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from grader.running.text import plain_text


@given(st.text(max_size=400), st.integers(10, 200))
def test_no_control_character_survives_and_length_is_bounded(text: str, limit: int) -> None:
    plain = plain_text(text, limit)
    assert len(plain) <= limit
    assert not {c for c in plain if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r"}
    assert plain_text(plain, limit) == plain


def test_terminal_escapes_go_with_their_parameters() -> None:
    assert plain_text("\x1b[31mred\x1b[0m \x1b]0;title\x07done\x1b", 100) == "red done"


def test_long_text_keeps_its_start_and_its_end() -> None:
    text = plain_text("start" + "x" * 1000 + "end", 100)
    assert text.startswith("start") and text.endswith("end") and "[...]" in text
