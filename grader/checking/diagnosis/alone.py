"""What can be said of an answer by looking at it alone, or at what kind of thing it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.checking.diagnosis import sentences as say
from grader.checking.diagnosis.case import Array, Case, sample
from grader.vocabulary import Text

_MOST_READ = 1000  # items of a list that are looked at


def not_finite(actual: Array, expected: Array) -> Text | None:
    """NaN or infinity where finite numbers are wanted."""
    same = actual.shape == expected.shape
    for odd, sentence in ((np.isnan, say.NAN), (np.isinf, say.INFINITE)):
        found = odd(actual)
        if found.any() and ((found & ~odd(expected)).any() if same else not odd(expected).any()):
            return sentence
    return None


def zeros(case: Case) -> bool:
    """Nothing but zeros."""
    return case.actual.size > 1 and not case.actual.any() and bool(np.mean(case.expected != 0) > 0.5)


def constant(case: Case) -> bool:
    """One value everywhere, while different ones are wanted."""
    return (
        case.actual.size > 2
        and bool(np.ptp(case.actual) == 0)
        and bool(np.ptp(case.expected) > 10 * case.tolerance * np.abs(case.expected).max())
    )


def saturated(case: Case) -> bool:
    """Zeros and ones where something in between is wanted."""
    a, _ = case.glance
    if not case.same_shape or case.actual.size < 3 or not np.isin(a, (0.0, 1.0)).all():
        return False
    between = (case.expected > 0) & (case.expected < 1)
    return bool(between.all() and np.isin(case.actual, (0.0, 1.0)).all())


def underflow(case: Case) -> bool:
    """Zeros in place of tiny values, everything else right."""
    if not case.same_shape:
        return False
    lost = (case.actual == 0) & (case.expected != 0)
    return bool(lost.any() and (np.abs(case.expected[lost]) < 1e-30).all()) and case.near(
        case.actual[~lost], case.expected[~lost]
    )


def rounded(case: Case) -> bool:
    """The expected values, rounded to some decimals."""
    if not case.same_shape:
        return False
    a, e = case.glance
    for digits in range(1, 7):
        if np.allclose(a, np.round(e, digits), rtol=1e-12, atol=0):
            guess = np.round(case.expected, digits)
            return bool(np.allclose(case.actual, guess, rtol=1e-12, atol=0)) and case.fits(guess)
    return False


def low_precision(case: Case) -> bool:
    """The expected values, as a small float type keeps them."""
    if not case.same_shape or case.kind != "f":
        return False
    a, e = case.glance
    for small in (np.float16, np.float32):
        if np.array_equal(a, e.astype(small)):
            return bool(np.array_equal(case.actual, case.expected.astype(small)))
    return False


def diagnose_kind(value: Any) -> Text | None:
    """Why a value is no array of numbers: texts, None, truth values, rows of different lengths."""
    if isinstance(value, bool | np.bool_) or (isinstance(value, np.ndarray) and value.dtype.kind == "b"):
        return say.TRUTH_VALUES
    items = _items(value)
    if items is None:
        return None
    if any(item is None for item in items):
        return say.NONE_INSIDE
    if items and all(isinstance(item, str) for item in items):
        return say.TEXT_NUMBERS if all(_reads_as_number(item) for item in items) else None
    if len(items) > 1 and all(isinstance(item, list | tuple) for item in items):
        return say.RAGGED if len({len(item) for item in items}) > 1 else None
    return None


def _items(value: Any) -> list[Any] | None:
    if isinstance(value, str):
        return [value]
    if isinstance(value, np.ndarray):
        return list(sample(value, _MOST_READ).tolist()) if value.dtype.kind in "OUT" else None
    return list(value[:_MOST_READ]) if isinstance(value, Sequence) and not isinstance(value, bytes) else None


def _reads_as_number(text: str) -> bool:
    try:
        float(text[:50])
    except ValueError:
        return False
    return True
