"""Makes text from a submission plain: no terminal escapes, no control characters, bounded in length."""

from __future__ import annotations

import re

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_]|.)?", re.DOTALL)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def plain_text(text: str, limit: int) -> str:
    """``text`` without escapes and control characters, at most ``limit`` characters long.

    What is too long loses its middle: the end of a traceback says most.
    """
    text = _CONTROLS.sub("", _ESCAPES.sub("", text[: 4 * limit + 100_000]))
    if len(text) <= limit:
        return text
    if limit < 20:
        return text[:limit]
    head = limit // 3
    return f"{text[:head]}\n[...]\n{text[-(limit - head - 7) :]}"
