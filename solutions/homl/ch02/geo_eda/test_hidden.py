"""Hidden checks of the map and the ratio features: rows, ratios, correlations, and each encoding of the map."""

import numpy as np
import pandas as pd
import pytest

from grader.vocabulary import Text

RATIOS = {
    "rooms_per_house": ("total_rooms", "households"),
    "bedrooms_ratio": ("total_bedrooms", "total_rooms"),
    "people_per_house": ("population", "households"),
}
TEST_ROWS = Text(
    "Rows of the test set are in it: use `train_set` only.",
    "테스트 세트의 행이 들어 있어요. `train_set`만 쓰세요.",
)


def numbers(frame, name, expect):
    """One column of a student's frame as floats."""
    expect.true(name in frame.columns, en=f"There is no column `{name}`.", ko=f"`{name}` 열이 없어요.")
    column = frame[name]
    expect.true(
        isinstance(column, pd.Series) and column.dtype.kind in "fiu",
        en=f"The column `{name}` must hold numbers.",
        ko=f"`{name}` 열에는 숫자가 들어 있어야 해요.",
    )
    return column.to_numpy(dtype=float)


def cloud(submission, expect):
    """The points of the map."""
    maps = [axes for axes in submission.figure("fig").axes if axes.scatters]
    expect.true(bool(maps), en="`fig` holds no scatter plot.", ko="`fig`에 산점도가 없어요.")
    points = max(maps[0].scatters, key=lambda points: points.offsets.size)
    expect.true(
        points.offsets.ndim == 2
        and points.offsets.shape[1] == 2
        and points.sizes.ndim == 1
        and {points.offsets.dtype.kind, points.sizes.dtype.kind} <= set("fiu"),
        en="The points of the scatter plot cannot be read.",
        ko="산점도의 점을 읽을 수 없어요.",
    )
    return points


def sorted_rows(*columns):
    """Rows of these columns in a fixed order, so that the order of drawing does not matter."""
    rows = np.column_stack(columns)
    return rows[np.lexsort(rows.T[::-1])]


@pytest.mark.points(2)
@pytest.mark.needs("test_three_new_columns")
@pytest.mark.hint(
    en="Start from `train_set`, not from `housing`, and drop no rows.",
    ko="`housing`이 아니라 `train_set`에서 시작하고, 행을 버리지 마세요.",
)
def test_training_rows_only(submission, hidden, expect):
    """`features` holds the training rows and no others.

    ko: `features`에는 훈련 데이터의 행만 있다.
    """
    features = submission.frame("features")
    expect.true(
        len(features) <= len(hidden.train),
        en=TEST_ROWS.en,
        ko=TEST_ROWS.ko,
    )
    expect.true(
        bool(features.index.sort_values().equals(hidden.train.index.sort_values())),
        en="These are not the rows (by index) of `train_set`: keep all of them, and their index.",
        ko="`train_set`의 행(인덱스)과 달라요. 모든 행과 인덱스를 그대로 두세요.",
    )
    for name in ("longitude", "median_house_value"):
        expected = hidden.train.loc[features.index, name].to_numpy()
        expect.close(numbers(features, name, expect), expected)


@pytest.mark.points(6)
@pytest.mark.needs("test_three_new_columns")
@pytest.mark.hint(
    en="First column divided by the second, row by row; the order matters.",
    ko="행마다 첫째 열을 둘째 열로 나누세요. 나누는 순서가 중요해요.",
)
def test_ratios(submission, expect):
    """The three ratios.

    ko: 비율 특성 세 개.
    """
    features = submission.frame("features")
    items = []
    for name, (above, below) in RATIOS.items():
        found = numbers(features, name, expect)
        top, bottom = numbers(features, above, expect), numbers(features, below, expect)
        with np.errstate(all="ignore"):
            right = np.allclose(found, top / bottom, rtol=1e-9, equal_nan=True)
            inverse = np.allclose(found, bottom / top, rtol=1e-9, equal_nan=True)
        items.append(
            (
                bool(right and len(found)),
                Text(
                    f"`{name}` is upside down." if inverse else f"`{name}` is not {above} / {below}.",
                    f"`{name}`의 분자와 분모가 바뀌었어요."
                    if inverse
                    else f"`{name}`이(가) {above} / {below}와 달라요.",
                ),
            )
        )
    expect.items(items)


def correlation(submission, name, expect):
    """One entry of the student's ``corr``."""
    corr = submission["corr"]
    expect.type(corr, pd.Series, what="corr")
    expect.true(
        bool(corr.index.is_unique) and name in corr.index,
        en=f"`corr` needs exactly one entry for `{name}`: every column that stands in `features` at the end has one.",
        ko=f"`corr`에 `{name}` 항목이 하나 있어야 해요. 완성된 `features`의 열이 모두 들어가야 해요.",
    )
    return corr[name]


