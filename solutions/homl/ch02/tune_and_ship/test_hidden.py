"""Hidden checks: intervals, the out-of-fold feature and its conventions, error, honest estimate and file of the model."""


import numpy as np
import pytest
from scipy import stats
from sklearn.model_selection import KFold, cross_val_predict
from sklearn.neighbors import KNeighborsRegressor

from grader.checks import Text

LEAK = Text(
    "Each row's own value is part of its feature: `fit_transform` must return out-of-fold predictions.",
    "행마다 자기 값이 특성에 섞여 있어요. `fit_transform`은 폴드 밖 예측을 반환해야 해요.",
)
NOT_BY_NAME = Text(
    "joblib could not write the model, because a part of it cannot be found by its name: a `lambda`, or a function or "
    "class that does not stand at the top level of the module.",
    "joblib이 모델을 저장하지 못했어요. 이름으로 찾을 수 없는 것이 들어 있기 때문이에요. `lambda`나, 모듈의 최상위에 있지 않은 "
    "함수나 클래스가 있는지 살펴보세요.",
)
NOT_FITTED = Text(
    "What is in the file is not fitted: either it is the `estimator` of the search, which stays as it was (what was fitted is "
    "another object), or `fit_transform` does not train what `transform` needs.",
    "파일에 든 것이 훈련되어 있지 않아요. 탐색에 넣은 `estimator`는 그대로 남고 훈련된 것은 다른 객체예요. 그것이 아니라면 "
    "`fit_transform`이 `transform`에 필요한 것을 훈련하지 않은 거예요.",
)
ONE_PRICE = Text(
    "The model predicts nearly one price for all districts: is the target as large as 100,000 where the model wants 1?",
    "어느 구역에나 거의 같은 가격을 예측해요. 모델에는 크기가 1쯤 되는 타깃이 좋은데 10만쯤 되는 값을 그대로 주지 않았나요?",
)
DOLLARS = Text(
    "The prices are in dollars although those that `ship` got are in another currency: learn from `y` alone.",
    "`ship`이 받은 가격은 다른 통화인데 달러로 예측했어요. 받은 `y`에서만 배우세요.",
)


def interval(squares, low, high, spread):
    """Ends of an interval of the RMSE from two quantiles."""
    mean = squares.mean()
    return np.sqrt(np.maximum([mean + low * spread, mean + high * spread], 0.0))


def shipped(submission, remembered, hidden, seed, expect):
    """What `ship` returned for prices in another currency, and what a dollar is worth in it; called once."""
    rate = float(np.random.default_rng(seed).uniform(0.7, 1.4))
    with expect.explains("PicklingError", NOT_BY_NAME):
        estimate = remembered("ship", lambda: submission.call("ship", hidden.X_train, hidden.y_train * rate))
    return estimate, rate


def from_file(submission, hidden, expect):
    """What the model in the file predicts for other districts."""
    with expect.explains("NotFittedError", NOT_FITTED):
        found = submission.reload("model.joblib").predict(hidden.X_test)
    return expect.array(found, (len(hidden.X_test),))


