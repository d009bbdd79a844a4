"""Mistakes of axis and divisor, found by computing from the inputs what each choice would have given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from grader.checking.diagnosis import sentences as say
from grader.checking.diagnosis.case import Array, Case
from grader.vocabulary import Text

Along = Callable[..., Any]  # (X, axis=...) -> array

_MOST_INPUTS = 1 << 17  # elements of inputs that are reduced along axes
_MOST_KEPT = 1 << 14  # the same for operations that keep the shape, which cost more


def _share(X: Array, axis: int | None) -> Array:
    return np.asarray(X / X.sum(axis=axis, keepdims=True))


def _unit(X: Array, axis: int | None) -> Array:
    return np.asarray(X / np.sqrt((X * X).sum(axis=axis, keepdims=True)))


def _softmax(X: Array, axis: int | None) -> Array:
    powers = np.exp(X - X.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))


def _centre(X: Array, axis: int | None) -> Array:
    return np.asarray(X - X.mean(axis=axis, keepdims=True))


def _standardise(X: Array, axis: int | None, ddof: int = 0) -> Array:
    return np.asarray(_centre(X, axis) / X.std(axis=axis, keepdims=True, ddof=ddof))


def _rescale(X: Array, axis: int | None) -> Array:
    low, high = X.min(axis=axis, keepdims=True), X.max(axis=axis, keepdims=True)
    return np.asarray((X - low) / (high - low))


REDUCTIONS: tuple[Along, ...] = (np.mean, np.sum, np.std, np.var, np.max, np.min, np.argmax, np.argmin, np.linalg.norm)
KEEPING: tuple[Along, ...] = (_standardise, _softmax, _share, _centre, _unit, _rescale, np.cumsum, np.sort)
WITH_DDOF: tuple[Along, ...] = (np.std, np.var, _standardise)


def diagnose_axis(case: Case) -> Text | None:
    """Another axis or divisor, where what is wanted is a known operation along one axis of the inputs.

    What is wanted must come out of one choice of the axis and the answer out of another, so nothing is guessed.
    """
    X = case.inputs
    if X is None or X.ndim == 0 or not X.size or X.size > _MOST_INPUTS or not case.whole:
        return None
    for operation in _operations(case, X):
        for axis in (*range(X.ndim), None):
            right = _done(partial(operation, X, axis=axis))
            if right is None or not case.near(right, case.expected):
                continue
            for other in (*range(X.ndim), None):
                if other != axis and _gave(case, partial(operation, X, axis=other)):
                    return say.WHOLE_ARRAY if other is None else say.WRONG_AXIS
        if operation in WITH_DDOF and _ddof_differs(case, operation, X):
            return say.DDOF
    return None


def along_the_other_axis(case: Case) -> bool:
    """Sums of 1, or mean 0 and deviation 1, stand along one axis of the answer and belong to the other one."""
    a, e = case.actual, case.expected
    if not case.same_shape or not case.whole or e.ndim != 2 or min(e.shape) < 2 or (np.trunc(a) == a).all():
        return False
    return any(
        holds(e, axis) and holds(a, 1 - axis) and not holds(e, 1 - axis) and not holds(a, axis)
        for holds in (_sums_to_one, _is_standard)
        for axis in (0, 1)
    )


def _sums_to_one(X: Array, axis: int) -> bool:
    return bool((X >= 0).all() and np.allclose(X.sum(axis=axis), 1, rtol=0, atol=1e-6))


def _is_standard(X: Array, axis: int) -> bool:
    return (
        X.shape[axis] > 2
        and bool(np.allclose(X.mean(axis=axis), 0, atol=1e-5))
        and bool(np.allclose(X.std(axis=axis), 1, rtol=1e-4))
    )


def _ddof_differs(case: Case, operation: Along, X: Array) -> bool:
    for axis in (*range(X.ndim), None):
        if (X.size if axis is None else X.shape[axis]) < 2:
            continue
        with_n, without_one = (_done(partial(operation, X, axis=axis, ddof=ddof)) for ddof in (0, 1))
        if with_n is None or without_one is None:
            continue
        for right, wrong in ((with_n, without_one), (without_one, with_n)):
            if case.near(right, case.expected) and case.fits(wrong):
                return True
    return False


def _operations(case: Case, X: Array) -> Iterator[Along]:
    if case.expected.shape != X.shape:
        yield from REDUCTIONS
    elif X.size <= _MOST_KEPT:
        yield from KEEPING


def _gave(case: Case, computed: Callable[[], Any]) -> bool:
    guess = _done(computed)
    return guess is not None and case.fits(guess)


def _done(computed: Callable[[], Any]) -> Array | None:
    try:
        result = np.asarray(computed(), dtype=float)
    except (ValueError, TypeError, FloatingPointError):
        return None
    return result if np.isfinite(result).all() else None
