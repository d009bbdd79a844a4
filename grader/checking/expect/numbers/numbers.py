"""Expectations about numbers and arrays: closeness, equality, shape, dtype, bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.checking.diagnosis import diagnose_shape
from grader.checking.diagnosis.sentences import INFINITE, NAN
from grader.checking.expect.numbers.base import NOT_NUMBERS, NumberBase, other_dtype
from grader.checking.values import Answer, describe, described, is_discreet, told_shape
from grader.vocabulary import Text

WANTED_SHAPE = Text("The shape should be {wanted}, but it is {found}.", "모양이 {wanted}이어야 하는데 {found}이에요.")
NO_SHAPE = Text(
    "An array of shape {wanted} is wanted, but this is {found}.",
    "모양이 {wanted}인 배열이 있어야 하는데 {found}이에요.",
)
NOT_REAL = Text("Real numbers are wanted here, but these are complex.", "실수가 있어야 하는데 복소수예요.")
TOO_SMALL = Text(
    "{what} is {found}; at least {bound} is needed.", "{what}: 지금은 {found}이에요. {bound} 이상이어야 해요."
)
TOO_LARGE = Text(
    "{what} is {found}; at most {bound} is allowed.", "{what}: 지금은 {found}이에요. {bound} 이하여야 해요."
)
LOWER = Text("{what}: at least {bound} is needed.", "{what}: {bound} 이상이어야 해요.")
UPPER = Text("{what}: at most {bound} is allowed.", "{what}: {bound} 이하여야 해요.")
THE_VALUE = Text("The value", "값")


class NumberExpectations(NumberBase):
    """``expect.close`` and its relatives."""

    def close(
        self,
        actual: Any,
        expected: Any,
        rtol: float = 1e-7,
        atol: float = 0.0,
        message: Text | None = None,
        *,
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
            `expected` or `inputs` is not made of numbers: a mistake in the check.

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
        if nan not in ("equal", "forbid") or shape not in ("exact", "flat"):
            raise ValueError(
                f'expect.close: nan={nan!r}, shape={shape!r}; expected "equal"/"forbid" and "exact"/"flat"'
            )
        self._close(actual, expected, rtol, atol, message, inputs=inputs, dtype=dtype, nan=nan, shape=shape)

    def same(self, actual: Any, expected: Any, message: Text | None = None) -> None:
        """Equal data: scalars, text, lists, tuples, sets, dictionaries, arrays, tables; NaN equals NaN.

        A list equals a tuple with the same items, and a NumPy scalar the Python one.

        Parameters
        ----------
        actual, expected : data
        message : Text, optional

        Examples
        --------
        >>> expect.same({"classes": ("cat", "dog")}, {"classes": ["cat", "dog"]})
        """
        self._same(actual, expected, message)

    def finite(self, x: Any, message: Text | None = None) -> None:
        """Numbers without NaN and infinity.

        Examples
        --------
        >>> expect.finite([0.5, 1e300])
        """
        answer = Answer(x)
        if answer.numbers is None:
            self._fail(answer, described(NOT_NUMBERS, x), message=message)
        if np.isnan(answer.numbers).any():
            self._fail(answer, NAN, message=message)
        if not np.isfinite(answer.numbers).all():
            self._fail(answer, INFINITE, message=message)

    def shape(self, x: Any, shape: Sequence[int | None] | int, message: Text | None = None) -> None:
        """An array (or list, table, sparse matrix) of this shape; None stands for any length.

        Examples
        --------
        >>> expect.shape(np.zeros((5, 3)), (None, 3))
        """
        wanted = (shape,) if isinstance(shape, int) else tuple(shape)
        answer = Answer(x)
        found, told = answer.shape, str(wanted).replace("None", "n")
        if found is None:
            self._fail(answer, NO_SHAPE.format(wanted=told, found=describe(x)), message=message)
        if len(found) != len(wanted) or any(w not in (None, f) for f, w in zip(found, wanted, strict=True)):
            odd = diagnose_shape(found, tuple(w for w in wanted if w is not None))
            self._fail(answer, WANTED_SHAPE.format(wanted=told, found=told_shape(found)), odd, message=message)

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
        answer = Answer(value)
        found = answer.numbers
        assert found is not None  # finite
        if dtype is not None:
            return found
        real = np.real_if_close(found)
        if real.dtype.kind == "c":
            self._fail(answer, NOT_REAL, message=message)
        with np.errstate(over="ignore"):  # a wider float may hold what none of ours does
            floats = real.astype(float)
        self.finite(floats, message)
        return floats

    def dtype(self, x: Any, kind: Any, message: Text | None = None) -> None:
        """An array of this dtype: ``"float"``, ``"int"``, ``"bool"``, ``"number"``, ``"str"``, or a NumPy dtype.

        Examples
        --------
        >>> expect.dtype(np.zeros(3, dtype="float32"), "float")
        """
        answer = Answer(x)
        if (odd := other_dtype(answer, kind)) is not None:
            self._fail(answer, odd, message=message)

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
        answer = Answer(value)
        found = answer.scalar
        if found is None:
            self._fail(answer, described(NOT_NUMBERS, value), message=message)
        if not sign * found >= sign * bound:
            named = what if isinstance(what, Text) else Text(what, what) if what else THE_VALUE
            values = {"found": f"{found:.4g}", "bound": f"{bound:g}"}
            text = Text(
                sentence.en.format(what=named.en[:1].upper() + named.en[1:], **values),
                sentence.ko.format(what=named["ko"], **values),
            )
            self._fail(answer, text, message=message)
