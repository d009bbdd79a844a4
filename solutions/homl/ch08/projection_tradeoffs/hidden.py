"""Reconstruction errors, computed anew, and those of the usual mistakes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA, IncrementalPCA
from sklearn.model_selection import train_test_split

SIZES = (2, 10, 28, 64)


def lost(pca: Any, X: np.ndarray) -> float:
    """Mean squared reconstruction error over rows and pixels."""
    return float(np.mean((X - pca.inverse_transform(pca.transform(X))) ** 2))


def load(profile: str, data: Path) -> dict[str, Any]:
    """Errors of PCA by number of dimensions: fitted rightly, fitted to test rows too, measured on training rows."""
    digits = load_digits()
    X, X_test = train_test_split(digits.data / 16, stratify=digits.target, random_state=42)
    batches = IncrementalPCA(28, batch_size=200).fit(X)
    right, leaky = ([PCA(d).fit(rows) for d in SIZES] for rows in (X, np.vstack([X, X_test])))
    return {
        "sizes": SIZES,
        "mse": np.array([lost(pca, X_test) for pca in right]),
        "leaked": np.array([lost(pca, X_test) for pca in leaky]),
        "trained": np.array([lost(pca, X) for pca in right]),
        "ipca_mse": lost(batches, X_test),
        "ipca_trained": lost(batches, X),
        "ipca_leaked": lost(IncrementalPCA(28, batch_size=200).fit(np.vstack([X, X_test])), X_test),
    }
