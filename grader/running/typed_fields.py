"""Reads fields of the plain data that the sandbox sent as facts: each of its type, or the answer is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.errors import SubmissionFault
from grader.running import faults
from grader.running.text import plain_text
from grader.vocabulary import Outcome

_MAX_TEXT = 10_000


class Fields:
    """A dict of facts.

    Raises
    ------
    SubmissionFault
        From every method, when a field is missing or of another type: only a tampered probe sends that.
    """

    def __init__(self, data: Any) -> None:
        if not isinstance(data, dict):
            raise _broken("facts")
        self._data = data

    def text(self, key: str) -> str:
        """A text, without control characters."""
        return plain_text(self._typed(key, str), _MAX_TEXT)

    def text_or_none(self, key: str) -> str | None:
        """A text or None."""
        return None if self._data.get(key) is None else self.text(key)

    def texts(self, key: str) -> list[str]:
        """A list of texts."""
        return [plain_text(item, _MAX_TEXT) if isinstance(item, str) else _fail(key) for item in self.items(key)]

    def flag(self, key: str) -> bool:
        """True or False."""
        return bool(self._typed(key, bool))

    def number(self, key: str) -> float:
        """A float."""
        return _float(self._typed(key, float, int), key)

    def number_or_none(self, key: str) -> float | None:
        """A float or None."""
        return None if self._data.get(key) is None else self.number(key)

    def whole_or_none(self, key: str) -> int | None:
        """An int or None."""
        return None if self._data.get(key) is None else int(self._typed(key, int))

    def numbers(self, key: str, count: int) -> tuple[float, ...]:
        """A list of exactly `count` floats; None reads as nan."""
        found = [float("nan") if item is None else item for item in self.items(key)]
        if len(found) != count or not all(isinstance(item, float | int) for item in found):
            raise _broken(key)
        return tuple(_float(item, key) for item in found)

    def array(self, key: str) -> NDArray[Any]:
        """An array."""
        found: NDArray[Any] = self._typed(key, np.ndarray)
        return found

    def array_or_none(self, key: str) -> NDArray[Any] | None:
        """An array or None."""
        return None if self._data.get(key) is None else self.array(key)

    def items(self, key: str) -> list[Any]:
        """A list."""
        found: list[Any] = self._typed(key, list)
        return found

    def any(self, key: str) -> Any:
        """Whatever it is."""
        return self._data.get(key)

    def _typed(self, key: str, *kinds: type) -> Any:
        value = self._data.get(key)
        if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
            raise _broken(key)
        return value


def _float(value: float, key: str) -> float:
    try:
        return float(value)
    except OverflowError:
        raise _broken(key) from None


def _broken(key: str) -> SubmissionFault:
    return SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, f"the fact {key!r} is not of its type")


def _fail(key: str) -> str:
    raise _broken(key)
