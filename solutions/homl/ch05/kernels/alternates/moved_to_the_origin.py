# %% [markdown] lang="en"
# Squared distances by norms and dot products, after both sets of points have moved to the origin; the map as a loop.

# %%
import itertools
import math

import numpy as np


# %%
def rbf(X, Z, gamma):
    centre = Z.mean(axis=0)
    X, Z = X - centre, Z - centre
    squares = np.einsum("ij,ij->i", X, X)[:, None] + (Z * Z).sum(axis=1) - 2 * np.dot(X, Z.T)
    return np.exp(-gamma * np.maximum(squares, 0))


# %%
def poly_map2(x):
    mixed = [math.sqrt(2) * a * b for a, b in itertools.combinations(x, 2)]
    if len(x) == 2:
        return np.array([x[0] ** 2, *mixed, x[1] ** 2])
    return np.array([a * a for a in x] + mixed)


# %%
def poly_kernel(X, Z, d, r, gamma):
    return np.power(np.einsum("in,jn->ij", X, Z) * gamma + r, d)


# %%
def similarity_features(X, landmarks, gamma):
    features = np.empty((len(X), X.shape[1] + len(landmarks)))
    features[:, : X.shape[1]] = X
    for number, landmark in enumerate(landmarks, start=X.shape[1]):
        features[:, number] = np.exp(-gamma * np.linalg.norm(X - landmark, axis=1) ** 2)
    return features
