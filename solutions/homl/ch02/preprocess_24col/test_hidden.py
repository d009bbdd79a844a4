"""Hidden checks of the preprocessing: each part's values, unseen categories, statistics from training rows only."""

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans

from grader.checks import Text

IMPUTED_LATE = Text(
    "The rows with a gap have the median of the ratios: fill in the counts first and divide then.",
    "빈칸이 있던 행에 비율의 중간값이 들어갔어요. 개수를 먼저 채운 다음 나누세요.",
)
UPSIDE_DOWN = Text(
    "This is the inverse ratio: the first column of the table divided by the second.",
    "비율이 뒤집혔어요. 표의 첫째 열을 둘째 열로 나누세요.",
)
NOT_STANDARD = Text(
    "The values are right but not standardised.",
    "값은 맞지만 표준화하지 않았어요.",
)
BATCH = Text(
    "The result for a row depends on which other rows are transformed with it: statistics belong to `fit`.",
    "어떤 행의 결과가 함께 변환한 다른 행에 따라 달라져요. 통계는 `fit`에서 구해야 해요.",
)
FROZEN = Text(
    "After a fit on other districts some columns do not have mean 0 and standard deviation 1: is each of them standardised "
    "with statistics from the rows of `fit`?",
    "다른 구역으로 훈련하면 평균이 0, 표준편차가 1이 되지 않는 열이 있어요. 그 열도 `fit`에 준 행의 통계로 표준화했나요?",
)
NAMES = Text(
    "The 24 output columns need 24 different names.",
    "출력 열 24개의 이름이 모두 달라야 해요.",
)
SIMILARITY = Text(
    "A similarity lies between 0 (far away) and 1 (at the centre).",
    "유사도는 0(아주 멂)과 1(중심과 같은 곳) 사이의 값이에요.",
)
NEAR = Text("the number of districts near a centre", "중심에 가까운 구역의 수")
DEGREES = Text(
    "The similarity is exp(-γ d²) with γ = 1, d being the distance in degrees: do not scale the coordinates.",
    "유사도는 exp(-γ d²)이고 γ = 1, d는 도 단위의 거리예요. 좌표의 스케일을 바꾸지 마세요.",
)
SPREAD = Text(
    "the spread of the districts around your centres, as a multiple of that of k-means",
    "k-평균의 몇 배인지로 나타낸, 중심 둘레에 구역이 퍼진 정도",
)
CENTRES = Text(
    "The centres are not where the districts gather: let `KMeans` find them.",
    "중심이 구역이 모여 있는 곳에 있지 않아요. `KMeans`로 중심을 찾으세요.",
)
FILLED_LATE = Text(
    "The gaps were filled after the logarithm: the median belongs to the counts themselves.",
    "로그를 구한 다음에 빈칸을 채웠어요. 개수 자체의 중간값으로 먼저 채우세요.",
)
NOT_MEDIAN = Text(
    "A gap should be treated like the median, or the most frequent category, of the rows of `fit`. Is a fixed value filled in, "
    "or is the gap filled only after the ratio?",
    "빈칸은 `fit`에 준 행의 중간값이나 최빈값과 똑같이 다루어야 해요. 정해 둔 값으로 채우거나 비율을 구한 뒤에 채우지 않았나요?",
)
FILLED_WITH_MEAN = Text(
    "The gaps are filled with the mean: fill them with the median.",
    "빈칸을 평균으로 채웠어요. 중간값으로 채우세요.",
)
LOG1P = Text(
    "This is the logarithm of 1 + x: the logarithm of x itself is wanted.",
    "1 + x의 로그예요. x 자체의 로그를 구하세요.",
)
OTHER_WIDTH = Text(
    "Where categories have gaps, there is another number of columns: has the gap become a category of its own?",
    "범주에 빈칸이 있으면 열의 개수가 달라져요. 빈칸이 하나의 범주가 되지 않았나요?",
)
UNSEEN = Text(
    "A category that was never seen in training gives zeros in all one-hot columns.",
    "훈련할 때 없던 범주는 모든 원-핫 열에서 0이 되어야 해요.",
)
RATIOS = {
    "bedrooms__ratio": ("total_bedrooms", "total_rooms"),
    "rooms_per_house__ratio": ("total_rooms", "households"),
    "people_per_house__ratio": ("population", "households"),
}
LOGS = ("total_bedrooms", "total_rooms", "population", "households", "median_income")
STANDARD = [*RATIOS, *(f"log__{name}" for name in LOGS), "age__housing_median_age"]


