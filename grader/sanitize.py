"""Hostile text made harmless to look at and to store: the one place that knows which characters do more than show.

Terminal, reports, messages and what is kept all use it. Escaping for HTML, Markdown or Rich comes after this and
elsewhere; nothing here knows about markup.
"""

from __future__ import annotations

import re

# CSI (7 and 8 bit), OSC/DCS/SOS/PM/APC strings up to their terminator or the end of the line, so that a stray
# introducer does not swallow what follows; then any other two-character escape.
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[\]PX^_][^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?"
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_BREAKS = re.compile(r"\r\n|[\u2028\u2029\x85\x0b\x0c]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# What is left of control characters (Cc), surrogates (Cs), noncharacters, and format characters (Cf), which are invisible
# and can carry hidden text: tag characters and what else is never shown between U+E0000 and U+E0FFF among them. Letters that
# show nothing (a Hangul filler that stands alone, the grapheme joiner) are like them; number signs of Arabic, also Cf, are not: they show.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    "\u00ad\u034f\u17b4\u17b5\u180e\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
# Joiners are part of emoji (a family, a flag on a pole) and of words in scripts from Arabic to Khmer. Elsewhere, as
# between Latin or Korean letters, they change nothing that is seen.
_JOINERS = "\u200c\u200d"
_JOINED = "[\u0610-\u10ff\u1780-\u18af\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]"
# A variation selector belongs to the symbol or ideograph before it.
_STRAY_SELECTORS = re.compile(
    "(?<![#*0-9\u00a9\u00ae\u2010-\u303f\u3200-\u32ff\u3400-\u9fff\U0001f000-\U0001faff])[\ufe00-\ufe0f]"
)
_STRAY_JOINERS = re.compile(f"(?<!{_JOINED})[{_JOINERS}]|[{_JOINERS}](?!{_JOINED})")


def plain(text: str) -> str:
    """Text that does nothing but show.

    Returns
    -------
    str
        Text whose only control characters are newline and tab. Terminal escapes are gone, bidirectional controls are
        shown as ``[U+202E]``, other invisible characters as ``�``, progress bars as they last stood. Letters of any
        script, composed or not, and emoji stay as they are, private use too.
    """
    if text.isascii() and text.isprintable():
        return text  # most of what is shown: nothing to do
    text = _LINE_BREAKS.sub("\n", _ESCAPES.sub("", text))
    text = "\n".join(_rewind(line) for line in text.split("\n"))
    text = _BIDI.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
    for unseen in (_INVISIBLE, _STRAY_SELECTORS, _STRAY_JOINERS):
        text = unseen.sub("\ufffd", text)
    return text


def without_middle(text: str, first: int, last: int, mark: str) -> str:
    """The first and the last characters of plain text that is too long, a line with a mark between them."""
    head, tail = text[:first].rstrip(_JOINERS), text[len(text) - last :].lstrip(_JOINERS)
    return f"{head}\n{mark}\n{tail}"


def storable(text: str) -> str:
    """Text that every file, pipe and database takes: lone surrogates and NUL are written out, the rest stays."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")


def _rewind(line: str) -> str:
    """What a terminal shows of a line with carriage returns: the text after the last one that left anything."""
    kept = [part for part in line.split("\r") if part.strip("\b \t")]
    return (kept[-1] if kept else "").replace("\b", "") if "\r" in line or "\b" in line else line
