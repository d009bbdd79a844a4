"""Visible checks: the interval of the example, the feature of a few rows, the form of the search."""

import numpy as np
import pandas as pd
import pytest

PLACES = np.array([[0.0], [9.0], [1.0], [8.0], [2.0], [7.0], [3.0], [6.6], [4.0], [6.1], [4.6], [5.2]])
PRICES = np.array([0.0, 91.0, 12.0, 83.0, 24.0, 75.0, 36.0, 73.0, 48.0, 70.0, 56.0, 63.0])
OUTSIDE = np.array([45.4, 67.4, 45.4, 67.4, 35.8, 72.6, 35.8, 72.6, 44.0, 71.6, 58.2, 58.2])
DISTRICTS = pd.DataFrame(
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


@pytest.mark.points(3)
def test_interval_of_the_example(expect):
    """The interval of the example in the task.

    ko: 문제에 나온 예의 신뢰 구간.
    asks: so the interval of the mean is −0.198 … 9.798 and that of the RMSE 0 … 3.130
    asks-ko: 평균의 구간은 −0.198 … 9.798이고 RMSE의 구간은 0 … 3.130입니다
    hint: `stats.t.interval(conf, n - 1, loc=..., scale=stats.sem(squares))`, then cut off at 0, then take the roots.
    hint-ko: `stats.t.interval(conf, n - 1, loc=..., scale=stats.sem(squares))`로 구하고 0에서 자른 다음 제곱근을 구하세요.
    """
    y = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    p = y + np.array([1.0, -1.0, 3.0, -3.0, 2.0])
    for end, right in enumerate([0.0, 3.1301]):
        expect.agree(lambda code, end=end: code.call("rmse_interval", y, p)[end], right, rtol=1e-4, atol=1e-9)


@pytest.mark.points(3)
def test_feature_of_a_few_rows(expect):
    """Twelve rows: out of fold in training, from all rows afterwards, always in a column.

    ko: 행 열두 개. 훈련할 때는 폴드 밖 예측, 그다음에는 모든 행으로 예측하고, 결과는 늘 열 하나이다.
    asks: returns **out-of-fold** predictions of the training rows
    asks-ko: 훈련 데이터에 대해서는 **폴드 밖**(out-of-fold) 예측을 반환합니다
    hint: `cross_val_predict(clone(...), X, y, cv=self.cv).reshape(-1, 1)`.
    hint-ko: `cross_val_predict(clone(...), X, y, cv=self.cv).reshape(-1, 1)`을 쓰세요.
    """
    new = np.array([[2.5], [8.8]])

    def afterwards(code):
        feature = code.estimator("NeighborPrice", cv=3)
        feature.call("fit_transform", PLACES, PRICES, hold=True)
        return feature.transform(new)

    expect.agree(lambda code: code.estimator("NeighborPrice", cv=3).fit_transform(PLACES, PRICES), OUTSIDE[:, np.newaxis])
    expect.agree(afterwards, [[35.2], [78.4]])


@pytest.mark.points(4)
def test_search_covers_the_preprocessing(expect):
    """`make_search` returns an unfitted search over two or more preprocessing parameters.

    ko: `make_search`는 전처리 매개변수 둘 이상을 탐색하는, 훈련하지 않은 객체를 반환한다.
    asks: contains **at least two parameters of the preprocessing**
    asks-ko: **전처리 매개변수가 둘 이상**, 곧 마지막 단계보다 앞에 있는 단계의 매개변수가 둘 이상 있어야 합니다
    hint: An unfitted RandomizedSearchCV over a Pipeline with a NeighborPrice in it. Names of preprocessing parameters do not
        begin with the name of the last step.
    hint-ko: NeighborPrice가 든 Pipeline을 탐색하는, 훈련하지 않은 RandomizedSearchCV여야 해요. 전처리 매개변수의 이름은 마지막 단계의
        이름으로 시작하지 않아요.
    """

    def search(code):
        return code.call("make_search", hold=True)

    def pipeline(code):
        return code.estimator(search(code).get("estimator", hold=True))

    def searched(code):
        """How many parameters before the last step are searched, two at most, and how many are no parameters at all."""
        model, space = pipeline(code), list(search(code).get("param_distributions"))
        names, last = model.params(), str(model.steps()[-1][0])
        inside = [name for name in space if "__" in name and name.partition("__")[0] != last]
        return [min(len(inside), 2), sum(name not in names for name in space)]

    def has_the_feature(code):
        return "NeighborPrice" in [getattr(value, "type_name", None) for value in pipeline(code).params().values()]

    expect.agree(lambda code: search(code).is_a("sklearn.model_selection.RandomizedSearchCV"), True)
    expect.agree(lambda code: search(code).get("scoring"), "neg_root_mean_squared_error")
    expect.agree(lambda code: pipeline(code).is_a("sklearn.pipeline.Pipeline"), True)
    expect.agree(searched, [2, 0])
    expect.agree(has_the_feature, True)
    expect.agree(lambda code: expect.holds(expect.unfitted, search(code), DISTRICTS), True)
