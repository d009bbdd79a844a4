"""Reads what metrics are computed from: the truth, which the check owns, and the answer, which nobody trusts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.vocabulary import Text

Array = NDArray[Any]
_MOST_ROWS = 2000  # of samples or centres where the data have fewer: distances are taken between all pairs
_MOST_TOKENS = 1000  # of a sequence where those of the truth are shorter: comparing takes length times length
_SUM_TOLERANCE = 1e-3  # float32 and a softmax over many classes stay well within

NOT_NUMBERS = Text("The answer is not made of numbers only.", "답이 숫자로만 되어 있지 않아요.")
NOT_LABELS = Text(
    "The answer should be a flat array or list of labels.", "답은 레이블을 한 줄로 늘어놓은 배열이나 리스트여야 해요."
)
OTHER_LABELS = Text(
    "The labels are of another kind than those in the data: numbers are not text. Return the labels themselves.",
    "레이블의 종류가 데이터와 달라요. 숫자와 문자열은 서로 달라요. 레이블을 그대로 돌려주세요.",
)
FRACTIONS = Text(
    "Labels should be whole numbers. Did you return probabilities instead of classes?",
    "레이블은 정수여야 해요. 클래스 대신 확률을 돌려주지 않았나요?",
)
NOT_BINARY = Text("Only the labels 0 and 1 are allowed here.", "여기에서는 레이블 0과 1만 쓸 수 있어요.")
NOT_FINITE = Text("The answer contains NaN or infinity.", "답에 NaN이나 무한대가 들어 있어요.")
NOT_PROBABILITIES = Text("Probabilities must lie between 0 and 1.", "확률은 0과 1 사이여야 해요.")
NOT_SUMMING = Text("The probabilities of each row must sum to 1.", "각 행의 확률을 더하면 1이어야 해요.")
NEGATIVE = Text("This metric needs values that are not negative.", "이 지표에는 음수가 아닌 값이 필요해요.")
CLUSTER_COUNT = Text(
    "There must be at least two clusters, and fewer clusters than rows.",
    "군집은 두 개 이상이고 행의 수보다 적어야 해요.",
)
NOT_BOXES = Text(
    "A box is (left, top, right, bottom) with left < right and top < bottom.",
    "상자는 (왼쪽, 위, 오른쪽, 아래)이고 왼쪽 < 오른쪽, 위 < 아래여야 해요.",
)
NOT_SEQUENCES = Text(
    "The answer should be a list of texts or of lists of tokens.",
    "답은 문자열의 리스트나 토큰 리스트의 리스트여야 해요.",
)
TOO_LARGE = Text("The answer is too large to be measured.", "답이 너무 커서 잴 수 없어요.")
MISSHAPEN = Text(
    "The answer has the shape {shape}, which does not fit the data.", "답의 모양이 {shape}인데, 데이터와 맞지 않아요."
)
OTHER_SHAPE = Text("The shape of the answer does not fit the data.", "답의 모양이 데이터와 맞지 않아요.")
EMPTY = Text("The answer is empty.", "답이 비어 있어요.")


class BadAnswer(Exception):
    """An answer that cannot be measured. ``text`` is for the student and holds nothing but shapes of their own.

    ``quiet`` is what a hidden check says in its place: a shape can be made out of hidden data.
    """

    def __init__(self, text: Text, quiet: Text | None = None) -> None:
        super().__init__(text.en)
        self.text, self.quiet = text, quiet or text


@dataclass(frozen=True)
class Input:
    """One kind of truth and answer.

    Attributes
    ----------
    name : str
    truth : callable
        Reads the check's truth; ValueError where it cannot be used.
    answer : callable
        ``answer(truth, value)`` reads an answer to it; `BadAnswer` where it cannot be measured.
    known : callable
        Reads what the baseline is fitted on.
    """

    name: str
    truth: Callable[[Any], Any]
    answer: Callable[[Any, Any], Any]
    known: Callable[[Any], Any]


def as_array(value: Any) -> Array:
    """An array of numbers or text; BadAnswer for everything else, whatever it is."""
    if isinstance(value, str | bytes) or not isinstance(value, np.ndarray | Sequence):
        raise BadAnswer(NOT_NUMBERS)
    try:
        array = np.asarray(value)
        if array.dtype.kind == "O" and array.size and all(type(item) is str for item in array.flat):
            array = array.astype(str)
    except (TypeError, ValueError, OverflowError, RecursionError):  # ragged lists among others
        raise BadAnswer(NOT_NUMBERS) from None
    if array.dtype.kind not in "biufU":
        raise BadAnswer(NOT_NUMBERS)
    if isinstance(value, Sequence) and array.dtype.kind == "U" and not all(isinstance(v, str) for v in value):
        raise BadAnswer(NOT_NUMBERS)  # NumPy writes the numbers of a mixed list as text
    return array


def reals(value: Any) -> Array:
    """A float array without NaN or infinity."""
    array = as_array(value)
    if array.dtype.kind == "U":
        raise BadAnswer(NOT_NUMBERS)
    array = array.astype(float)
    if not np.isfinite(array).all():
        raise BadAnswer(NOT_FINITE)
    return array


def labels(value: Any) -> Array:
    """A flat array of labels: whole numbers or text."""
    array = as_array(value)
    if array.ndim != 1:
        raise BadAnswer(NOT_LABELS)
    if array.dtype.kind == "f":
        if not np.isfinite(array).all():
            raise BadAnswer(NOT_FINITE)
        if (array != np.round(array)).any():
            raise BadAnswer(FRACTIONS)
    if array.dtype.kind in "biuf":
        if array.size and float(np.abs(array.astype(float)).max()) > 2**53:  # beyond, floats are whole by accident
            raise BadAnswer(NOT_LABELS)
        return array.astype(np.int64)
    return array


def same_shape(array: Array, shape: tuple[int, ...]) -> Array:
    """`array` if it has this shape. The sentence tells the student's own shape only."""
    if array.shape != shape:
        raise _misshapen(array)
    return array


