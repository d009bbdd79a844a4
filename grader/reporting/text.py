"""Text of a report: hostile text made harmless, the words of one language, numbers for people."""

from __future__ import annotations

import math

from grader import sanitize
from grader.course.models import Bilingual
from grader.vocabulary import Lang


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
        As `grader.sanitize.plain` makes it.
    """
    value = sanitize.plain(str(text))
    if limit is None or len(value) <= limit:
        return value
    head = limit * 2 // 3
    return sanitize.without_middle(value, head, limit - head, "⋯")


def one_line(text: object, limit: int = 300) -> str:
    """Like :func:`plain`, on a single line."""
    return " ".join(plain(text, limit).split())


def pick(words: Bilingual, lang: Lang) -> str:
    """The title or sentence in one language; in the other where that is empty."""
    return words[lang]


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
