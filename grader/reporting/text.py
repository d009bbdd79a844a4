"""Hostile text made harmless to look at: no terminal escapes, no control characters, no hidden direction changes.

Escaping for HTML, Markdown or Rich comes after this and elsewhere; nothing here knows about markup.
"""

from __future__ import annotations

import math
import re

from grader.course.models import Bilingual
from grader.vocabulary import Lang

# CSI (7 and 8 bit), OSC/DCS/SOS/PM/APC strings up to their terminator or the end of the line, so that a stray
# introducer does not swallow what follows; then any other two-character escape.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_BREAKS = re.compile(r"\r\n|[\u2028\u2029\x85\x0b\x0c]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What is left of C0/C1, surrogates, noncharacters, and invisible fillers that can carry hidden text.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\U0001fffe\U0001ffff\U0010fffe\U0010ffff]"
)


def _rewind(line: str) -> str:
    """What a terminal shows of a line with carriage returns: the text after the last one that left anything."""
    kept = [part for part in line.split("\r") if part.strip("\b \t")]
    return (kept[-1] if kept else "").replace("\b", "") if "\r" in line or "\b" in line else line


def plain(text: object, limit: int | None = None) -> str:
    """Turn any value into printable text.

    Parameters
    ----------
    text : object
        Anything; ``str`` is taken of it.
    limit : int, optional
        Keep at most this many characters: the first two thirds and the last third, with ``⋯`` between.

    Returns
    -------
    str
        Text whose only control characters are newline and tab. Bidirectional controls are shown as ``[U+202E]``,
        other control characters as ``�``, progress bars as they last stood.
    """
    value = str(text)
    if value.isprintable() and (limit is None or len(value) <= limit):
        return value  # most of what is shown: nothing to do
    value = _LINE_BREAKS.sub("\n", _ESCAPES.sub("", value))
    value = "\n".join(_rewind(line) for line in value.split("\n"))
    value = _BIDI.sub(lambda found: f"[U+{ord(found.group()):04X}]", value)
    value = _CONTROLS.sub("\ufffd", value)
    if limit is not None and len(value) > limit:
        head = limit * 2 // 3
        value = f"{value[:head]}\n⋯\n{value[len(value) - (limit - head) :]}"
    return value


def one_line(text: object, limit: int = 300) -> str:
    """Like :func:`plain`, on a single line."""
    return " ".join(plain(text, limit).split())


def pick(words: Bilingual, lang: Lang) -> str:
    """The title or sentence in one language; English where Korean is empty."""
    return (words.ko or words.en) if lang == "ko" else words.en


def number(value: float) -> str:
    """A measured value with four significant digits: ``0.9333``, ``1.2e+06``, ``nan``."""
    return f"{value:.4g}"


def points(value: float) -> str:
    """Points with at most two decimals and none that say nothing: ``3``, ``2.5``, ``1.33``."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def told_apart(value: float, edge: float) -> tuple[str, str]:
    """Both numbers for people, with as many digits as tell them apart: 0.94999 must not read as a reached 0.95."""
    texts = number(value), number(edge)
    if texts[0] != texts[1] or value == edge or math.isnan(value):
        return texts
    for digits in range(5, 17):
        texts = f"{value:.{digits}g}", f"{edge:.{digits}g}"
        if texts[0] != texts[1]:
            return texts
    return repr(value), repr(edge)
