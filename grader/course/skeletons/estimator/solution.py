# %% [markdown] lang="en"
# # A scaler to the range from -1 to 1
#
# Write the scikit-learn transformer `RangeScaler`. `fit` learns the middle `center_` and half of the range `half_range_` of
# each column; `transform` returns `(X - center_) / half_range_`, so that the training data lies between -1 and 1.
# For a column that is constant, `half_range_` is 1.
#
# Use `sklearn.utils.validation.validate_data` in `fit` and, with `reset=False`, in `transform`.

# %% [markdown] lang="ko"
# # -1부터 1까지로 맞추는 변환기
#
# 사이킷런 변환기 `RangeScaler`를 작성하세요. `fit`은 열마다 가운데 값 `center_`와 범위의 절반 `half_range_`를 학습하고,
# `transform`은 `(X - center_) / half_range_`를 돌려줍니다. 그러면 훈련 데이터가 -1과 1 사이에 놓입니다.
# 값이 모두 같은 열의 `half_range_`는 1입니다.
#
# `fit`에서는 `sklearn.utils.validation.validate_data`를, `transform`에서는 `reset=False`와 함께 쓰세요.

# %%
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data


# %%
class RangeScaler(TransformerMixin, BaseEstimator):
    """Scale each column of the training data to the range from -1 to 1."""

    def fit(self, X, y=None):
        """Learn ``center_`` and ``half_range_``; return self."""
        # SOLUTION
        X = validate_data(self, X, dtype=float)
        low, high = X.min(axis=0), X.max(axis=0)
        half_range = (high - low) / 2
        half_range[half_range == 0] = 1.0
        self.center_, self.half_range_ = (low + high) / 2, half_range
        return self
        # END SOLUTION

    def transform(self, X):
        """Return the scaled columns as a new array."""
        # SOLUTION
        check_is_fitted(self)
        X = validate_data(self, X, dtype=float, reset=False)
        return (X - self.center_) / self.half_range_
        # END SOLUTION
