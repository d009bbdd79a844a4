"""Visible checks of the preprocessing: unfitted, 24 columns by name, no gaps, the worked example."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import SubmissionRaised, Text

UNFITTED = Text(
    "`build_preprocessor` should return a ColumnTransformer that has not been fitted.",
    "`build_preprocessor`는 아직 `fit`하지 않은 ColumnTransformer를 반환해야 해요.",
)
GAPS = Text("There are gaps (NaN) or infinities in the result.", "결과에 빈칸(NaN)이나 무한대가 있어요.")
PROXIMITIES = ("<1H OCEAN", "INLAND", "ISLAND", "NEAR BAY", "NEAR OCEAN")
NAMES = [
    *("bedrooms__ratio", "rooms_per_house__ratio", "people_per_house__ratio"),
    *(f"log__{name}" for name in ("total_bedrooms", "total_rooms", "population", "households", "median_income")),
    *(f"geo__cluster_{i}" for i in range(10)),
    *(f"cat__ocean_proximity_{name}" for name in PROXIMITIES),
    "age__housing_median_age",
]


def districts(rng, n=60):
    """Invented districts with the columns of housing.csv; every ninth number of bedrooms is missing."""
    households = rng.integers(100, 900, n).astype(float)
    rooms = np.round(households * rng.uniform(3, 8, n))
    return pd.DataFrame(
        {
            "longitude": np.round(rng.uniform(-124, -115, n), 2),
            "latitude": np.round(rng.uniform(33, 41, n), 2),
            "housing_median_age": rng.integers(1, 53, n).astype(float),
            "total_rooms": rooms,
            "total_bedrooms": np.where(np.arange(n) % 9 == 0, np.nan, np.round(rooms * rng.uniform(0.15, 0.3, n))),
            "population": np.round(households * rng.uniform(1.5, 4, n)),
            "households": households,
            "median_income": np.round(rng.uniform(1, 9, n), 4),
            "ocean_proximity": [PROXIMITIES[i % 5] for i in range(n)],
        }
    )


def fitted(code, rows):
    return code.estimator(code.call("build_preprocessor", hold=True)).fit(rows)


def prepared(code, rows):
    found = fitted(code, rows).transform(rows)
    return np.asarray(found.toarray() if hasattr(found, "toarray") else found, dtype=float)


def ratio_of_bedrooms(code, rows):
    """The first column of the part `bedrooms`, whatever its name; where there are no names, the first of all."""
    try:
        labels = fitted(code, rows).feature_names_out()
    except SubmissionRaised:
        labels = NAMES
    return prepared(code, rows)[:, next(i for i, label in enumerate(labels) if label.startswith("bedrooms__"))]


@pytest.mark.points(3)
def test_returns_an_unfitted_column_transformer(expect, rng):
    """`build_preprocessor` returns an unfitted ColumnTransformer.

    ko: `build_preprocessor`는 훈련하지 않은 ColumnTransformer를 반환한다.
    asks: It returns an **unfitted** transformer for a DataFrame with the columns of `housing.csv`
    asks-ko: `housing.csv`와 같은 열을 가진 DataFrame을 받는, **훈련하지 않은** 변환기를 반환합니다
    hint: Return the ColumnTransformer as it was made, without calling `fit`.
    hint-ko: 만든 ColumnTransformer를 `fit`하지 말고 그대로 반환하세요.
    """
    rows = districts(rng)

    def kind_and_state(code):
        built = code.call("build_preprocessor", hold=True)
        return built.is_a("ColumnTransformer"), expect.holds(expect.unfitted, built, rows)

    expect.agree(kind_and_state, (True, True), message=UNFITTED)


@pytest.mark.points(2)
def test_names_of_the_24_columns(expect, rng):
    """24 columns with the names of the table.

    ko: 표에 있는 이름으로 된 24개의 열.
    asks: After `fit`, `transform` returns shape `(n_rows, 24)`
    asks-ko: `transform`은 크기가 `(행 수, 24)`이고
    hint: Call `get_feature_names_out()` on your fitted transformer and compare with the table of the exercise.
    hint-ko: 훈련한 변환기의 `get_feature_names_out()` 결과를 문제의 표와 비교해 보세요.
    """
    rows = districts(rng)
    expect.agree(lambda code: fitted(code, rows).feature_names_out(), sorted(NAMES), how="multiset")
    expect.agree(lambda code: prepared(code, rows).shape, (60, 24))


@pytest.mark.points(1)
def test_no_gaps_in_the_result(expect, rng):
    """Numbers only, no gaps.

    ko: 빈칸 없이 숫자만 있다.
    asks: numbers only, no `NaN`
    asks-ko: 숫자로만 이루어진, `NaN`이 없는 결과를 반환합니다
    hint: Impute first: a logarithm or ratio of a gap is a gap.
    hint-ko: 빈칸부터 채우세요. 빈칸의 로그나 비율은 그대로 빈칸이에요.
    """
    rows = districts(rng)
    expect.agree(lambda code: bool(np.isfinite(prepared(code, rows)).all()), True, message=GAPS)


@pytest.mark.points(2)
def test_ratio_of_the_worked_example(expect, rng):
    """The ratio of bedrooms where one of five districts has a gap, as in the example.

    ko: 예제처럼 구역 다섯 개 가운데 하나에 빈칸이 있을 때 침실의 비율.
    asks: a district with an unknown number of bedrooms and 1600 rooms has the ratio 400 / 1600 = 0.25
    asks-ko: 침실 수를 모르고 방이 1600개인 구역의 비율은 표준화하기 전에 400 / 1600 = 0.25입니다
    hint: The ratios are 0.25, 0.15, 0.2, 0.2 and 0.2: their mean is 0.2, their standard deviation the root of 0.001.
    hint-ko: 비율은 0.25, 0.15, 0.2, 0.2, 0.2예요. 평균은 0.2, 표준편차는 0.001의 제곱근이에요.
    """
    rows = districts(rng, 20)
    rows["total_rooms"] = np.tile([1600.0, 2000.0, 2000.0, 2000.0, 2500.0], 4)
    rows["total_bedrooms"] = np.tile([np.nan, 300.0, 400.0, 400.0, 500.0], 4)

    right = np.tile([np.sqrt(2.5), -np.sqrt(2.5), 0.0, 0.0, 0.0], 4)
    expect.agree(lambda code: ratio_of_bedrooms(code, rows), right)
