"""What all comparisons with expected numbers share: an answer that is read once, and why it is not the right one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NoReturn

import numpy as np
from numpy.typing import NDArray

from grader.checking.diagnosis import (
    PLACES,
    diagnose,
    diagnose_kind,
    diagnose_shape,
)
from grader.checking.diagnosis.sentences import NAN
from grader.checking.expect.base import ExpectBase
from grader.checking.expect.same import same_data
from grader.checking.values import Answer, agree, described, numeric, shown, told_dtype, told_shape
from grader.vocabulary import Text

NOT_NUMBERS = Text("Numbers are wanted here, but this is {found}.", "수가 있어야 하는데 {found}이에요.")
WRONG_SHAPE = Text(
    "The shape is {found}, which is not the shape wanted.", "모양이 {found}인데, 필요한 모양이 아니에요."
)
WRONG_VALUE = Text("{value} is not the right value.", "{value}은(는) 맞는 값이 아니에요.")
WRONG_VALUES = Text("The values are not the right ones.", "값이 맞지 않아요.")
DIFFERENT = Text("This is not the right result; it is {found}.", "맞는 결과가 아니에요. 지금은 {found}이에요.")
SOME_ITEMS = Text("Not all of the items are the right ones.", "들어 있는 값이 모두 맞지는 않아요.")
NUMBER_OF_ITEMS = Text("There is not the right number of items.", "들어 있는 값의 개수가 맞지 않아요.")
WRONG_KEYS = Text("The keys are not the right ones.", "키가 맞지 않아요.")
SOME_VALUES = Text("The keys are right, but not all of their values.", "키는 맞지만 값이 모두 맞지는 않아요.")
WRONG_DTYPE = Text("The dtype is {found}; expected is {wanted}.", "dtype이 {found}이에요. {wanted}이어야 해요.")

_KINDS = {"float": "f", "int": "iu", "integer": "iu", "bool": "b", "complex": "c", "number": "iufc", "str": "UO"}


@dataclass(frozen=True)
class Difference:
    """Why an answer is not the one expected.

    Attributes
    ----------
    diagnosis : Text or None
        What explains it.
    general : Text or None
        What to say where nothing explains it.
    """

    diagnosis: Text | None = None
    general: Text | None = None


class NumberBase(ExpectBase):
    """Compares answers with expected numbers and data."""

    def _close(
        self,
        actual: Any,
        expected: Any,
        rtol: float,
        atol: float,
        message: Text | None,
        *,
        inputs: Any = None,
        dtype: Any = None,
        nan: Literal["equal", "forbid"] = "equal",
        shape: Literal["exact", "flat"] = "exact",
    ) -> None:
        """`Expect.close`, for options that have been looked at."""
        wanted = numeric(expected)
        if wanted is None:
            raise TypeError(f"expect.close: the expected value is not numeric: {type(expected).__name__}")
        answer = Answer(actual)
        flat = shape == "flat" and answer.shape is not None and _flat(answer.shape) and _flat(wanted.shape)
        if flat:
            answer, wanted = answer.flattened(), wanted.reshape(-1)
        odd = _difference(answer, wanted, rtol, atol, inputs, dtype, nan)
        if odd is not None:
            self._tell(answer, odd, message, expected)

    def _same(self, actual: Any, expected: Any, message: Text | None) -> None:
        """`Expect.same`."""
        if same_data(actual, expected):
            return
        answer, right = Answer(actual), Answer(expected)
        text = shown(actual)
        general = WRONG_VALUE.format(value=text) if text else _other_kind(actual, expected)
        odd = (
            diagnose_shape(answer.shape, right.shape) if answer.shape is not None and right.shape is not None else None
        )
        if (
            answer.numbers is not None
            and right.numbers is not None
            and _comparable(answer.numbers.shape, right.numbers.shape)
        ):
            odd = diagnose(answer.numbers, right.numbers, 0.0, 0.0)
        self._tell(answer, Difference(odd, general), message, expected)

    def _tell(self, answer: Answer, odd: Difference, message: Text | None, wanted: Any) -> NoReturn:
        """Fail with the difference; where there is a message, places of wrong values add nothing to it."""
        diagnosis = None if message and odd.diagnosis in PLACES else odd.diagnosis
        self._fail(answer, diagnosis, message=message, wanted=wanted, general=odd.general)


def _difference(
    answer: Answer,
    wanted: NDArray[Any],
    rtol: float,
    atol: float,
    inputs: Any,
    dtype: Any,
    nan: str,
) -> Difference | None:
    """Why the numbers of an answer are not those wanted; None where they are."""
    if answer.shape is not None and answer.shape != wanted.shape:
        diagnosis = diagnose_shape(answer.shape, wanted.shape)
        if _comparable(answer.shape, wanted.shape) and answer.numbers is not None:
            diagnosis = diagnose(answer.numbers, wanted, rtol, atol, _given(inputs))
        return Difference(diagnosis or WRONG_SHAPE.format(found=told_shape(answer.shape)))
    found = answer.numbers
    truth = found is not None and found.ndim == 0 and found.dtype.kind == "b" and wanted.dtype.kind != "b"
    if found is None or truth:  # True is no answer where 1.0 is the right one
        return Difference(diagnose_kind(answer.value) or described(NOT_NUMBERS, answer.value))
    if dtype is not None and (other := other_dtype(answer, dtype)) is not None:
        return Difference(other)
    if nan == "forbid" and np.isnan(found).any():
        return Difference(NAN)
    if agree(found, wanted, rtol, atol):
        return None
    text = shown(answer.value) if found.size == 1 else ""
    general = WRONG_VALUE.format(value=text) if text else WRONG_VALUES
    return Difference(diagnose(found, wanted, rtol, atol, _given(inputs)), general)


def other_dtype(answer: Answer, kind: Any) -> Text | None:
    """What an answer is where it is no array of a dtype, in the words of `Expect.dtype`; None where it is one."""
    if answer.array is None:
        return described(NOT_NUMBERS, answer.value)
    found = answer.array.dtype
    name = kind if isinstance(kind, str) else {float: "float", int: "int", bool: "bool", str: "str"}.get(kind, "")
    if found.kind in _KINDS[name] if name in _KINDS else found == np.dtype(kind):
        return None
    return WRONG_DTYPE.format(found=told_dtype(found), wanted=name or str(np.dtype(kind)))


def _other_kind(actual: Any, expected: Any) -> Text:
    """What about the kind, the length or the keys of an answer is not as expected; where they are, that its items are not."""
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        keys = len(actual) == len(expected) and all(key in actual for key in expected)
        return SOME_VALUES if keys else WRONG_KEYS
    for kinds in ((list, tuple), (set, frozenset)):
        if isinstance(expected, kinds) and isinstance(actual, kinds):
            return SOME_ITEMS if len(actual) == len(expected) else NUMBER_OF_ITEMS
    return described(DIFFERENT, actual)


def _comparable(found: tuple[int, ...], wanted: tuple[int, ...]) -> bool:
    """Whether values are worth comparing for a diagnosis; a much larger array only costs time."""
    return math.prod(found) <= 2 * math.prod(wanted) + 16


def _given(inputs: Any) -> Any:
    """The inputs of a check as an array, or None where it gives none."""
    if inputs is None:
        return None
    array = numeric(inputs)
    if array is None:
        raise TypeError(f"inputs: not made of numbers: {type(inputs).__name__}")
    return array


def _flat(shape: tuple[int, ...]) -> bool:
    """Whether at most one axis is longer than one."""
    return math.prod(shape) == max(shape, default=1)
