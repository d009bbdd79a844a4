"""The splits of the starter, and the bare wine table for folds of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``parts`` of both, each (X_train, X_test, y_train, y_test), and ``X``, ``y`` of all wines."""
    X, y = load_wine(return_X_y=True)
    housing = pd.read_csv(data / "housing.csv")
    columns = housing.drop(columns=["median_house_value", "ocean_proximity"])
    wines = train_test_split(X, y, stratify=y, random_state=42)
    value = housing["median_house_value"] / 100_000
    houses = train_test_split(columns, value, train_size=3_000, test_size=0.2, random_state=42)
    return {"X": X, "y": y, "parts": {"wine_clf": wines, "housing_reg": houses}}