def rmse(predicted, wanted):
    """Root mean squared error."""
    return float(np.sqrt(np.mean((predicted - wanted) ** 2)))


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Student's t with n − 1 degrees of freedom, `ddof=1`, half of what is left out on either side.",
    ko="자유도 n − 1인 t 분포, `ddof=1`, 남는 확률은 양쪽에 반씩이에요.",
)
def test_other_intervals(submission, expect, rng):
    """Intervals of other errors at other confidences.

    ko: 다른 오차와 다른 신뢰도의 구간.
    """
    for n, conf in ((6, 0.8), (9, 0.9), (14, 0.95), (400, 0.99)):
        y = rng.uniform(100, 500, size=n)
        p = y + rng.normal(0, 30, size=n)
        squares = (y - p) ** 2
        spread = squares.std(ddof=1) / np.sqrt(n)
        t, z, one = stats.t.ppf((1 + conf) / 2, n - 1), stats.norm.ppf((1 + conf) / 2), stats.t.ppf(conf, n - 1)
        errors, right = np.abs(y - p), interval(squares, -t, t, spread)
        of_errors = errors.mean() + np.array([-t, t]) * errors.std(ddof=1) / np.sqrt(n)
        mistakes = [
            (
                interval(squares, -z, z, spread),
                Text(
                    "With few rows the normal quantile is too small: use Student's t.",
                    "행이 적으면 정규 분포의 분위수는 너무 작아요. t 분포를 쓰세요.",
                ),
            ),
            (
                interval(squares, -one, one, spread),
                Text("Half of what is left out belongs on either side.", "남는 확률을 양쪽에 반씩 나누어야 해요."),
            ),
            (
                interval(squares, -t, t, squares.std() / np.sqrt(n)),
                Text("Divide by n − 1 (`ddof=1`).", "n − 1로 나누세요(`ddof=1`)."),
            ),
            (
                interval(squares, -t, t, spread * np.sqrt(n)),
                Text("The standard error is s / √n.", "표준 오차는 s / √n이에요."),
            ),
            (
                [np.nan, right[1]],
                Text(
                    "The lower end is the root of a negative number: cut it off at 0 first.",
                    "아래 끝이 음수의 제곱근이에요. 먼저 0에서 자르세요.",
                ),
            ),
            (of_errors, Text("Squared errors, not absolute ones.", "절댓값이 아니라 제곱 오차로 계산해요.")),
        ]
        for given in (y, y.tolist()) if n == 9 else (y,):
            found = submission.call("rmse_interval", np.asarray(given), p, conf)
            expect.close(found, right, rtol=1e-6, atol=1e-9, mistakes=mistakes)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="`fit_transform` is a method of your own here; TransformerMixin's would call `fit` and `transform`.",
    ko="여기서는 `fit_transform`을 직접 만들어야 해요. TransformerMixin의 것은 `fit`과 `transform`을 차례로 부를 뿐이에요.",
)
def test_training_rows_get_out_of_fold_values(submission, expect, rng):
    """`fit_transform` gives each training row a value that its own price has no part in.

    ko: `fit_transform`은 훈련 데이터의 행마다 자기 가격이 섞이지 않은 값을 준다.
    """
    for cv in (3, 5):
        X, y = rng.normal(size=(40, 2)), rng.normal(50, 10, size=40)
        right = cross_val_predict(KNeighborsRegressor(n_neighbors=5), X, y, cv=cv)
        other = cross_val_predict(KNeighborsRegressor(n_neighbors=5), X, y, cv=8 - cv)
        shuffled = cross_val_predict(
            KNeighborsRegressor(n_neighbors=5), X, y, cv=KFold(cv, shuffle=True, random_state=42)
        )
        mistakes = [
            (KNeighborsRegressor(n_neighbors=5).fit(X, y).predict(X)[:, np.newaxis], LEAK),
            (other[:, np.newaxis], Text("The number of folds is `self.cv`.", "폴드의 수는 `self.cv`예요.")),
            (shuffled[:, np.newaxis], Text("The folds are not shuffled.", "폴드를 섞지 마세요.")),
        ]
        found = submission.estimator("NeighborPrice", cv=cv).fit_transform(X, y)
        expect.close(found, right[:, np.newaxis], rtol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`estimator_` is trained on all rows, in `fit_transform` as well.",
    ko="`estimator_`는 `fit_transform`에서도 모든 행으로 훈련해요.",
)
def test_new_rows_get_values_from_all_training_rows(submission, expect, rng):
    """`transform` predicts with the regressor that was trained on all rows.

    ko: `transform`은 모든 행으로 훈련한 회귀 모델로 예측한다.
    """
    X, y, new = rng.normal(size=(30, 2)), rng.normal(50, 10, size=30), rng.normal(size=(8, 2))
    right = KNeighborsRegressor(n_neighbors=5).fit(X, y)
    for method in ("fit", "fit_transform"):
        feature = submission.estimator("NeighborPrice", cv=3)
        feature.call(method, X, y, hold=True)
        for rows in (new, X):
            expect.close(feature.transform(rows), right.predict(rows)[:, np.newaxis], rtol=1e-9)


@pytest.mark.points(3)
@pytest.mark.needs("test_new_rows_get_values_from_all_training_rows")
@pytest.mark.hint(
    en="`clone(self.estimator).fit(X, y)`; `__init__` stores both parameters as they are.",
    ko="`clone(self.estimator).fit(X, y)`를 쓰세요. `__init__`은 두 매개변수를 그대로 저장해요.",
)
def test_conventions(submission, expect, rng):
    """Clones, names, refusal before `fit`, and the regressor that is passed in.

    ko: 복제, 이름, `fit`하기 전의 거부, 그리고 넘겨받은 회귀 모델.
    """
    X, y, new = rng.normal(size=(30, 2)), rng.normal(50, 10, size=30), rng.normal(size=(8, 2))
    feature = submission.estimator("NeighborPrice", cv=4)
    with expect.raises("NotFittedError"):
        feature.transform(X)
    expect.same(feature.clone().params().get("cv"), 4)
    kept = Text(
        "`NeighborPrice().estimator` should be None: `__init__` stores what it gets, and `fit` decides what None stands for.",
        "`NeighborPrice().estimator`는 None이어야 해요. `__init__`은 받은 것을 그대로 저장하고, None의 뜻은 `fit`에서 정하세요.",
    )
    expect.true(feature.params().get("estimator", kept) is None, message=kept)
    feature.fit(X, y)
    expect.same(list(feature.feature_names_out()), ["neighbor_price"])
    # Another regressor: what the first fit trained, with another number of neighbours.
    regressor = feature.clone().fit(X, y).get("estimator_", hold=True)
    regressor.call("set_params", n_neighbors=2, hold=True)
    before = regressor.call("predict", new)
    other = submission.estimator("NeighborPrice", estimator=regressor, cv=4).fit(X, y + 1000.0)
    right = KNeighborsRegressor(n_neighbors=2).fit(X, y + 1000.0).predict(new)
    expect.close(
        other.transform(new),
        right[:, np.newaxis],
        rtol=1e-9,
        message=Text("The regressor that is passed in is not used.", "넘겨받은 회귀 모델을 쓰지 않았어요."),
    )
    expect.close(
        regressor.call("predict", new),
        before,
        message=Text(
            "`fit` trained the regressor that was passed in: train a clone.",
            "`fit`이 넘겨받은 회귀 모델을 훈련했어요. 복제본을 훈련하세요.",
        ),
    )


