"""The chapter's clouds, and a good clustering of them for each k."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs

CENTERS = np.array([[0.2, 2.3], [-1.5, 2.3], [-2.8, 1.8], [-2.8, 2.8], [-2.8, 1.3]])
SPREADS = np.array([0.4, 0.3, 0.1, 0.1, 0.1])


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``X`` and ``clusterings``, the labels of k-means for k = 2, …, 8."""
    X, _ = make_blobs(2000, centers=CENTERS, cluster_std=SPREADS, random_state=7)
    return {"X": X, "clusterings": [KMeans(k, n_init=5, random_state=0).fit_predict(X) for k in range(2, 9)]}