def fitted(submission, rows):
    """The submission's transformer after a fit on these rows."""
    return submission.estimator(submission.call("build_preprocessor", hold=True)).fit(rows)


def table(built, rows, expect, message=None):
    """What it makes of these rows, as a DataFrame by output name."""
    found, names = built.transform(rows), built.feature_names_out()
    expect.shape(found, (len(rows), 24), message=message)
    expect.dtype(found, "number")
    expect.same(len(set(names)), 24, message=NAMES)
    return pd.DataFrame(found.toarray() if hasattr(found, "toarray") else found, columns=names)


def standardised(values, by=None):
    """Standardise with the statistics of ``by`` (the values themselves by default)."""
    by = values if by is None else by
    return ((values - by.mean()) / by.std(ddof=0)).to_numpy()


@pytest.fixture
def prepared(submission, hidden, expect):
    """The training rows as the submission prepares them."""
    return table(fitted(submission, hidden.train), hidden.train, expect)


@pytest.mark.points(5)
@pytest.mark.hint(
    en="Impute with the median, divide the first column by the second, standardise: in this order.",
    ko="중간값으로 채우고, 첫째 열을 둘째 열로 나누고, 표준화하세요. 순서가 중요해요.",
)
def test_ratios(prepared, hidden, expect):
    """The three ratios.

    ko: 비율 특성 세 개.
    """
    filled = hidden.train.fillna(hidden.train.median(numeric_only=True))
    by_mean = hidden.train.fillna(hidden.train.mean(numeric_only=True))
    for name, (above, below) in RATIOS.items():
        late = hidden.train[above] / hidden.train[below]
        found, right = expect.column(prepared, name), filled[above] / filled[below]
        known = [
            (standardised(late.fillna(late.median())), IMPUTED_LATE),
            (standardised(by_mean[above] / by_mean[below]), FILLED_WITH_MEAN),
            (standardised(1.0 / right), UPSIDE_DOWN),
            (right.to_numpy(), NOT_STANDARD),
        ]
        expect.close(found, standardised(right), rtol=1e-6, atol=1e-9, mistakes=known)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="The natural logarithm, after imputation and before standardising.",
    ko="빈칸을 채운 다음 자연로그를 구하고, 그 뒤에 표준화하세요.",
)
def test_logarithms(prepared, hidden, expect):
    """The five logarithms.

    ko: 로그 특성 다섯 개.
    """
    filled = hidden.train.fillna(hidden.train.median(numeric_only=True))
    by_mean = hidden.train.fillna(hidden.train.mean(numeric_only=True))
    for name in LOGS:
        found = expect.column(prepared, f"log__{name}")
        known = [
            (
                standardised(filled[name]),
                Text("The logarithm is missing.", "로그를 취하지 않은 값이에요."),
            ),
            (standardised(np.log1p(filled[name])), LOG1P),
            (standardised(np.log(by_mean[name])), FILLED_WITH_MEAN),
            (np.log(filled[name]).to_numpy(), NOT_STANDARD),
        ]
        expect.close(found, standardised(np.log(filled[name])), rtol=1e-6, atol=1e-9, mistakes=known)


def centre_of(similarity, places):
    """Centre and coefficient of the square that explain one similarity column, and by how much they miss it.

    From ``-log s = gamma * (|x|² - 2 c·x + |c|²)``: a linear regression on ``|x|²``, ``x`` and 1.
    """
    # Very small similarities lose digits, so nearer districts decide.
    near = similarity > 1e-30
    x = places[near]
    design = np.column_stack([(x**2).sum(axis=1), x, np.ones(len(x))])
    coefficients, *_ = np.linalg.lstsq(design, -np.log(similarity[near]), rcond=None)
    gamma = coefficients[0]
    miss = np.abs(design @ coefficients + np.log(similarity[near])).max()
    return coefficients[1:-1] / (-2.0 * gamma if gamma else 1.0), gamma, miss


