"""What the line and the neighbours say, and what they say after the mistakes that people make with this table."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from grader.checks import load_dataset

CYPRUS_GDP = 37_655.2
# The countries that the larger table of 36 has on top: (GDP per capita in dollars, life satisfaction).
OUTSIDE = (
    (11466.189671582, 4.7),
    (13441.4929522564, 6.3),
    (14063.9825, 6.4),
    (17887.7507, 6.5),
    (23324.5248, 6.5),
    (63585.9035, 7.6),
    (68393.3060, 7.5),
    (89688.9570, 7.0),
    (110261.1574, 6.9),
)


def line(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """Intercept and slope of the least-squares line."""
    slope, intercept = np.polyfit(x, y, 1)
    return float(intercept), float(slope)


def through_origin(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """The same without an intercept."""
    return 0.0, float(x @ y / (x @ x))


def load(profile: str, data: Path) -> dict:
    """Return ``right``, pairs (intercept, slope), and ``wrong`` ones by the name of the mistake; means of k neighbours."""
    table = pd.read_csv(data / "lifesat.csv")
    gdp, satisfaction = table["GDP per capita (USD)"].to_numpy(), table["Life satisfaction"].to_numpy()
    more = np.array(OUTSIDE)
    few = load_dataset("lifesat", "small")["lifesat"].iloc[:, 1:].to_numpy()
    b, w = line(gdp, satisfaction)
    order = np.argsort(np.abs(gdp - CYPRUS_GDP), kind="stable")
    nearness = 1 / np.abs(gdp - CYPRUS_GDP)[order[:3]]
    wrong = [
        ("no intercept", through_origin(gdp, satisfaction)),
        ("36 countries", line(np.append(gdp, more[:, 0]), np.append(satisfaction, more[:, 1]))),
        ("rounded", (round(b, 2), round(w, 7))),
        ("rounded", (b, round(w, 7))),
        ("7 countries", line(few[:, 0], few[:, 1])),  # in the small profile these are right, and no mistake
        ("a few rows", line(gdp[:5], satisfaction[:5])),
        ("a few rows", line(gdp[-5:], satisfaction[-5:])),
    ]
    return {
        "right": (b, w),
        "wrong": wrong,
        "neighbours": {k: float(satisfaction[order[:k]].mean()) for k in (1, 2, 3, 4, 5)},
        "median": float(np.median(satisfaction[order[:3]])),
        "weighted": float(np.average(satisfaction[order[:3]], weights=nearness)),
        "mean": float(satisfaction.mean()),
        "cyprus": CYPRUS_GDP,
    }
