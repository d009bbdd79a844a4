"""The digits as the grader knows them; the labels of the rescanned test digits stay on this side."""

from pathlib import Path
from typing import Any

import numpy as np

from grader.datasets import load as load_dataset


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return raw pixels (uint8) and labels of both parts, and how often the most frequent test digit occurs."""
    digits = load_dataset("digits28", profile)
    y_test = digits["y_test"].astype(int)
    return {
        "x_train": digits["x_train"],
        "y_train": digits["y_train"].astype(int),
        "x_test": digits["x_test"],
        "y_test": y_test,
        "majority": float(np.bincount(y_test).max() / len(y_test)),
    }
