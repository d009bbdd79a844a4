"""Clean digits that were put aside, the mean training image, and how strong the noise is."""

from pathlib import Path
from typing import Any

from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``X_test``, ``mean_image`` and ``noise``."""
    X, y = load_digits(return_X_y=True)
    X_train, X_test = train_test_split(X, test_size=450, stratify=y, random_state=42)
    return {"X_test": X_test, "mean_image": X_train.mean(axis=0), "noise": 6.0}
