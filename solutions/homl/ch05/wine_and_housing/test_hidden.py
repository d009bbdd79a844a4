"""Hidden checks of wine and housing: refits on rows of ours, scaling inside, training rows only, convergence."""

import numpy as np
import pytest
from sklearn.model_selection import StratifiedKFold

from grader.checks import Text

MACHINES = {"wine_clf": ("SVC", "NuSVC", "LinearSVC"), "housing_reg": ("SVR", "NuSVR", "LinearSVR")}
NOT_A_PIPELINE = Text(
    "This must be a fitted scikit-learn Pipeline (of a search: its best_estimator_).",
    "훈련한 사이킷런 Pipeline이어야 해요(탐색 객체라면 best_estimator_를 내세요).",
)
NOT_INSIDE = Text(
    "A fresh copy of the pipeline, fitted on raw rows, decides otherwise when the units of the columns change: "
    "the scaler must be inside.",
    "파이프라인을 복사해 원본 행으로 훈련해 보니 열의 단위가 바뀌면 판단이 달라져요. 스케일 조정이 파이프라인 안에 있어야 해요.",
)
OTHER_ROWS = Text(
    "A copy fitted on the training rows alone answers differently: was something, the scaler perhaps, fitted on other rows?",
    "훈련 세트만으로 훈련한 복사본과 답이 달라요. 스케일 조정이나 다른 단계를 다른 행으로 훈련했나요?",
)
DROWNED = Text(
    "The answer is all but the same for every district: without scaling, columns with large numbers drown all others.",
    "모든 구역의 예측이 거의 같아요. 스케일을 맞추지 않으면 값이 큰 열에 다른 열이 모두 묻혀요.",
)
GAPS = Text(
    "A fresh copy of the pipeline cannot be fitted to the raw rows, which have gaps: the imputer must be a step of it.",
    "파이프라인을 복사해 빈 값이 있는 원본 행으로 훈련할 수 없어요. 빈 값을 채우는 일도 파이프라인의 단계여야 해요.",
)
STOPPED_EARLY = Text(
    "The solver stopped at its limit of iterations before it had converged: look for the ConvergenceWarning.",
    "수렴하기 전에 반복 횟수의 한계에서 멈췄어요. ConvergenceWarning을 확인하세요.",
)
CROSS_VALIDATED = Text(
    "`housing_test_rmse` is not the RMSE of `housing_reg` on the test rows.",
    "`housing_test_rmse`가 테스트 세트에서 잰 `housing_reg`의 RMSE와 달라요.",
)
MEAN_SQUARE = Text("That is the mean squared error: the root is missing.", "제곱근을 씌우지 않은 평균 제곱 오차예요.")
IN_DOLLARS = Text(
    "That is in dollars; units of 100,000 dollars are wanted.", "달러 단위예요. 10만 달러 단위로 답하세요."
)


def pipeline(submission, expect, name):
    """The student's pipeline."""
    held = submission.estimator(name)
    expect.true(held.is_a("sklearn.pipeline.Pipeline"), message=NOT_A_PIPELINE)
    return held


def numbers(expect, found, n):
    """Answers as floats, one for each row."""
    return expect.array(found, (n,))


def agree(expect, handed_in, again, once_more):
    """Answers of the pipeline as handed in are those of a refit, up to what two refits differ by (unseeded solvers)."""
    apart = float(np.abs(handed_in - again).max())
    if apart > 1e-6 * float(again.std()):
        wobble = float(np.abs(once_more() - again).max())
        expect.true(apart <= 10 * wobble, message=OTHER_ROWS)


def refitted_housing(submission, hidden, expect, remembered):
    """Predictions for the test rows by a copy that was fitted on the training rows."""
    X_train, X_test, y_train, _ = hidden.house
    held = pipeline(submission, expect, "housing_reg")
    with expect.explains(ValueError, GAPS):
        found = remembered("housing", lambda: expect.refit(held, X_train, y_train.to_numpy(), X_test))
    return numbers(expect, found, len(X_test))


