"""Text from a submission, plain and bounded in length."""

from __future__ import annotations

from grader import sanitize

_MARK = "[...]"


def plain_text(text: str, limit: int) -> str:
    """``text`` made harmless (`grader.sanitize.plain`), at most ``limit`` characters long.

    What is too long loses its middle: the end of a traceback says most.
    """
    text = sanitize.plain(text[: 4 * limit + 100_000])
    if len(text) <= limit:
        return text
    if limit < 20:
        return sanitize.plain(text[:limit])
    head = limit // 3
    return sanitize.without_middle(text, head, limit - head - len(_MARK) - 2, _MARK)
