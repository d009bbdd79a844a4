"""Hidden checks of the map and the ratio features: rows, ratios, correlations, and each encoding of the map."""

import numpy as np
import pytest

from grader.checks import Text

RATIOS = {
    "rooms_per_house": ("total_rooms", "households"),
    "bedrooms_ratio": ("total_bedrooms", "total_rooms"),
    "people_per_house": ("population", "households"),
}
TEST_ROWS = Text(
    "Rows of the test set are in it: use `train_set` only.",
    "테스트 세트의 행이 들어 있어요. `train_set`만 쓰세요.",
)


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
    expect.true(len(features) <= len(hidden.train), message=TEST_ROWS)
    others = Text(
        "These are not the rows (by index) of `train_set`: keep all of them, and their index.",
        "`train_set`의 행(인덱스)과 달라요. 모든 행과 인덱스를 그대로 두세요.",
    )
    for name in ("longitude", "median_house_value"):
        expect.series(features[name], hidden.train[name], index="sorted", message=others)


@pytest.mark.points(2)
@pytest.mark.needs("test_three_new_columns")
@pytest.mark.hint(
    en="First column divided by the second, row by row; the order matters.",
    ko="행마다 첫째 열을 둘째 열로 나누세요. 나누는 순서가 중요해요.",
)
@pytest.mark.parametrize("name", RATIOS)
def test_ratios(submission, hidden, expect, name):
    """A ratio.

    ko: 비율 특성.
    """
    features = submission.frame("features")
    dropped = Text(
        "Rows of `train_set` are missing in `features`: keep those with missing values too.",
        "`features`에 `train_set`의 행이 모자라요. 결측값이 있는 행도 그대로 두세요.",
    )
    expect.true(len(features) >= len(hidden.train), message=dropped)
    # Which rows these should be is asked above: here it may be all of them, in any order.
    rows = hidden.all if len(features) > len(hidden.train) else hidden.train
    above, below = RATIOS[name]
    message = Text(f"`{name}` is not {above} / {below}.", f"`{name}`이(가) {above} / {below}와 달라요.")
    inverse = Text(f"`{name}` is upside down.", f"`{name}`의 분자와 분모가 바뀌었어요.")
    wrong = [(np.sort(1 / rows[name]), inverse)]
    found = np.sort(expect.column(features, name))
    expect.close(found, np.sort(rows[name]), rtol=1e-9, message=message, mistakes=wrong)


INCOMPLETE = Text(
    "Every column of numbers that stands in `features` at the end has one entry in `corr`.",
    "완성된 `features`에서 숫자로 된 열은 모두 `corr`에 하나씩 들어가야 해요.",
)


def other_correlations(hidden, names):
    """What usual mistakes make of the correlations."""
    complete = hidden.train.dropna().corr(numeric_only=True)["median_house_value"]
    ranks = hidden.train.corr(method="spearman", numeric_only=True)["median_house_value"]
    dropped = Text(
        "Rows with a missing value were left out of every column: keep them, `corr` leaves them out where it has to.",
        "결측값이 있는 행을 모든 열에서 뺐어요. 그대로 두면 `corr`가 필요한 곳에서만 빼요.",
    )
    of_ranks = Text(
        "These are correlations of ranks (Spearman); the ordinary one (Pearson), the default, is wanted.",
        "순위의 상관계수(스피어만)예요. 기본값인 보통의 상관계수(피어슨)를 구하세요.",
    )
    return [(hidden.corr_all[names], TEST_ROWS), (complete[names], dropped), (ranks[names], of_ranks)]


@pytest.mark.points(4)
@pytest.mark.hint(
    en='`features.corr(numeric_only=True)["median_house_value"]`.',
    ko='`features.corr(numeric_only=True)["median_house_value"]`를 쓰세요.',
)
def test_correlations_with_the_target(submission, hidden, expect):
    """Correlations of the original columns with the house value.

    ko: 원래 열과 주택 가격의 상관계수.
    """
    names = [*hidden.corr.index.drop(["median_house_value", *RATIOS])]
    found = expect.values_at(submission["corr"], names, what="corr")
    expect.close(found, hidden.corr[names], atol=1e-4, mistakes=other_correlations(hidden, names))


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
    found = expect.values_at(submission["corr"], [*RATIOS], what="corr", message=INCOMPLETE)
    expect.close(found, hidden.corr[[*RATIOS]], atol=1e-4, mistakes=other_correlations(hidden, [*RATIOS]))


@pytest.mark.points(3)
@pytest.mark.hint(
    en="A map has the longitude (−124 to −114 here) on x and the latitude (32 to 42) on y.",
    ko="지도에서는 경도(여기서는 −124~−114)가 x축, 위도(32~42)가 y축이에요.",
)
def test_points_lie_on_the_map(submission, hidden, expect):
    """Each training district at its place: longitude on x, latitude on y.

    ko: 훈련 데이터의 구역이 제자리에 있다. x축은 경도, y축은 위도이다.
    """
    train = hidden.train
    expect.scatter(submission.figure("fig"), x=train["longitude"], y=train["latitude"])


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
    train = hidden.train
    expect.scatter(submission.figure("fig"), train["longitude"], train["latitude"], area=train["population"])


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
    train = hidden.train
    expect.scatter(submission.figure("fig"), train["longitude"], train["latitude"], color=train["median_house_value"])


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`fig.colorbar(points, ax=ax)`, or `colorbar=True` in pandas.",
    ko="`fig.colorbar(points, ax=ax)`를 쓰세요. pandas라면 `colorbar=True`예요.",
)
def test_colour_bar(submission, expect):
    """A colour bar explains the colours.

    ko: 색을 설명하는 컬러바가 있다.
    """
    expect.figure(submission.figure("fig"), "scatter", colorbar=True)
