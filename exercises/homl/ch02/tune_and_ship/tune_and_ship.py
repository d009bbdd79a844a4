# %% [markdown] lang="en"
# # Search, interval, shipped file
#
# A feature that comes out of a model of its own, a search over **preprocessing** and model, an honest figure with its
# uncertainty, and a file that works elsewhere. Write into this file (nothing is computed at its top level):
#
# ## `class NeighborPrice(MetaEstimatorMixin, TransformerMixin, BaseEstimator)`
#
# A transformer with one output column: what a regressor predicts, for example the mean price of the nearest districts.
# `NeighborPrice(estimator=None, cv=5)`; `None` stands for `KNeighborsRegressor(n_neighbors=5)`.
#
# * `fit(X, y)` trains a **clone** of the regressor on all rows, stores it as `estimator_` and returns `self`. The regressor
#   that was passed in stays as it is.
# * `transform(X) -> float array (n, 1)`: the predictions of `estimator_`.
# * `fit_transform(X, y) -> float array (n, 1)`: does what `fit` does, but returns **out-of-fold** predictions of the training
#   rows: those of `cross_val_predict` with a clone and `cv=self.cv` (an integer: that many folds, not shuffled). Why? A
#   district is its own nearest neighbour: from `fit(X, y).transform(X)` the model behind it would learn to trust its own
#   price, which new districts do not have. A `Pipeline` calls `fit_transform` in training and `transform` afterwards.
# * `get_feature_names_out(names=None)` returns `np.array(["neighbor_price"], dtype=object)`.
# * Before `fit`, `transform` raises `NotFittedError`.
#
# ## `make_search() -> RandomizedSearchCV`
#
# An **unfitted** search. Its `estimator` is a `Pipeline` that takes a DataFrame with the columns of `data/housing.csv` without
# `median_house_value` (gaps and text included) and predicts the price; a `NeighborPrice` is one of its parts. Its
# `param_distributions` (one dict) contains **at least two parameters of the preprocessing**, that is, of a step before the
# last one; parameters of the model may be in it as well. `scoring="neg_root_mean_squared_error"`.
#
# ## `ship(X, y) -> float`
#
# Fits `make_search()` on the rows that it gets, writes the best pipeline, fitted on all these rows, to the file
# `model.joblib` with `joblib.dump`, and returns the **cross-validated RMSE** of the best setting, a positive number. What is
# in the file has `predict` and works in a new Python process that imports nothing but this module.
#
# ## `rmse_interval(y, p, conf=0.95) -> (lo, hi)`
#
# A confidence interval for the RMSE of the predictions `p`. The squared errors have the mean $m$ and the standard
# deviation $s$ (`ddof=1`); the interval of the mean is $m \pm t \cdot s / \sqrt n$, where $t$ is the quantile of Student's
# distribution with $n - 1$ degrees of freedom that leaves $(1 - \mathrm{conf}) / 2$ on either side. A lower end below 0
# becomes 0. The square roots of both ends are the answer, two floats.
#
# A worked example: errors 1, −1, 3, −3, 2 have the squares 1, 1, 9, 9, 4 with $m = 4.8$, $s = 4.0249$; with $n = 5$ and 95 %
# $t = 2.7764$, so the interval of the mean is −0.198 … 9.798 and that of the RMSE 0 … 3.130.
#
# The grader calls `ship` with 400 or 1,200 districts and measures the file on 1,000 others. Prices may come in **another
# currency** there (all multiplied by one number) or be invented, so learn from the `y` that you get. Your points for the
# RMSE begin at the mean price (about 115,000 dollars); a well tuned SVR gets them all. One call of `ship` may take 60
# seconds; aim at 10.
#
# Hints: `param_distributions={"preprocess__...": ..., "model__...": loguniform(1, 100)}`; `pipeline.get_params().keys()` lists
# all names. An SVR wants a target of the size of 1: `TransformedTargetRegressor(SVR(), transformer=StandardScaler())`. `pickle`
# and joblib store functions and classes **by name**: a `lambda`, or a class inside a function, cannot be stored. Few
# iterations and `cv=3` are enough.

