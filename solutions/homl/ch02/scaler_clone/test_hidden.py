"""Hidden checks of the scaler: values against StandardScaler, edge cases, names, scikit-learn's conventions."""

import numpy as np
import pandas as pd
import pytest
from sklearn.preprocessing import StandardScaler

from grader.checks import Text

DDOF = Text(
    "The standard deviation is off by the factor √(n/(n−1)): use ddof=0, that is, divide by n.",
    "표준편차가 √(n/(n−1))배만큼 달라요. ddof=0, 곧 n으로 나누어 구하세요.",
)
WHOLE = Text(
    "Mean and deviation are those of the whole matrix: take them for each column (axis=0).",
    "행렬 전체의 평균과 표준편차를 쓴 것 같아요. 열마다(axis=0) 구하세요.",
)
VARIANCE = Text(
    "The columns are divided by the variance: its square root, the standard deviation, is wanted.",
    "열을 분산으로 나누었어요. 분산의 제곱근인 표준편차로 나누세요.",
)
CENTRED_ONLY = Text(
    "The columns are not divided by their standard deviation, so that the unit still shows.",
    "열을 표준편차로 나누지 않아서 단위에 따라 결과가 달라져요.",
)
OWN_MEAN = Text(
    "New rows were scaled with their own mean, not with the one that `fit` learnt.",
    "새로운 행을 `fit`에서 구한 평균이 아니라 그 행들의 평균으로 변환했어요.",
)
UNCHANGED = Text("The data comes back unchanged.", "데이터가 그대로 돌아왔어요.")
CENTRED = Text(
    "With with_mean=False the mean must not be subtracted.",
    "with_mean=False일 때는 평균을 빼면 안 돼요.",
)
SET_LATER = Text(
    "with_mean=False set by `set_params`, as a grid search does, has no effect: read `self.with_mean` where you need it.",
    "그리드 서치처럼 `set_params`로 with_mean=False를 주면 효과가 없어요. 필요한 곳마다 `self.with_mean`을 읽으세요.",
)
ONE_COLUMN = Text(
    "Data with fewer columns than `fit` saw should be refused with ValueError, also where NumPy would stretch one column.",
    "`fit`에서 본 것보다 열이 적은 데이터는 ValueError로 거절해야 해요. 넘파이가 열 하나를 늘려 계산해 주더라도요.",
)
GAPS = Text(
    "Data with gaps (NaN) should be refused with ValueError: `validate_data` does that.",
    "빈칸(NaN)이 있는 데이터는 ValueError로 거절해야 해요. `validate_data`가 그렇게 해 줘요.",
)


def table(rng, n_rows=40, n_columns=4):
    """Columns of very different size and place."""
    return rng.normal(size=(n_rows, n_columns)) * 10.0 ** np.arange(n_columns) + rng.uniform(-50, 50, n_columns)


def wrong_results(seen, given):
    """What the usual mistakes of a scaler that was fitted on ``seen`` make of ``given``."""
    return [
        ((given - seen.mean(axis=0)) / seen.std(axis=0, ddof=1), DDOF),
        ((given - seen.mean()) / seen.std(), WHOLE),
        ((given - seen.mean(axis=0)) / seen.var(axis=0), VARIANCE),
        ((given - given.mean(axis=0)) / seen.std(axis=0), OWN_MEAN),
        ((given - given.mean(axis=0)) / given.std(axis=0), OWN_MEAN),
        (given, UNCHANGED),
    ]


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Divide by the spread of each column: whoever measures in centimetres has a spread that is a hundred times as large.",
    ko="열마다 퍼진 정도로 나누세요. 센티미터로 재면 퍼진 정도도 백 배가 돼요.",
)
def test_units_do_not_matter(submission, expect, rng):
    """In metres or in centimetres, the result is the same and keeps the order of the rows.

    ko: 미터로 재든 센티미터로 재든 결과가 같고 행의 크기 순서도 그대로이다.
    """
    metres = np.sort(rng.normal(size=(12, 1)), axis=0)
    centimetres = 100.0 * metres
    scaled, other = (submission.estimator("ScalerClone").fit(rows).transform(rows) for rows in (metres, centimetres))
    expect.increasing(expect.array(scaled, (12, 1))[:, 0], strict=True)
    expect.close(other, scaled, rtol=1e-9, atol=1e-9, mistakes=[(scaled / 100, VARIANCE), (100 * scaled, CENTRED_ONLY)])


