"""The districts, and how many rows of each stratum belong into a test set."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

# Incomes have four decimals, so none lies on an edge: where such values belong is asked by a check of its own.
INCOME_EDGES = [0.0, 1.50005, 3.00005, 4.50005, 6.00005, float("inf")]


def strata(values: pd.Series, edges: list[float]) -> np.ndarray:
    """Number of the stratum of each value; a value on an edge belongs to the lower one."""
    return np.searchsorted(np.asarray(edges, dtype=float), values.to_numpy(dtype=float), side="left") - 1


def sizes(values: pd.Series, edges: list[float]) -> np.ndarray:
    """Number of rows in each stratum."""
    return np.bincount(strata(values, edges).clip(0), minlength=len(edges) - 1)


def load(profile: str, data: Path) -> dict:
    """Return ``housing``, ``income_edges`` and the function ``sizes``."""
    return {"housing": pd.read_csv(data / "housing.csv"), "income_edges": INCOME_EDGES, "sizes": sizes}
