"""Visible checks of the preprocessing: unfitted, 24 columns by name, no gaps."""

import numpy as np
import pandas as pd
import pytest

PROXIMITIES = ("<1H OCEAN", "INLAND", "ISLAND", "NEAR BAY", "NEAR OCEAN")
NAMES = {
    "bedrooms__ratio",
    "rooms_per_house__ratio",
    "people_per_house__ratio",
    *(f"log__{name}" for name in ("total_bedrooms", "total_rooms", "population", "households", "median_income")),
    *(f"geo__cluster_{i}" for i in range(10)),
    *(f"cat__ocean_proximity_{name}" for name in PROXIMITIES),
    "age__housing_median_age",
}


def districts(rng, n_rows=60):
    """Invented districts with the columns of housing.csv and some gaps."""
    households = rng.integers(100, 900, n_rows).astype(float)
    rooms = np.round(households * rng.uniform(3, 8, n_rows))
    bedrooms = np.round(rooms * rng.uniform(0.15, 0.3, n_rows))
    bedrooms[::9] = np.nan
    return pd.DataFrame(
        {
            "longitude": np.round(rng.uniform(-124, -115, n_rows), 2),
            "latitude": np.round(rng.uniform(33, 41, n_rows), 2),
            "housing_median_age": rng.integers(1, 53, n_rows).astype(float),
            "total_rooms": rooms,
            "total_bedrooms": bedrooms,
            "population": np.round(households * rng.uniform(1.5, 4, n_rows)),
            "households": households,
            "median_income": np.round(rng.uniform(1, 9, n_rows), 4),
            "ocean_proximity": [PROXIMITIES[i % 5] for i in range(n_rows)],
        }
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Return the ColumnTransformer as it was made, without calling `fit`.",
    ko="만든 ColumnTransformer를 `fit`하지 말고 그대로 반환하세요.",
)
def test_returns_an_unfitted_column_transformer(submission, expect, rng):
    """`build_preprocessor` returns an unfitted ColumnTransformer.

    ko: `build_preprocessor`는 훈련하지 않은 ColumnTransformer를 반환한다.
    """
    built = submission.call("build_preprocessor", hold=True)
    expect.type(built, "ColumnTransformer", what="build_preprocessor()")
    expect.unfitted(built, districts(rng))


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Call `get_feature_names_out()` on your fitted transformer and compare with the table of the exercise.",
    ko="훈련한 변환기의 `get_feature_names_out()` 결과를 문제의 표와 비교해 보세요.",
)
def test_names_of_the_24_columns(submission, expect, rng):
    """24 columns with the names of the table.

    ko: 표에 있는 이름으로 된 24개의 열.
    """
    table = districts(rng)
    built = submission.estimator(submission.call("build_preprocessor", hold=True)).fit(table)
    expect.multiset(built.feature_names_out(), sorted(NAMES))
    expect.shape(built.transform(table), (len(table), 24))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Impute first: a logarithm or ratio of a gap is a gap.",
    ko="빈칸부터 채우세요. 빈칸의 로그나 비율은 그대로 빈칸이에요.",
)
def test_no_gaps_in_the_result(submission, expect, rng):
    """Numbers only, no gaps.

    ko: 빈칸 없이 숫자만 있다.
    """
    table = districts(rng)
    built = submission.estimator(submission.call("build_preprocessor", hold=True)).fit(table)
    expect.finite(built.transform(table))
