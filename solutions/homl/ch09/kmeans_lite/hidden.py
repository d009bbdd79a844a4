"""The clouds of the chapter, and some digits."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.datasets import load_digits, make_blobs

CENTERS = np.array([[0.2, 2.3], [-1.5, 2.3], [-2.8, 1.8], [-2.8, 2.8], [-2.8, 1.3]])
SPREADS = np.array([0.4, 0.3, 0.1, 0.1, 0.1])


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``blobs`` (2000, 2) and ``digits`` (600, 64)."""
    blobs, _ = make_blobs(2000, centers=CENTERS, cluster_std=SPREADS, random_state=7)
    return {"blobs": blobs, "digits": load_digits().data[:600]}
