"""A real detector of fives: noisy digits and the scores that cross-validation gives them."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.model_selection import cross_val_predict


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``y`` (is it a five?) and ``score`` of all 1,797 digits with noise."""
    X, digit = load_digits(return_X_y=True)
    X = X + np.random.RandomState(42).normal(0, 4, X.shape)
    y = digit == 5
    score = cross_val_predict(SGDClassifier(random_state=0), X, y, cv=5, method="decision_function")
    return {"y": y, "score": score}
