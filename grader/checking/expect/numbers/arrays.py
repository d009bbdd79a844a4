"""Expectations about arrays that have several right forms: signs, orders, names of clusters and bases are free."""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.checking.diagnosis import INFINITE, NAN, diagnose_shape
from grader.checking.expect.base import ExpectBase
from grader.checking.expect.numbers.base import NOT_NUMBERS, WRONG_SHAPE
from grader.checking.expect.numbers.pairing import MAX_PAIRED, paired
from grader.checking.expect.same import same_data
from grader.checking.values import Answer, agree, described, numeric, plain_array, told_shape
from grader.vocabulary import Text

UP_TO_SIGN = Text(
    "The values are not the right ones, even when signs are left aside.",
    "부호를 빼고 보아도 값이 맞지 않아요.",
)
MIXED_SIGNS = Text(
    "The sizes of the values are right, but some signs do not go together.",
    "값의 크기는 맞지만 부호가 서로 어울리지 않는 것이 있어요.",
)
IN_ANY_ORDER = Text(
    "These are not the right values, in whatever order.",
    "순서를 어떻게 바꾸어도 맞는 값이 아니에요.",
)
OTHER_AXIS = Text(
    "The right vectors are there, but as columns instead of rows, or the other way round.",
    "벡터는 맞지만 행과 열이 바뀌어 있어요.",
)
NOT_SEVERAL_ITEMS = Text("Several items are wanted, but this is {found}.", "여러 값이 있어야 하는데 {found}이에요.")
FEWER_ITEMS = Text("Some of the items are missing.", "빠진 값이 있어요.")
MORE_ITEMS = Text("There are more items than belong here.", "있어야 할 것보다 값이 많아요.")
NOT_LABELS = Text(
    "One label for each sample is wanted, in a flat list or array, but this is {found}.",
    "표본마다 레이블이 하나씩 있는 1차원 리스트나 배열이어야 하는데 {found}이에요.",
)
NUMBER_OF_LABELS = Text(
    "The number of labels is not the number of samples.",
    "레이블의 개수가 표본의 개수와 달라요.",
)
MORE_CLUSTERS = Text("There are too many different clusters.", "클러스터의 종류가 너무 많아요.")
FEWER_CLUSTERS = Text("There are too few different clusters.", "클러스터의 종류가 너무 적어요.")
OTHER_CLUSTERS = Text(
    "The samples are not grouped in the right way; the names of the clusters do not matter here.",
    "표본이 올바르게 묶이지 않았어요. 클러스터의 이름(번호)은 상관없어요.",
)
FIXED_LABEL = Text(
    "The samples with the label {label} are not the right ones.",
    "레이블이 {label}인 표본이 맞지 않아요.",
)
OTHER_DIMENSION = Text(
    "The vectors are not independent of each other: they span too small a space.",
    "벡터들이 서로 독립이 아니어서, 벡터들이 만드는 공간이 너무 작아요.",
)
OTHER_SPACE = Text(
    "The vectors span another space than the one wanted.",
    "벡터들이 만드는 공간이 맞지 않아요.",
)
ROWS_SPAN = Text(
    "The rows span the right space where the columns should: transpose the array.",
    "열이 만들어야 할 공간을 행이 만들고 있어요. 배열을 전치해 보세요.",
)


