"""Petals of the irises: the two species of the exercise, and the two that overlap."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_iris


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``X``, ``y`` in cm with ``mean`` and ``scale``, and standardised ``other_X``, ``other_y``, ``grid``."""
    iris = load_iris()
    petals = iris.data[:, 2:]
    X, other = petals[iris.target < 2], petals[iris.target > 0]
    other = (other - other.mean(axis=0)) / other.std(axis=0)
    side = np.linspace(-2.0, 2.0, 9)
    return {
        "X": X,
        "y": iris.target[iris.target < 2],
        "mean": X.mean(axis=0),
        "scale": X.std(axis=0),
        "other_X": other,
        "other_y": iris.target[iris.target > 0],
        "grid": np.array([(a, b) for a in side for b in side]),
    }
