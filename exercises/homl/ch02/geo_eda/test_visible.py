"""Visible checks of the map and the ratio features: names, order, labels."""

import pandas as pd
import pytest

from grader.checks import Text

COLUMNS = (
    "longitude",
    "latitude",
    "housing_median_age",
    "total_rooms",
    "total_bedrooms",
    "population",
    "households",
    "median_income",
    "median_house_value",
    "ocean_proximity",
    "rooms_per_house",
    "bedrooms_ratio",
    "people_per_house",
)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="The column names are part of the exercise: rooms_per_house, bedrooms_ratio, people_per_house.",
    ko="열 이름도 문제의 일부예요: rooms_per_house, bedrooms_ratio, people_per_house.",
)
def test_three_new_columns(submission, expect):
    """`features` has the three new columns and keeps the old ones.

    ko: `features`에 새 열 세 개가 있고 원래 열도 남아 있다.
    """
    features = submission["features"]
    expect.columns(features, COLUMNS, extra="allow")
    for name in ("rooms_per_house", "people_per_house"):
        expect.between(expect.column(features, name), 0, 1e5, inclusive=False)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`sort_values(ascending=False)` sorts by signed value: strong negative correlations come last.",
    ko="`sort_values(ascending=False)`는 부호까지 따져 정렬해요. 강한 음의 상관관계는 맨 끝에 와요.",
)
def test_correlations_are_sorted(submission, expect):
    """`corr` runs from the largest to the smallest value.

    ko: `corr`은 큰 값부터 작은 값 순서로 정렬되어 있다.
    """
    corr = submission["corr"]
    expect.type(corr, pd.Series, what="corr")
    expect.at_least(len(expect.array(corr, (None,))), 2, what=Text("The length of `corr`", "`corr`의 길이"))
    expect.decreasing(corr, strict=True)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`ax.set_xlabel(...)` and `ax.set_ylabel(...)`.",
    ko="`ax.set_xlabel(...)`과 `ax.set_ylabel(...)`을 쓰세요.",
)
def test_axes_have_labels(submission, expect):
    """Both axes of the map have a label.

    ko: 지도의 두 축에 이름이 있다.
    """
    axes = expect.figure(submission.figure("fig"), "scatter", xlabel=True, ylabel=True)
    named = [
        ({"lat", "위도"}, {"lon", "경도"}),
        ({"lon", "경도"}, {"lat", "위도"}),
    ]
    exchanged = all(
        any(term in label.casefold() for term in wrong) and not any(term in label.casefold() for term in right)
        for label, (wrong, right) in zip((axes.xlabel, axes.ylabel), named, strict=True)
    )
    expect.true(
        not exchanged,
        en="The labels have changed places: longitude belongs to x, latitude to y.",
        ko="두 축의 이름이 바뀌었어요. 경도가 x축, 위도가 y축이에요.",
    )
