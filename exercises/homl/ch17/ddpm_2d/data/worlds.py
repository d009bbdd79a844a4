"""Predictors that are right without any training, and one that looks on: try `sample` with them first."""

from __future__ import annotations

import numpy as np


class Bell:
    """Finds the noise where all data are standard normal."""

    def __init__(self, betas) -> None:
        self.alpha_bar = np.cumprod(1 - np.asarray(betas))

    def __call__(self, x, t: int) -> np.ndarray:
        return np.sqrt(1 - self.alpha_bar[t]) * np.asarray(x)


class Point:
    """Finds the noise where all data are one point ``c``."""

    def __init__(self, betas, c) -> None:
        self.alpha_bar, self.c = np.cumprod(1 - np.asarray(betas)), np.asarray(c)

    def __call__(self, x, t: int) -> np.ndarray:
        return (np.asarray(x) - np.sqrt(self.alpha_bar[t]) * self.c) / np.sqrt(1 - self.alpha_bar[t])


class Watch:
    """Answers as ``predict`` does, and keeps in ``asked`` for which steps it was asked."""

    def __init__(self, predict) -> None:
        self.predict, self.asked = predict, []

    def __call__(self, x, t: int) -> np.ndarray:
        self.asked.append(int(t))
        return self.predict(x, t)
