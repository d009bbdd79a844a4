"""Expectations about properties of numbers: their order, sums, bounds, and what must stay as it was."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.diagnosis import NAN
from grader.checking.expect.base import ExpectBase
from grader.checking.expect.numbers.base import NOT_NUMBERS
from grader.checking.expect.same import same_data
from grader.checking.values import Answer, agree, described, numeric, plain_array
from grader.vocabulary import Text

NOT_FLAT = Text(
    "A flat sequence of numbers is wanted, but this is {found}.", "수를 나열한 1차원 값이어야 하는데 {found}이에요."
)
NOT_FLAT_NAMES = Text(
    "A list of names in order is wanted, but this is {found}.",
    "이름을 순서대로 나열한 리스트여야 하는데 {found}이에요.",
)
NO_NUMBERS = Text("There are no numbers in it.", "수가 하나도 들어 있지 않아요.")
NUMBER_OF_ITEMS = Text("The number of items is not the right one.", "항목의 개수가 맞지 않아요.")
OTHER_NAMES = Text(
    "Each name has to be there exactly once, and no other.",
    "모든 이름이 꼭 한 번씩만 있어야 하고 다른 이름은 없어야 해요.",
)
ORDER_WRONG = Text("The order is not the right one.", "순서가 맞지 않아요.")
ORDER_REVERSED = Text(
    "The order is reversed: what should be largest comes out smallest.",
    "순서가 거꾸로예요. 가장 커야 할 것이 가장 작게 나왔어요.",
)
ALL_TIED = Text("All values are the same, so they put nothing in order.", "값이 모두 같아서 순서를 정할 수 없어요.")
NEVER_FALL = Text("The values should never fall from one to the next.", "값이 앞의 값보다 작아지면 안 돼요.")
ALWAYS_RISE = Text("Each value should be larger than the one before.", "모든 값이 바로 앞의 값보다 커야 해요.")
NEVER_RISE = Text("The values should never rise from one to the next.", "값이 앞의 값보다 커지면 안 돼요.")
BY_SIZE = Text(
    "These are sorted by absolute value; sort by the signed value.",
    "절댓값으로 정렬했어요. 부호까지 따져 정렬하세요.",
)
ALWAYS_FALL = Text("Each value should be smaller than the one before.", "모든 값이 바로 앞의 값보다 작아야 해요.")
SUM_WRONG = Text("The values do not add up to what they should.", "값의 합이 맞지 않아요.")
SUM_ALONG = Text(
    "Along axis {axis}, the values do not add up to what they should.", "{axis}번 축을 따라 더한 합이 맞지 않아요."
)
SUM_OTHER_AXIS = Text(
    "The values add up along another axis: check the axis that you normalise over.",
    "다른 축을 따라 더해야 합이 맞아요. 어느 축으로 정규화하는지 확인해 보세요.",
)
TOO_FEW_AXES = Text(
    "An array with more axes is wanted here; this is {found}.", "축이 더 많은 배열이어야 하는데 {found}이에요."
)
CHANGED_AMOUNT = Text("{what} should stay the same, but it changed.", "{what}: 그대로여야 하는데 달라졌어요.")
AMOUNT = Text("The quantity", "양")
MUTATED = Text(
    "{what} was changed by your code; work on a copy, for example with copy().",
    "{what}: 여러분의 코드가 원래 값을 바꾸었어요. copy() 같은 방법으로 복사본을 만들어 쓰세요.",
)
ARGUMENT = Text("The argument", "인자")
NOT_WHOLE = Text(
    "Whole numbers are wanted, but there are others among them.", "정수여야 하는데 정수가 아닌 값이 있어요."
)
OUTSIDE = Text("{what} should lie between {low} and {high}.", "{what}이 {low} 이상 {high} 이하여야 해요.")
OUTSIDE_OPEN = Text(
    "{what} should lie between {low} and {high}, without these two themselves.",
    "{what}이 {low}보다 크고 {high}보다 작아야 해요.",
)
EVERY_VALUE, THE_VALUE = Text("Every value", "모든 값"), Text("The value", "값")


class PropertyExpectations(ExpectBase):
    """``expect.ordering``, ``expect.increasing``, ``expect.sums_to`` and their relatives."""

    def ordering(
        self,
        actual: Any,
        expected: Any,
        at_least: float = 1.0,
        message: Text | None = None,
        *,
        partial: bool = False,
    ) -> None:
        """Scores that put things in the same order as `expected`, or names in the right order.

        Of all pairs that `expected` does not tie, the share in the same order minus the share in the opposite order must
        be `at_least`: Kendall's tau without the pairs that may stand in any order (Somers' D, 1962). A pair that only
        the answer ties counts for neither.

        Parameters
        ----------
        actual, expected : numbers (n,), or names (n,)
            Numbers are scores of n things. Names are a ranking; each stands for itself once.
        at_least : float
            Between -1 (reversed) and 1 (the same order).
        message : Text, optional
        partial : bool
            Award ``agreement / at_least`` of the points to a lesser agreement, and nothing to 0 (chance) and below.

        Raises
        ------
        TypeError, ValueError
            `expected` is not a flat sequence of numbers or names, repeats a name, holds NaN, or ties everything; or
            there is partial credit and `at_least` is not above 0.

        Examples
        --------
        >>> expect.ordering([0.1, 0.7, 0.2], [1, 3, 2])
        >>> expect.ordering(["age", "height", "hair"], ["age", "height", "hair"])
        >>> expect.ordering([1, 2, 4, 3], [1, 2, 3, 4], at_least=0.6)
        """
        answer, names = Answer(actual), plain_array(expected)
        if names is not None and names.ndim == 1 and all(isinstance(name, str) for name in names.tolist()):
            found, wanted = self._ranks(answer, names.tolist(), message)
        else:
            scores = numeric(expected)
            if scores is None or scores.ndim != 1 or scores.dtype.kind == "c":
                raise TypeError(f"expect.ordering: the expected value is no scores or names: {type(expected).__name__}")
            wanted = scores.astype(float)
            found = self._sequence(answer, message)
        if np.isnan(wanted).any() or len(np.unique(wanted)) < 2:
            raise ValueError("expect.ordering: the expected values hold NaN, or put nothing in order")
        if partial and at_least <= 0:
            raise ValueError(f"expect.ordering: at_least={at_least} leaves no room for partial credit")
        if len(found) != len(wanted):
            self._fail(answer, NUMBER_OF_ITEMS, message=message, wanted=expected)
        tau = _agreement(found, wanted)
        if tau < at_least - 1e-9:
            odd = ALL_TIED if len(np.unique(found)) == 1 else ORDER_REVERSED if -tau >= at_least - 1e-9 else None
            told = {"order": expected, "agreement reached": tau}
            share = max(0.0, tau / at_least) if partial else 0.0
            self._fail(answer, odd, message=message, wanted=told, general=ORDER_WRONG, share=share)

    def increasing(self, x: Any, strict: bool = False, tolerance: float = 0.0, message: Text | None = None) -> None:
        """A flat sequence of numbers that never falls by more than `tolerance`; ``strict=True``: that always rises.

        Examples
        --------
        >>> expect.increasing([1, 1, 2.5])
        >>> expect.increasing([1, 2, 3], strict=True)
        """
        answer = Answer(x)
        found = self._sequence(answer, message)
        rises = found[1:] > found[:-1] if strict else found[1:] >= found[:-1] - tolerance
        if not rises.all():
            by_size = (found < 0).any() and (np.diff(np.abs(found)) >= 0).all()
            self._fail(answer, BY_SIZE if by_size else ALWAYS_RISE if strict else NEVER_FALL, message=message)

    def decreasing(self, x: Any, strict: bool = False, tolerance: float = 0.0, message: Text | None = None) -> None:
        """A flat sequence of numbers that never rises by more than `tolerance`; ``strict=True``: that always falls.

        Examples
        --------
        >>> expect.decreasing([0.9, 0.5, 0.51, 0.2], tolerance=0.05)
        """
        answer = Answer(x)
        found = self._sequence(answer, message)
        falls = found[1:] < found[:-1] if strict else found[1:] <= found[:-1] + tolerance
        if not falls.all():
            by_size = (found < 0).any() and (np.diff(np.abs(found)) <= 0).all()
            self._fail(answer, BY_SIZE if by_size else ALWAYS_FALL if strict else NEVER_RISE, message=message)

    def sums_to(
        self,
        x: Any,
        total: float = 1.0,
        axis: int | None = None,
        rtol: float = 1e-6,
        atol: float = 1e-8,
        message: Text | None = None,
    ) -> None:
        """Numbers that add up to `total`, all of them or along one axis: probabilities, shares, counts.

        Parameters
        ----------
        x : numbers
        total : float
            Never shown to the student.
        axis : int, optional
            ``axis=1``: each row of a 2-d array adds up; None: the whole array.
        rtol, atol : float
        message : Text, optional

        Examples
        --------
        >>> expect.sums_to([[0.25, 0.75], [0.5, 0.5]], axis=1)
        """
        answer = Answer(x)
        found = self._real(answer, message)
        if axis is not None and not -found.ndim <= axis < found.ndim:
            self._fail(answer, described(TOO_FEW_AXES, x), message=message)
        if not found.size:
            self._fail(answer, NO_NUMBERS, message=message)
        if not _adds_up(found, total, axis, rtol, atol):
            if np.isnan(found).any():
                self._fail(answer, NAN, message=message)
            others = range(found.ndim) if axis is not None and found.ndim > 1 else ()
            moved = any(_adds_up(found, total, other, rtol, atol) for other in others)
            general = SUM_WRONG if axis is None else SUM_ALONG.format(axis=axis)
            self._fail(answer, SUM_OTHER_AXIS if moved else None, message=message, wanted=total, general=general)

    def conserved(
        self,
        before: Any,
        after: Any,
        rtol: float = 1e-7,
        atol: float = 0.0,
        what: str | Text = "",
        message: Text | None = None,
    ) -> None:
        """A quantity that is the same before and after: a total, a mean, the number of rows of each class.

        Parameters
        ----------
        before, after : numbers of one shape
            Either may come out of the submission.
        rtol, atol : float
        what : str or Text
            Names the quantity for the student.
        message : Text, optional

        Examples
        --------
        >>> expect.conserved(np.sum([1.0, 2.0]), np.sum([2.0, 1.0]), what="the sum")
        """
        first, second = numeric(before), numeric(after)
        for value, array in ((before, first), (after, second)):
            if array is None:
                self._fail(value, described(NOT_NUMBERS, value), message=message)
        assert first is not None and second is not None
        if first.shape != second.shape or not agree(second, first, rtol, atol):
            self._fail(after, _named(CHANGED_AMOUNT, what, AMOUNT), message=message, wanted=before)

    def unchanged(self, before: Any, after: Any, what: str | Text = "", message: Text | None = None) -> None:
        """Data that a call must not have altered: what was passed in, against what it is afterwards.

        Values, shape and dtype are compared, and the names of a table's columns; NaN equals NaN.

        Examples
        --------
        >>> X = np.arange(6.0)
        >>> expect.unchanged(X.copy(), X, what="X")
        """
        first, second = (getattr(value, "dtype", None) for value in (before, after))
        retyped = first is not None and second is not None and first != second
        if not same_data(after, before) or retyped:
            self._fail(after, _named(MUTATED, what, ARGUMENT), message=message, wanted=before)

    def integer_valued(self, x: Any, message: Text | None = None) -> None:
        """Finite numbers that are whole, of an integer dtype or not: counts, classes, pixels.

        Examples
        --------
        >>> expect.integer_valued([3.0, 7])
        """
        answer = Answer(x)
        found = self._real(answer, message)
        if found.dtype.kind == "f" and not (np.isfinite(found) & (found == np.rint(found))).all():
            self._fail(answer, NAN if np.isnan(found).any() else NOT_WHOLE, message=message)

    def between(self, x: Any, low: float, high: float, message: Text | None = None, *, inclusive: bool = True) -> None:
        """Numbers that all lie between two bounds, which are shown to the student.

        ``inclusive=False`` excludes the bounds themselves. NaN lies nowhere.

        Examples
        --------
        >>> expect.between([[0.0, 0.3], [1.0, 0.5]], 0, 1)
        """
        answer = Answer(x)
        found = self._real(answer, message)
        if np.isnan(found).any():
            self._fail(answer, NAN, message=message)
        inside = (found >= low) & (found <= high) if inclusive else (found > low) & (found < high)
        if not inside.all():
            sentence = OUTSIDE if inclusive else OUTSIDE_OPEN
            what = EVERY_VALUE if found.ndim else THE_VALUE
            self._fail(answer, sentence.format(what=what, low=f"{low:g}", high=f"{high:g}"), message=message)

    def _real(self, answer: Answer, message: Text | None) -> NDArray[Any]:
        found = answer.numbers
        if found is None or found.dtype.kind in "bc":
            self._fail(answer, described(NOT_NUMBERS, answer.value), message=message)
        return found

    def _sequence(self, answer: Answer, message: Text | None) -> NDArray[Any]:
        """A flat, non-empty array of real numbers without NaN."""
        found = self._real(answer, message)
        if found.ndim != 1:
            self._fail(answer, described(NOT_FLAT, answer.value), message=message)
        if not found.size:
            self._fail(answer, NO_NUMBERS, message=message)
        if np.isnan(found).any():
            self._fail(answer, NAN, message=message)
        return found.astype(float) if found.dtype.kind == "u" else found

    def _ranks(self, answer: Answer, names: list[str], message: Text | None) -> tuple[NDArray[Any], NDArray[Any]]:
        """Where each name stands in the answer, and where it should."""
        if len(set(names)) != len(names):
            raise ValueError("expect.ordering: an expected name stands there twice")
        array = answer.array
        if array is None or answer.shape is None or len(answer.shape) != 1:
            self._fail(answer, described(NOT_FLAT_NAMES, answer.value), message=message, wanted=names)
        given = array.tolist()
        if len(given) != len(names):
            self._fail(answer, NUMBER_OF_ITEMS, message=message, wanted=names)
        if not all(isinstance(name, str) for name in given) or set(given) != set(names):
            self._fail(answer, OTHER_NAMES, message=message, wanted=names)
        place = {name: i for i, name in enumerate(given)}
        return np.array([place[name] for name in names], dtype=float), np.arange(len(names), dtype=float)


def _agreement(found: NDArray[Any], wanted: NDArray[Any]) -> float:
    """Concordant minus discordant pairs, over all pairs that `wanted` does not tie; in n log n steps."""
    from scipy.stats import kendalltau

    n = len(wanted)
    pairs = n * (n - 1) / 2
    untied_wanted, untied_found = pairs - _tied(wanted), pairs - _tied(found)
    if not untied_found:
        return 0.0
    tau_b = float(kendalltau(found, wanted).statistic)
    return tau_b * float(np.sqrt(untied_found / untied_wanted))


def _tied(values: NDArray[Any]) -> float:
    counts = np.unique(values, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) / 2).sum())


def _adds_up(x: NDArray[Any], total: float, axis: int | None, rtol: float, atol: float) -> bool:
    with np.errstate(all="ignore"):
        return bool(np.isclose(x.astype(float).sum(axis=axis), total, rtol=rtol, atol=atol).all())


def _named(sentence: Text, what: str | Text, otherwise: Text) -> Text:
    """A sentence about a named thing; a name out of the code keeps its letters and stands in backticks."""
    if isinstance(what, str):
        code = f"`{what}`" if what.isidentifier() else what[:1].upper() + what[1:]
        what = Text(code, code) if what else otherwise
    return sentence.format(what=what)
