"""Hidden checks of the scaler: other tables, edge cases, names, scikit-learn's conventions."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import Text


def table(rng, n_rows=40, n_columns=4):
    """Columns of very different size and place."""
    return rng.normal(size=(n_rows, n_columns)) * 10.0 ** np.arange(n_columns) + rng.uniform(-50, 50, n_columns)


def fitted(code, rows, **params):
    return code.estimator("ScalerClone", **params).fit(rows)


@pytest.mark.points(1)
def test_units_do_not_matter(expect, rng):
    """In metres or in centimetres, the result is the same and keeps the order of the rows.

    ko: 미터로 재든 센티미터로 재든 결과가 같고 행의 크기 순서도 그대로이다.
    asks: For each column, `fit` learns the mean $\\mu$ and the standard deviation $\\sigma$
    asks-ko: `fit`은 열마다 훈련 데이터의 평균 $\\mu$와 표준편차 $\\sigma$를 구하고
    hint: Divide by the spread of each column: whoever measures in centimetres has a spread that is a hundred times as
        large.
    hint-ko: 열마다 퍼진 정도로 나누세요. 센티미터로 재면 퍼진 정도도 백 배가 돼요.
    """
    metres = np.sort(rng.normal(size=(12, 1)), axis=0)

    def ratio_and_order(code):
        scaled, other = (expect.array(fitted(code, x).transform(x), (12, 1))[:, 0] for x in (metres, 100 * metres))
        return {"centimetres to metres": other / scaled, "rising": np.diff(scaled) > 0}

    expect.agree(ratio_and_order, {"centimetres to metres": np.ones(12), "rising": np.full(11, True)})


@pytest.mark.points(4)
@pytest.mark.needs("test_values_by_hand")
def test_values_as_standard_scaler(expect, rng):
    """The values of StandardScaler, on the training rows and on new ones.

    ko: 훈련 데이터와 새 데이터에서 StandardScaler와 값이 같다.
    asks: a clone of `StandardScaler`
    asks-ko: `StandardScaler`를 따라 만들면서
    hint: New rows are scaled with what `fit` learnt from the training rows, not with their own mean.
    hint-ko: 새로운 행은 그 행들의 평균이 아니라 `fit`에서 구한 훈련 데이터의 통계로 변환해야 해요.
    """
    seen, new = table(rng), table(rng, n_rows=7)
    for rows in (seen, new):
        expect.agree(lambda code, rows=rows: fitted(code, seen).transform(rows))


@pytest.mark.points(1)
@pytest.mark.needs("test_values_as_standard_scaler")
def test_learnt_attributes(expect, rng):
    """`mean_` and `scale_` hold what was learnt.

    ko: `mean_`과 `scale_`에 학습한 값이 들어 있다.
    asks: learns `mean_` and `scale_` (both of shape `(n_features,)`)
    asks-ko: `mean_`과 `scale_`(둘 다 크기 `(n_features,)`)을 구한 다음
    hint: `fit` stores one mean and one scale for each column, as arrays of shape (n_features,).
    hint-ko: `fit`은 열마다 평균과 표준편차를 하나씩, 크기가 (n_features,)인 배열로 저장해요.
    """
    seen = table(rng)
    expect.agree(lambda code: {name: fitted(code, seen).attr(name) for name in ("mean_", "scale_")})


@pytest.mark.points(3)
@pytest.mark.needs("test_values_as_standard_scaler")
def test_without_mean(expect, rng):
    """`with_mean=False` divides without centring.

    ko: `with_mean=False`이면 평균을 빼지 않고 나누기만 한다.
    asks: With `with_mean=False` the data is divided by $\\sigma$ but not centred
    asks-ko: `with_mean=False`이면 평균을 빼지 않고 $\\sigma$로 나누기만 합니다
    hint: `with_mean=False` leaves out the centring in both directions.
    hint-ko: `with_mean=False`이면 변환할 때도 되돌릴 때도 평균을 쓰지 않아요.
    """
    seen, scaled = table(rng), rng.normal(size=(5, 4))

    def set_later(code):
        scaler = code.estimator("ScalerClone")
        scaler.call("set_params", with_mean=False, hold=True)
        return scaler.fit(seen).transform(seen)

    expect.agree(lambda code: fitted(code, seen, with_mean=False).transform(seen))
    expect.agree(lambda code: fitted(code, seen, with_mean=False).call("inverse_transform", scaled))
    expect.agree(set_later)


@pytest.mark.points(3)
def test_constant_columns(expect, rng):
    """A constant column becomes zeros.

    ko: 값이 모두 같은 열은 0이 된다.
    asks: Its `scale_` is 1, so that it becomes all zeros and not `NaN`
    asks-ko: 이때 `scale_`을 1로 두면 결과가 `NaN`이 아니라 0이 됩니다
    hint: Set `scale_` to 1 wherever a column never changes.
    hint-ko: 값이 변하지 않는 열의 `scale_`은 1로 두세요.
    """
    changing, n = rng.normal(size=(11, 1)), 11
    seen, awkward = np.column_stack([changing, np.full(n, 7.0), np.zeros(n)]), np.full((n, 2), (0.1, 0.7))

    def constant_columns(code):
        scaler = fitted(code, seen)
        scaled = [expect.array(scaler.transform(rows), (n, 3))[:, 1:] for rows in (seen, seen + 3)]
        return [*scaled, expect.array(scaler.get("scale_"), (3,))[1:]]

    def tiny_ratio(code):
        rows, tiny = (expect.array(fitted(code, x).transform(x), (n, 1)) for x in (changing, 1e-9 * changing))
        return tiny / rows

    expect.agree(constant_columns, [np.zeros((n, 2)), np.full((n, 2), 3.0), np.ones(2)])
    # With rounding, a deviation of 1e-17 stands for none; how large it is says nothing.
    expect.agree(lambda code: np.allclose(fitted(code, awkward).transform(awkward + 3), 3), True)
    expect.agree(tiny_ratio, np.ones((n, 1)))


@pytest.mark.points(2)
@pytest.mark.needs("test_units_do_not_matter")
def test_input_stays_as_it_is(expect, rng):
    """The caller's array does not change.

    ko: 넘겨받은 배열은 바뀌지 않는다.
    asks: the array of the caller stays as it is
    asks-ko: 넘겨받은 배열은 그대로 두어야 합니다
    hint: Write `X = X - self.mean_`, which makes a new array; `X -= self.mean_` writes into the caller's.
    hint-ko: `X = X - self.mean_`은 새 배열을 만들고, `X -= self.mean_`은 넘겨받은 배열을 고쳐요.
    """
    rows = table(rng)
    message = Text("The array that was passed in has changed.", "넘겨받은 배열의 값이 바뀌었어요.")

    def stays(code):
        scaler, held = fitted(code, rows), code.hold(rows)
        for method in ("fit", "transform", "inverse_transform"):
            scaler.call(method, held, hold=True)
        return np.array_equal(held.call("copy"), rows)

    expect.agree(stays, True, message=message)


@pytest.mark.points(3)
@pytest.mark.needs("test_units_do_not_matter")
def test_feature_names(expect, rng):
    """Names of the output columns.

    ko: 출력 열의 이름.
    asks: After a fit on a DataFrame these are its column names, otherwise `x0`, `x1`, …
    asks-ko: DataFrame으로 훈련했으면 그 열 이름이고, 아니면 `x0`, `x1`, …입니다
    hint: `validate_data` keeps a frame's column names in `feature_names_in_`; without them answer x0, x1, …
    hint-ko: `validate_data`가 DataFrame의 열 이름을 `feature_names_in_`에 넣어 줘요. 이름이 없으면 x0, x1, …로 답하세요.
    """
    names = ["lights", "windows", "doors"]
    frame = pd.DataFrame(table(rng, 9, 3), columns=names)
    expect.agree(lambda code: fitted(code, frame).feature_names_out(), names)
    expect.agree(lambda code: fitted(code, frame.to_numpy()).feature_names_out(), ["x0", "x1", "x2"])
    for rows, given in ((frame, names[::-1]), (frame.to_numpy(), names), (frame.to_numpy(), ["only one"])):
        expect.agree(lambda code, X=rows, given=given: list(fitted(code, X).call("get_feature_names_out", given)))


@pytest.mark.points(2)
@pytest.mark.needs("test_units_do_not_matter")
def test_unfitted_scaler_refuses(expect, rng):
    """`transform` before `fit` raises NotFittedError.

    ko: `fit`하기 전에 `transform`을 부르면 NotFittedError가 난다.
    asks: `transform` before `fit` raises `NotFittedError`
    asks-ko: `fit`보다 먼저 `transform`을 부르면 `NotFittedError`가 나야 합니다
    hint: Begin `transform` with `check_is_fitted(self)`, and create `mean_` and `scale_` only in `fit`.
    hint-ko: `transform`을 `check_is_fitted(self)`로 시작하고, `mean_`과 `scale_`은 `fit`에서만 만드세요.
    """
    rows = table(rng)

    def refuses(code):
        with expect.raises("NotFittedError"):
            code.estimator("ScalerClone").transform(rows)

    expect.agree(refuses)
    expect.agree(lambda code: code.estimator("ScalerClone").attr("mean_"))


@pytest.mark.points(2)
@pytest.mark.needs("test_units_do_not_matter")
def test_wrong_input_is_refused(expect, rng):
    """Rows with gaps or with too few columns are refused.

    ko: 빈칸이 있거나 열이 모자란 데이터는 거절한다.
    asks: checks the input and remembers `n_features_in_`
    asks-ko: 입력을 검사하고 `n_features_in_`
    hint: `validate_data` refuses gaps (NaN), and with `reset=False` another number of columns than in `fit`.
    hint-ko: `validate_data`가 빈칸(NaN)을 거절하고, `reset=False`를 주면 `fit` 때와 열 개수가 다른 데이터도 거절해요.
    """
    rows = table(rng)
    gaps = np.where(np.arange(len(rows))[:, None] == 3, np.nan, rows)
    expect.agree(lambda code: fitted(code, rows).transform(rows[:, :1]).shape)  # NumPy would stretch one column
    expect.agree(lambda code: code.estimator("ScalerClone").call("fit", gaps))


@pytest.mark.points(2)
@pytest.mark.needs("test_units_do_not_matter")
@pytest.mark.timeout(60)
def test_conventions(submission, expect, rng):
    """scikit-learn's conventions, item by item.

    ko: 사이킷런의 규칙을 항목별로 지킨다.
    asks: If it keeps scikit-learn's conventions, it works in pipelines
    asks-ko: 사이킷런의 약속만 지키면 직접 만든 변환기도 파이프라인
    hint: Run `check_estimator(ScalerClone(), on_fail=None)` yourself and look at the results whose status is "failed".
    hint-ko: `check_estimator(ScalerClone(), on_fail=None)`을 직접 실행하고 상태가 "failed"인 결과를 살펴보세요.
    """
    expect.estimator(submission.estimator("ScalerClone"), "transformer", table(rng))
