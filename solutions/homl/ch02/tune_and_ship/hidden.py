"""Districts for searching and districts for measuring, prices in a currency of our own."""

from pathlib import Path
from typing import Any

import pandas as pd
from sklearn.model_selection import train_test_split


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return features and prices (dollars) of 1,200 and of 1,000 other districts."""
    housing = pd.read_csv(data / "housing.csv")
    train, test = train_test_split(housing, train_size=1_200, test_size=1_000, random_state=42)
    target = "median_house_value"
    return {
        "X_train": train.drop(columns=target),
        "y_train": train[target].to_numpy(dtype=float),
        "X_test": test.drop(columns=target),
        "y_test": test[target].to_numpy(dtype=float),
    }
