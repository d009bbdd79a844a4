"""The digits and the positions along the roll, and what PCA makes of both."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits, make_swiss_roll
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness
from sklearn.model_selection import cross_val_score
from sklearn.neighbors import KNeighborsClassifier

X_ROLL, T = make_swiss_roll(1000, noise=0.2, random_state=42)
DIGITS = load_digits()
X, Y = DIGITS.data[:1000], DIGITS.target[:1000]


def along(Z: np.ndarray) -> float:
    """Largest absolute correlation of a column with the position along the roll; 0 for a constant one."""
    spread = Z.std(axis=0) > 0
    return max((abs(float(np.corrcoef(Z[:, j], T)[0, 1])) for j in np.flatnonzero(spread)), default=0.0)


def neighbours(Z: np.ndarray) -> float:
    """Accuracy of five nearest neighbours."""
    return float(cross_val_score(KNeighborsClassifier(5), Z, Y, cv=5).mean())


def trust(Z: np.ndarray, of: np.ndarray = X) -> float:
    """Whether neighbours in the map are neighbours in the data."""
    return float(trustworthiness(of, Z, n_neighbors=5))


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return the measures, the data and PCA's maps ``flat_roll`` and ``flat`` of roll and digits."""
    return {
        "along": along,
        "neighbours": neighbours,
        "trust": trust,
        "X_roll": X_ROLL,
        "X": X,
        "y": Y,
        "flat_roll": PCA(2).fit_transform(X_ROLL),
        "flat": PCA(2).fit_transform(X),
    }
