"""Hidden checks of the preprocessing: each part's values, unseen categories, gaps, statistics from training rows only."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import SubmissionRaised, Text

BATCH = Text(
    "The result for a row depends on which other rows are transformed with it: statistics belong to `fit`.",
    "어떤 행의 결과가 함께 변환한 다른 행에 따라 달라져요. 통계는 `fit`에서 구해야 해요.",
)
RANDOM = Text("Two fits on the same rows give different columns.", "같은 행으로 두 번 훈련했는데 열의 값이 달라요.")
PROXIMITIES = ("<1H OCEAN", "INLAND", "ISLAND", "NEAR BAY", "NEAR OCEAN")
RATIOS = ["bedrooms__ratio", "rooms_per_house__ratio", "people_per_house__ratio"]
COUNTS = ["total_bedrooms", "total_rooms", "population", "households", "median_income"]
LOGS = [f"log__{name}" for name in COUNTS]
GEO = [f"geo__cluster_{i}" for i in range(10)]
CAT = [f"cat__ocean_proximity_{name}" for name in PROXIMITIES]
AGE = ["age__housing_median_age"]
TABLE = [*RATIOS, *LOGS, *GEO, *CAT, *AGE]


def districts(rng, n=150):
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


def place(labels, name):
    """Where the column of this name stands, or where one of its part stands in its place."""
    part = name.partition("__")[0] + "__"
    there = [i for i, label in enumerate(labels) if label.startswith(part)]
    return (
        labels.index(name) if name in labels else there[[each for each in TABLE if each.startswith(part)].index(name)]
    )


def columns(built, names, rows):
    """Columns of the transformed rows, by name; where there are no names, in the order of the table."""
    found = built.transform(rows)
    found = np.asarray(found.toarray() if hasattr(found, "toarray") else found, dtype=float)
    try:
        labels = built.feature_names_out()
    except SubmissionRaised:
        labels = TABLE
    return found[:, [place(labels, name) for name in names]]


def prepared(code, names, seen, rows=None):
    """Columns of the rows that `fit` saw, or of others."""
    return columns(fitted(code, seen), names, seen if rows is None else rows)


@pytest.mark.points(3)
def test_ratios(expect, rng):
    """The three ratios.

    ko: 비율 특성 세 개.
    asks: median imputation, first column / second column, standardise
    asks-ko: 중간값으로 채우기, 첫째 열 / 둘째 열, 표준화
    hint: Impute with the median, divide the first column by the second, standardise: in this order.
    hint-ko: 중간값으로 채우고, 첫째 열을 둘째 열로 나누고, 표준화하세요. 순서가 중요해요.
    """
    rows = districts(rng)
    for name in RATIOS:
        expect.agree(lambda code: prepared(code, [name], rows))


@pytest.mark.points(2)
def test_logarithms(expect, rng):
    """The five logarithms.

    ko: 로그 특성 다섯 개.
    asks: median imputation, natural logarithm, standardise
    asks-ko: 중간값으로 채우기, 자연로그, 표준화
    hint: The natural logarithm, after imputation and before standardising.
    hint-ko: 빈칸을 채운 다음 자연로그를 구하고, 그 뒤에 표준화하세요.
    """
    rows = districts(rng)
    expect.agree(lambda code: prepared(code, LOGS, rows))


@pytest.mark.points(4)
def test_cluster_similarities(expect, rng):
    """Similarities to ten cluster centres.

    ko: 클러스터 중심 열 개와의 유사도.
    asks: The similarity of a district $x$ to a centre $c$ is $\\exp(-\\gamma \\lVert x - c \\rVert^2)$ with $\\gamma = 1$
    asks-ko: 구역 $x$와 중심 $c$의 유사도는 $\\exp(-\\gamma \\lVert x - c \\rVert^2)$입니다. $\\gamma = 1$이고
    hint: exp(-1·d²) with d the distance in degrees to each of ten k-means centres; do not scale the coordinates first.
    hint-ko: k-평균 중심 10개까지의 거리 d(도 단위)로 exp(-1·d²)를 계산하세요. 좌표를 먼저 표준화하지 마세요.
    """
    # Six districts each gather closely around ten places, so that every k-means finds these places; their order is free.
    places = np.array([(33.0 + 3 * i, -124.0 + 2 * j) for i in range(2) for j in range(5)])
    rows, new = districts(rng, 60), districts(rng, 2)
    rows[["latitude", "longitude"]] = np.repeat(places, 6, axis=0) + np.tile([[0.01, -0.02], [-0.01, 0.02]], (30, 1))
    new[["latitude", "longitude"]] = [[33.0, -124.0], [34.0, -124.0]]
    squares = [[(3 * i - up) ** 2 + (2 * j) ** 2 for i in range(2) for j in range(5)] for up in (0, 1)]
    expect.agree(lambda code: np.sort(prepared(code, GEO, rows, new)), np.sort(np.exp(-np.array(squares))))


@pytest.mark.points(3)
def test_one_hot_and_unseen_categories(expect, rng):
    """One-hot columns of the ocean proximity, also of a category that training never saw.

    ko: 바다와의 거리를 나타내는 원-핫 열. 훈련할 때 없던 범주도 있다.
    asks: one-hot; categories never seen in training give zeros
    asks-ko: 원-핫 인코딩. 훈련할 때 없던 범주는 모두 0
    hint: One column of zeros and ones for each category; for others see the parameter `handle_unknown` of OneHotEncoder.
    hint-ko: 범주마다 0과 1로 된 열이 하나씩 있어야 해요. 없던 범주는 OneHotEncoder의 `handle_unknown` 매개변수를 살펴보세요.
    """
    rows = districts(rng)
    strange = rows.head(20).assign(ocean_proximity="LAKESIDE")
    expect.agree(lambda code: prepared(code, CAT, rows), np.eye(5)[np.arange(150) % 5])
    expect.agree(lambda code: prepared(code, CAT, rows, strange), np.zeros((20, 5)))


@pytest.mark.points(3)
def test_gaps_are_filled_first(expect, rng):
    """Gaps are filled before the logarithm, before standardising and before the categories become columns.

    ko: 로그를 구하거나 표준화하거나 범주를 열로 바꾸기 전에 빈칸을 채운다.
    asks: what happens, in this order
    asks-ko: 차례대로 하는 일
    hint: A SimpleImputer comes first in every pipeline: the median of the numbers, the most frequent category.
    hint-ko: 파이프라인마다 SimpleImputer가 맨 앞이에요. 숫자는 중간값으로, 범주는 최빈값으로 채우세요.
    """
    # With an even number of households left, the median of the logarithms is another one.
    rows = districts(rng, 60)
    rows.loc[:39, "households"] = rows.loc[::7, "housing_median_age"] = np.nan
    rows.loc[50:, "ocean_proximity"] = "INLAND"
    rows.loc[::4, "ocean_proximity"] = np.nan
    for names in (["log__households"], AGE, CAT):
        expect.agree(lambda code: prepared(code, names, rows))


@pytest.mark.points(7)
def test_new_rows_with_what_fit_learnt(expect, rng):
    """New rows, very different ones, with what `fit` learnt; and one of them by itself.

    ko: 훈련한 행과 아주 다른 새 행을 `fit`에서 배운 것으로 변환한다. 행 하나만 변환해도 결과가 같다.
    asks: fitted on training rows alone, and that is what keeps the test set out of its statistics
    asks-ko: 훈련 데이터만으로 `fit`할 수 있어서, 테스트 세트의 정보가 전처리 통계에 새어 들어가지 않습니다
    hint: Every mean, median and centre comes from the rows that `fit` sees; `transform` only applies them.
    hint-ko: 평균, 중간값, 중심은 모두 `fit`에 들어온 행에서 구하고 `transform`은 적용만 해야 해요.
    """
    seen, new = districts(rng), districts(rng, 40)
    new[COUNTS] *= rng.uniform(20, 90, size=5)
    new["housing_median_age"] += 1000.0
    new.loc[::5, "housing_median_age"] = np.nan

    def same_by_itself(code):
        built, names = fitted(code, seen), [*RATIOS, *LOGS, *AGE, *GEO]
        return np.allclose(columns(built, names, new)[:1], columns(built, names, new.head(1)))

    for names in (RATIOS, LOGS, AGE):
        expect.agree(lambda code: prepared(code, names, seen, new))
    expect.agree(same_by_itself, True, message=BATCH)


@pytest.mark.points(5)
def test_target_and_chance_play_no_part(expect, rng):
    """The target among the columns changes nothing, and two fits on the same rows agree.

    ko: 타깃이 열에 들어 있어도 결과가 같고, 같은 행으로 두 번 훈련해도 결과가 같다.
    asks: (with or without `median_house_value`, which it must not use)
    asks-ko: 타깃인 `median_house_value`는 들어 있을 수도 없을 수도 있지만 써서는 안 됩니다
    hint: Keep only the columns that are named, and give `KMeans` a fixed `random_state`.
    hint-ko: 이름을 지정한 열만 남기고, `KMeans`의 `random_state`를 고정하세요.
    """
    rows = districts(rng)
    with_target = rows.assign(median_house_value=rng.uniform(1e5, 5e5, len(rows)))

    def again(code):
        return np.allclose(*(prepared(code, [*RATIOS, *GEO], rows) for _ in range(2)))

    expect.agree(lambda code: fitted(code, with_target).transform(with_target).shape[1], 24)
    expect.agree(lambda code: prepared(code, AGE, with_target))
    expect.agree(again, True, message=RANDOM)
