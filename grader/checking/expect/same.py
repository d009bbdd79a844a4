"""Whether two values have the same content: exactly the same data, or alike whatever they are made of."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checking.values import Answer, is_frame, numeric, plain_array
from grader.running.remote import Remote

_DEEPEST = 40


def alike(found: Any, wanted: Any, rtol: float = 1e-7, atol: float = 1e-9, depth: int = 0) -> bool:
    """Whether two values agree: numbers and arrays closely, NaN with NaN, containers element by element.

    An object that stayed in the sandbox agrees with nothing, not even with itself.
    """
    if isinstance(found, Remote) or isinstance(wanted, Remote) or depth > _DEEPEST:
        return False
    if isinstance(found, Mapping) or isinstance(wanted, Mapping):
        return _same_mapping(found, wanted, rtol, atol, depth)
    if is_frame(found) or is_frame(wanted):
        return _same_frame(found, wanted, rtol, atol)
    a, b = numeric(found), numeric(wanted)
    if a is not None and b is not None:
        return a.shape == b.shape and bool(np.allclose(a, b, rtol=rtol, atol=atol, equal_nan=True))
    if isinstance(found, list | tuple) and isinstance(wanted, list | tuple):
        return len(found) == len(wanted) and all(
            alike(f, w, rtol, atol, depth + 1) for f, w in zip(found, wanted, strict=True)
        )
    c, d = plain_array(found), plain_array(wanted)
    if c is not None and d is not None:
        return c.shape == d.shape and [str(v) for v in c.flat] == [str(v) for v in d.flat]
    return type(found) is type(wanted) and str(found) == str(wanted)


def _same_mapping(found: Any, wanted: Any, rtol: float, atol: float, depth: int) -> bool:
    if not isinstance(found, Mapping) or not isinstance(wanted, Mapping) or set(found) != set(wanted):
        return False
    return all(alike(found[key], wanted[key], rtol, atol, depth + 1) for key in wanted)


def _same_frame(found: Any, wanted: Any, rtol: float, atol: float) -> bool:
    if not is_frame(found) or not is_frame(wanted) or found.shape != wanted.shape:
        return False
    if [str(name) for name in found.columns] != [str(name) for name in wanted.columns]:
        return False
    return all(alike(found.iloc[:, i], wanted.iloc[:, i], rtol, atol) for i in range(found.shape[1]))


def same_data(actual: Any, expected: Any, depth: int = 0) -> bool:
    """Whether an answer is the same data as `expected`, exactly; NaN equals NaN, a list a tuple of the same items."""
    if depth > _DEEPEST:
        return False
    if isinstance(expected, Mapping):
        return (
            isinstance(actual, Mapping)
            and len(actual) == len(expected)
            and all(key in actual and same_data(actual[key], value, depth + 1) for key, value in expected.items())
        )
    if isinstance(expected, set | frozenset):
        return isinstance(actual, set | frozenset) and actual == expected
    if isinstance(expected, list | tuple):
        if isinstance(actual, np.ndarray):
            actual = actual.tolist()
        return (
            isinstance(actual, list | tuple)
            and len(actual) == len(expected)
            and all(same_data(a, e, depth + 1) for a, e in zip(actual, expected, strict=True))
        )
    if is_frame(expected):
        return is_frame(actual) and _same_table(actual, expected)
    if expected is None or isinstance(expected, str | bytes):
        value = actual.item() if isinstance(actual, np.generic) else actual
        return type(value) is type(expected) and bool(value == expected)
    return _same_arrays(actual, expected)


def _same_table(actual: Any, expected: Any) -> bool:
    if actual.shape != expected.shape or [str(c) for c in actual.columns] != [str(c) for c in expected.columns]:
        return False
    return all(_same_arrays(actual.iloc[:, i], expected.iloc[:, i]) for i in range(actual.shape[1]))


def _same_arrays(actual: Any, expected: Any) -> bool:
    answer, right = Answer(actual), Answer(expected)
    if answer.shape is None or answer.shape != right.shape:
        return False
    a, e = answer.array, right.array
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