# %% [markdown] lang="ko"
# # 탐색, 신뢰 구간, 배포 파일
#
# 다른 모델의 예측을 특성으로 만들고, 모델뿐 아니라 **전처리**의 선택까지 함께 탐색하고, 정직한 오차와 그 불확실성을
# 구한 다음, 다른 곳에서도 돌아가는 파일로 저장합니다. 이 파일에 다음을 작성하세요. 최상위에서는 아무것도 계산하지 않습니다.
#
# ## `class NeighborPrice(MetaEstimatorMixin, TransformerMixin, BaseEstimator)`
#
# 출력 열이 하나인 변환기입니다. 그 열은 회귀 모델의 예측, 예를 들어 가까운 구역들의 평균 가격입니다.
# `NeighborPrice(estimator=None, cv=5)`이고, `None`이면 `KNeighborsRegressor(n_neighbors=5)`를 씁니다.
#
# * `fit(X, y)`: 회귀 모델의 **복제본**(clone)을 모든 행으로 훈련해 `estimator_`에 저장하고 `self`를 반환합니다. 넘겨받은 회귀 모델은
#   그대로 둡니다.
# * `transform(X) -> 실수 배열 (n, 1)`: `estimator_`의 예측입니다.
# * `fit_transform(X, y) -> 실수 배열 (n, 1)`: `fit`과 똑같이 훈련하지만, 훈련 데이터에 대해서는 **폴드 밖**(out-of-fold) 예측을 반환합니다.
#   복제본에 `cross_val_predict`를 `cv=self.cv`로 부른 값입니다(`cv`는 정수이고, 섞지 않은 폴드의 수입니다). 왜 그럴까요? 어떤 구역에
#   가장 가까운 이웃은 자기 자신입니다. `fit(X, y).transform(X)`를 쓰면 뒤에 오는 모델이 새 구역에는 없는 자기 가격을 믿도록
#   배웁니다. `Pipeline`은 훈련할 때 `fit_transform`을, 그 뒤에는 `transform`을 부릅니다.
# * `get_feature_names_out(names=None)`: `np.array(["neighbor_price"], dtype=object)`를 반환합니다.
# * `fit`보다 먼저 `transform`을 부르면 `NotFittedError`가 납니다.
#
# ## `make_search() -> RandomizedSearchCV`
#
# **훈련하지 않은** 탐색 객체입니다. `estimator`는 `data/housing.csv`에서 `median_house_value`를 뺀 열을 가진 DataFrame(빈칸과 텍스트도
# 있습니다)을 받아 가격을 예측하는 `Pipeline`이고, 그 안에 `NeighborPrice`가 들어 있습니다. `param_distributions`(딕셔너리 하나)에는
# **전처리 매개변수가 둘 이상**, 곧 마지막 단계보다 앞에 있는 단계의 매개변수가 둘 이상 있어야 합니다. 모델의 매개변수가 함께 있어도
# 됩니다. `scoring="neg_root_mean_squared_error"`입니다.
#
# ## `ship(X, y) -> float`
#
# 받은 행으로 `make_search()`를 훈련하고, 그 행 전체로 훈련된 가장 좋은 파이프라인을 `joblib.dump`로 `model.joblib` 파일에 저장한 다음,
# 가장 좋은 설정의 **교차 검증 RMSE**를 양수로 반환합니다. 저장된 객체에는 `predict`가 있고, 이 모듈만 임포트한 새 파이썬
# 프로세스에서도 돌아가야 합니다.
#
# ## `rmse_interval(y, p, conf=0.95) -> (lo, hi)`
#
# 예측 `p`의 RMSE에 대한 신뢰 구간입니다. 제곱 오차의 평균을 $m$, 표준편차(`ddof=1`)를 $s$라고 하면 평균의 신뢰 구간은
# $m \pm t \cdot s / \sqrt n$입니다. $t$는 자유도가 $n - 1$인 스튜던트 t 분포에서 양쪽에 $(1 - \mathrm{conf}) / 2$씩 남기는
# 분위수입니다. 아래 끝이 0보다 작으면 0으로 합니다. 두 끝의 제곱근을 실수 두 개로 반환하세요.
#
# 예를 들어 오차가 1, −1, 3, −3, 2이면 제곱은 1, 1, 9, 9, 4이고 $m = 4.8$, $s = 4.0249$입니다. $n = 5$, 95 %일 때 $t = 2.7764$이므로
# 평균의 구간은 −0.198 … 9.798이고 RMSE의 구간은 0 … 3.130입니다.
#
# 채점할 때는 구역 400개나 1,200개로 `ship`을 부르고 다른 1,000개에서 파일의 성능을 잽니다. 이때 가격이 **다른 통화**이거나
# (모든 가격에 같은 수를 곱합니다) 지어낸 것일 수 있으니 받은 `y`에서 배워야 합니다. RMSE 점수는 늘 평균 가격을 답할 때(약
# 115,000달러)부터 시작하고, 잘 조정한 SVR이면 만점입니다. `ship`은 한 번에 60초까지 걸려도 되지만 10초 안팎을 목표로 하세요.
#
# 힌트: `param_distributions={"preprocess__...": ..., "model__...": loguniform(1, 100)}`처럼 씁니다. 이름은 모두
# `pipeline.get_params().keys()`에서 볼 수 있습니다. SVR에는 크기가 1쯤 되는 타깃이 좋습니다.
# `TransformedTargetRegressor(SVR(), transformer=StandardScaler())`를 쓰세요. `pickle`과 joblib은 함수와 클래스를 **이름으로**
# 저장하므로 `lambda`나 함수 안에서 만든 클래스는 저장할 수 없습니다. 반복 몇 번과 `cv=3`이면 충분합니다.

