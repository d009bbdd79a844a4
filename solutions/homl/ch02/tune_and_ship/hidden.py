"""Districts for searching and districts for measuring, prices in a currency of our own, or invented."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split


def invented(prices: np.ndarray) -> np.ndarray:
    """Prices of a country where what is dear in California is cheap: whoever learns from the public file is far off."""
    return 600_000 - prices


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return features and prices (dollars) of 1,200 and of 1,000 other districts, and 400 with invented prices."""
    housing = pd.read_csv(data / "housing.csv")
    train, test = train_test_split(housing, train_size=1_200, test_size=1_000, random_state=42)
    target = "median_house_value"
    y_train = train[target].to_numpy(dtype=float)
    return {
        "X_train": train.drop(columns=target),
        "y_train": y_train,
        "X_test": test.drop(columns=target),
        "y_test": test[target].to_numpy(dtype=float),
        "X_few": train.drop(columns=target).iloc[:400],
        "y_few": invented(y_train[:400]),
        "invented": invented,
    }
