# %% [markdown] lang="en"
# # A 24-column preprocessing pipeline
#
# The census table in `data/housing.csv` describes California districts by eight numbers and one category. Models want
# more telling columns, no gaps, comparable scales and no text. You build all of that as **one** unfitted
# `ColumnTransformer`: it can be cloned, cross-validated and fitted on training rows alone, and that is what keeps the
# test set out of its statistics.
#
# Write `build_preprocessor() -> ColumnTransformer`. It returns an **unfitted** transformer for a DataFrame with the
# columns of `housing.csv` (with or without `median_house_value`, which it must not use). After `fit`, `transform`
# returns shape `(n_rows, 24)`, numbers only, no `NaN`:
#
# | name of the part | columns | output names | what happens, in this order |
# |---|---|---|---|
# | `bedrooms` | `total_bedrooms`, `total_rooms` | `bedrooms__ratio` | median imputation, first column / second column, standardise |
# | `rooms_per_house` | `total_rooms`, `households` | `rooms_per_house__ratio` | the same |
# | `people_per_house` | `population`, `households` | `people_per_house__ratio` | the same |
# | `log` | `total_bedrooms`, `total_rooms`, `population`, `households`, `median_income` | `log__total_bedrooms`, … | median imputation, natural logarithm, standardise |
# | `geo` | `latitude`, `longitude` | `geo__cluster_0` … `geo__cluster_9` | similarity to 10 cluster centres |
# | `cat` | `ocean_proximity` | `cat__ocean_proximity_INLAND`, … | most frequent imputation, one-hot; categories never seen in training give zeros |
# | `age` | `housing_median_age` | `age__housing_median_age` | median imputation, standardise |
#
# The similarity of a district $x$ to a centre $c$ is $\exp(-\gamma \lVert x - c \rVert^2)$ with $\gamma = 1$ and
# distances in degrees; the centres come from `KMeans` with 10 clusters and a fixed `random_state`.
#
# To standardise means to subtract the mean and divide by the standard deviation (`ddof=0`), as `StandardScaler` does.
#
# Why impute before the ratio? A missing count of bedrooms is a missing *count*; the median count divided by this
# district's own rooms still uses what is known about the district.
#
# A worked example: with the medians 400 (bedrooms) and 2000 (rooms), a district with an unknown number of bedrooms and
# 1600 rooms has the ratio 400 / 1600 = 0.25 before it is standardised.
#
# Hints: `FunctionTransformer(f, feature_names_out=...)` turns a function into a step; `feature_names_out` takes
# `"one-to-one"` or a function `(transformer, input_names) -> list of names`. A small class of your own for the cluster
# similarities needs `fit`, `transform` and `get_feature_names_out`. Try your transformer on `data/housing.csv`, but leave
# no such code at the top level of the file.