@pytest.mark.points(5)
@pytest.mark.hint(
    en="StandardScaler before the SVC, C and gamma by cross-validation on the training rows.",
    ko="SVC 앞에 StandardScaler를 두고, C와 gamma는 훈련 세트의 교차 검증으로 고르세요.",
)
def test_wine_in_ten_folds(submission, hidden, expect, band, seed):
    """Fresh copies of `wine_clf` classify wines in ten folds of ours.

    ko: `wine_clf`의 복사본이 채점기가 나눈 10개의 폴드에서 와인을 분류한다.
    """
    held = pipeline(submission, expect, "wine_clf")
    right = np.zeros(len(hidden.y), dtype=bool)
    folds = StratifiedKFold(10, shuffle=True, random_state=seed % 2**32)
    for inside, outside in folds.split(hidden.X, hidden.y):
        found = expect.refit(held, hidden.X[inside], hidden.y[inside], hidden.X[outside])
        right[outside] = numbers(expect, found, len(outside)) == hidden.y[outside]
    most_frequent = float(np.bincount(hidden.y).max() / len(hidden.y))
    expect.metric(band["wine_accuracy"], float(right.mean()), baseline=most_frequent)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="make_pipeline(StandardScaler(), SVC(...)), fitted on raw rows.",
    ko="make_pipeline(StandardScaler(), SVC(...))를 원본 행으로 훈련하세요.",
)
def test_units_do_not_matter(submission, hidden, expect, rng):
    """Other units of the columns change no prediction: the scaler is inside the pipeline.

    ko: 열의 단위를 바꾸어도 예측이 그대로다. 곧 스케일 조정이 파이프라인 안에 있다.
    """
    X_train, X_test, y_train, y_test = hidden.wine
    held = pipeline(submission, expect, "wine_clf")
    units = 2.0 ** rng.integers(-5, 6, size=X_train.shape[1])  # powers of two: scaling undoes them without rounding
    plain = numbers(expect, expect.refit(held, X_train, y_train, X_test), len(X_test))
    other = numbers(expect, expect.refit(held, X_train * units, y_train, X_test * units), len(X_test))
    expect.true(float(np.mean(plain == other)) > 0.95, message=NOT_INSIDE)
    expect.true(
        float(np.mean(plain == y_test)) > 0.8,
        en="A fresh copy of the pipeline does not learn the wines.",
        ko="파이프라인의 복사본이 와인을 배우지 못해요.",
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="wine_clf.fit(X_wine_train, y_wine_train): every step learns from these rows, no step from others.",
    ko="wine_clf.fit(X_wine_train, y_wine_train)처럼 모든 단계를 이 행들만으로 훈련하세요.",
)
def test_wine_learnt_from_the_training_rows(submission, hidden, expect):
    """`wine_clf` was fitted on the training rows alone.

    ko: `wine_clf`는 훈련 세트만으로 훈련했다.
    """
    X_train, X_test, y_train, _ = hidden.wine
    held = pipeline(submission, expect, "wine_clf")

    def refit():
        found = expect.refit(held, X_train, y_train, X_test, method="decision_function")
        expect.finite(found)
        return np.asarray(found, dtype=float)

    handed_in, again = held.call("decision_function", X_test), refit()
    expect.true(
        float(again.std()) > 1e-6, en="The decision is the same for every wine.", ko="모든 와인에 같은 판단을 내려요."
    )
    agree(expect, expect.array(handed_in, again.shape), again, refit)


