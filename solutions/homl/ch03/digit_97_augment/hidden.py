"""Training and test digits, shifted copies, and what a logistic regression on the pixels makes of them."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

MOVES = ((-1, 0), (1, 0), (0, -1), (0, 1))


def shifted(X: np.ndarray, dx: int, dy: int) -> np.ndarray:
    """Images (n, 64), moved right and down by at most one pixel, zeros where they come from."""
    wide = np.pad(X.reshape(-1, 8, 8), [(0, 0), (1, 1), (1, 1)])
    return wide[:, 1 - dy : 9 - dy, 1 - dx : 9 - dx].reshape(-1, 64)


def lazy(X: np.ndarray, y: np.ndarray, new: np.ndarray, truth: np.ndarray) -> float:
    """Accuracy of a logistic regression on the pixels."""
    return float(LogisticRegression(max_iter=1000).fit(X / 16, y).score(new / 16, truth))


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return 1,347 training and 450 test digits, the test digits in four shifts, and two baselines."""
    X, y = load_digits(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=450, stratify=y, random_state=42)
    moved, y_moved = np.concatenate([shifted(X_test, *move) for move in MOVES]), np.tile(y_test, 4)
    more = np.concatenate([X_train, *(shifted(X_train, *move) for move in MOVES)])
    return {
        "X_train": X_train,
        "y_train": y_train,
        "X_test": X_test,
        "y_test": y_test,
        "X_moved": moved,
        "y_moved": y_moved,
        "moves": MOVES,
        "shifted": shifted,
        "lazy_centred": lazy(X_train, y_train, X_test, y_test),
        "lazy_shifted": lazy(more, np.tile(y_train, 5), moved, y_moved),
    }
