# %% [markdown] lang="en"
# # Write a scikit-learn scaler
#
# Sooner or later you need a transformer that scikit-learn does not have. If it keeps scikit-learn's conventions, it
# works in pipelines, grid searches and column transformers like all the others. Learn the conventions on a transformer
# whose answers you can check: a clone of `StandardScaler`.
#
# For each column, `fit` learns the mean $\mu$ and the standard deviation $\sigma$ of the training rows, `transform`
# computes $z = (x - \mu) / \sigma$ and `inverse_transform` goes back: $x = z\,\sigma + \mu$.
#
# Write a class `ScalerClone(TransformerMixin, BaseEstimator)` with
#
# * `__init__(self, with_mean=True)`: only stores the parameter under its own name. With `with_mean=False` the data is
#   divided by $\sigma$ but not centred.
# * `fit(self, X, y=None)`: checks `X` of shape `(n_samples, n_features)`, learns `mean_` and `scale_` (both of shape
#   `(n_features,)`) and **returns `self`**.
# * `transform(self, X)`: returns a new array of the same shape; the array of the caller stays as it is.
# * `inverse_transform(self, X)`: the way back.
# * `get_feature_names_out(self, input_features=None)`: one name for each output column. After a fit on a DataFrame these
#   are its column names, otherwise `x0`, `x1`, …; names that are passed in must be as many as the columns and must not
#   differ from those of the fit (`ValueError`).
#
# Conventions that count:
#
# * The standard deviation divides by $n$ (`ddof=0`), as NumPy and `StandardScaler` do; pandas divides by $n - 1$.
# * A column that never changes has $\sigma = 0$. Its `scale_` is 1, so that it becomes all zeros and not `NaN`.
# * What is learnt gets a name with an underscore at the end and is born in `fit`, never in `__init__`.
# * `transform` before `fit` raises `NotFittedError`: `sklearn.utils.validation.check_is_fitted(self)`.
# * `sklearn.utils.validation.validate_data(self, X)` checks the input and remembers `n_features_in_` and
#   `feature_names_in_`; with `reset=False` it compares later data with them.
# * Compute the values yourself: nothing from `sklearn.preprocessing`.
#
# A worked example: the column `[1, 3, 5]` has $\mu = 3$ and $\sigma = \sqrt{8/3} = 1.633$, and becomes
# `[-1.225, 0, 1.225]`.
#
# Hints: `check_estimator(ScalerClone(), on_fail=None)` from `sklearn.utils.estimator_checks` runs scikit-learn's own
# checks and says by name what is missing. Beware of a column such as `[0.1, 0.1, 0.1]`: rounding may leave it with a
# standard deviation of 1e-17 instead of 0. Whether maximum and minimum are equal is a safer question (`np.ptp`).