@pytest.mark.points(6)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="SimpleImputer, StandardScaler, SVR; then C and gamma on a logarithmic scale.",
    ko="SimpleImputer, StandardScaler, SVR 순서로 만들고, C와 gamma는 로그 눈금으로 찾으세요.",
)
def test_housing_on_the_test_rows(submission, hidden, expect, band, remembered):
    """A fresh copy of `housing_reg`, fitted on the training rows, predicts the test rows.

    ko: 훈련 세트로 다시 훈련한 `housing_reg`의 복사본이 테스트 세트를 예측한다.
    """
    _, _, y_train, y_test = hidden.house
    found = refitted_housing(submission, hidden, expect, remembered)
    truth = y_test.to_numpy()
    baseline = float(np.sqrt(np.mean((truth - y_train.mean()) ** 2)))
    message = DROWNED if found.std() < 0.1 * truth.std() else None
    expect.metric(
        band["housing_rmse"], float(np.sqrt(np.mean((truth - found) ** 2))), baseline=baseline, message=message
    )


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="housing_reg.fit(X_house_train, y_house_train), with raw rows and the target in 100,000 dollars.",
    ko="원본 행과 10만 달러 단위의 타깃으로 housing_reg.fit(X_house_train, y_house_train)을 부르세요.",
)
def test_housing_learnt_from_the_training_rows(submission, hidden, expect, remembered):
    """`housing_reg` was fitted on the training rows alone.

    ko: `housing_reg`는 훈련 세트만으로 훈련했다.
    """
    again = refitted_housing(submission, hidden, expect, remembered)
    X_test = hidden.house[1]
    handed_in = numbers(expect, pipeline(submission, expect, "housing_reg").predict(X_test), len(X_test))
    expect.true(float(again.std()) > 0.05, message=DROWNED)
    X_train, _, y_train, _ = hidden.house
    held = submission.estimator("housing_reg")
    agree(
        expect,
        handed_in,
        again,
        lambda: numbers(expect, expect.refit(held, X_train, y_train.to_numpy(), X_test), len(X_test)),
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="root_mean_squared_error(y_house_test, housing_reg.predict(X_house_test)), both in 100,000 dollars.",
    ko="root_mean_squared_error(y_house_test, housing_reg.predict(X_house_test))를 10만 달러 단위로 구하세요.",
)
def test_reported_housing_error(submission, hidden, expect):
    """`housing_test_rmse` is the RMSE of `housing_reg` on the test rows.

    ko: `housing_test_rmse`는 테스트 세트에서 잰 `housing_reg`의 RMSE이다.
    """
    _, X_test, _, y_test = hidden.house
    claimed = submission["housing_test_rmse"]
    expect.type(claimed, float, what="housing_test_rmse")
    found = numbers(expect, submission.estimator("housing_reg").predict(X_test), len(X_test))
    right = float(np.sqrt(np.mean((y_test.to_numpy() - found) ** 2)))
    mistakes = [(right**2, MEAN_SQUARE), (right * 1e5, IN_DOLLARS)]
    expect.close(claimed, right, rtol=1e-5, message=CROSS_VALIDATED, mistakes=mistakes)
    spread = float(np.std(y_test.to_numpy()))
    expect.true(
        right < spread,
        en="These predictions are no better than the mean of all house values.",
        ko="주택 가격의 평균만 답하는 것보다 낫지 않아요.",
    )


@pytest.mark.points(3)
@pytest.mark.needs("test_wine_on_the_test_rows")
@pytest.mark.hint(
    en="The last step must be an SVM. If LinearSVC or LinearSVR warns, scale the data or raise max_iter.",
    ko="마지막 단계는 SVM이어야 해요. LinearSVC나 LinearSVR이 경고를 내면 스케일을 맞추거나 max_iter를 늘리세요.",
)
def test_machines_have_converged(submission, expect):
    """Both pipelines end in a support vector machine that has converged.

    ko: 두 파이프라인의 마지막 단계는 수렴한 서포트 벡터 머신이다.
    """
    for name, classes in MACHINES.items():
        last = pipeline(submission, expect, name).call("__getitem__", -1, hold=True)
        expect.true(
            any(last.is_a(f"sklearn.svm.{kind}") for kind in classes),
            en=f"The last step of `{name}` must be one of {', '.join(classes)}.",
            ko=f"`{name}`의 마지막 단계는 {', '.join(classes)} 가운데 하나여야 해요.",
        )
        done, limit = last.get("n_iter_"), last.get("max_iter")
        expect.type(limit, int, what="max_iter")
        expect.finite(done)
        expect.true(limit < 0 or int(np.max(np.asarray(done))) < limit, message=STOPPED_EARLY)
