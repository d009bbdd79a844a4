"""Expectations about numbers and arrays: closeness, equality, shape, dtype, bounds."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.checking.diagnosis import (
    PLACES,
    Mistakes,
    diagnose,
    diagnose_kind,
    diagnose_shape,
    known_mistake,
    known_mistakes,
)
from grader.checking.diagnosis.sentences import INFINITE, NAN
from grader.checking.expect.base import ExpectBase
from grader.checking.values import (
    describe,
    is_discreet,
    is_frame,
    numeric,
    plain_array,
    scalar,
    shape_of,
    shown,
    told_dtype,
    told_shape,
)
from grader.vocabulary import Text

NOT_NUMBERS = Text("Numbers are wanted here, but this is {found}.", "수가 있어야 하는데 {found}이에요.")
WRONG_SHAPE = Text(
    "The shape is {found}, which is not the shape wanted.", "모양이 {found}인데, 필요한 모양이 아니에요."
)
WANTED_SHAPE = Text("The shape should be {wanted}, but it is {found}.", "모양이 {wanted}이어야 하는데 {found}이에요.")
NO_SHAPE = Text(
    "An array of shape {wanted} is wanted, but this is {found}.",
    "모양이 {wanted}인 배열이 있어야 하는데 {found}이에요.",
)
WRONG_VALUE = Text("{value} is not the right value.", "{value}은(는) 맞는 값이 아니에요.")
WRONG_VALUES = Text("The values are not the right ones.", "값이 맞지 않아요.")
DIFFERENT = Text("This is not the right result; it is {found}.", "맞는 결과가 아니에요. 지금은 {found}이에요.")
SOME_ITEMS = Text("Not all of the items are the right ones.", "들어 있는 값이 모두 맞지는 않아요.")
NUMBER_OF_ITEMS = Text("There is not the right number of items.", "들어 있는 값의 개수가 맞지 않아요.")
WRONG_KEYS = Text("The keys are not the right ones.", "키가 맞지 않아요.")
SOME_VALUES = Text("The keys are right, but not all of their values.", "키는 맞지만 값이 모두 맞지는 않아요.")
NOT_REAL = Text("Real numbers are wanted here, but these are complex.", "실수가 있어야 하는데 복소수예요.")
WRONG_DTYPE = Text("The dtype is {found}; expected is {wanted}.", "dtype이 {found}이에요. {wanted}이어야 해요.")
TOO_SMALL = Text(
    "{what} is {found}; at least {bound} is needed.", "{what}: 지금은 {found}이에요. {bound} 이상이어야 해요."
)
TOO_LARGE = Text(
    "{what} is {found}; at most {bound} is allowed.", "{what}: 지금은 {found}이에요. {bound} 이하여야 해요."
)
LOWER = Text("{what}: at least {bound} is needed.", "{what}: {bound} 이상이어야 해요.")
UPPER = Text("{what}: at most {bound} is allowed.", "{what}: {bound} 이하여야 해요.")
THE_VALUE = Text("The value", "값")

_KINDS = {"float": "f", "int": "iu", "integer": "iu", "bool": "b", "complex": "c", "number": "iufc", "str": "UO"}


class NumberExpectations(ExpectBase):
    """``expect.close`` and its relatives."""

    def close(
        self,
        actual: Any,
        expected: Any,
        rtol: float = 1e-7,
        atol: float = 0.0,
        message: Text | None = None,
        *,
        mistakes: Mistakes | None = None,
        inputs: Any = None,
        dtype: Any = None,
        nan: Literal["equal", "forbid"] = "equal",
        shape: Literal["exact", "flat"] = "exact",
    ) -> None:
        """Numbers that equal `expected` up to ``atol + rtol * abs(expected)``; shapes must match as well.

        A Python number and an array of shape () are the same thing. Where the values differ, the student reads which
        mistake explains it, if one does.

        Parameters
        ----------
        actual, expected : number, nested list, array, Series, DataFrame or sparse matrix
        rtol, atol : float
            As `numpy.isclose` takes them, relative to `expected`.
        message : Text, optional
            Said before the diagnosis.
        mistakes : mapping of Text to wrong value, or iterable of (wrong value, Text), optional
            Mistakes that you know: the sentence of the first whose value the answer has is said, before any diagnosis.
        inputs : array_like, optional
            What the student's code was given, so that a wrong axis or divisor (ddof) can be told.
        dtype : str or dtype, optional
            The answer must be of this dtype too, as `Expect.dtype` takes it.
        nan : "equal" or "forbid"
            Whether NaN is right where NaN is expected, or never.
        shape : "exact" or "flat"
            With "flat", (n,), (n, 1) and (1, n) are the same shape, and so are () and (1,).

        Raises
        ------
        TypeError
            `expected`, a wrong value or `inputs` is not made of numbers: a mistake in the check.

        Examples
        --------
        >>> expect.close([0.1 + 0.2, 1], [0.3, 1.0])
        >>> expect.close(np.array([[1.0], [2.0]]), [1, 2], shape="flat", dtype="float")
        >>> X = np.array([[1.0, 2.0], [3.0, 8.0], [4.5, 6.0]])
        >>> expect.close([2.8333333, 5.3333333], X.mean(axis=0), atol=1e-6)
        >>> expect.close(X.mean(axis=1), X.mean(axis=0), inputs=X)
        Traceback (most recent call last):
        ...
        grader.checking.failure.CheckFailed: This was computed along the other axis: axis=0 goes down the columns, axis=1 along the rows.
        """
        wanted = numeric(expected)
        if wanted is None:
            raise TypeError(f"expect.close: the expected value is not numeric: {type(expected).__name__}")
        if nan not in ("equal", "forbid") or shape not in ("exact", "flat"):
            raise ValueError(
                f'expect.close: nan={nan!r}, shape={shape!r}; expected "equal"/"forbid" and "exact"/"flat"'
            )
        found_shape = shape_of(actual)
        if shape == "flat" and found_shape is not None and _flat(found_shape) and _flat(wanted.shape):
            actual_array, wanted = plain_array(actual), wanted.reshape(-1)
            actual = actual if actual_array is None else actual_array.reshape(-1)
            found_shape = None if actual_array is None else actual.shape
            listed = [(value, plain_array(value), text) for value, text in known_mistakes(mistakes)]
            mistakes = [(value if a is None else a.reshape(-1), text) for value, a, text in listed]
        if found_shape is not None and found_shape != wanted.shape:
            known = known_mistake(actual, mistakes, rtol, atol)
            self._wrong_shape(actual, found_shape, wanted, rtol, atol, message, known, inputs)
        found = numeric(actual)
        truth = found is not None and found.ndim == 0 and found.dtype.kind == "b" and wanted.dtype.kind != "b"
        if found is None or truth:  # True is no answer where 1.0 is the right one
            sentence = diagnose_kind(actual) or _fill(NOT_NUMBERS, actual)
            self._fail(actual, sentence, message=message, wanted=expected)
        if dtype is not None:
            self.dtype(actual, dtype, message=message)
        if nan == "forbid" and np.isnan(found).any():
            self._fail(actual, NAN, message=message, wanted=expected)
        with np.errstate(all="ignore"):
            if np.isclose(found, wanted, rtol=rtol, atol=atol, equal_nan=True).all():
                return
        text = shown(actual) if found.size == 1 else ""
        general = WRONG_VALUE.format(value=text) if text else WRONG_VALUES
        known = known_mistake(actual, mistakes, rtol, atol)
        odd = None if known else diagnose(found, wanted, rtol, atol, _given(inputs))
        odd = None if message and odd in PLACES else odd
        self._fail(actual, odd, message=message, wanted=expected, general=general, known=known)

    def same(
        self, actual: Any, expected: Any, message: Text | None = None, *, mistakes: Mistakes | None = None
    ) -> None:
        """Equal data: scalars, text, lists, tuples, sets, dictionaries, arrays, tables; NaN equals NaN.

        A list equals a tuple with the same items, and a NumPy scalar the Python one.

        Parameters
        ----------
        actual, expected : data
        message : Text, optional
        mistakes : optional
            As `close` takes them; a wrong value may be any data.

        Examples
        --------
        >>> expect.same({"classes": ("cat", "dog")}, {"classes": ["cat", "dog"]})
        """
        if not _same(actual, expected):
            text = shown(actual)
            general = WRONG_VALUE.format(value=text) if text else _difference(actual, expected)
            shape, wanted = shape_of(actual), shape_of(expected)
            odd = diagnose_shape(shape, wanted) if shape is not None and wanted is not None else None
            found, right = numeric(actual), numeric(expected)
            if found is not None and right is not None and _comparable(found.shape, right.shape):
                odd = diagnose(found, right, 0.0, 0.0)
                odd = None if message and odd in PLACES else odd
            known = next((text for value, text in known_mistakes(mistakes) if _same(actual, value)), None)
            self._fail(actual, odd, message=message, wanted=expected, general=general, known=known)

    def finite(self, x: Any, message: Text | None = None) -> None:
        """Numbers without NaN and infinity.

        Examples
        --------
        >>> expect.finite([0.5, 1e300])
        """
        found = numeric(x)
        if found is None:
            self._fail(x, _fill(NOT_NUMBERS, x), message=message)
        if np.isnan(found).any():
            self._fail(x, NAN, message=message)
        if not np.isfinite(found).all():
            self._fail(x, INFINITE, message=message)

    def shape(self, x: Any, shape: Sequence[int | None] | int, message: Text | None = None) -> None:
        """An array (or list, table, sparse matrix) of this shape; None stands for any length.

        Examples
        --------
        >>> expect.shape(np.zeros((5, 3)), (None, 3))
        """
        wanted = (shape,) if isinstance(shape, int) else tuple(shape)
        found = shape_of(x)
        told = str(wanted).replace("None", "n")
        if found is None:
            kind = describe(x)
            sentence = NO_SHAPE.format(wanted=told, found=kind)
            self._fail(x, sentence, message=message)
        if len(found) != len(wanted) or any(w not in (None, f) for f, w in zip(found, wanted, strict=True)):
            odd = diagnose_shape(found, tuple(w for w in wanted if w is not None))
            self._fail(x, WANTED_SHAPE.format(wanted=told, found=told_shape(found)), odd, message=message)

    def array(
        self, value: Any, shape: Sequence[int | None] | int, message: Text | None = None, *, dtype: Any = None
    ) -> NDArray[Any]:
        """Finite real numbers of this shape, to compute with.

        Parameters
        ----------
        value : number, nested list, array, Series, DataFrame or sparse matrix
        shape : sequence of int or None, or int
            As `Expect.shape` takes it: None stands for any length.
        message : Text, optional
        dtype : str or dtype, optional
            The numbers must be of this dtype too, as `Expect.dtype` takes it.

        Returns
        -------
        ndarray
            Floats; what came, where `dtype` was asked for. Truth values are 0 and 1, and complex numbers whose
            imaginary parts are 0 up to rounding are their real parts.

        Examples
        --------
        >>> centres = expect.array([[0, 1], [5, 5]], (None, 2))
        >>> centres.mean(axis=0).tolist()
        [2.5, 3.0]
        >>> expect.array([3, 1, 2], (3,), dtype="int").tolist()
        [3, 1, 2]
        """
        self.shape(value, shape, message)
        if dtype is not None:
            self.dtype(value, dtype, message)
        self.finite(value, message)
        found = numeric(value)
        assert found is not None  # finite
        if dtype is not None:
            return found
        real = np.real_if_close(found)
        if real.dtype.kind == "c":
            self._fail(value, NOT_REAL, message=message)
        return real.astype(float)

    def dtype(self, x: Any, kind: Any, message: Text | None = None) -> None:
        """An array of this dtype: ``"float"``, ``"int"``, ``"bool"``, ``"number"``, ``"str"``, or a NumPy dtype.

        Examples
        --------
        >>> expect.dtype(np.zeros(3, dtype="float32"), "float")
        """
        array = plain_array(x)
        if array is None:
            self._fail(x, _fill(NOT_NUMBERS, x), message=message)
        name = kind if isinstance(kind, str) else {float: "float", int: "int", bool: "bool", str: "str"}.get(kind, "")
        right = array.dtype.kind in _KINDS[name] if name in _KINDS else array.dtype == np.dtype(kind)
        if not right:
            wanted = name or str(np.dtype(kind))
            self._fail(x, WRONG_DTYPE.format(found=told_dtype(array.dtype), wanted=wanted), message=message)

    def at_least(
        self, value: Any, bound: float, what: str | Text = "", message: Text | None = None, *, measured: bool = False
    ) -> None:
        """A number of at least `bound`; the bound is shown to the student.

        With ``measured=True`` the check itself measured the value (an accuracy on hidden labels, say), so that a hidden
        check may show it as well; what came out of the submission as it stands is shown in visible checks only.

        Examples
        --------
        >>> expect.at_least(0.93, 0.9, what="accuracy", measured=True)
        """
        self._bounded(value, bound, what, LOWER if is_discreet() and not measured else TOO_SMALL, message, 1)

    def at_most(
        self, value: Any, bound: float, what: str | Text = "", message: Text | None = None, *, measured: bool = False
    ) -> None:
        """A number of at most `bound`; shown as `at_least` shows it.

        Examples
        --------
        >>> expect.at_most(0.02, 0.1, what="share of outliers")
        """
        self._bounded(value, bound, what, UPPER if is_discreet() and not measured else TOO_LARGE, message, -1)

    def _bounded(
        self, value: Any, bound: float, what: str | Text, sentence: Text, message: Text | None, sign: int
    ) -> None:
        found = scalar(value)
        if found is None:
            self._fail(value, _fill(NOT_NUMBERS, value), message=message)
        if not sign * found >= sign * bound:
            named = what if isinstance(what, Text) else Text(what, what) if what else THE_VALUE
            values = {"found": f"{found:.4g}", "bound": f"{bound:g}"}
            text = Text(
                sentence.en.format(what=named.en[:1].upper() + named.en[1:], **values),
                sentence.ko.format(what=named["ko"], **values),
            )
            self._fail(value, text, message=message)

    def _wrong_shape(
        self,
        actual: Any,
        found: tuple[int, ...],
        wanted: Any,
        rtol: float,
        atol: float,
        message: Text | None,
        known: Text | None,
        inputs: Any,
    ) -> None:
        array = numeric(actual) if _comparable(found, wanted.shape) else None
        if known or array is None:
            odd = diagnose_shape(found, wanted.shape)
        else:
            odd = diagnose(array, wanted, rtol, atol, _given(inputs))
        self._fail(
            actual, odd or WRONG_SHAPE.format(found=told_shape(found)), message=message, wanted=wanted, known=known
        )


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


def _fill(sentence: Text, value: Any) -> Text:
    """A sentence with the description of a value in both languages."""
    kind = describe(value)
    return sentence.format(found=kind)


def _difference(actual: Any, expected: Any) -> Text:
    """What about the kind, the length or the keys of an answer is not as expected; where they are, that its items are not."""
    if isinstance(expected, Mapping) and isinstance(actual, Mapping):
        keys = len(actual) == len(expected) and all(key in actual for key in expected)
        return SOME_VALUES if keys else WRONG_KEYS
    for kinds in ((list, tuple), (set, frozenset)):
        if isinstance(expected, kinds) and isinstance(actual, kinds):
            return SOME_ITEMS if len(actual) == len(expected) else NUMBER_OF_ITEMS
    return _fill(DIFFERENT, actual)


def _same(actual: Any, expected: Any, depth: int = 0) -> bool:
    if depth > 40:
        return False
    if isinstance(expected, Mapping):
        return (
            isinstance(actual, Mapping)
            and len(actual) == len(expected)
            and all(key in actual and _same(actual[key], value, depth + 1) for key, value in expected.items())
        )
    if isinstance(expected, set | frozenset):
        return isinstance(actual, set | frozenset) and actual == expected
    if isinstance(expected, list | tuple):
        if isinstance(actual, np.ndarray):
            actual = actual.tolist()
        return (
            isinstance(actual, list | tuple)
            and len(actual) == len(expected)
            and all(_same(a, e, depth + 1) for a, e in zip(actual, expected, strict=True))
        )
    if is_frame(expected):
        return is_frame(actual) and _same_frames(actual, expected)
    if expected is None or isinstance(expected, str | bytes):
        value = actual.item() if isinstance(actual, np.generic) else actual
        return type(value) is type(expected) and bool(value == expected)
    return _same_arrays(actual, expected)


def _same_frames(actual: Any, expected: Any) -> bool:
    if actual.shape != expected.shape or [str(c) for c in actual.columns] != [str(c) for c in expected.columns]:
        return False
    return all(_same_arrays(actual.iloc[:, i], expected.iloc[:, i]) for i in range(actual.shape[1]))


def _same_arrays(actual: Any, expected: Any) -> bool:
    if shape_of(actual) is None or shape_of(actual) != shape_of(expected):
        return False
    a, e = plain_array(actual), plain_array(expected)
    if a is None or e is None:
        return False
    truths = ("b" in (a.dtype.kind, e.dtype.kind)) and a.dtype.kind != e.dtype.kind
    if truths and {a.dtype.kind, e.dtype.kind} <= set("biufc"):
        return False  # True is not the number 1
    if a.dtype.kind in "biufc" and e.dtype.kind in "biufc":
        with np.errstate(all="ignore"):
            return bool(np.array_equal(a, e, equal_nan=True))
    return all(_same_items(x, y) for x, y in zip(a.reshape(-1).tolist(), e.reshape(-1).tolist(), strict=True))


def _same_items(x: Any, y: Any) -> bool:
    try:
        return bool(x == y) or (_missing(x) and _missing(y))
    except (TypeError, ValueError):
        return False


def _missing(x: Any) -> bool:
    return x is None or type(x).__name__ in ("NAType", "NaTType") or (isinstance(x, float) and math.isnan(x))
