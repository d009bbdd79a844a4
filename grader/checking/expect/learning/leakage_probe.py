"""Rows that no statistic can swallow without showing it: for finding out which rows a submission learns from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

_FACTOR = 1000.0


def poisoned(rows: Any, seed: int = 0) -> Any:
    """A copy of the same shape, types and categories, in which every number is far away and every label is another.

    Parameters
    ----------
    rows : DataFrame, Series or array of numbers or texts, or a tuple, list or dict of them
        Columns of decimals are scaled by about a thousand and moved; whole numbers are moved far beyond their range,
        booleans turned around; texts and categories all become one of those that occur, the rarest. Gaps stay.

    Raises
    ------
    TypeError
        Rows of another kind; poison them yourself.
    """
    rng = np.random.default_rng(seed)
    if isinstance(rows, dict):
        return {name: poisoned(part, seed + i) for i, (name, part) in enumerate(rows.items())}
    if isinstance(rows, tuple | list) and any(isinstance(part, pd.DataFrame | pd.Series | np.ndarray) for part in rows):
        return type(rows)(poisoned(part, seed + i) for i, part in enumerate(rows))
    if isinstance(rows, pd.DataFrame):
        return pd.DataFrame({name: _series(rows[name], rng) for name in rows.columns}, index=rows.index)
    if isinstance(rows, pd.Series):
        return _series(rows, rng)
    if isinstance(rows, np.ndarray):
        if rows.ndim == 2:
            return np.column_stack([_array(rows[:, i], rng) for i in range(rows.shape[1])]).astype(rows.dtype)
        return _array(rows, rng)
    raise TypeError(f"expect.no_leak cannot poison a {type(rows).__name__}; give poison=... a copy of your own")


def _series(column: pd.Series[Any], rng: np.random.Generator) -> pd.Series[Any]:
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiub":
        return pd.Series(_array(column.to_numpy(), rng), index=column.index, name=column.name)
    known = column.dropna()
    if known.empty:
        return column.copy()
    rarest = known.value_counts().index[-1]
    return column.where(column.isna(), rarest)


def _array(values: Any, rng: np.random.Generator) -> Any:
    if values.dtype.kind == "b":
        return ~values
    if values.dtype.kind in "iu":
        top = np.iinfo(values.dtype).max // 4
        moved = (values.astype(float) * 3 + 1000 * rng.integers(2, 9)) * _unevenly(values)
        return np.clip(moved, 0 if values.dtype.kind == "u" else -top, top).astype(values.dtype)
    if values.dtype.kind == "f":
        spread = float(np.nanmax(np.abs(values), initial=1.0))
        moved = values * _FACTOR * rng.uniform(0.5, 1.5) + _FACTOR * spread * rng.uniform(1, 2)
        return (moved * _unevenly(values)).astype(values.dtype)
    names, times = np.unique(values.astype(str), return_counts=True)
    return np.full(values.shape, names[np.argmin(times)]).astype(values.dtype)


def _unevenly(values: Any) -> Any:
    """Factors that move every other row further: rows that all move alike are the same again once standardised."""
    return np.where(np.arange(len(values)) % 2, 3.0, 1.0).reshape(-1, *[1] * (values.ndim - 1))