class ArrayExpectations(ExpectBase):
    """``expect.sign_invariant``, ``expect.permuted`` and their relatives."""

    def sign_invariant(
        self,
        actual: Any,
        expected: Any,
        rtol: float = 1e-7,
        atol: float = 0.0,
        message: Text | None = None,
        *,
        per: Literal["array", "row", "column"] = "array",
    ) -> None:
        """Numbers that equal `expected` up to sign: principal components, singular vectors, eigenvectors.

        Parameters
        ----------
        actual, expected : numbers of one shape
        rtol, atol : float
            As `Expect.close` takes them.
        message : Text, optional
        per : "array", "row" or "column"
            What has one sign: the whole array, or each row or column of a 2-d one (scikit-learn's ``components_`` has
            components as rows, the ``U`` of `numpy.linalg.svd` has them as columns).

        Raises
        ------
        TypeError, ValueError
            `expected` is not numeric, or has no such rows or columns.

        Examples
        --------
        >>> expect.sign_invariant([[0.6, 0.8], [0.8, -0.6]], [[-0.6, -0.8], [0.8, -0.6]], per="row")
        """
        wanted = _wanted("sign_invariant", expected)
        if per not in ("array", "row", "column") or (per != "array" and wanted.ndim != 2):
            raise ValueError(f"expect.sign_invariant: per={per!r} with an expected array of {wanted.ndim} axes")
        answer = Answer(actual)
        found = self._numbers(answer, wanted, message)
        axis = {"array": None, "row": 1, "column": 0}[per]
        if not agree(_turned(found, wanted, axis), wanted, rtol, atol):
            odd = MIXED_SIGNS if agree(np.abs(found), np.abs(wanted), rtol, atol) else _nonfinite(found, wanted)
            self._fail(answer, odd, message=message, wanted=expected, general=UP_TO_SIGN)

    def permuted(
        self,
        actual: Any,
        expected: Any,
        rtol: float = 1e-7,
        atol: float = 0.0,
        message: Text | None = None,
        *,
        axis: Literal["rows", "columns"] = "rows",
        signs: bool = False,
    ) -> None:
        """A 2-d array whose rows (or columns) are those of `expected` in any order: cluster centres, ICA components.

        Parameters
        ----------
        actual, expected : numbers (n, m)
        rtol, atol : float
            As `Expect.close` takes them.
        message : Text, optional
        axis : "rows" or "columns"
            What may change places.
        signs : bool
            Whether each row or column may have the opposite sign too.

        Raises
        ------
        TypeError, ValueError
            `expected` is not a 2-d numeric array, or has too many rows to be compared each with each (4,000).

        Examples
        --------
        >>> expect.permuted([[5.0, 5.0], [0.0, 1.0]], [[0.0, 1.0], [5.0, 5.0]])
        >>> expect.permuted([[2, -1], [4, -3]], [[1, 2], [3, 4]], axis="columns", signs=True)
        """
        wanted = _wanted("permuted", expected)
        if axis not in ("rows", "columns") or wanted.ndim != 2:
            raise ValueError(f"expect.permuted: axis={axis!r} with an expected array of {wanted.ndim} axes")
        answer = Answer(actual)
        found = self._numbers(answer, wanted, message)
        a, e = (found, wanted) if axis == "rows" else (found.T, wanted.T)
        if paired(a, e, rtol, atol, signs) is None:
            square = a.shape[0] == a.shape[1] and paired(a.T, e, rtol, atol, signs) is not None
            odd = OTHER_AXIS if square else _nonfinite(found, wanted)
            self._fail(answer, odd, message=message, wanted=expected, general=IN_ANY_ORDER)

    def multiset(
        self, actual: Any, expected: Any, rtol: float = 1e-7, atol: float = 0.0, message: Text | None = None
    ) -> None:
        """The same items as often as in `expected`, in any order; a 2-d array's items are its rows.

        Parameters
        ----------
        actual : list, tuple, set, array, Series, or anything else with items
        expected : the same
            Numbers are compared up to the tolerance, anything else as `Expect.same` does.
        rtol, atol : float
        message : Text, optional

        Raises
        ------
        TypeError, ValueError
            `expected` has no items, or too many to be compared each with each (4,000; any number of plain numbers).

        Examples
        --------
        >>> expect.multiset([0.5, 2.0, 0.5], [2.0, 0.5, 0.5])
        >>> expect.multiset(["b", "a"], {"a", "b"})
        """
        wanted = numeric(list(expected) if isinstance(expected, set | frozenset) else expected)
        items = None if wanted is not None else _items(expected)
        if (wanted is None and items is None) or (wanted is not None and wanted.ndim not in (1, 2)):
            raise TypeError(f"expect.multiset: the expected value has no items: {type(expected).__name__}")
        given = _items(actual)
        if given is None:
            self._fail(actual, described(NOT_SEVERAL_ITEMS, actual), message=message, wanted=expected)
        total = len(items) if items is not None else len(wanted) if wanted is not None else 0
        if len(given) != total:
            odd = FEWER_ITEMS if len(given) < total else MORE_ITEMS
            self._fail(actual, odd, message=message, wanted=expected)
        if items is not None:
            right = _same_items_in_any_order(given, items)
        else:
            assert wanted is not None
            found = numeric(given if isinstance(actual, set | frozenset) else actual)
            found = found if found is not None or wanted.size else np.empty(wanted.shape)
            if found is None or (found.dtype.kind == "b") != (wanted.dtype.kind == "b"):
                self._fail(actual, described(NOT_NUMBERS, actual), message=message, wanted=expected)
            if found.shape != wanted.shape:
                odd = diagnose_shape(found.shape, wanted.shape) or WRONG_SHAPE.format(found=told_shape(found.shape))
                self._fail(actual, odd, message=message, wanted=expected)
            rows = (len(wanted), -1) if wanted.size else wanted.shape
            a, e = _plain(found).reshape(rows), _plain(wanted).reshape(rows)
            right = wanted.size == 0 or paired(a, e, rtol, atol) is not None
        if not right:
            self._fail(actual, message=message, wanted=expected, general=IN_ANY_ORDER)

    def clustering(
        self,
        actual: Any,
        expected: Any,
        at_least: float | None = None,
        message: Text | None = None,
        *,
        fixed: Sequence[Hashable] = (),
    ) -> None:
        """Cluster labels, whatever the clusters are called.

        Parameters
        ----------
        actual, expected : labels (n_samples,)
            Numbers or texts.
        at_least : float, optional
            The least adjusted Rand index (Hubert and Arabie, 1985; 1 is the same grouping, 0 is chance). Without it
            the grouping must be the same exactly: a one-to-one renaming of the labels.
        message : Text, optional
        fixed : sequence of labels
            Labels that keep their meaning and are not renamed, such as -1 for noise. They are shown to the student.

        Raises
        ------
        TypeError
            `expected` does not hold one label for each sample.

        Examples
        --------
        >>> expect.clustering([1, 1, 0, -1], ["a", "a", "b", -1], fixed=[-1])
        >>> expect.clustering([0, 0, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1], at_least=0.3)
        """
        wanted = _labels(expected)
        if wanted is None:
            raise TypeError(f"expect.clustering: the expected value is not flat labels: {type(expected).__name__}")
        found = _labels(actual)
        if found is None:
            self._fail(actual, described(NOT_LABELS, actual), message=message, wanted=expected)
        if len(found) != len(wanted):
            self._fail(actual, NUMBER_OF_LABELS, message=message, wanted=expected)
        for label in fixed:
            if [x == label for x in found] != [x == label for x in wanted]:
                self._fail(actual, FIXED_LABEL.format(label=label), message=message, wanted=expected)
        kinds, pairs = (len(set(found)), len(set(wanted))), len(set(zip(found, wanted, strict=True)))
        if at_least is None:
            right, score = pairs == kinds[0] == kinds[1], float("nan")
        else:
            from sklearn.metrics import adjusted_rand_score

            score = float(adjusted_rand_score(_codes(wanted), _codes(found)))
            right = score >= at_least
        if not right:
            odd = MORE_CLUSTERS if kinds[0] > kinds[1] else FEWER_CLUSTERS if kinds[0] < kinds[1] else OTHER_CLUSTERS
            self._fail(actual, odd, message=message, wanted={"labels": expected, "adjusted Rand index reached": score})

    def subspace(self, actual: Any, expected: Any, degrees: float = 1.0, message: Text | None = None) -> None:
        """Columns that span the space which the columns of `expected` span; the basis itself is free.

        Parameters
        ----------
        actual, expected : numbers (n_dimensions, n_vectors)
            A flat array is one column. Give ``components_.T`` where the vectors are rows.
        degrees : float
            The largest principal angle between the two spaces (Björck and Golub, 1973; `scipy.linalg.subspace_angles`).
        message : Text, optional

        Raises
        ------
        TypeError, ValueError
            `expected` is not a finite numeric array of one or two axes.

        Examples
        --------
        >>> expect.subspace([[1, 1], [1, -1], [0, 0]], [[1, 0], [0, 1], [0, 0]])
        """
        wanted = _wanted("subspace", expected)
        if wanted.ndim not in (1, 2) or not wanted.size or not np.isfinite(wanted).all():
            raise ValueError("expect.subspace: the expected value is not a finite array of one or two axes")
        answer = Answer(actual)
        found = self._numbers(answer, wanted, message)
        if (odd := _nonfinite(found, wanted)) is not None:
            self._fail(answer, odd, message=message, wanted=expected)
        a, e = _columns(found), _columns(wanted)
        angle = _angle(a, e)
        if angle is None or angle > degrees:
            other = _angle(_columns(found.T), e) if a.shape[0] == a.shape[1] else None
            sentence = (
                OTHER_DIMENSION
                if angle is None
                else ROWS_SPAN
                if other is not None and other <= degrees
                else OTHER_SPACE
            )
            self._fail(answer, sentence, message=message, wanted={"space": expected, "angle in degrees": angle})

    def _numbers(self, answer: Answer, wanted: NDArray[Any], message: Text | None) -> NDArray[Any]:
        """The answer as floats or complex numbers of the wanted shape, or the failure that says what it is instead."""
        if answer.shape is not None and answer.shape != wanted.shape:
            odd = diagnose_shape(answer.shape, wanted.shape) or WRONG_SHAPE.format(found=told_shape(answer.shape))
            self._fail(answer, odd, message=message, wanted=wanted)
        found = answer.numbers
        if found is None or found.shape != wanted.shape or found.dtype.kind == "b":
            self._fail(answer, described(NOT_NUMBERS, answer.value), message=message, wanted=wanted)
        return _plain(found)


