"""Rows of tables and arrays as keys that can be counted, and shares of classes: what expectations about splits need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from grader.checking.values import for_instructor, is_frame, is_sparse, numeric, plain_array

_EXACT = 2**53  # below this, a whole number and the float of its value are one


def row_keys(rows: Any, by: Sequence[str] | None = None) -> list[str] | None:
    """One text per row that is the same for equal rows; None for what has no rows, or lacks a column of `by`.

    Numbers count by their value as float64, so that 1 equals 1.0; gaps of any kind are equal to each other.
    """
    columns = _columns(rows, by)
    if columns is None:
        return None
    told = [_texts(column) for column in columns]
    if any(texts is None for texts in told):
        return None
    return ["\x1f".join(parts) for parts in zip(*[texts for texts in told if texts is not None], strict=True)]


def label_counts(labels: Any) -> Counter[str] | None:
    """How often each label occurs; None for what is not a flat sequence."""
    keys = row_keys(labels)
    array = plain_array(labels)
    flat = array is not None and (array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1))
    return Counter(keys) if keys is not None and flat else None


def _columns(rows: Any, by: Sequence[str] | None) -> list[Any] | None:
    if is_frame(rows):
        names = [str(name) for name in rows.columns]
        wanted = names if by is None else list(by)
        if len(set(names)) != len(names) or not set(wanted) <= set(names) or not wanted:
            return None
        return [rows.iloc[:, names.index(name)] for name in wanted]
    if by is not None:
        return None
    if isinstance(rows, pd.Series | pd.Index) and not isinstance(rows, pd.MultiIndex):
        return [pd.Series(rows)]
    array = plain_array(rows) if not is_sparse(rows) else numeric(rows)
    if array is None or array.ndim == 0:
        return None
    flat = array.reshape(len(array), -1) if array.size else array.reshape(len(array), 0)
    return [flat[:, i] for i in range(flat.shape[1])] if flat.shape[1] else None


def _texts(column: Any) -> list[str] | None:
    """Each value as text."""
    values = numeric(column)
    if values is not None and values.dtype.kind in "biuf" and values.ndim == 1:
        return [_text(value) for value in values.tolist()]
    array = plain_array(column)
    if array is None or array.ndim != 1:
        return None
    return [_text(value) for value in array]


def _text(value: Any) -> str:
    if value is None or value is pd.NA or value is pd.NaT:
        return "nan"
    if isinstance(value, int | np.integer) and not isinstance(value, np.timedelta64):
        number = int(value)
        return repr(float(number)) if abs(number) < _EXACT else repr(number)
    if isinstance(value, bool | np.bool_ | float | np.floating):
        return repr(float(value) + 0.0)  # no negative zero
    if isinstance(value, str):
        return f"str:{value}"
    return f"{type(value).__name__}:{for_instructor(value, 10_000)}"
