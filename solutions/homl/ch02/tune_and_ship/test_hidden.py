"""Hidden checks: intervals, the out-of-fold feature and its conventions, error, honest estimate and file of the model."""

from contextlib import closing

import numpy as np
import pytest

from grader.checks import SubmissionRaised, Text

STOPS = Text(
    "`ship`, or the model in its file, stops with an exception: run both yourself on rows of data/housing.csv.",
    "`ship`이나 파일에 든 모델이 예외로 멈춰요. data/housing.csv의 행으로 직접 실행해 보세요.",
)


def column(found):
    """A column's numbers, also where they are flat: a visible check minds that."""
    return np.ravel(found)


def rmse(predicted, wanted):
    """Root mean squared error."""
    return float(np.sqrt(np.mean((predicted - wanted) ** 2)))


def stopped(fault):
    """The name of what stopped `ship` where it says why."""
    name = fault.exception.rpartition(".")[2]
    return name if name in ("PicklingError", "NotFittedError") else False


@pytest.mark.points(4)
def test_other_intervals(expect, rng):
    """Intervals of other errors at other confidences.

    ko: 다른 오차와 다른 신뢰도의 구간.
    asks: the interval of the mean is $m \\pm t \\cdot s / \\sqrt n$
    asks-ko: 평균의 신뢰 구간은 $m \\pm t \\cdot s / \\sqrt n$입니다
    hint: Student's t with n − 1 degrees of freedom, `ddof=1`, half of what is left out on either side.
    hint-ko: 자유도 n − 1인 t 분포, `ddof=1`, 남는 확률은 양쪽에 반씩이에요.
    """
    for n, conf in ((6, 0.8), (9, 0.9), (14, 0.95), (400, 0.99)):
        y, errors = rng.uniform(100, 500, size=n), rng.uniform(10, 30, size=n)  # so even that no lower end is below 0
        p = y + errors * rng.choice([-1, 1], size=n)
        expect.agree(lambda code, y=y, p=p, conf=conf: code.call("rmse_interval", y, p, conf))


@pytest.mark.points(4)
def test_training_rows_get_out_of_fold_values(expect, rng):
    """`fit_transform` gives each training row a value that its own price has no part in.

    ko: `fit_transform`은 훈련 데이터의 행마다 자기 가격이 섞이지 않은 값을 준다.
    asks: those of `cross_val_predict` with a clone and `cv=self.cv` (an integer: that many folds, not shuffled)
    asks-ko: 복제본에 `cross_val_predict`를 `cv=self.cv`로 부른 값입니다(`cv`는 정수이고, 섞지 않은 폴드의 수입니다)
    hint: `fit_transform` is a method of your own here; TransformerMixin's would call `fit` and `transform`.
    hint-ko: 여기서는 `fit_transform`을 직접 만들어야 해요. TransformerMixin의 것은 `fit`과 `transform`을 차례로 부를 뿐이에요.
    """
    X, y = rng.normal(size=(40, 2)), rng.normal(50, 10, size=40)
    for cv in (3, 5):
        expect.agree(lambda code, cv=cv: column(code.estimator("NeighborPrice", cv=cv).fit_transform(X, y)))


@pytest.mark.points(2)
def test_new_rows_get_values_from_all_training_rows(expect, rng):
    """`transform` predicts with the regressor that was trained on all rows.

    ko: `transform`은 모든 행으로 훈련한 회귀 모델로 예측한다.
    asks: trains a **clone** of the regressor on all rows, stores it as `estimator_`
    asks-ko: 회귀 모델의 **복제본**(clone)을 모든 행으로 훈련해 `estimator_`에 저장하고
    hint: `estimator_` is trained on all rows, in `fit_transform` as well.
    hint-ko: `estimator_`는 `fit_transform`에서도 모든 행으로 훈련해요.
    """
    X, y, new = rng.normal(size=(30, 2)), rng.normal(50, 10, size=30), rng.normal(size=(8, 2))

    def transformed(code, method, rows):
        feature = code.estimator("NeighborPrice", cv=3)
        feature.call(method, X, y, hold=True)
        return column(feature.transform(rows))

    for method in ("fit", "fit_transform"):
        for rows in (new, X):
            expect.agree(lambda code, method=method, rows=rows: transformed(code, method, rows))