def _plain(array: NDArray[Any]) -> NDArray[Any]:
    """Floats, or complex numbers: a sign can be turned, and nothing wraps around."""
    return array if array.dtype.kind == "c" else array.astype(float)


def _wanted(name: str, expected: Any) -> NDArray[Any]:
    wanted = numeric(expected)
    if wanted is None or wanted.dtype.kind == "b":
        raise TypeError(f"expect.{name}: the expected value is not numeric: {type(expected).__name__}")
    return _plain(wanted)


def _turned(found: NDArray[Any], wanted: NDArray[Any], axis: int | None) -> NDArray[Any]:
    """``found`` with the sign along ``axis`` that brings it nearer to ``wanted``."""
    with np.errstate(all="ignore"):
        plus = np.nansum(np.abs(found - wanted), axis=axis, keepdims=True)
        minus = np.nansum(np.abs(found + wanted), axis=axis, keepdims=True)
    return np.where(minus < plus, -found, found)


def _nonfinite(found: NDArray[Any], wanted: NDArray[Any]) -> Text | None:
    if (np.isnan(found) & ~np.isnan(wanted)).any():
        return NAN
    return INFINITE if (np.isinf(found) & ~np.isinf(wanted)).any() else None


def _items(value: Any) -> list[Any] | None:
    """The items of a container, rows for a 2-d one; None for what has no items."""
    if isinstance(value, set | frozenset | list | tuple):
        return list(value)
    array = plain_array(value)
    return list(array) if array is not None and array.ndim else None