@pytest.mark.points(4)
@pytest.mark.hint(
    en="New rows are scaled with what `fit` learnt from the training rows, not with their own mean.",
    ko="새로운 행은 그 행들의 평균이 아니라 `fit`에서 구한 훈련 데이터의 통계로 변환해야 해요.",
)
def test_values_as_standard_scaler(submission, expect, rng):
    """The values of StandardScaler, on the training rows and on new ones.

    ko: 훈련 데이터와 새 데이터에서 StandardScaler와 값이 같다.
    """
    seen, new = table(rng), table(rng, n_rows=7)
    scaler, expected = submission.estimator("ScalerClone").fit(seen), StandardScaler().fit(seen)
    for given in (seen, new):
        found, right = scaler.transform(given), expected.transform(given)
        expect.close(found, right, rtol=1e-9, atol=1e-9, mistakes=wrong_results(seen, given))


@pytest.mark.points(1)
@pytest.mark.needs("test_values_as_standard_scaler")
@pytest.mark.hint(
    en="`fit` stores one mean and one scale for each column, as arrays of shape (n_features,).",
    ko="`fit`은 열마다 평균과 표준편차를 하나씩, 크기가 (n_features,)인 배열로 저장해요.",
)
def test_learnt_attributes(submission, expect, rng):
    """`mean_` and `scale_` hold what was learnt.

    ko: `mean_`과 `scale_`에 학습한 값이 들어 있다.
    """
    seen = table(rng)
    scaler = submission.estimator("ScalerClone").fit(seen)
    expect.fitted(scaler, {"mean_": seen.mean(axis=0), "scale_": seen.std(axis=0)}, rtol=1e-9)


@pytest.mark.points(3)
@pytest.mark.needs("test_values_as_standard_scaler")
@pytest.mark.hint(
    en="`with_mean=False` leaves out the centring in both directions.",
    ko="`with_mean=False`이면 변환할 때도 되돌릴 때도 평균을 쓰지 않아요.",
)
def test_without_mean(submission, expect, rng):
    """`with_mean=False` divides without centring.

    ko: `with_mean=False`이면 평균을 빼지 않고 나누기만 한다.
    """
    seen = table(rng)
    scaler = submission.estimator("ScalerClone", with_mean=False).fit(seen)
    scaled = scaler.transform(seen)
    expected = seen / seen.std(axis=0)
    expect.close(scaled, expected, rtol=1e-9, atol=1e-9, message=CENTRED)
    expect.close(scaler.call("inverse_transform", expected), seen, rtol=1e-9, atol=1e-9, message=CENTRED)
    later = submission.estimator("ScalerClone")
    later.call("set_params", with_mean=False, hold=True)
    expect.close(later.fit(seen).transform(seen), expected, rtol=1e-9, atol=1e-9, message=SET_LATER)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Set `scale_` to 1 wherever a column never changes.",
    ko="값이 변하지 않는 열의 `scale_`은 1로 두세요.",
)
def test_constant_columns(submission, expect, rng):
    """A constant column becomes zeros.

    ko: 값이 모두 같은 열은 0이 된다.
    """
    seen = np.column_stack([rng.normal(size=11), np.full(11, 7.0), np.zeros(11), np.full(11, 0.1)])
    scaler = submission.estimator("ScalerClone").fit(seen)
    scaled = scaler.transform(seen)
    message = Text(
        "A column that never changes has a standard deviation of 0 (or 1e-17 through rounding): divide it by 1 instead.",
        "값이 변하지 않는 열은 표준편차가 0이에요(반올림 때문에 1e-17일 수도 있어요). 그때는 1로 나누세요.",
    )
    expect.finite(scaled, message=message)
    later = scaler.transform(seen + 3.0)
    higher = Text(
        "Where such a column is 3 higher than in training, the result should be 3: subtract what `fit` learnt, divide by 1.",
        "그런 열의 값이 훈련 데이터보다 3만큼 크면 결과는 3이어야 해요. `fit`에서 구한 평균을 빼고 1로 나누세요.",
    )
    for found, value, said in ((scaled, 0.0, message), (later, 3.0, higher)):
        constant = expect.array(found, seen.shape)[:, 1:]
        expect.close(constant, np.full((11, 3), value), atol=1e-9, message=said)
    ones = Text(
        "`scale_` itself should hold a 1 for a column that never changes.",
        "값이 변하지 않는 열에서는 `scale_`에 1이 들어 있어야 해요.",
    )
    expect.close(expect.array(scaler.get("scale_"), (4,))[1:], np.ones(3), message=ones)
    tiny = 1e-9 * seen[:, :1]
    changing = Text(
        "A column of tiny numbers that differ is not constant: divide it by its standard deviation, however small.",
        "값이 아주 작아도 서로 다르면 변하지 않는 열이 아니에요. 표준편차가 아무리 작아도 그것으로 나누세요.",
    )
    found = submission.estimator("ScalerClone").fit(tiny).transform(tiny)
    expect.true(float(np.std(expect.array(found, tiny.shape))) > 0.5, message=changing)


