"""Hidden checks of the map and the ratio features: rows, ratios, correlations, and each encoding of the map."""

import numpy as np
import pytest

from grader.checks import Text

RATIOS = {
    "rooms_per_house": ("total_rooms", "households"),
    "bedrooms_ratio": ("total_bedrooms", "total_rooms"),
    "people_per_house": ("population", "households"),
}
ORIGINAL = ["longitude", "latitude", "housing_median_age", "total_rooms", "total_bedrooms", "population", "households"]
COPY = Text("`train_set` itself has the new columns.", "`train_set` 자체에 새 열이 생겼어요.")
NO_BAR = Text("Colours without a colour bar tell nothing.", "컬러바가 없으면 색이 무엇을 뜻하는지 알 수 없어요.")


def drawn(code, what):
    """Places (x, y), areas or colours of the points on the map.

    They are in an order that neither hangs on how they were drawn nor on which axis is which.
    """
    parts = []
    for axes in code.figure("fig").plots:
        for cloud in axes.scatters:
            n = len(cloud.offsets)
            values = np.full(n, np.nan) if cloud.values is None else np.ravel(cloud.values)
            parts.append(np.column_stack([cloud.offsets, np.broadcast_to(cloud.sizes, n), values]))
        parts += [np.column_stack([line.x, line.y, *np.full((2, len(line.x)), np.nan)]) for line in axes.lines]
    x, y, area, colour = np.vstack(parts).T
    shown = {"places": np.column_stack([x, y]), "areas": area, "colours": colour}[what]
    return shown[np.lexsort([*shown.reshape(len(x), -1).T, x * y, x + y])]


@pytest.mark.points(2)
@pytest.mark.needs("test_three_new_columns")
def test_training_rows_only(expect):
    """`features` holds the training rows and no others, and is a copy.

    ko: `features`에는 훈련 데이터의 행만 있고, 원본은 그대로이다.
    asks: a copy of `train_set` (same rows, same index, all its columns)
    asks-ko: `train_set`의 복사본(행, 인덱스, 원래 열이 모두 같음)
    hint: Start from a copy of `train_set`, not from `housing`; drop no rows, and keep the index.
    hint-ko: `housing`이 아니라 `train_set`의 복사본에서 시작하고, 행을 버리거나 인덱스를 바꾸지 마세요.
    """
    expect.agree(lambda code: np.sort(code["features"].index.to_numpy()))
    expect.agree(lambda code: np.sort(code["features"]["median_house_value"].to_numpy()))
    expect.agree(lambda code: "rooms_per_house" in code["train_set"], False, message=COPY)


@pytest.mark.points(2)
@pytest.mark.needs("test_three_new_columns")
@pytest.mark.parametrize("name", RATIOS)
def test_ratios(expect, name):
    """A ratio.

    ko: 비율 특성.
    asks: `rooms_per_house` = `total_rooms` / `households`
    asks-ko: `rooms_per_house` = `total_rooms` / `households`
    hint: First column divided by the second, row by row; the order matters.
    hint-ko: 행마다 첫째 열을 둘째 열로 나누세요. 나누는 순서가 중요해요.
    """
    above, below = RATIOS[name]

    def factor(code):
        """By what the ratio differs from the right one, at the least, in the middle and at the most."""
        features = code["features"]
        return np.nanquantile(features[name] * features[below] / features[above], [0, 0.5, 1])

    expect.agree(factor, [1.0, 1.0, 1.0], rtol=1e-6)


@pytest.mark.points(4)
def test_correlations_with_the_target(expect):
    """Correlations of the original columns with the house value.

    ko: 원래 열과 주택 가격의 상관계수.
    asks: the correlation of every **numeric** column of `features` with `median_house_value`
    asks-ko: `features`의 모든 **숫자** 열과 `median_house_value`의 상관계수입니다
    hint: `features.corr(numeric_only=True)["median_house_value"]`.
    hint-ko: `features.corr(numeric_only=True)["median_house_value"]`를 쓰세요.
    """
    names = [*ORIGINAL, "median_income"]
    expect.agree(lambda code: expect.values_at(code["corr"], names, what="corr"), atol=1e-4)


@pytest.mark.points(3)
def test_correlations_of_the_ratios(expect):
    """Correlations of the ratios with the house value.

    ko: 비율 특성과 주택 가격의 상관계수.
    asks: the correlation of every **numeric** column of `features` with `median_house_value`
    asks-ko: `features`의 모든 **숫자** 열과 `median_house_value`의 상관계수입니다
    hint: Compute the correlations after the ratios have been added.
    hint-ko: 비율 열을 더한 다음에 상관계수를 계산하세요.
    """
    expect.agree(lambda code: expect.values_at(code["corr"], [*RATIOS], what="corr"), atol=1e-4)


@pytest.mark.points(3)
def test_points_lie_on_the_map(expect):
    """Each training district at its place: longitude on x, latitude on y.

    ko: 훈련 데이터의 구역이 제자리에 있다. x축은 경도, y축은 위도이다.
    asks: Each training district is a point with the longitude on x and the latitude on y
    asks-ko: 훈련 데이터의 구역마다 점을 하나씩 찍되 x축은 경도, y축은 위도입니다
    hint: A map has the longitude (−124 to −114 here) on x and the latitude (32 to 42) on y.
    hint-ko: 지도에서는 경도(여기서는 −124~−114)가 x축, 위도(32~42)가 y축이에요.
    """
    expect.agree(lambda code: drawn(code, "places"))


@pytest.mark.points(2)
@pytest.mark.needs("test_points_lie_on_the_map")
def test_area_shows_the_population(expect):
    """The area of a point is proportional to the population.

    ko: 점의 넓이는 인구에 비례한다.
    asks: its area is proportional to the population
    asks-ko: 점의 넓이는 인구에 비례하고
    hint: `s=` is an area in points²: the population divided by a constant.
    hint-ko: `s=`는 점의 넓이예요. 인구를 어떤 상수로 나눈 값을 주세요.
    """

    def shares(code):
        areas = drawn(code, "areas")
        return areas / areas.sum()

    expect.agree(shares, rtol=1e-6)


@pytest.mark.points(2)
@pytest.mark.needs("test_points_lie_on_the_map")
def test_colour_shows_the_house_value(expect):
    """The colour of a point is the median house value.

    ko: 점의 색은 주택 가격의 중간값을 나타낸다.
    asks: its colour is the median house value
    asks-ko: 색은 주택 가격의 중간값을 나타냅니다
    hint: Pass the house values as `c=`, together with a colormap.
    hint-ko: 주택 가격을 `c=`에 컬러맵과 함께 주세요.
    """

    def from_lowest_to_highest(code):
        values = drawn(code, "colours")
        return (values - values.min()) / np.ptp(values)

    expect.agree(from_lowest_to_highest, rtol=1e-6)


@pytest.mark.points(2)
def test_colour_bar(expect):
    """A colour bar explains the colours.

    ko: 색을 설명하는 컬러바가 있다.
    asks: a colour bar explains the colour
    asks-ko: 색을 설명하는 컬러바가 있고
    hint: `fig.colorbar(points, ax=ax)`, or `colorbar=True` in pandas.
    hint-ko: `fig.colorbar(points, ax=ax)`를 쓰세요. pandas라면 `colorbar=True`예요.
    """
    expect.agree(lambda code: len(code.figure("fig").colorbars) > 0, True, message=NO_BAR)
