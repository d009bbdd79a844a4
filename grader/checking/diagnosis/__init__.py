"""Says which mistake explains the difference between an answer and what was expected, without saying what was expected.

`table.EXPLANATIONS` lists the mistakes in the order in which they are tried. Each computes what the mistake would have
given and is said only where the answer is just that, with more agreement than chance brings about (`case.evidence`).
Nothing here raises because of what a value is, and all sentences are constants.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.diagnosis.alone import diagnose_kind, not_finite
from grader.checking.diagnosis.axes import diagnose_axis
from grader.checking.diagnosis.case import MOST, NEEDED, Case, evidence, sample
from grader.checking.diagnosis.order import diagnose_length, transposed
from grader.checking.diagnosis.sentences import *  # noqa: F403 - the sentences are names of this package
from grader.checking.diagnosis.sentences import (
    BROADCAST,
    COLUMN,
    FEW,
    FIRST_EXTRA,
    FIRST_MISSING,
    FLAT,
    LAST_EXTRA,
    LAST_MISSING,
    ONLY_FIRST,
    ONLY_LAST,
    RIGHT_BUT_SHAPED,
    ROW,
    TRANSPOSED,
    TRANSPOSED_SHAPE,
)
from grader.checking.diagnosis.table import EXPLANATIONS, Explanation
from grader.vocabulary import Text

__all__ = [
    "EXPLANATIONS",
    "PLACES",
    "Explanation",
    "diagnose",
    "diagnose_kind",
    "diagnose_shape",
]

# They say where values differ and not why, so they add nothing to a sentence that the author wrote.
PLACES = (ONLY_FIRST, ONLY_LAST, FEW)

_ENDS = {
    "first missing": FIRST_MISSING, "last missing": LAST_MISSING, "first extra": FIRST_EXTRA, "last extra": LAST_EXTRA,
}  # fmt: skip


def diagnose_shape(found: tuple[int, ...], wanted: tuple[int, ...]) -> Text | None:
    """What is odd about a shape, if it is a common mistake."""
    if len(wanted) == 1 and found == (*wanted, 1):
        return COLUMN
    if len(wanted) == 1 and found == (1, *wanted):
        return ROW
    if len(wanted) == 2 and wanted[1] == 1 and found == wanted[:1]:
        return FLAT
    if wanted and wanted[0] > 1 and wanted[1:] in ((), (1,)) and found == (wanted[0], wanted[0]):
        return BROADCAST
    if len(found) == 2 and found != wanted and found[::-1] == wanted:
        return TRANSPOSED_SHAPE
    return None


def diagnose(
    actual: NDArray[Any], expected: NDArray[Any], rtol: float, atol: float, inputs: NDArray[Any] | None = None
) -> Text | None:
    """The first mistake that explains the difference of two numeric arrays, or None.

    Parameters
    ----------
    actual, expected : array of a numeric dtype
        Of any shapes.
    rtol, atol : float
        As `numpy.isclose` takes them.
    inputs : array of a numeric dtype, optional
        What `expected` was computed from: trusted data, for mistakes of axis and divisor.
    """
    shape = diagnose_shape(actual.shape, expected.shape)
    if not actual.size or not expected.size or "c" in (actual.dtype.kind, expected.dtype.kind):
        return shape
    case = _case(actual, expected, rtol, atol, inputs)
    if odd := not_finite(case.actual, case.expected):
        return odd if case.same_shape else shape or odd
    if not np.isfinite(case.actual).all() or not np.isfinite(case.expected).all():
        return shape
    with np.errstate(all="ignore"):
        if not case.same_shape:
            return _other_shape(case) or diagnose_axis(case) or shape
        if case.near(case.actual, case.expected) and case.kind in "iub":
            return None
        return diagnose_axis(case) or _first(case)


def _first(case: Case) -> Text | None:
    # an answer that is almost right is not also transposed, reversed or put in another order
    almost = case.near(case.actual, case.expected)
    for explanation in EXPLANATIONS:
        if almost and explanation.name not in ("low precision", "rounded", "underflow"):
            continue
        if explanation.explains(case):
            return explanation.sentence
    return None


def _other_shape(case: Case) -> Text | None:
    if end := diagnose_length(case):
        return _ENDS[end]
    if transposed(case):
        return TRANSPOSED
    known = diagnose_shape(case.actual.shape, case.expected.shape)
    flat = case.actual.reshape(-1), case.expected.reshape(-1)
    if known is None and flat[0].size == flat[1].size > 1 and case.near(*flat):
        return RIGHT_BUT_SHAPED if evidence(flat[1], case.tolerance) >= NEEDED else None
    return None


def _case(actual: NDArray[Any], expected: NDArray[Any], rtol: float, atol: float, inputs: NDArray[Any] | None) -> Case:
    kind, whole = actual.dtype.kind, True
    if actual.shape == expected.shape and actual.size > MOST:
        # even steps would fall into step with images and tables, `sample` avoids that
        actual, expected, whole = sample(actual, MOST), sample(expected, MOST), False
    a, e = actual.astype(float), expected.astype(float)
    given = inputs.astype(float) if inputs is not None and inputs.dtype.kind in "biuf" else None
    return Case(a, e, kind, float(rtol), float(atol), given, whole)
