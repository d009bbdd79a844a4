"""A real detector of fives: noisy digits and the scores that cross-validation gives them."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import cross_val_predict, train_test_split


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``y`` (is it a five?) and ``score`` of 1,347 digits with noise."""
    X, digit = load_digits(return_X_y=True)
    X, _, digit, _ = train_test_split(X, digit, test_size=450, stratify=digit, random_state=42)
    X = X + np.random.RandomState(0).normal(0, 4, X.shape)
    y = digit == 5
    score = cross_val_predict(SGDClassifier(random_state=42), X, y, cv=3, method="decision_function")
    return {"y": y, "score": score}
