"""Training and test digits, shifted copies, and what nearest neighbours do without augmentation."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

MOVES = ((-1, 0), (1, 0), (0, -1), (0, 1))


def shifted(pictures: np.ndarray, dx: int, dy: int) -> np.ndarray:
    """Pictures (..., height, width), moved right and down, zeros where they come from."""
    height, width = pictures.shape[-2:]
    margin = [(0, 0)] * (pictures.ndim - 2) + [(abs(dy), abs(dy)), (abs(dx), abs(dx))]
    wide = np.pad(pictures, margin)
    top, left = abs(dy) - dy, abs(dx) - dx
    return wide[..., top : top + height, left : left + width]


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return 1,347 training and 450 test digits, the test digits in four shifts, and two baselines."""
    X, y = load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=450, stratify=y, random_state=42)
    moved = np.concatenate([shifted(X_test.reshape(-1, 8, 8), dx, dy).reshape(-1, 64) for dx, dy in MOVES])
    plain = KNeighborsClassifier(3).fit(X_train, y_train)
    return {
        "X_train": X_train,
        "y_train": y_train,
        "X_test": X_test,
        "y_test": y_test,
        "X_moved": moved,
        "y_moved": np.tile(y_test, len(MOVES)),
        "majority": float(np.mean(y_test == np.bincount(y_train).argmax())),
        "plain_on_moved": float(plain.score(moved, np.tile(y_test, len(MOVES)))),
        "shifted": shifted,
    }
