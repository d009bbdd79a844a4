"""Mistakes of order and place: transposed, reversed, rows or labels exchanged, one place off, one too many."""

from __future__ import annotations

import math

import numpy as np

from grader.checking.diagnosis.case import NEEDED, Array, Case, distinct, evidence, sample

_MOST_LABELS = 50
_MOST_SORTED = 20_000  # rows or columns that are put in order


def transposed(case: Case) -> bool:
    """Rows and columns exchanged."""
    return case.expected.ndim == 2 and min(case.expected.shape) > 1 and case.fits(case.expected.T)


def reversed_order(case: Case) -> bool:
    """Last first."""
    return case.same_shape and case.whole and case.expected.ndim > 0 and case.fits(case.expected[::-1])


def shifted(case: Case) -> bool:
    """Everything one place earlier or later, whatever stands at the free end."""
    a, e = case.actual, case.expected
    if not case.same_shape or not case.whole or e.ndim == 0 or len(e) < 4:
        return False
    return any(case.near(x, y) and evidence(y, case.tolerance) >= NEEDED for x, y in ((a[1:], e[:-1]), (a[:-1], e[1:])))


def rows_in_another_order(case: Case) -> bool:
    """The same rows."""
    if not case.same_shape or not case.whole or case.expected.ndim != 2 or min(case.expected.shape) < 2:
        return False
    return len(case.expected) <= _MOST_SORTED and _same_rows(case, case.actual, case.expected)


def columns_in_another_order(case: Case) -> bool:
    """The same columns."""
    if not case.same_shape or not case.whole or case.expected.ndim != 2 or min(case.expected.shape) < 2:
        return False
    return case.expected.shape[1] <= _MOST_SORTED and _same_rows(case, case.actual.T, case.expected.T)


def another_order(case: Case) -> bool:
    """The same values, most of them different from each other; few labels come in equal numbers by accident."""
    a, e = case.actual, case.expected
    if not case.same_shape or not case.whole or a.size < 2 or 2 * distinct(e, 1e-9) < sample(e).size:
        return False
    a, e = a.reshape(-1), e.reshape(-1)
    if not case.near(np.abs(a).sum(keepdims=True), np.abs(e).sum(keepdims=True)):  # cheaper than to sort
        return False
    e = np.sort(e)
    return case.near(np.sort(a), e) and evidence(e, case.tolerance) >= NEEDED + _orders(len(e))


def labels_exchanged(case: Case) -> bool:
    """The same groups under other numbers."""
    pairs = _label_pairs(case)
    if pairs is None or len(pairs) < 2 or len(set(pairs.values())) != len(pairs):
        return False
    return evidence(case.expected, case.tolerance) >= NEEDED + math.lgamma(len(pairs) + 1) / math.log(2)


def zero_and_one(case: Case) -> bool:
    """0 for 1 and 1 for 0."""
    _, e = case.glance
    if not case.same_shape or not np.isin(e, (0.0, 1.0)).all():
        return False
    return bool(np.isin(case.expected, (0.0, 1.0)).all()) and case.fits(1 - case.expected)


def diagnose_length(case: Case) -> str:
    """Which end lacks an element or row or has one too many: ``"first missing"`` ... ``""`` where it is not that."""
    a, e = case.actual, case.expected
    if a.ndim != e.ndim or a.ndim == 0 or a.shape[1:] != e.shape[1:] or abs(len(a) - len(e)) != 1:
        return ""
    if len(a) < len(e):
        places = (("first missing", a, e[1:]), ("last missing", a, e[:-1]))
    else:
        places = (("first extra", a[1:], e), ("last extra", a[:-1], e))
    return next((name for name, x, y in places if case.near(x, y) and evidence(y, case.tolerance) >= NEEDED), "")


def _label_pairs(case: Case) -> dict[float, float] | None:
    """What each expected label became; None where one became several, or these are no labels."""
    a, e = case.actual.reshape(-1), case.expected.reshape(-1)
    if not case.same_shape or a.size < 4 or not all((np.trunc(some) == some).all() for some in (*case.glance, a, e)):
        return None
    labels = np.unique(e)
    if labels.size > min(_MOST_LABELS, a.size // 2):
        return None
    pairs: dict[float, float] = {}
    for label in labels:
        found = a[e == label]
        if (found != found[0]).any():
            return None
        pairs[float(label)] = float(found[0])
    return pairs


def _same_rows(case: Case, a: Array, e: Array) -> bool:
    if not case.near(np.abs(a).sum(keepdims=True), np.abs(e).sum(keepdims=True)):  # cheaper than to sort
        return False
    if not case.near(np.sort(a.sum(axis=1)), np.sort(e.sum(axis=1))):
        return False
    a, e = a[np.lexsort(a.T[::-1])], e[np.lexsort(e.T[::-1])]
    # few kinds of rows, such as one-hot labels, come in equal numbers by accident
    varied = 2 * len(np.unique(e, axis=0)) >= len(e)
    return case.near(a, e) and varied and evidence(e, case.tolerance) >= NEEDED + _orders(len(e))


def _orders(n: int) -> float:
    """Bits that choosing an order of n things takes away from the evidence; a dozen things are evidence enough."""
    return math.lgamma(min(n, 6) + 1) / math.log(2)