@pytest.mark.points(5)
@pytest.mark.hint(
    en="exp(-1·d²) with d the distance in degrees to each of ten k-means centres; do not scale the coordinates first.",
    ko="k-평균 중심 10개까지의 거리 d(도 단위)로 exp(-1·d²)를 계산하세요. 좌표를 먼저 표준화하지 마세요.",
)
def test_cluster_similarities(prepared, hidden, expect):
    """Similarities to ten cluster centres.

    ko: 클러스터 중심 열 개와의 유사도.
    """
    places = hidden.train[["latitude", "longitude"]].to_numpy()
    middle = places.mean(axis=0)
    centres = []
    for i in range(10):
        similarity = expect.column(prepared, f"geo__cluster_{i}")
        expect.between(similarity, 0, 1 + 1e-9, message=SIMILARITY)
        expect.at_least(int((similarity > 1e-30).sum()), 11, what=NEAR)
        centre, gamma, miss = centre_of(similarity, places - middle)
        expect.close(gamma, 1.0, rtol=0, atol=1e-3, message=DEGREES)
        expect.close(miss, 0.0, rtol=0, atol=1e-3, message=DEGREES)
        centres.append(centre + middle)
    centres = np.array(centres)
    spread = (((places[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2)).min(axis=1).sum()
    best = KMeans(10, n_init=10, random_state=0).fit(places).inertia_
    expect.at_most(spread / best, 1.25, what=SPREAD, message=CENTRES, measured=True)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="One column of zeros and ones for each category.",
    ko="범주마다 0과 1로 된 열이 하나씩 있어야 해요.",
)
def test_one_hot(prepared, hidden, expect):
    """One-hot columns of the ocean proximity.

    ko: 바다와의 거리를 나타내는 원-핫 열.
    """
    for name in hidden.categories:
        found = expect.column(prepared, f"cat__ocean_proximity_{name}")
        expect.close(found, (hidden.train["ocean_proximity"] == name).to_numpy(dtype=float), atol=1e-9)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Look at the parameter `handle_unknown` of OneHotEncoder.",
    ko="OneHotEncoder의 `handle_unknown` 매개변수를 살펴보세요.",
)
def test_unseen_category(submission, hidden, expect):
    """A category that training never saw.

    ko: 훈련할 때 없던 범주.
    """
    strange = hidden.test.head(20).assign(ocean_proximity="LAKESIDE")
    built = fitted(submission, hidden.train)
    with expect.explains(Exception, UNSEEN):
        prepared = table(built, strange, expect)
    for name in hidden.categories:
        expect.close(expect.column(prepared, f"cat__ocean_proximity_{name}"), np.zeros(20), atol=1e-9, message=UNSEEN)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Impute and standardise the age like the other numbers.",
    ko="주택 연령도 다른 숫자처럼 빈칸을 채우고 표준화하세요.",
)
def test_age(submission, hidden, expect):
    """The age of the houses, standardised, gaps filled.

    ko: 주택 연령을 표준화하고 빈칸을 채운다.
    """
    train = hidden.train.copy()
    train.iloc[::50, train.columns.get_loc("housing_median_age")] = np.nan
    prepared = table(fitted(submission, train), train, expect)
    filled = train["housing_median_age"].fillna(train["housing_median_age"].median())
    expect.close(expect.column(prepared, "age__housing_median_age"), standardised(filled), rtol=1e-6, atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.needs("test_logarithms", "test_one_hot")
@pytest.mark.hint(
    en="A SimpleImputer comes first in every pipeline: the median of the counts, the most frequent category.",
    ko="파이프라인마다 SimpleImputer가 맨 앞이에요. 개수는 중간값으로, 범주는 최빈값으로 채우세요.",
)
def test_gaps_are_filled_first(submission, hidden, expect):
    """Gaps are filled before the logarithm and before the categories become columns.

    ko: 로그를 구하거나 범주를 열로 바꾸기 전에 빈칸을 채운다.
    """
    # With an even number of households left, the median of the logarithms is another one.
    few = hidden.train.groupby("ocean_proximity").head(8).copy()
    few.iloc[: len(few) - 20, few.columns.get_loc("households")] = np.nan
    # Other medians and another most frequent category than in the file, so that no fixed value fits.
    few["total_bedrooms"] *= 3
    few["housing_median_age"] += 100
    few.iloc[5:14, few.columns.get_loc("total_bedrooms")] = np.nan
    few.iloc[1:9, few.columns.get_loc("housing_median_age")] = np.nan
    elsewhere = np.flatnonzero(few["ocean_proximity"] != "NEAR BAY")
    few.iloc[elsewhere[::4], few.columns.get_loc("ocean_proximity")] = np.nan
    built = fitted(submission, few)
    prepared = table(built, few, expect, message=OTHER_WIDTH)
    logs, households = np.log(few["households"]), np.log(few["households"].fillna(few["households"].median()))
    known = [(standardised(logs.fillna(logs.median())), FILLED_LATE)]
    found = expect.column(prepared, "log__households")
    expect.close(found, standardised(households), rtol=1e-6, atol=1e-9, mistakes=known)
    filled = few["ocean_proximity"].fillna(few["ocean_proximity"].mode()[0])
    no_gaps = few.fillna(few.median(numeric_only=True)).assign(ocean_proximity=filled)
    expect.frame(prepared, table(built, no_gaps, expect), rtol=1e-6, atol=1e-9, message=NOT_MEDIAN)
    for name in filled.unique():
        found = expect.column(prepared, f"cat__ocean_proximity_{name}")
        expect.close(found, (filled == name).to_numpy(dtype=float), atol=1e-9)


@pytest.mark.points(5)
@pytest.mark.needs("test_no_gaps_in_the_result")
@pytest.mark.hint(
    en="Every mean, median and centre comes from the rows that `fit` sees; `transform` only applies them.",
    ko="평균, 중간값, 중심은 모두 `fit`에 들어온 행에서 구하고 `transform`은 적용만 해야 해요.",
)
def test_statistics_come_from_the_training_rows(submission, hidden, expect, rng):
    """Statistics come from the rows of `fit` alone.

    ko: 통계는 `fit`에 준 행에서만 구한다.
    """
    built = fitted(submission, hidden.train)

    def beside(train, others):
        return table(built, pd.concat([train, others]), expect).head(len(train))

    expect.no_leak(beside, hidden.train, hidden.test, depends=False, message=BATCH)
    alone, few = table(built, hidden.train, expect).head(3), table(built, hidden.train.head(3), expect)
    expect.frame(few, alone, rtol=1e-6, atol=1e-6, message=BATCH)
    # Fitted on rows far away, the same names must be centred on those.
    far = hidden.test.copy()
    far[[*LOGS]] *= rng.uniform(20, 90, size=5)
    far["housing_median_age"] += 1000.0
    far["ocean_proximity"] = np.resize(hidden.categories, len(far))  # each one, the rare one too
    other = table(fitted(submission, far), far, expect)
    for name in STANDARD:
        values = expect.column(other, name)
        expect.close([values.mean(), values.std()], [0.0, 1.0], atol=1e-3, message=FROZEN)


@pytest.mark.points(2)
@pytest.mark.needs("test_no_gaps_in_the_result")
@pytest.mark.hint(
    en="Give `KMeans` a fixed `random_state`, and let nothing else draw random numbers.",
    ko="`KMeans`의 `random_state`를 고정하고, 다른 곳에서는 난수를 쓰지 마세요.",
)
def test_same_rows_give_the_same_columns(submission, hidden, expect):
    """Two fits on the same rows agree; the target plays no part.

    ko: 같은 행으로 두 번 훈련하면 결과가 같고, 타깃은 영향을 주지 않는다.
    """
    one = table(fitted(submission, hidden.train), hidden.test, expect)
    with_target = hidden.train.assign(median_house_value=hidden.value)
    built = fitted(submission, with_target)
    expect.shape(
        built.transform(hidden.test.assign(median_house_value=0.0)),
        one.shape,
        message=Text(
            "A table that has the target as well gives other columns: keep only the columns that are named.",
            "타깃이 들어 있는 표를 주면 열이 달라져요. 이름을 지정한 열만 남기세요.",
        ),
    )
    two = table(built, hidden.test.assign(median_house_value=0.0), expect)
    expect.frame(
        two,
        one,
        rtol=1e-6,
        atol=1e-9,
        message=Text(
            "Two fits on the same rows give different columns: something draws random numbers without a fixed seed.",
            "같은 행으로 두 번 훈련했는데 열이 달라요. 시드를 고정하지 않고 난수를 쓰는 곳이 있어요.",
        ),
    )
