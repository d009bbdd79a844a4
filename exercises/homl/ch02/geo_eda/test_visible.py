"""Visible checks of the map and the ratio features: names, order, labels."""

import numpy as np
import pytest

from grader.checks import Text

COLUMNS = [
    *("longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms", "population", "households"),
    *("median_income", "median_house_value", "ocean_proximity"),
    *("rooms_per_house", "bedrooms_ratio", "people_per_house"),
]
MISSING = Text(
    "Columns of `features` are missing or empty: it has the ten of `train_set` and the three new ones, by these very names.",
    "`features`에 없거나 비어 있는 열이 있어요. `train_set`의 열 열 개와 새 열 세 개가 문제에 적힌 이름 그대로 있어야 해요.",
)
ORDER = Text(
    "`corr` should run from the largest to the smallest value: strong negative correlations come last.",
    "`corr`은 큰 값부터 작은 값 순서여야 해요. 강한 음의 상관관계는 맨 끝에 와요.",
)
LABELS = Text("Each axis needs a label that says what it shows.", "축마다 무엇을 나타내는지 알려 주는 이름이 있어야 해요.")
NAMES = {"x": ("lat", "위도"), "y": ("lon", "경도")}  # of the other axis


@pytest.mark.points(2)
def test_three_new_columns(expect):
    """`features` has the three new columns and keeps the old ones.

    ko: `features`에 새 열 세 개가 있고 원래 열도 남아 있다.
    asks: a copy of `train_set` (same rows, same index, all its columns) with three more columns
    asks-ko: `train_set`의 복사본(행, 인덱스, 원래 열이 모두 같음)에 다음 열 세 개를 더한 것입니다
    hint: The column names are part of the exercise: rooms_per_house, bedrooms_ratio, people_per_house.
    hint-ko: 열 이름도 문제의 일부예요: rooms_per_house, bedrooms_ratio, people_per_house.
    """

    def missing(code):
        features = code["features"]
        return [name for name in COLUMNS if name not in features or features[name].isna().all()]

    expect.agree(missing, [], message=MISSING)


@pytest.mark.points(2)
def test_correlations_are_sorted(expect):
    """`corr` runs from the largest to the smallest value.

    ko: `corr`은 큰 값부터 작은 값 순서로 정렬되어 있다.
    asks: sorted from the largest to the smallest value
    asks-ko: 값이 큰 것부터 작은 것 순서로 정렬합니다
    hint: `sort_values(ascending=False)` sorts by signed value: strong negative correlations come last.
    hint-ko: `sort_values(ascending=False)`는 부호까지 따져 정렬해요. 강한 음의 상관관계는 맨 끝에 와요.
    """

    def order(code):
        values = expect.array(code["corr"], (None,))
        ways = {"falls": values, "rises": -values, "falls without the signs": np.abs(values)}
        return {name: len(way) > 1 and bool(np.all(np.diff(way) <= 0)) for name, way in ways.items()}

    expect.agree(order, {"falls": True, "rises": False, "falls without the signs": False}, message=ORDER)


@pytest.mark.points(2)
def test_axes_have_labels(expect):
    """Both axes of the map have a label.

    ko: 지도의 두 축에 이름이 있다.
    asks: both axes have a label
    asks-ko: 두 축에 이름이 있어야 합니다
    hint: `ax.set_xlabel(...)` and `ax.set_ylabel(...)`: the longitude belongs to x.
    hint-ko: `ax.set_xlabel(...)`과 `ax.set_ylabel(...)`을 쓰세요. 경도가 x축이에요.
    """

    def labels(code):
        """For each axis: whether it has a label, and whether that is the name of the other axis."""
        axes = next(axes for axes in code.figure("fig").plots if axes.scatters or axes.lines)
        found = {"x": axes.xlabel.strip().casefold(), "y": axes.ylabel.strip().casefold()}
        return {axis: (bool(label), any(name in label for name in NAMES[axis])) for axis, label in found.items()}

    expect.agree(labels, {"x": (True, False), "y": (True, False)}, message=LABELS)