# %% [markdown] lang="ko"
# # 사이킷런 표준화 변환기 직접 만들기
#
# 실무에서는 사이킷런에 없는 변환기가 필요할 때가 있습니다. 사이킷런의 약속만 지키면 직접 만든 변환기도 파이프라인, 그리드
# 서치, `ColumnTransformer` 안에서 다른 변환기와 똑같이 쓸 수 있습니다. 정답을 확인하기 쉬운 `StandardScaler`를 따라
# 만들면서 그 약속을 익혀 봅시다.
#
# `fit`은 열마다 훈련 데이터의 평균 $\mu$와 표준편차 $\sigma$를 구하고, `transform`은 $z = (x - \mu) / \sigma$를 계산하며,
# `inverse_transform`은 $x = z\,\sigma + \mu$로 되돌립니다.
#
# 다음 메서드를 갖춘 클래스 `ScalerClone(TransformerMixin, BaseEstimator)`를 작성하세요.
#
# * `__init__(self, with_mean=True)`: 매개변수를 같은 이름의 속성에 저장하기만 합니다. `with_mean=False`이면 평균을 빼지
#   않고 $\sigma$로 나누기만 합니다.
# * `fit(self, X, y=None)`: 크기가 `(n_samples, n_features)`인 `X`를 검사하고 `mean_`과 `scale_`(둘 다 크기
#   `(n_features,)`)을 구한 다음 **`self`를 반환**합니다.
# * `transform(self, X)`: 크기가 같은 새 배열을 반환합니다. 넘겨받은 배열은 그대로 두어야 합니다.
# * `inverse_transform(self, X)`: 원래 값으로 되돌립니다.
# * `get_feature_names_out(self, input_features=None)`: 출력 열의 이름을 하나씩 반환합니다. DataFrame으로 훈련했으면 그
#   열 이름이고, 아니면 `x0`, `x1`, …입니다. 이름을 넘겨받았을 때 개수가 열의 수와 다르거나 훈련할 때의 이름과 다르면
#   `ValueError`를 일으킵니다.
#
# 꼭 지켜야 할 약속입니다.
#
# * 표준편차는 $n$으로 나눕니다(`ddof=0`). NumPy와 `StandardScaler`가 그렇게 하고, pandas는 $n - 1$로 나눕니다.
# * 값이 모두 같은 열은 $\sigma = 0$입니다. 이때 `scale_`을 1로 두면 결과가 `NaN`이 아니라 0이 됩니다.
# * 학습해서 얻은 속성은 이름이 밑줄로 끝나고, `__init__`이 아니라 `fit`에서 만들어집니다.
# * `fit`보다 먼저 `transform`을 부르면 `NotFittedError`가 나야 합니다. `sklearn.utils.validation.check_is_fitted(self)`를
#   쓰세요.
# * `sklearn.utils.validation.validate_data(self, X)`는 입력을 검사하고 `n_features_in_`과 `feature_names_in_`을 기억합니다.
#   `reset=False`를 주면 나중에 들어온 데이터를 그 기억과 비교합니다.
# * 값은 직접 계산하세요. `sklearn.preprocessing`에 있는 것은 쓰지 않습니다.
#
# 예를 들어 열 `[1, 3, 5]`는 $\mu = 3$, $\sigma = \sqrt{8/3} = 1.633$이므로 `[-1.225, 0, 1.225]`가 됩니다.
#
# 힌트: `sklearn.utils.estimator_checks`의 `check_estimator(ScalerClone(), on_fail=None)`를 실행하면 사이킷런이 스스로
# 검사해서 무엇이 빠졌는지 이름으로 알려 줍니다. `[0.1, 0.1, 0.1]` 같은 열을 조심하세요. 반올림 오차 때문에 표준편차가 0이
# 아니라 1e-17이 될 수 있습니다. 최댓값과 최솟값이 같은지 묻는 편이 안전합니다(`np.ptp`).

# %%
from __future__ import annotations

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import FLOAT_DTYPES, check_array, check_is_fitted, validate_data


# %%
class ScalerClone(TransformerMixin, BaseEstimator):
    """Standardise columns: subtract the mean, divide by the standard deviation."""

    def __init__(self, with_mean=True):
        # SOLUTION
        # STUB: pass  # store the parameter
        self.with_mean = with_mean
        # END SOLUTION

    def fit(self, X, y=None):
        """Learn ``mean_`` and ``scale_`` of each column; return self."""
        # SOLUTION
        X = validate_data(self, X, dtype=FLOAT_DTYPES)
        self.mean_ = X.mean(axis=0)
        scale = X.std(axis=0)
        # A constant column may have a deviation of 1e-17 through rounding; its range is exactly 0.
        scale[np.ptp(X, axis=0) == 0] = 1.0
        self.scale_ = scale
        return self
        # END SOLUTION

    def transform(self, X):
        """Return the standardised columns as a new array."""
        # SOLUTION
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=FLOAT_DTYPES)
        if self.with_mean:
            X = X - self.mean_
        return X / self.scale_
        # END SOLUTION

    def inverse_transform(self, X):
        """Return the original values of standardised columns."""
        # SOLUTION
        check_is_fitted(self)
        X = check_array(X, dtype=FLOAT_DTYPES)
        original = X * self.scale_
        return original + self.mean_ if self.with_mean else original
        # END SOLUTION

    def get_feature_names_out(self, input_features=None):
        """Return one name for each output column."""
        # SOLUTION
        check_is_fitted(self)
        known = getattr(self, "feature_names_in_", None)
        if input_features is None:
            return np.array([f"x{i}" for i in range(self.n_features_in_)], dtype=object) if known is None else known
        names = np.asarray(input_features, dtype=object)
        if len(names) != self.n_features_in_:
            raise ValueError(f"input_features has {len(names)} names for {self.n_features_in_} columns")
        if known is not None and not np.array_equal(known, names):
            raise ValueError("input_features is not equal to feature_names_in_")
        return names
        # END SOLUTION
