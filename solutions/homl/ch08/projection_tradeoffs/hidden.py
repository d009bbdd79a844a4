"""The whole table, computed anew: accuracies and reconstruction errors of PCA fitted to the training rows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA, IncrementalPCA
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split

SIZES = (2, 10, 28, 64)


@cache
def table() -> dict[str, Any]:
    """Every number that the notebook should find, and what the usual mistakes find."""
    digits = load_digits()
    X, X_test, y, y_test = train_test_split(
        digits.data / 16, digits.target, stratify=digits.target, random_state=42
    )
    found: dict[str, list[float]] = {"acc_logit": [], "acc_forest": [], "mse": [], "leaked": [], "trained": []}
    for d in SIZES:
        pca, leaky = PCA(d).fit(X), PCA(d).fit(np.vstack([X, X_test]))
        Z, Z_test = pca.transform(X), pca.transform(X_test)
        found["acc_logit"].append(LogisticRegression(max_iter=2000).fit(Z, y).score(Z_test, y_test))
        found["acc_forest"].append(RandomForestClassifier(100, random_state=42).fit(Z, y).score(Z_test, y_test))
        found["mse"].append(lost(pca, X_test))
        found["leaked"].append(lost(leaky, X_test))
        found["trained"].append(lost(pca, X))
    ipca = IncrementalPCA(28, batch_size=200).fit(X)
    return {**{name: np.array(values) for name, values in found.items()}, "ipca_mse": lost(ipca, X_test)}


def lost(pca: Any, X: np.ndarray) -> float:
    """Mean squared reconstruction error over rows and pixels."""
    return float(np.mean((X - pca.inverse_transform(pca.transform(X))) ** 2))


def load(profile: str, data: Path) -> dict[str, Any]:
    """The numbers, by column of the report."""
    return {"sizes": SIZES, **table()}
