# %% [markdown] lang="en"
# Decomposes the transposed matrix, so that components are columns of U; keeps them as columns, finds the count in a loop,
# and turns signs so that the largest entry of a component is positive.

# %%
import numpy as np


# %%
class PCALite:
    def __init__(self, n_components):
        self.n_components = n_components

    def fit(self, X):
        X = np.array(X, dtype=float)
        m, n = X.shape
        self.mean_ = np.einsum("ij->j", X) / m
        axes, singular, _ = np.linalg.svd((X - self.mean_).T, full_matrices=False)
        squares = singular * singular
        if isinstance(self.n_components, float):
            if not 0.0 < self.n_components < 1.0:
                raise ValueError("a share lies between 0 and 1")
            k, reached = 0, 0.0
            while reached < self.n_components:
                reached += squares[k] / squares.sum()
                k += 1
        else:
            k = self.n_components
            if k not in range(1, min(m, n) + 1):
                raise ValueError("too few or too many components")
        axes = axes[:, :k]
        largest = np.abs(axes).argmax(axis=0)
        self._axes = axes * np.where(axes[largest, np.arange(k)] < 0, -1.0, 1.0)
        self.n_components_ = k
        self.explained_variance_ = squares[:k] / (m - 1)
        self.explained_variance_ratio_ = squares[:k] / squares.sum()
        return self

    @property
    def components_(self):
        return self._axes.T

    def transform(self, X):
        return np.asarray(X, dtype=float) @ self._axes - self.mean_ @ self._axes

    def inverse_transform(self, Z):
        return self.mean_ + np.asarray(Z) @ self._axes.T