@pytest.mark.points(3)
def test_conventions(expect, rng):
    """Clones, names, refusal before `fit`, and the regressor that is passed in.

    ko: 복제, 이름, `fit`하기 전의 거부, 그리고 넘겨받은 회귀 모델.
    asks: The regressor that was passed in stays as it is.
    asks-ko: 넘겨받은 회귀 모델은 그대로 둡니다.
    hint: `clone(self.estimator).fit(X, y)`; `__init__` stores both parameters as they are, None too.
    hint-ko: `clone(self.estimator).fit(X, y)`를 쓰세요. `__init__`은 두 매개변수를 None까지 그대로 저장해요.
    """
    X, y, new = rng.normal(size=(30, 2)), rng.normal(50, 10, size=30), rng.normal(size=(8, 2))

    def feature(code, **params):
        return code.estimator("NeighborPrice", cv=4, **params)

    def passed_in(code):
        """Another regressor: what a first fit trained, with another number of neighbours; and a fit with it."""
        regressor = feature(code).fit(X, y).get("estimator_", hold=True)
        regressor.call("set_params", n_neighbors=2, hold=True)
        before = regressor.call("predict", new)
        other = feature(code, estimator=regressor).fit(X, y + 1000.0)
        return {"used": column(other.transform(new)), "kept": bool(np.allclose(regressor.call("predict", new), before))}

    expect.agree(lambda code: feature(code).transform(X))  # NotFittedError
    expect.agree(lambda code: feature(code).clone().params(), {"cv": 4, "estimator": None})
    expect.agree(lambda code: list(feature(code).fit(X, y).feature_names_out()), ["neighbor_price"])
    expect.agree(lambda code: passed_in(code)["used"])
    expect.agree(lambda code: passed_in(code)["kept"], True)


@pytest.mark.points(4)
@pytest.mark.timeout(150)
def test_error_on_other_districts(submission, hidden, expect, band, seed):
    """RMSE of the shipped model on 1,000 other districts.

    ko: 배포한 모델이 다른 구역 1,000개에서 내는 RMSE.
    asks: Your points for the RMSE begin at the mean price (about 115,000 dollars); a well tuned SVR gets them all.
    asks-ko: RMSE 점수는 늘 평균 가격을 답할 때(약 115,000달러)부터 시작하고, 잘 조정한 SVR이면 만점입니다.
    hint: Scale everything that an SVR gets, the target as well; logarithms of the counts and ratios help.
    hint-ko: SVR에 들어가는 것은 타깃까지 모두 스케일을 맞추세요. 개수의 로그와 비율도 도움이 돼요.
    """
    rate, message = float(np.random.default_rng(seed).uniform(0.7, 1.4)), None
    baseline = rmse(hidden.y_train.mean(), hidden.y_test)
    try:
        submission.call("ship", hidden.X_train, hidden.y_train * rate)
        found = expect.array(submission.reload("model.joblib").predict(hidden.X_test), (len(hidden.X_test),))
        error = rmse(found / rate, hidden.y_test)
    except SubmissionRaised:
        error, message = baseline, STOPS
    expect.metric(band["rmse"], error, baseline=baseline, message=message)


@pytest.mark.points(4)
@pytest.mark.timeout(150)
def test_estimate_is_honest(expect, hidden):
    """The RMSE that `ship` returns is what new districts will see.

    ko: `ship`이 반환한 RMSE는 새 구역에서 나올 값과 비슷하다.
    asks: returns the **cross-validated RMSE** of the best setting, a positive number
    asks-ko: 가장 좋은 설정의 **교차 검증 RMSE**를 양수로 반환합니다
    hint: `-search.best_score_` comes of folds that the model was not trained on.
    hint-ko: `-search.best_score_`는 모델을 훈련하지 않은 폴드에서 나온 값이에요.
    """

    def against_new_districts(code):
        try:
            estimate = code.call("ship", hidden.X_few, hidden.y_few)
            ratio = estimate / rmse(code.reload("model.joblib").predict(hidden.X_test), hidden.invented(hidden.y_test))
        except SubmissionRaised as fault:
            return stopped(fault)
        return "not positive" if not ratio > 0 else "too good" if ratio < 0.75 else "too bad" if ratio > 1.33 else "honest"

    expect.agree(against_new_districts, "honest")


@pytest.mark.points(4)
@pytest.mark.timeout(150)
def test_file_works_in_a_new_process(expect, hidden):
    """In a new process the file predicts the same prices, and they follow those that `ship` got.

    ko: 새 프로세스에서도 파일이 같은 가격을 예측하고, 그 가격은 `ship`이 받은 가격을 따른다.
    asks: works in a new Python process that imports nothing but this module
    asks-ko: 이 모듈만 임포트한 새 파이썬 프로세스에서도 돌아가야 합니다
    hint: Everything that the model needs has to be in the file or at the top level of the module.
    hint-ko: 모델에 필요한 것은 모두 파일 안이나 모듈의 최상위에 있어야 해요.
    """
    rows = hidden.X_few.iloc[:50]

    def what_is_wrong(code):
        try:
            code.call("ship", hidden.X_few, hidden.y_few)
            here = code.reload("model.joblib").predict(rows)
            with closing(code.fresh()) as process:
                there = process.reload("model.joblib").predict(rows)
        except SubmissionRaised as fault:
            return [stopped(fault)]
        wrong = {
            "changed": not np.allclose(here, there),
            "one price": np.std(there) < 0.2 * np.std(hidden.y_few),
            "not from y": np.corrcoef(here, hidden.y_few[:50])[0, 1] < -0.3,
        }
        return [name for name, made in wrong.items() if made]

    expect.agree(what_is_wrong, [])