def _same_items_in_any_order(given: list[Any], wanted: list[Any]) -> bool:
    if len(wanted) > MAX_PAIRED:
        raise ValueError(f"expect.multiset: {len(wanted)} items; compare at most {MAX_PAIRED} that are not numbers")
    left = list(wanted)
    for item in given:
        place = next((i for i, candidate in enumerate(left) if same_data(item, candidate)), None)
        if place is None:
            return False
        del left[place]
    return True


def _labels(value: Any) -> list[Any] | None:
    """One hashable label for each sample; None where it is anything else."""
    if isinstance(value, list | tuple):  # an array would make texts of numbers beside texts
        labels = [x.item() if isinstance(x, np.generic) else x for x in value]
    else:
        array = plain_array(value)
        if array is None or array.ndim != 1:
            return None
        labels = array.tolist()
    plain = all(isinstance(x, str | int) or (isinstance(x, float) and not math.isnan(x)) for x in labels)
    return labels if plain else None


def _codes(labels: list[Any]) -> list[int]:
    numbers: dict[Any, int] = {}
    return [numbers.setdefault(label, len(numbers)) for label in labels]


def _columns(array: NDArray[Any]) -> NDArray[Any]:
    """Two axes, each column of length about one: huge numbers must not overflow while they are squared."""
    array = array.reshape(len(array), -1) if array.ndim else array.reshape(1, 1)
    largest = np.abs(array).max(axis=0, keepdims=True)
    with np.errstate(all="ignore"):
        scaled: NDArray[Any] = array / np.where(largest > 0, largest, 1.0)
    return scaled


def _angle(found: NDArray[Any], wanted: NDArray[Any]) -> float | None:
    """The largest principal angle in degrees; None where the spaces have other dimensions."""
    from scipy.linalg import subspace_angles

    try:
        if np.linalg.matrix_rank(found) != np.linalg.matrix_rank(wanted):
            return None
        angles = subspace_angles(found, wanted)
    except (np.linalg.LinAlgError, ValueError):
        return None
    return float(np.degrees(angles.max())) if angles.size else 0.0
