"""What the scan of the chapter's clouds gives."""

from pathlib import Path
from typing import Any

import numpy as np
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs
from sklearn.metrics import silhouette_score

CENTERS = np.array([[0.2, 2.3], [-1.5, 2.3], [-2.8, 1.8], [-2.8, 2.8], [-2.8, 1.3]])
SPREADS = np.array([0.4, 0.3, 0.1, 0.1, 0.1])


def load(profile: str, data: Path) -> dict[str, Any]:
    """Return ``X`` and ``ks``, and ``labels``, ``inertias`` and ``means`` of the best k-means for each."""
    X, _ = make_blobs(2000, centers=CENTERS, cluster_std=SPREADS, random_state=7)
    ks = np.arange(2, 9)
    models = [KMeans(int(k), n_init=5, random_state=0).fit(X) for k in ks]
    return {
        "X": X,
        "ks": ks,
        "labels": [model.labels_ for model in models],
        "inertias": np.array([model.inertia_ for model in models]),
        "means": np.array([silhouette_score(X, model.labels_) for model in models]),
    }
