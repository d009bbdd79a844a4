# %%
import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import validate_data


# %%
class ScalerClone(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """The same by moments, with the names left to scikit-learn's mixin and NotFittedError raised by hand."""

    def __init__(self, with_mean=True):
        self.with_mean = with_mean

    def fit(self, X, y=None):
        X = validate_data(self, X, dtype="numeric").astype(float)
        n = X.shape[0]
        self.mean_ = np.add.reduce(X, axis=0) / n
        centred = X - self.mean_
        deviation = np.sqrt(np.einsum("ij,ij->j", centred, centred) / n)
        constant = (X == X[:1]).all(axis=0)
        self.scale_ = np.where(constant, 1.0, deviation)
        self.offset_ = self.mean_ if self.with_mean else np.zeros_like(self.mean_)
        return self

    def _ready(self):
        if "scale_" not in vars(self):
            raise NotFittedError(f"this {type(self).__name__} is not fitted yet; call fit first")

    def transform(self, X):
        self._ready()
        Z = validate_data(self, X, reset=False, copy=True).astype(float)
        Z -= self.offset_
        Z /= self.scale_
        return Z

    def inverse_transform(self, X):
        self._ready()
        return np.asarray(X, dtype=float) * self.scale_ + self.offset_