@pytest.mark.points(5)
@pytest.mark.timeout(150)
@pytest.mark.hint(
    en="Scale everything that an SVR gets, the target as well; logarithms of the counts and ratios help.",
    ko="SVR에 들어가는 것은 타깃까지 모두 스케일을 맞추세요. 개수의 로그와 비율도 도움이 돼요.",
)
def test_error_on_other_districts(submission, hidden, expect, band, remembered, seed):
    """RMSE of the shipped model on 1,000 other districts.

    ko: 배포한 모델이 다른 구역 1,000개에서 내는 RMSE.
    """
    _, rate = shipped(submission, remembered, hidden, seed, expect)
    found = from_file(submission, hidden, expect)
    error, in_dollars = rmse(found / rate, hidden.y_test), rmse(found, hidden.y_test)
    message = ONE_PRICE if found.std() / rate < 0.2 * hidden.y_test.std() else DOLLARS if in_dollars < 0.95 * error else None
    expect.metric(band["rmse"], error, baseline=rmse(hidden.y_train.mean(), hidden.y_test), message=message)


@pytest.mark.points(3)
@pytest.mark.timeout(150)
@pytest.mark.hint(
    en="`-search.best_score_` comes of folds that the model was not trained on.",
    ko="`-search.best_score_`는 모델을 훈련하지 않은 폴드에서 나온 값이에요.",
)
def test_estimate_is_honest(submission, hidden, expect, remembered, seed):
    """The RMSE that `ship` returns is what new districts will see.

    ko: `ship`이 반환한 RMSE는 새 구역에서 나올 값과 비슷하다.
    """
    estimate, rate = shipped(submission, remembered, hidden, seed, expect)
    expect.type(estimate, float, what="ship(...)")
    expect.finite(estimate)
    expect.true(
        estimate > 0,
        en="An RMSE is positive: `best_score_` is its negative.",
        ko="RMSE는 양수예요. `best_score_`는 부호가 반대예요.",
    )
    ratio = estimate / rate / rmse(from_file(submission, hidden, expect) / rate, hidden.y_test)
    expect.true(
        ratio > 0.8,
        en="This is much better than what new districts will see: is it the error on the rows that the model was trained on?",
        ko="새 구역에서 나올 값보다 훨씬 좋아요. 모델을 훈련한 데이터로 잰 오차가 아닌가요?",
    )
    expect.true(
        ratio < 1.25,
        en="This is much worse than what new districts will see: is it the RMSE, in the unit of `y`, of the best setting?",
        ko="새 구역에서 나올 값보다 훨씬 나빠요. 가장 좋은 설정의 RMSE가 `y`의 단위로 나온 것인가요?",
    )


@pytest.mark.points(4)
@pytest.mark.timeout(150)
@pytest.mark.hint(
    en="Everything that the model needs has to be in the file or at the top level of the module.",
    ko="모델에 필요한 것은 모두 파일 안이나 모듈의 최상위에 있어야 해요.",
)
def test_file_works_in_a_new_process(submission, hidden, expect, remembered, seed):
    """In a new process the file predicts the same prices.

    ko: 새 프로세스에서도 파일이 같은 가격을 예측한다.
    """
    shipped(submission, remembered, hidden, seed, expect)
    rows = hidden.X_test.iloc[:50]
    with expect.explains("NotFittedError", NOT_FITTED):
        answer = expect.reloads(submission, lambda process: process.reload("model.joblib").predict(rows))
    expect.true(
        float(np.ptp(expect.array(answer, (50,)))) > 0,
        en="The model in the file predicts one price for every district.",
        ko="파일에 든 모델이 어느 구역에나 같은 가격을 예측해요.",
    )
