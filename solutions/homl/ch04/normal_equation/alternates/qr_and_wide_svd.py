# %% [markdown] lang="en"
# Cholesky for the normal equation, with the rank read off the singular values; the SVD of scipy with a padded Σ⁺.

# %%
import numpy as np
from scipy import linalg


# %%
def design(X):
    X = np.asarray(X, dtype=float)
    A = np.empty((X.shape[0], X.shape[1] + 1))
    A[:, 0] = 1.0
    A[:, 1:] = X
    return A


# %%
def mse(X, y, theta):
    residual = design(X).dot(theta) - np.asarray(y).reshape(-1)
    return residual @ residual / residual.size


# %%
def normal_eq(X, y):
    A = design(X)
    if A.shape[0] < A.shape[1] or np.linalg.cond(A) > 1e10:
        raise np.linalg.LinAlgError("singular matrix")  # a kind of ValueError
    return linalg.cho_solve(linalg.cho_factor(A.T @ A), A.T @ np.asarray(y).reshape(-1))


# %%
def svd_fit(X, y):
    A = design(X)
    U, s, Vh = linalg.svd(A)
    pseudo = np.zeros((A.shape[1], A.shape[0]))
    for i, value in enumerate(s):
        pseudo[i, i] = 1 / value if value > 1e-10 * s.max() else 0.0
    return (Vh.T @ pseudo @ U.T @ np.reshape(y, (-1, 1))).ravel()
