"""No character does more than show, whichever way a hostile text is shown; what people write stays as it is."""

from __future__ import annotations

import io
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.console import Console

from grader.cli.common import safe
from grader.intake.messages import shown
from grader.reporting import text as reporting
from grader.running.text import plain_text
from grader.sanitize import plain, storable, without_middle

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = "\u061c\u200e\u200f"
JOINERS = "\u200c\u200d"
TAGS = range(0xE0000, 0xE1000)
SHOWN_SIGNS = "\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # Cf as well
EMPTY_LETTERS = "\u034f\u17b4\u17b5\u3164\uffa0"
SELECTORS = "".join(map(chr, range(0xFE00, 0xFE10)))
EVERY = [chr(point) for point in range(sys.maxunicode + 1)]


def does_more_than_show(character: str) -> bool:
    if character in "\n\t" or character in JOINERS + SHOWN_SIGNS:
        return False
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Cs")
        or unicodedata.bidirectional(character) in BIDI
        or ord(character) in TAGS
        or character in EMPTY_LETTERS
        or ord(character) & 0xFFFE == 0xFFFE
    )


HOSTILE = [character for character in EVERY if does_more_than_show(character)]
HOSTILE_TEXT = st.text(
    st.one_of(st.characters(), st.sampled_from(HOSTILE), st.sampled_from("\x1b[]m31;👩👨가\u200d\u200c\n"))
)


def test_every_character_that_does_more_than_show_is_seen_or_gone() -> None:
    assert {unicodedata.category(c) for c in HOSTILE} >= {"Cc", "Cf", "Cs", "Cn", "Mn"}
    assert len(HOSTILE) > 6000
    assert not [c for c in HOSTILE if c in plain(f"a{c}b") or c in plain(f"가{c}{c}나") or c in plain(f"👩{c}👨")]


def test_every_other_character_stays() -> None:
    breaks = "\u2028\u2029"
    kept = [
        c
        for c in EVERY
        if not does_more_than_show(c) and c not in JOINERS + SELECTORS + breaks and unicodedata.category(c) != "Cn"
    ]
    assert {unicodedata.category(c) for c in kept} >= {"Co", "Lo", "Mn", "Mc", "So", "Zs"}
    text = "".join(kept)
    assert plain(text) == text


@given(HOSTILE_TEXT)
def test_all_ways_to_show_text_use_it(text: str) -> None:
    for way in (plain, reporting.plain, shown, safe, lambda each: plain_text(each, 200)):
        assert not [c for c in way(text) if does_more_than_show(c)]
    assert reporting.plain(text) == plain(text)
    assert plain(plain(text)) == plain(text)
    assert plain_text(text, 10_000) == plain(text)


@pytest.mark.parametrize("hidden", ["\u200f", "\u061c", "\U000e0041", "\u202e", "\u2067", "\u00ad", "\u2062", "\x9b2J"])
def test_a_terminal_gets_no_hidden_text(hidden: str) -> None:
    screen = Console(file=io.StringIO(), width=80)
    screen.print(safe(f"a{hidden}b"))
    assert isinstance(screen.file, io.StringIO)
    assert hidden[0] not in screen.file.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "가나다",
        unicodedata.normalize("NFD", "한글 평균"),
        "\u1100\u1160\u11a8",  # old letters take a filler
        "👩‍💻 👨‍👩‍👧 🏳️‍🌈 ❤️‍🔥 👩🏽‍🔬",
        "می‌خواهم क्‍ष",
        "é e\u0301 naïve ½ → ≤ \u00a0 \u3000",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "text", ["pass\u200dword", "가\u200c나", "👩\u200d", "\u200d👩", "👩\u200d\u200d👩", "1\u200c2"]
)
def test_joiners_that_join_nothing_are_seen(text: str) -> None:
    assert not set(JOINERS) & set(plain(text))


@pytest.mark.parametrize("selector", SELECTORS)
def test_a_selector_that_selects_nothing_is_seen(selector: str) -> None:
    assert (
        selector not in plain(f"a{selector}b") + plain(f"{selector}가{selector}") + plain(f"❤{selector}{selector}")[2:]
    )
    assert plain(f"❤{selector} 1{selector}") == f"❤{selector} 1{selector}"


@example("👩\u200d👨", 2, 0)
@example("👩\u200d👨", 0, 2)
@given(HOSTILE_TEXT, st.integers(0, 40), st.integers(0, 40))
def test_what_is_left_of_a_long_text_is_plain(text: str, first: int, last: int) -> None:
    kept = without_middle(plain(text), first, last, "⋯")
    assert plain(kept) == kept


@given(st.text(st.characters() | st.sampled_from("\x00\ud800\udcff")))
def test_what_is_stored_keeps_all_but_what_no_file_takes(text: str) -> None:
    stored = storable(text)
    stored.encode("utf-8")
    assert "\x00" not in stored
    assert ("\x00" in text or any("\ud800" <= c <= "\udfff" for c in text)) == (stored != text)