@pytest.mark.points(2)
@pytest.mark.needs("test_units_do_not_matter")
@pytest.mark.hint(
    en="Write `X = X - self.mean_`, which makes a new array; `X -= self.mean_` writes into the caller's.",
    ko="`X = X - self.mean_`은 새 배열을 만들고, `X -= self.mean_`은 넘겨받은 배열을 고쳐요.",
)
def test_input_stays_as_it_is(submission, expect, rng):
    """The caller's array does not change.

    ko: 넘겨받은 배열은 바뀌지 않는다.
    """
    values = table(rng)
    message = Text(
        "The array that was passed in has changed: compute a new one.",
        "넘겨받은 배열의 값이 바뀌었어요. 새 배열을 만들어 계산하세요.",
    )
    # What a call returns and is held lives on the submission's side: it can be passed in and looked at afterwards.
    scaler = submission.estimator("ScalerClone").fit(values)
    held = scaler.call("inverse_transform", np.zeros_like(values), hold=True)
    before = held.call("copy")
    for method in ("fit", "transform", "inverse_transform"):
        scaler.call(method, held, hold=True)
        expect.unchanged(before, held.call("copy"), message=message)


@pytest.mark.points(3)
@pytest.mark.needs("test_units_do_not_matter")
@pytest.mark.hint(
    en="`validate_data` keeps a frame's column names in `feature_names_in_`; without them answer x0, x1, …",
    ko="`validate_data`가 DataFrame의 열 이름을 `feature_names_in_`에 넣어 줘요. 이름이 없으면 x0, x1, …로 답하세요.",
)
def test_feature_names(submission, expect, rng):
    """Names of the output columns.

    ko: 출력 열의 이름.
    """
    frame = pd.DataFrame(table(rng, 9, 3), columns=["lights", "windows", "doors"])
    named = submission.estimator("ScalerClone").fit(frame)
    own = Text(
        "After a fit on a DataFrame the output columns should bear its column names.",
        "DataFrame으로 훈련했다면 출력 열의 이름은 그 DataFrame의 열 이름이어야 해요.",
    )
    expect.same(named.feature_names_out(), list(frame.columns), message=own)
    others = Text(
        "Names that are not those of the fit must be refused with ValueError.",
        "훈련할 때와 다른 이름이 들어오면 ValueError를 일으켜야 해요.",
    )
    with expect.raises("ValueError", message=others):
        named.call("get_feature_names_out", ["doors", "windows", "lights"])
    plain = submission.estimator("ScalerClone").fit(frame.to_numpy())
    expect.same(plain.feature_names_out(), ["x0", "x1", "x2"])
    with expect.raises("ValueError"):
        plain.call("get_feature_names_out", ["only one"])
    expect.same(plain.call("get_feature_names_out", ["lights", "windows", "doors"]), ["lights", "windows", "doors"])


@pytest.mark.points(2)
@pytest.mark.needs("test_units_do_not_matter")
@pytest.mark.hint(
    en="Begin `transform` with `check_is_fitted(self)`, and create `mean_` and `scale_` only in `fit`.",
    ko="`transform`을 `check_is_fitted(self)`로 시작하고, `mean_`과 `scale_`은 `fit`에서만 만드세요.",
)
def test_unfitted_scaler_refuses(submission, expect, rng):
    """`transform` before `fit` raises NotFittedError.

    ko: `fit`하기 전에 `transform`을 부르면 NotFittedError가 난다.
    """
    scaler = submission.estimator("ScalerClone")
    with expect.raises("NotFittedError"):
        scaler.transform(table(rng))


@pytest.mark.points(4)
@pytest.mark.needs("test_units_do_not_matter")
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en='Run `check_estimator(ScalerClone(), on_fail=None)` yourself and look at the results whose status is "failed".',
    ko='`check_estimator(ScalerClone(), on_fail=None)`을 직접 실행하고 상태가 "failed"인 결과를 살펴보세요.',
)
def test_conventions(submission, expect, rng):
    """scikit-learn's conventions, item by item.

    ko: 사이킷런의 규칙을 항목별로 지킨다.
    """
    values = table(rng)
    scaler = submission.estimator("ScalerClone").fit(values)
    expect.estimator(scaler, "transformer", values)
    with expect.raises("ValueError", message=ONE_COLUMN):
        scaler.transform(values[:, :1])
    values[3, 1] = np.nan
    with expect.raises("ValueError", message=GAPS):
        submission.estimator("ScalerClone").fit(values)
