"""Mistakes that the author of a check knows: wrong values, each with the sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.values import numeric, shape_of
from grader.vocabulary import Text

Mistakes = Mapping[Text, Any] | Iterable[tuple[Any, Text]]


def known_mistakes(mistakes: Mistakes | None) -> list[tuple[Any, Text]]:
    """Pairs of a wrong value and its sentence, out of either way to write them.

    Raises
    ------
    TypeError
        An entry is not made of a value and a Text: a mistake in the check.
    """
    if mistakes is None:
        return []
    if isinstance(mistakes, Mapping):
        pairs = [(value, text) for text, value in mistakes.items()]
    else:
        pairs = [_pair(entry) for entry in mistakes]
    for _, text in pairs:
        if not isinstance(text, Text):
            raise TypeError(f"mistakes: each sentence must be a Text, not {type(text).__name__}")
    return pairs


def known_mistake(actual: Any, mistakes: Mistakes | None, rtol: float, atol: float) -> Text | None:
    """The sentence of the first known mistake that gives `actual` up to the tolerance, or None.

    Raises
    ------
    TypeError
        A wrong value is not made of numbers: a mistake in the check.
    """

    def alike(value: NDArray[Any]) -> bool:
        # the shape first: to make a large sparse matrix dense costs memory
        found = numeric(actual) if shape_of(actual) == value.shape else None
        with np.errstate(all="ignore"):
            return found is not None and bool(np.isclose(found, value, rtol=rtol, atol=atol, equal_nan=True).all())

    return first_alike(mistakes, alike)


def first_alike(mistakes: Mistakes | None, alike: Callable[[NDArray[Any]], bool]) -> Text | None:
    """The sentence of the first known mistake whose value `alike` says the answer has, or None.

    Raises
    ------
    TypeError
        A wrong value is not made of numbers: a mistake in the check.
    """
    for wrong, text in known_mistakes(mistakes):
        value = numeric(wrong)
        if value is None:
            raise TypeError(f"mistakes: a wrong value must be made of numbers, not {type(wrong).__name__}")
        if alike(value):
            return text
    return None


def _pair(entry: Any) -> tuple[Any, Text]:
    if not isinstance(entry, tuple | list) or len(entry) != 2:
        raise TypeError("mistakes: each entry must be a pair (wrong value, Text)")
    return entry[0], entry[1]
