# %%
import numpy as np


# %%
def train(X):
    """Each point with a little room around it."""
    return np.asarray(X)


# %%
def sample(points, n, seed):
    rng = np.random.default_rng(seed)
    return points[rng.integers(len(points), size=n)] + rng.normal(0, 0.1, size=(n, 2))
