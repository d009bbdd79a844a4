"""Digits for training and new ones; the labels stay here."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression

TRAIN = 1400


def disguised(seed: int) -> SimpleNamespace:
    """The digits with pixels in another order and digits under other names: ``X, y, X_new, y_new``."""
    digits = load_digits()
    rng = np.random.default_rng([seed, 9])
    X = digits.data[:, rng.permutation(64)] / 16
    y = rng.permutation(10)[digits.target]
    return SimpleNamespace(X=X[:TRAIN], y=y[:TRAIN], X_new=X[TRAIN:], y_new=y[TRAIN:])


def renamed(seed: int) -> SimpleNamespace:
    """The same digits under names of twenty groups of similar pictures, two groups to a name, with 50 rows to ask for.

    A digit has several names and a name several digits, so that whoever looks the digits up is not helped.
    """
    found = disguised(seed)
    rng = np.random.default_rng([seed, 10])
    groups = KMeans(20, n_init=2, random_state=seed % 2**32).fit(found.X)
    names = rng.permutation(np.arange(20) % 10)
    rows = KMeans(50, n_init=1, random_state=seed % 2**32).fit(found.X).transform(found.X).argmin(axis=0)
    return SimpleNamespace(
        X=found.X, y=names[groups.labels_], rows=rows, X_new=found.X_new, y_new=names[groups.predict(found.X_new)], digits=found.y_new
    )


def accuracy_with(data: SimpleNamespace, rows: np.ndarray) -> float:
    """Accuracy on new digits of logistic regression on these rows with their labels."""
    if len(np.unique(data.y[rows])) == 1:
        return float(np.mean(data.y_new == data.y[rows[0]]))
    model = LogisticRegression(max_iter=2000).fit(data.X[rows], data.y[rows])
    return float(model.score(data.X_new, data.y_new))


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return the functions that checks need."""
    return {"disguised": disguised, "renamed": renamed, "accuracy_with": accuracy_with}
