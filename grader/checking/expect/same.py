"""Whether two answers of a submission have the same content, whatever they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checking.values import is_frame, numeric, plain_array
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