# %% [markdown] lang="ko"
# # 24열 전처리 파이프라인
#
# `data/housing.csv`에는 캘리포니아의 구역마다 숫자 여덟 개와 범주 하나가 적혀 있습니다. 모델에 넣으려면 더 쓸모 있는 열을
# 만들고, 빈칸을 채우고, 스케일을 맞추고, 텍스트를 숫자로 바꿔야 합니다. 이 모든 일을 훈련하지 않은 `ColumnTransformer`
# **하나**로 만들어 봅시다. 그러면 복제하고 교차 검증할 수 있고 훈련 데이터만으로 `fit`할 수 있어서, 테스트 세트의 정보가
# 전처리 통계에 새어 들어가지 않습니다.
#
# `build_preprocessor() -> ColumnTransformer`를 작성하세요. `housing.csv`와 같은 열을 가진 DataFrame을 받는, **훈련하지 않은**
# 변환기를 반환합니다. 타깃인 `median_house_value`는 들어 있을 수도 없을 수도 있지만 써서는 안 됩니다. `fit`한 뒤
# `transform`은 크기가 `(행 수, 24)`이고 숫자로만 이루어진, `NaN`이 없는 결과를 반환합니다.
#
# | 부분의 이름 | 열 | 출력 이름 | 차례대로 하는 일 |
# |---|---|---|---|
# | `bedrooms` | `total_bedrooms`, `total_rooms` | `bedrooms__ratio` | 중간값으로 채우기, 첫째 열 / 둘째 열, 표준화 |
# | `rooms_per_house` | `total_rooms`, `households` | `rooms_per_house__ratio` | 위와 같음 |
# | `people_per_house` | `population`, `households` | `people_per_house__ratio` | 위와 같음 |
# | `log` | `total_bedrooms`, `total_rooms`, `population`, `households`, `median_income` | `log__total_bedrooms`, … | 중간값으로 채우기, 자연로그, 표준화 |
# | `geo` | `latitude`, `longitude` | `geo__cluster_0` … `geo__cluster_9` | 클러스터 중심 10개와의 유사도 |
# | `cat` | `ocean_proximity` | `cat__ocean_proximity_INLAND`, … | 최빈값으로 채우기, 원-핫 인코딩. 훈련할 때 없던 범주는 모두 0 |
# | `age` | `housing_median_age` | `age__housing_median_age` | 중간값으로 채우기, 표준화 |
#
# 구역 $x$와 중심 $c$의 유사도는 $\exp(-\gamma \lVert x - c \rVert^2)$입니다. $\gamma = 1$이고 거리는 도(degree) 단위입니다.
# 중심은 클러스터가 10개이고 `random_state`를 고정한 `KMeans`로 구합니다.
#
# 표준화는 `StandardScaler`처럼 평균을 빼고 표준편차(`ddof=0`)로 나누는 것입니다.
#
# 왜 비율을 계산하기 전에 빈칸을 채울까요? 빠져 있는 것은 비율이 아니라 침실의 *개수*이기 때문입니다. 개수를 중간값으로 채운
# 다음 그 구역의 방 수로 나누면 그 구역에 대해 알고 있는 정보를 살릴 수 있습니다.
#
# 예를 들어 중간값이 침실 400개, 방 2000개일 때, 침실 수를 모르고 방이 1600개인 구역의 비율은 표준화하기 전에
# 400 / 1600 = 0.25입니다.
#
# 힌트: `FunctionTransformer(f, feature_names_out=...)`를 쓰면 함수를 파이프라인의 한 단계로 만들 수 있습니다.
# `feature_names_out`에는 `"one-to-one"`이나 `(변환기, 입력 이름) -> 이름 리스트`인 함수를 줍니다. 클러스터 유사도는
# `fit`, `transform`, `get_feature_names_out`을 갖춘 작은 클래스로 만들면 됩니다. `data/housing.csv`로 시험해 보되, 그런
# 코드를 파일의 최상위에 남겨 두지는 마세요.

# %%
from __future__ import annotations

import numpy as np
from sklearn.compose import ColumnTransformer

# %% tags=["solution-only"]
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.metrics.pairwise import rbf_kernel
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
from sklearn.utils.validation import check_is_fitted, validate_data

COUNTS_AND_INCOME = ["total_bedrooms", "total_rooms", "population", "households", "median_income"]


class ClusterSimilarity(TransformerMixin, BaseEstimator):
    """Similarity of each row to the centres that k-means finds."""

    def __init__(self, n_clusters=10, gamma=1.0, random_state=None):
        self.n_clusters = n_clusters
        self.gamma = gamma
        self.random_state = random_state

    def fit(self, X, y=None):
        X = validate_data(self, X)
        self.kmeans_ = KMeans(self.n_clusters, n_init=3, random_state=self.random_state).fit(X)
        return self

    def transform(self, X):
        check_is_fitted(self)
        X = validate_data(self, X, reset=False)
        return rbf_kernel(X, self.kmeans_.cluster_centers_, gamma=self.gamma)

    def get_feature_names_out(self, input_features=None):
        return np.array([f"cluster_{i}" for i in range(self.n_clusters)], dtype=object)


def column_ratio(X):
    return X[:, [0]] / X[:, [1]]


def ratio_name(transformer, input_features):
    return ["ratio"]


def ratio_pipeline():
    return make_pipeline(
        SimpleImputer(strategy="median"),
        FunctionTransformer(column_ratio, feature_names_out=ratio_name),
        StandardScaler(),
    )


# %%
def build_preprocessor() -> ColumnTransformer:
    """Return the unfitted preprocessing: 24 numbers for each district."""
    # SOLUTION
    logarithm = make_pipeline(
        SimpleImputer(strategy="median"), FunctionTransformer(np.log, feature_names_out="one-to-one"), StandardScaler()
    )
    category = make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore"))
    preprocessor = ColumnTransformer(
        [
            ("bedrooms", ratio_pipeline(), ["total_bedrooms", "total_rooms"]),
            ("rooms_per_house", ratio_pipeline(), ["total_rooms", "households"]),
            ("people_per_house", ratio_pipeline(), ["population", "households"]),
            ("log", logarithm, COUNTS_AND_INCOME),
            ("geo", ClusterSimilarity(random_state=42), ["latitude", "longitude"]),
            ("cat", category, ["ocean_proximity"]),
            ("age", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["housing_median_age"]),
        ],
        remainder="drop",  # the target, where it is still in the table
    )
    return preprocessor
    # END SOLUTION
