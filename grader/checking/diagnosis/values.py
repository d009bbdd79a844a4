"""Mistakes that change every value in the same way: sign, factor, logarithm, root, rounding, a forgotten last step."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from grader.checking.diagnosis.case import NEEDED, Array, Case, distinct, evidence

Change = Callable[[Array], Array]

FEWEST_BITS_OF_A_COUNT = 6.6  # "off by one" is worth saying of a count of about a hundred


def changed(change: Change, case: Case) -> bool:
    """Whether the answer is what is wanted after `change` of each value by itself."""
    if not case.same_shape:
        return False
    a, e = case.glance
    return case.near(a, change(e)) and case.fits(change(case.expected))


def factor(by: float, case: Case) -> bool:
    """Whether the answer is `by` times what is wanted."""
    return changed(lambda e: e * by, case)


def some_factor(*factors: float, case: Case) -> bool:
    """Whether the answer is what is wanted, times one of the factors."""
    return any(factor(by, case) for by in factors)


def absolute(case: Case) -> bool:
    """Minus signs lost."""
    return changed(np.abs, case) and bool((case.expected < 0).any())


def whole_numbers(case: Case) -> bool:
    """Decimals cut off, rounded down or rounded, in an answer that is about numbers with decimals."""
    a, _ = case.glance
    if not case.same_shape or not (np.trunc(a) == a).all():
        return False
    return any(changed(cut, case) for cut in (np.trunc, np.floor, np.rint))


def off_by_one(case: Case) -> bool:
    """Whole numbers, each one too large or too small."""
    a, e = case.glance
    if not case.same_shape or not (np.trunc(e) == e).all() or not (np.abs(a - e) == 1).all():
        return False
    return any((case.actual - case.expected == by).all() for by in (1, -1)) and (
        evidence(case.expected, case.tolerance) >= (FEWEST_BITS_OF_A_COUNT if case.expected.size == 1 else NEEDED)
    )


def summed(case: Case) -> bool:
    """A sum where a mean is wanted, over the items of the inputs or of the array itself."""
    return any(factor(n, case) for n in _lengths(case))


def averaged(case: Case) -> bool:
    """Divided by the number of items once too often."""
    return any(factor(1 / n, case) for n in _lengths(case))


def ddof_ratio(case: Case) -> bool:
    """All values off by sqrt(n / (n - 1)) or its square, n the number of rows."""
    for n in _lengths(case):
        ratio = n / (n - 1)
        if any(factor(by, case) for by in (math.sqrt(ratio), 1 / math.sqrt(ratio), ratio, 1 / ratio)):
            return True
    return False


def not_normalised(case: Case) -> bool:
    """Right after dividing by the sum: of all, of each row or of each column."""
    return any(
        case.near(_over(case.expected, total), case.expected) and _explains(_over(case.actual, total), case)
        for total in _totals(case)
    )


def normalised_twice(case: Case) -> bool:
    """What is wanted, divided by its sum."""
    return any(case.fits(_over(case.expected, total)) for total in _totals(case))


def not_unit_length(case: Case) -> bool:
    """Right after dividing by the norm."""
    norms: list[Callable[[Array], Any]] = [np.linalg.norm]
    if case.actual.ndim == 2:
        norms.append(partial(np.linalg.norm, axis=1, keepdims=True))
    return any(
        case.near(case.expected / norm(case.expected), case.expected)
        and _explains(case.actual / norm(case.actual), case)
        for norm in norms
    )


def not_standardised(case: Case) -> bool:
    """Right after subtracting the mean of each column and dividing by its deviation."""
    return _standard(case.expected, case) and any(
        _explains((case.actual - case.actual.mean(axis=0)) / case.actual.std(axis=0, ddof=ddof), case)
        for ddof in (0, 1)
    )


def not_scaled(case: Case) -> bool:
    """Centred columns that are right after dividing by their deviation."""
    return (
        _standard(case.expected, case)
        and bool((np.abs(case.actual.mean(axis=0)) <= 1e-6 * case.actual.std(axis=0)).all())
        and _explains(case.actual / case.actual.std(axis=0), case)
    )


def not_centred(case: Case) -> bool:
    """Columns that are right once their mean is taken away, or given back."""
    if not case.same_shape or not case.whole or case.expected.ndim == 0 or len(case.expected) < 3:
        return False
    if _is_centred(case.expected) == _is_centred(case.actual):
        return False
    a, e = (values - values.mean(axis=0) for values in (case.actual, case.expected))
    return case.near(a, e) and evidence(e, case.tolerance) >= 2 * NEEDED


def logits(case: Case) -> bool:
    """Right after a softmax over the last axis."""
    if not case.same_shape or case.expected.ndim == 0 or case.expected.shape[-1] < 2 or not case.whole:
        return False
    shifted = np.exp(case.actual - case.actual.max(axis=-1, keepdims=True))
    return _explains(shifted / shifted.sum(axis=-1, keepdims=True), case)


def scores(case: Case) -> bool:
    """Right after a sigmoid."""
    a, e = case.glance
    return case.same_shape and case.near(_sigmoid(a), e) and _explains(_sigmoid(case.actual), case)


def any_factor(case: Case) -> bool:
    """One factor for all, whichever it is; needs more values than a known factor does."""
    if not case.same_shape or distinct(case.expected, case.tolerance) < 3:
        return False
    a, e = case.actual, case.expected
    by = float((a * e).sum() / (e * e).sum())
    return math.isfinite(by) and by != 0 and case.fits(e * by, needed=2.5 * NEEDED)


def any_offset(case: Case) -> bool:
    """One constant added to all, whichever it is; measured by how much the values differ among themselves."""
    if not case.same_shape or distinct(case.expected, case.tolerance) < 3:
        return False
    a, e = case.actual - case.actual.mean(), case.expected - case.expected.mean()
    return case.near(a, e) and evidence(e, case.tolerance) >= 2.5 * NEEDED


def only_at(place: int, case: Case) -> bool:
    """Everything right but the first (0) or last (-1) element or row."""
    if not case.same_shape or not case.whole or case.expected.ndim == 0 or len(case.expected) < 4:
        return False
    rest = slice(1, None) if place == 0 else slice(None, -1)
    return (
        case.near(case.actual[rest], case.expected[rest])
        and not case.near(case.actual[place], case.expected[place])
        and evidence(case.expected[rest], case.tolerance) >= NEEDED
    )


def few(case: Case) -> bool:
    """Four of five values right, and not because one value stands almost everywhere."""
    if not case.same_shape or case.actual.size < 3:
        return False
    right = case.agree(case.actual, case.expected)
    return bool(np.mean(right) >= 0.8) and evidence(case.expected[right], case.tolerance) >= NEEDED


def _explains(repaired: Array, case: Case) -> bool:
    """Whether the answer with the forgotten step done is what is wanted."""
    return case.same_shape and case.near(repaired, case.expected) and evidence(repaired, case.tolerance) >= NEEDED


def _sigmoid(values: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-values)))


def _lengths(case: Case) -> list[int]:
    """Numbers of items that a sum may have been divided by, without those that factors of their own speak for."""
    lengths: list[int] = []
    for values in (case.inputs, case.expected if case.whole and case.same_shape else None):
        if values is not None and values.ndim:
            lengths += [*values.shape, values.size]
    return [n for n in dict.fromkeys(lengths) if n > 2 and n != 100]


def _totals(case: Case) -> Iterator[Change]:
    if case.same_shape and case.whole and case.expected.ndim and case.expected.size > 1:
        yield np.sum
        if case.expected.ndim == 2:
            yield partial(np.sum, axis=1, keepdims=True)
            yield partial(np.sum, axis=0, keepdims=True)


def _over(values: Array, total: Change) -> Array:
    return np.asarray(values / total(values))


def _standard(values: Array, case: Case) -> bool:
    """Whether columns (or a flat array) have mean 0 and deviation 1, by either divisor."""
    if not case.same_shape or not case.whole or values.ndim == 0 or len(values) < 3:
        return False
    return _is_centred(values) and any(
        bool(np.allclose(values.std(axis=0, ddof=ddof), 1, atol=1e-4)) for ddof in (0, 1)
    )


def _is_centred(values: Array) -> bool:
    first = values.reshape(len(values), -1)[:, :1]  # rules most arrays out at little cost
    return all(
        bool((np.abs(columns.mean(axis=0)) <= 1e-5 * (columns.std(axis=0) + 1e-300)).all())
        for columns in (first, values)
    )