# %%
from __future__ import annotations

import joblib
import numpy as np
import pandas as pd
from scipy import stats
from sklearn.base import BaseEstimator, MetaEstimatorMixin, TransformerMixin, clone
from sklearn.compose import ColumnTransformer, TransformedTargetRegressor
from sklearn.impute import SimpleImputer
from sklearn.model_selection import RandomizedSearchCV, cross_val_predict
from sklearn.neighbors import KNeighborsRegressor
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.svm import SVR
from sklearn.utils.validation import check_is_fitted

COUNTS = ["total_rooms", "total_bedrooms", "population", "households"]


# %%
class NeighborPrice(MetaEstimatorMixin, TransformerMixin, BaseEstimator):
    """What a regressor predicts, as a feature; out of fold for the rows that it is trained on."""

    def __init__(self, estimator: BaseEstimator | None = None, cv: int = 5) -> None:
        self.estimator = estimator
        self.cv = cv

    # 여기에 코드를 작성하세요 / Write your code here
    # Helper methods of your own may stand here.

    def fit(self, X: pd.DataFrame, y: np.ndarray) -> NeighborPrice:
        """Train a clone of the regressor on all rows."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def transform(self, X: pd.DataFrame) -> np.ndarray:
        """Predict new rows, shape (n, 1)."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def fit_transform(self, X: pd.DataFrame, y: np.ndarray) -> np.ndarray:
        """Train, and predict the training rows out of fold."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def get_feature_names_out(self, names: list[str] | None = None) -> np.ndarray:
        """Name of the only column."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
# 여기에 코드를 작성하세요 / Write your code here
# Helper functions and classes of your own go here, so that they can be stored by name.


# %%
def make_search() -> RandomizedSearchCV:
    """An unfitted search over preprocessing and model."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def ship(X: pd.DataFrame, y: np.ndarray) -> float:
    """Search on these rows, store the best pipeline as model.joblib, return its cross-validated RMSE."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def rmse_interval(y: np.ndarray, p: np.ndarray, conf: float = 0.95) -> tuple[float, float]:
    """Confidence interval of the root mean squared error."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")
