"""The noisy parabola of the notebook, and curves computed on the trusted side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import Ridge

Array = NDArray[np.float64]


def curves(
    train: tuple[Array, Array], valid: tuple[Array, Array], degree: int, sizes: Any, alpha: float, mistake: str = ""
) -> tuple[Array, Array]:
    """Training and validation RMSE by size, rightly or with a known mistake."""
    exponents = np.arange(1, degree + 1)
    errors = []
    for size in sizes:
        x, y = train[0][:size], train[1][:size]
        basis = {"leak": np.concatenate([train[0], valid[0]]), "all rows": train[0]}.get(mistake, x) ** exponents
        mean, deviation = basis.mean(axis=0), basis.std(axis=0, ddof=1 if mistake == "ddof" else 0)
        if mistake == "unscaled":
            mean, deviation = np.zeros(degree), np.ones(degree)
        strength = alpha * len(y) if mistake == "alpha times m" else alpha
        model = Ridge(alpha=strength, solver="svd").fit((x**exponents - mean) / deviation, y)
        pairs = [(x, y), valid]
        if mistake == "same rows":
            pairs = [(x, y), (x, y)]
        if mistake == "all training rows":
            pairs = [train, valid]
        found = [np.mean((model.predict((a**exponents - mean) / deviation) - b) ** 2) for a, b in pairs]
        errors.append(found if mistake == "no root" else np.sqrt(found))
    train_errors, valid_errors = np.array(errors).T
    return train_errors, valid_errors


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return what the notebook should find, and ``curves`` to find it for other data."""
    rng = np.random.default_rng(3)
    x = 6 * rng.random((100, 1)) - 3
    y = 0.5 * x[:, 0] ** 2 + x[:, 0] + 2 + rng.normal(size=100)
    train, valid, sizes = (x[:60], y[:60]), (x[60:], y[60:]), np.arange(12, 61, 4)
    by_degree = np.array([curves(train, valid, degree, [60], 0.01) for degree in range(1, 11)])[:, :, 0]
    train_errors, valid_errors = curves(train, valid, 10, sizes, 0.01)
    return {
        "curves": curves,
        "train": train,
        "valid": valid,
        "degree_train": by_degree[:, 0],
        "degree_valid": by_degree[:, 1],
        "sizes": sizes,
        "train_errors": train_errors,
        "valid_errors": valid_errors,
    }
