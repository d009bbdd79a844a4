# %%
import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data


# %%
class RangeScaler(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Scales to the range from 0 to 1 first and stretches that."""

    def fit(self, X, y=None):
        X = validate_data(self, X, dtype=np.float64)
        spread = np.ptp(X, axis=0)
        self.half_range_ = np.where(spread == 0, 1.0, spread / 2)
        self.center_ = X.min(axis=0) + spread / 2
        return self

    def transform(self, X):
        check_is_fitted(self)
        X = validate_data(self, X, dtype=np.float64, reset=False)
        low = self.center_ - self.half_range_
        return 2 * ((X - low) / (2 * self.half_range_)) - 1