def _misshapen(array: Array) -> BadAnswer:
    return BadAnswer(MISSHAPEN.format(shape=array.shape), OTHER_SHAPE)


def own(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same reader for what the check owns: ValueError instead of a sentence, and never empty."""

    def reader(value: Any) -> Any:
        value = value.to_numpy() if hasattr(value, "to_numpy") else value
        try:
            array = read(value)
        except BadAnswer as error:
            raise ValueError(f"the truth of a metric cannot be used: {error}") from None
        if len(array) == 0:
            raise ValueError("the truth of a metric is empty")
        return array

    return reader


def _label_answer(truth: Array, value: Any) -> Array:
    found = same_shape(labels(value), truth.shape)
    if (found.dtype.kind == "U") != (truth.dtype.kind == "U"):
        raise BadAnswer(OTHER_LABELS)
    return found


def _binary(value: Any) -> Array:
    array = labels(value)
    if array.dtype.kind == "U" or not np.isin(array, (0, 1)).all():
        raise BadAnswer(NOT_BINARY)
    return array.astype(int)


def _both_classes(value: Any) -> Array:
    array = _binary(value)
    if len(np.unique(array)) < 2:
        raise ValueError("this metric is not defined where the truth has one class only")
    return array


def _classes(value: Any) -> Array:
    array = labels(value)
    if array.dtype.kind == "U" or (array < 0).any():
        raise ValueError("the classes of this metric must be numbered from 0")
    return array.astype(int)


def probabilities(truth: Array, value: Any) -> Array:
    """Shape (n, classes); a flat answer to a binary truth is the probability of class 1."""
    found = reals(value)
    if (found < 0).any() or (found > 1).any():
        raise BadAnswer(NOT_PROBABILITIES)
    if found.ndim == 1 and truth.max() <= 1:
        same_shape(found, truth.shape)
        return np.column_stack([1 - found, found])
    _columns(truth, found)
    if (np.abs(found.sum(axis=1) - 1) > _SUM_TOLERANCE).any():
        raise BadAnswer(NOT_SUMMING)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def _columns(truth: Array, found: Array) -> Array:
    if found.ndim != 2 or found.shape[0] != len(truth) or found.shape[1] <= truth.max():
        raise _misshapen(found)
    return found


def _not_negative(value: Any) -> Array:
    array = reals(value)
    if (array < 0).any():
        raise BadAnswer(NEGATIVE)
    return array


def _table(value: Any) -> Array:
    array = reals(value)
    if array.ndim != 2 or not array.size:
        raise _misshapen(array)
    return array


def _same_columns(truth: Array, value: Any) -> Array:
    found = _table(value)
    if len(found) > max(len(truth), _MOST_ROWS):
        raise BadAnswer(TOO_LARGE)
    return same_shape(found, (len(found), truth.shape[1]))


def _clustering(truth: Array, value: Any) -> Array:
    found = same_shape(labels(value), (len(truth),))
    if not 2 <= len(np.unique(found)) < len(found):
        raise BadAnswer(CLUSTER_COUNT)
    return found


def _distributions(value: Any) -> Array:
    array = np.atleast_2d(reals(value))
    if (array < 0).any() or (array > 1).any():
        raise BadAnswer(NOT_PROBABILITIES)
    if array.ndim != 2 or (np.abs(array.sum(axis=1) - 1) > _SUM_TOLERANCE).any():
        raise BadAnswer(NOT_SUMMING)
    return array


def _boxes(value: Any) -> Array:
    array = reals(value)
    if (
        array.ndim != 2
        or array.shape[1] != 4
        or (array[:, 0] >= array[:, 2]).any()
        or (array[:, 1] >= array[:, 3]).any()
    ):
        raise BadAnswer(NOT_BOXES)
    return array


def _sequences(value: Any) -> list[tuple[Any, ...]]:
    if not isinstance(value, list | tuple):
        raise BadAnswer(NOT_SEQUENCES)
    for item in value:
        tokens = item if isinstance(item, list | tuple | str) else None
        if tokens is None or not all(type(token) in (str, int) for token in tokens):
            raise BadAnswer(NOT_SEQUENCES)
    return [tuple(item) for item in value]


def _returns(value: Any) -> Array:
    array = reals(value)
    if array.size == 0:
        raise BadAnswer(EMPTY)
    if array.ndim != 1:
        raise _misshapen(array)
    return array


def _as_many(truth: Sequence[Any], value: Any) -> list[tuple[Any, ...]]:
    found = _sequences(value)
    same_shape(np.empty(len(found)), (len(truth),))
    if any(len(item) > max(2 * len(wanted), _MOST_TOKENS) for item, wanted in zip(found, truth)):
        raise BadAnswer(TOO_LARGE)
    return found


def _shaped(read: Callable[[Any], Array]) -> Callable[[Array, Any], Array]:
    return lambda truth, value: same_shape(read(value), truth.shape)


def _input(name: str, read: Callable[[Any], Any], answer: Callable[[Any, Any], Any]) -> Input:
    return Input(name, own(read), answer, own(read))


LABELS = _input("labels", labels, _label_answer)
BINARY = _input("binary labels", _binary, _shaped(_binary))
SCORES = Input("scores", own(_both_classes), _shaped(reals), own(_binary))
CLASS_SCORES = _input("scores of classes", _classes, lambda truth, value: _columns(truth, reals(value)))
PROBABILITIES = _input("probabilities", _classes, probabilities)
VALUES = _input("values", reals, _shaped(reals))
COUNTS = _input("values from zero on", _not_negative, _shaped(_not_negative))
CLUSTERS = _input("clusters", labels, lambda truth, value: same_shape(labels(value), truth.shape))
CLUSTERING = _input("rows and their clusters", _table, _clustering)
CENTRES = _input("rows and centres", _table, _same_columns)
SAMPLES = _input("samples", _table, _same_columns)
DISTRIBUTIONS = _input("distributions", _distributions, _shaped(_distributions))
BOXES = _input("boxes", _boxes, _shaped(_boxes))
SEQUENCES = _input("sequences", _sequences, _as_many)
RETURNS = _input("returns", _returns, lambda truth, value: _returns(value))
