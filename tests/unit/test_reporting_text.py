"""Hostile text is harmless to look at, and words exist in both languages."""

from __future__ import annotations

import string
import tomllib
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.errors import CourseError
from grader.reporting.messages import Messages, load_messages
from grader.reporting.templates import default_folder
from grader.reporting.text import number, one_line, plain, points
from grader.vocabulary import LANGS, Outcome

ROOT = Path(__file__).resolve().parents[2]
NASTY = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x1b[]m31;\x07\\\x9b\x9d\r\n\b\t\x00\u202e\u2066\u200b\ufeff\ud800<>&\"'{}%`|"),
    )
)


@given(NASTY)
def test_no_control_or_direction_character_survives(text: str) -> None:
    shown = plain(text)
    for character in shown:
        assert character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )
    shown.encode("utf-8")


@given(NASTY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(NASTY, st.integers(10, 60))
def test_long_text_is_cut_to_its_limit(text: str, limit: int) -> None:
    assert len(plain(text, limit)) <= limit + len("\n⋯\n")
    assert "\n" not in one_line(text, limit)


def test_ordinary_code_and_korean_are_untouched() -> None:
    text = "def f(x):\n\treturn x['값'] < 3 and \"é\" != '😀'\n"
    assert plain(text) == text


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;https://example.org\x07link\x1b]8;;\x1b\\", "link"),
        ("10%\r50%\r100%\n", "100%\n"),
        ("a\r\nb", "a\nb"),
        ("gnp\u202eexe", "gnp[U+202E]exe"),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_terminal_habits_are_read_as_a_terminal_would(raw: str, shown: str) -> None:
    assert plain(raw) == shown


def test_numbers_are_short() -> None:
    assert [points(3.0), points(2.5), points(4 / 3), points(0)] == ["3", "2.5", "1.33", "0"]
    assert [number(0.93333333), number(float("nan"))] == ["0.9333", "nan"]


def _placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def _leaves(table: dict[str, object], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= _leaves(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found


def test_both_catalogues_say_the_same_things() -> None:
    english, korean = (
        _leaves(tomllib.loads((default_folder() / "messages" / f"{lang}.toml").read_text(encoding="utf-8")))
        for lang in LANGS
    )
    assert {key for key in english if not key.endswith("_one")} == {key for key in korean if not key.endswith("_one")}
    for key in english.keys() & korean.keys():
        if not key.endswith("_one"):
            assert _placeholders(english[key]) == _placeholders(korean[key]), key


@pytest.mark.parametrize("lang", LANGS)
def test_every_outcome_has_a_name_a_meaning_and_a_next_step(lang: str) -> None:
    t = load_messages("ko" if lang == "ko" else "en", [default_folder()])
    for outcome in Outcome:
        for part in ("name", "meaning", "next"):
            assert t(f"outcome.{outcome}.{part}").strip()


def test_a_course_overrides_single_sentences(tmp_path: Path) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages/en.toml").write_text('[well]\nlabel = "Bravo"\n', encoding="utf-8")
    t = load_messages("en", [tmp_path, default_folder()])
    assert t("well.label") == "Bravo"
    assert t("next.label") == "Look at this first"


@pytest.mark.parametrize("content", ["[well\n", "[well]\nlabel = 3\n"])
def test_a_broken_catalogue_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages/en.toml").write_text(content, encoding="utf-8")
    with pytest.raises(CourseError, match=r"en\.toml"):
        load_messages("en", [tmp_path])


def test_one_is_singular() -> None:
    t = Messages("en", {"checks": "{n} checks", "checks_one": "1 check"})
    assert [t("checks", n=1), t("checks", n=2)] == ["1 check", "2 checks"]


def test_a_wheel_carries_every_file_of_reports() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["data-files"]
    carried = {path for patterns in declared.values() for pattern in patterns for path in ROOT.glob(pattern)}
    assert {path for path in (ROOT / "reports").rglob("*") if path.is_file() and path.suffix != ".md"} == carried
