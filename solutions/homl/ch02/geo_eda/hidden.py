"""The right training rows, features and correlations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split


def with_ratios(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the three ratio columns."""
    return rows.assign(
        rooms_per_house=rows["total_rooms"] / rows["households"],
        bedrooms_ratio=rows["total_bedrooms"] / rows["total_rooms"],
        people_per_house=rows["population"] / rows["households"],
    )


def load(profile: str, data: Path) -> dict:
    """Return ``all`` and ``train`` rows with the ratios, and ``corr`` and ``corr_all`` with the target."""
    housing = pd.read_csv(data / "housing.csv")
    strata = pd.cut(housing["median_income"], [0.0, 1.5, 3.0, 4.5, 6.0, np.inf], labels=False)
    train, _ = train_test_split(housing, test_size=0.2, stratify=strata, random_state=42)
    everything, train = with_ratios(housing), with_ratios(train)
    return {
        "all": everything,
        "train": train,
        "corr": train.corr(numeric_only=True)["median_house_value"],
        "corr_all": everything.corr(numeric_only=True)["median_house_value"],
    }
