"""Training and test rows of the districts, split once by income so that both look alike."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split


def load(profile: str, data: Path) -> dict:
    """Return ``train`` (80 % of the rows, every category in it) and ``test``, both without the target."""
    housing = pd.read_csv(data / "housing.csv")
    strata = pd.cut(housing["median_income"], [0.0, 1.5, 3.0, 4.5, 6.0, np.inf], labels=False)
    train, test = train_test_split(housing, test_size=0.2, stratify=strata, random_state=42)
    categories = sorted(train["ocean_proximity"].unique())
    assert categories == sorted(housing["ocean_proximity"].unique()), "the split lost a category"
    return {
        "train": train.drop(columns="median_house_value"),
        "test": test.drop(columns="median_house_value"),
        "value": train["median_house_value"],
        "categories": categories,
    }
