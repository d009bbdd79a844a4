"""Visible checks: the interval of the example, the feature of a few rows, the form of the search."""

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import cross_val_predict
from sklearn.neighbors import KNeighborsRegressor

from grader.checks import Text

LEAK = Text(
    "Each row's own value is part of its feature: `fit_transform` must return out-of-fold predictions.",
    "행마다 자기 값이 특성에 섞여 있어요. `fit_transform`은 폴드 밖 예측을 반환해야 해요.",
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="`stats.t.interval(conf, n - 1, loc=..., scale=stats.sem(squares))`, then cut off at 0, then take the roots.",
    ko="`stats.t.interval(conf, n - 1, loc=..., scale=stats.sem(squares))`로 구하고 0에서 자른 다음 제곱근을 구하세요.",
)
def test_interval_of_the_example(submission, expect):
    """The interval of the example in the task.

    ko: 문제에 나온 예의 신뢰 구간.
    """
    y = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    found = submission.call("rmse_interval", y, y + np.array([1.0, -1.0, 3.0, -3.0, 2.0]))
    squared = Text(
        "These are the ends for the mean *squared* error: take roots.",
        "제곱 오차 평균의 구간이에요. 제곱근을 구하세요.",
    )
    negative = Text(
        "The lower end is the root of a negative number: cut it off at 0 first.",
        "아래 끝이 음수의 제곱근이에요. 먼저 0에서 자르세요.",
    )
    normal = Text(
        "With few rows the normal quantile is too small: use Student's t.",
        "행이 적으면 정규 분포의 분위수는 너무 작아요. t 분포를 쓰세요.",
    )
    one_sided = Text("Half of what is left out belongs on either side.", "남는 확률을 양쪽에 반씩 나누어야 해요.")
    divided_by_n = Text("Divide by n − 1 (`ddof=1`).", "n − 1로 나누세요(`ddof=1`).")
    mistakes = [
        ([0.0, 9.7976], squared),
        ([np.nan, 3.1301], negative),
        ([1.12786, 2.88582], normal),
        ([0.98116, 2.93893], one_sided),
        ([0.57445, 3.04466], divided_by_n),
    ]
    expect.close(found, [0.0, 3.1301], rtol=1e-4, atol=1e-9, mistakes=mistakes)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="`cross_val_predict(clone(...), X, y, cv=self.cv).reshape(-1, 1)`.",
    ko="`cross_val_predict(clone(...), X, y, cv=self.cv).reshape(-1, 1)`을 쓰세요.",
)
def test_feature_of_a_few_rows(submission, expect):
    """Twelve rows: out of fold in training, from all rows afterwards.

    ko: 행 열두 개. 훈련할 때는 폴드 밖 예측, 그다음에는 모든 행으로 예측한다.
    """
    X = np.array([[0.0], [9.0], [1.0], [8.0], [2.0], [7.0], [3.0], [6.5], [4.0], [6.0], [4.5], [5.2]])
    y = 10.0 * X[:, 0] + np.arange(12)
    whole = KNeighborsRegressor(n_neighbors=5).fit(X, y)
    outside = cross_val_predict(KNeighborsRegressor(n_neighbors=5), X, y, cv=3)
    feature = submission.estimator("NeighborPrice", cv=3)
    mistakes = [(whole.predict(X)[:, np.newaxis], LEAK)]
    expect.close(feature.fit_transform(X, y), outside[:, np.newaxis], rtol=1e-9, mistakes=mistakes)
    new = np.array([[2.5], [8.8]])
    expect.close(feature.transform(new), whole.predict(new)[:, np.newaxis], rtol=1e-9)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Names of preprocessing parameters do not begin with the name of the last step.",
    ko="전처리 매개변수의 이름은 마지막 단계의 이름으로 시작하지 않아요.",
)
def test_search_covers_the_preprocessing(submission, expect):
    """`make_search` returns an unfitted search over two or more preprocessing parameters.

    ko: `make_search`는 전처리 매개변수 둘 이상을 탐색하는, 훈련하지 않은 객체를 반환한다.
    """
    search = submission.call("make_search", hold=True)
    expect.true(
        getattr(search, "is_a", lambda name: False)("sklearn.model_selection.RandomizedSearchCV"),
        en="`make_search()` must return a RandomizedSearchCV.",
        ko="`make_search()`는 RandomizedSearchCV를 반환해야 해요.",
    )
    expect.same(search.get("scoring"), "neg_root_mean_squared_error")
    model = submission.estimator(search.get("estimator", hold=True))
    expect.true(
        model.is_a("sklearn.pipeline.Pipeline"),
        en="The `estimator` of the search must be a Pipeline.",
        ko="탐색의 `estimator`는 Pipeline이어야 해요.",
    )
    names = set(map(str, model.params()))
    last = str(model.steps()[-1][0])
    space = search.get("param_distributions")
    expect.type(space, dict, what="param_distributions")
    searched = [str(name) for name in space]
    unknown = [name for name in searched if name not in names]
    expect.true(
        not unknown,
        en="A name in `param_distributions` is no parameter of the pipeline.",
        ko="`param_distributions`에 파이프라인의 매개변수가 아닌 이름이 있어요.",
    )
    inside = [name for name in searched if "__" in name and name.partition("__")[0] != last]
    expect.true(
        len(inside) >= 2,
        en="Fewer than two parameters of the preprocessing are searched: the choices before the model count too.",
        ko="탐색하는 전처리 매개변수가 둘보다 적어요. 모델 앞에서 하는 선택도 탐색해 보세요.",
    )
    expect.true(
        "NeighborPrice" in [getattr(value, "type_name", None) for value in model.params().values()],
        en="A `NeighborPrice` must be one of the pipeline's parts.",
        ko="파이프라인 안에 `NeighborPrice`가 있어야 해요.",
    )
    district = pd.DataFrame(
        {
            "longitude": [-118.3, -122.2],
            "latitude": [34.1, 37.8],
            "housing_median_age": [30.0, 41.0],
            "total_rooms": [880.0, 2_400.0],
            "total_bedrooms": [129.0, np.nan],
            "population": [322.0, 1_100.0],
            "households": [126.0, 410.0],
            "median_income": [8.3, 3.1],
            "ocean_proximity": ["<1H OCEAN", "NEAR BAY"],
        }
    )
    expect.unfitted(search, district)