@pytest.mark.points(4)
@pytest.mark.hint(
    en='`features.corr(numeric_only=True)["median_house_value"]`.',
    ko='`features.corr(numeric_only=True)["median_house_value"]`를 쓰세요.',
)
def test_correlations_with_the_target(submission, hidden, expect):
    """Correlations of the original columns with the house value.

    ko: 원래 열과 주택 가격의 상관계수.
    """
    for name in hidden.corr.index.drop(["median_house_value", *RATIOS]):
        found = correlation(submission, name, expect)
        everywhere = hidden.corr_all[name]
        leaked = isinstance(found, float) and abs(found - everywhere) < 1e-6 < abs(everywhere - hidden.corr[name])
        expect.close(found, hidden.corr[name], atol=1e-4, message=TEST_ROWS if leaked else None)


@pytest.mark.points(3)
@pytest.mark.needs("test_ratios")
@pytest.mark.hint(
    en="Compute the correlations after the ratios have been added.",
    ko="비율 열을 더한 다음에 상관계수를 계산하세요.",
)
def test_correlations_of_the_ratios(submission, hidden, expect):
    """Correlations of the ratios with the house value.

    ko: 비율 특성과 주택 가격의 상관계수.
    """
    for name in RATIOS:
        expect.close(correlation(submission, name, expect), hidden.corr[name], atol=1e-4)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="A map has the longitude (−124 to −114 here) on x and the latitude (32 to 42) on y.",
    ko="지도에서는 경도(여기서는 −124~−114)가 x축, 위도(32~42)가 y축이에요.",
)
def test_points_lie_on_the_map(submission, hidden, expect):
    """Each training district at its place: longitude on x, latitude on y.

    ko: 훈련 데이터의 구역이 제자리에 있다. x축은 경도, y축은 위도이다.
    """
    points = cloud(submission, expect)
    x, y = points.offsets[:, 0], points.offsets[:, 1]
    expect.true(
        not (len(x) and np.nanmin(x) > 0 > np.nanmax(y)),
        en="Latitude is on x: swap the two, so that north is up.",
        ko="위도가 x축에 있어요. 북쪽이 위로 오도록 두 축을 바꾸세요.",
    )
    expect.true(len(x) <= len(hidden.train), en=TEST_ROWS.en, ko=TEST_ROWS.ko)
    expected = sorted_rows(hidden.train["longitude"], hidden.train["latitude"])
    expect.close(sorted_rows(x, y), expected, atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.needs("test_points_lie_on_the_map")
@pytest.mark.hint(
    en="`s=` is an area in points²: the population divided by a constant.",
    ko="`s=`는 점의 넓이예요. 인구를 어떤 상수로 나눈 값을 주세요.",
)
def test_area_shows_the_population(submission, hidden, expect):
    """The area of a point is proportional to the population.

    ko: 점의 넓이는 인구에 비례한다.
    """
    points = cloud(submission, expect)
    sizes = points.sizes
    expect.true(
        len(sizes) == len(points.offsets) and bool((sizes > 0).all()),
        en="The points all have the same size.",
        ko="점의 크기가 모두 같아요.",
    )
    found = sorted_rows(points.offsets, sizes / sizes.sum())
    people = hidden.train["population"]
    expected = sorted_rows(hidden.train["longitude"], hidden.train["latitude"], people / people.sum())
    expect.close(
        found,
        expected,
        rtol=1e-6,
        message=Text(
            "The areas are not proportional to the population (`s` is an area, so no square and no root).",
            "점의 넓이가 인구에 비례하지 않아요. `s`는 넓이이므로 제곱이나 제곱근이 필요 없어요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.needs("test_points_lie_on_the_map")
@pytest.mark.hint(
    en="Pass the house values as `c=`, together with a colormap.",
    ko="주택 가격을 `c=`에 컬러맵과 함께 주세요.",
)
def test_colour_shows_the_house_value(submission, hidden, expect):
    """The colour of a point is the median house value.

    ko: 점의 색은 주택 가격의 중간값을 나타낸다.
    """
    points = cloud(submission, expect)
    message = Text(
        "The colours do not show the median house value.",
        "점의 색이 주택 가격의 중간값을 나타내지 않아요.",
    )
    values = points.values
    expect.true(
        values is not None and values.dtype.kind in "fiu" and values.size == len(points.offsets),
        en=message.en,
        ko=message.ko,
    )
    found = sorted_rows(points.offsets, np.asarray(values, dtype=float).ravel())
    train = hidden.train
    expected = sorted_rows(train["longitude"], train["latitude"], train["median_house_value"])
    expect.close(found, expected, rtol=1e-9, message=message)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`fig.colorbar(points, ax=ax)`, or `colorbar=True` in pandas.",
    ko="`fig.colorbar(points, ax=ax)`를 쓰세요. pandas라면 `colorbar=True`예요.",
)
def test_colour_bar(submission, expect):
    """A colour bar explains the colours.

    ko: 색을 설명하는 컬러바가 있다.
    """
    expect.true(
        any(axes.is_colorbar for axes in submission.figure("fig").axes),
        en="Colours without a colour bar tell nothing: add one.",
        ko="컬러바가 없으면 색의 뜻을 알 수 없어요. 컬러바를 추가하세요.",
    )
