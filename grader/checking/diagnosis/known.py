"""Mistakes that the author of a check knows: wrong values, each with the sentence that explains it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from numpy.typing import NDArray

from grader.checking.values import Answer, numeric
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


def known_mistake(answer: Answer, mistakes: Mistakes | None, rtol: float, atol: float) -> Text | None:
    """The sentence of the first known mistake that gives the answer up to the tolerance, or None.

    Raises
    ------
    TypeError
        A wrong value is not made of numbers: a mistake in the check.
    """
    return first_alike(mistakes, lambda wrong: answer.is_close(wrong, rtol, atol))


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
