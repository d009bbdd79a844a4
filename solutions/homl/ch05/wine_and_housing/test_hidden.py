"""Hidden checks of wine and housing: refits on rows of ours, scaling inside, training rows only, convergence."""

import numpy as np
import pytest
from sklearn.dummy import DummyRegressor
from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import SVC

from grader.checks import RemoteEstimator, SubmissionRaised, Text

UNITS = Text("It learns little, or units change its answers.", "거의 배우지 못하거나, 단위를 바꾸면 답이 달라져요.")
SEEN = Text("A copy fitted on the training rows answers otherwise.", "훈련 세트로 훈련한 복사본과 답이 달라요.")
REPORT = Text("This is not the RMSE on the test rows.", "테스트 세트의 RMSE와 달라요.")
STOPPED = Text("A solver stopped before it had converged.", "수렴하기 전에 멈춘 모델이 있어요.")
METHODS = {"wine_clf": "decision_function", "housing_reg": "predict"}
NEEDS = {each: pytest.mark.needs(f"test_support_vector_machine[{each}]") for each in METHODS}
REFUSED = "raw rows end in an exception"


def model(code, name):
    """The pipeline; of a search, the one that it found."""
    held = code.estimator(name)
    return RemoteEstimator(held.get("best_estimator_", hold=True)) if held.is_a("BaseSearchCV") else held


def answers(code, name, X):
    """What the pipeline says of rows, or None where they end in an exception."""
    try:
        return model(code, name).call(METHODS[name], X)
    except SubmissionRaised:
        return None


def without_gaps(hidden, part):
    """The districts for training (part 0) or testing (part 1) that have no gaps, and their values."""
    X, y = hidden.parts["housing_reg"][part], hidden.parts["housing_reg"][part + 2]
    whole = X.notna().all(axis=1)
    return X[whole], y[whole].to_numpy()


@pytest.mark.points(4)
@pytest.mark.needs("test_support_vector_machine[wine_clf]")
def test_wine_in_ten_folds(submission, hidden, expect, band, seed):
    """Fresh copies of `wine_clf` classify wines in ten folds of ours.

    ko: `wine_clf`의 복사본이 채점기가 나눈 10개의 폴드에서 와인을 분류한다.
    asks: For wine, credit starts at what an SVC without scaling gets, about 0.67, and ends at about 0.96
    asks-ko: 와인은 스케일을 맞추지 않은 SVC의 정확도인 0.67쯤에서 점수가 시작되어 0.96쯤이면 만점입니다
    hint: StandardScaler before the SVC, C and gamma by cross-validation on the training rows.
    hint-ko: SVC 앞에 StandardScaler를 두고, C와 gamma는 훈련 세트의 교차 검증으로 고르세요.
    """
    held, right = model(submission, "wine_clf"), np.zeros(len(hidden.y), dtype=bool)
    folds = StratifiedKFold(10, shuffle=True, random_state=seed % 2**32)
    for inside, outside in folds.split(hidden.X, hidden.y):
        found = expect.refit(held, hidden.X[inside], hidden.y[inside], hidden.X[outside])
        right[outside] = expect.array(found, (len(outside),)) == hidden.y[outside]
    raw = cross_val_predict(SVC(), hidden.X, hidden.y, cv=folds)
    expect.metric(band["wine_accuracy"], float(right.mean()), baseline=float(np.mean(raw == hidden.y)))


@pytest.mark.points(4)
def test_units_do_not_matter(expect, hidden, rng):
    """Other units of the columns change no prediction: the scalers are inside the pipelines.

    ko: 열의 단위를 바꾸어도 예측이 그대로다. 곧 스케일 조정이 파이프라인 안에 있다.
    asks: both as pipelines that scale by themselves
    asks-ko: 스케일 조정까지 스스로 하는 파이프라인으로 훈련하고
    hint: make_pipeline(StandardScaler(), SVC(...)), fitted on raw rows; for housing the imputer comes first.
    hint-ko: make_pipeline(StandardScaler(), SVC(...))를 원본 행으로 훈련하세요. 주택에서는 빈칸을 채우는 단계가 맨 앞이에요.
    """
    X_train, X_test, y_train, y_test = hidden.parts["wine_clf"]
    units = 2.0 ** rng.integers(-5, 6, size=X_train.shape[1])  # powers of two: scaling undoes them without rounding
    # Of the houses only counts change their unit, since distances in degrees are good features. Gaps: see elsewhere.
    X, y = (part[:800] for part in without_gaps(hidden, 0))
    fours = X.assign(**{name: X[name] / 4 for name in ("total_rooms", "total_bedrooms", "population", "households")})

    def wine(code):
        plain, other = (
            expect.refit(model(code, "wine_clf"), X_train * unit, y_train, X_test * unit) for unit in (1.0, units)
        )
        return bool(np.mean(plain == other) > 0.95 and np.mean(plain == y_test) > 0.8)

    def housing(code):
        plain, other = (
            expect.refit(model(code, "housing_reg"), rows[:500], y[:500], rows[500:]) for rows in (X, fours)
        )
        return bool(np.abs(plain - other).mean() < 0.1 * np.std(plain) and r2_score(y[500:], plain) > 0.2)

    for fine in (wine, housing):
        expect.agree(
            lambda code: "units play no part" if fine(code) else "units decide", "units play no part", message=UNITS
        )


@pytest.mark.points(5)
@pytest.mark.timeout(60)
@pytest.mark.needs("test_support_vector_machine[housing_reg]")
def test_housing_on_the_test_rows(submission, hidden, expect, band):
    """A fresh copy of `housing_reg`, fitted on training rows, predicts the test rows.

    ko: 훈련 세트로 다시 훈련한 `housing_reg`의 복사본이 테스트 세트를 예측한다.
    asks: a well-tuned SVR on these columns earns all points
    asks-ko: 이 열들로 잘 튜닝한 SVR이면 만점을 받습니다
    hint: SimpleImputer, StandardScaler, SVR; then C and gamma on a logarithmic scale.
    hint-ko: SimpleImputer, StandardScaler, SVR 순서로 만들고, C와 gamma는 로그 눈금으로 찾으세요.
    """
    X_train, y_train = without_gaps(hidden, 0)
    X_test, y_test = without_gaps(hidden, 1)
    found = expect.array(expect.refit(model(submission, "housing_reg"), X_train, y_train, X_test), (len(X_test),))
    mean = DummyRegressor().fit(X_train, y_train).predict(X_test)
    baseline = root_mean_squared_error(y_test, mean)
    expect.metric(band["housing_rmse"], root_mean_squared_error(y_test, found), baseline=baseline)


@pytest.mark.points(4)
@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", [pytest.param(each, id=each, marks=NEEDS[each]) for each in METHODS])
def test_learnt_from_the_training_rows(expect, hidden, name):
    """The pipelines were fitted on the raw training rows, all of them and no others.

    ko: 두 파이프라인 모두 원본 훈련 세트 전체로, 그리고 훈련 세트만으로 훈련했다.
    asks: In the end, both pipelines are fitted on all training rows and on no others, scaler included
    asks-ko: 마지막에는 두 파이프라인 모두 스케일 조정까지 훈련 세트 전체로, 그리고 훈련 세트만으로 훈련해야 합니다
    hint: wine_clf.fit(X_wine_train, y_wine_train): every step learns from these rows, no step from others; housing likewise.
    hint-ko: wine_clf.fit(X_wine_train, y_wine_train)처럼 모든 단계를 이 행들만으로 훈련하세요. 주택도 마찬가지예요.
    """
    X_train, X_test, y_train, _ = hidden.parts[name]

    def seen(code):
        """Says what rows it was fitted on: a copy tells (unseeded copies differ too), and the machine may have counted."""
        held, handed_in = model(code, name), answers(code, name, X_test)
        if handed_in is None:
            return REFUSED
        one, two = (expect.refit(held, X_train, y_train, X_test, method=METHODS[name]) for _ in range(2))
        if np.std(one) <= 0.05:
            return "the same answer everywhere"
        if np.abs(one - two).mean() > 0.2 * np.std(one):
            return "no two copies agree"
        if np.abs(handed_in - one).max() <= 10 * np.abs(one - two).max() + 1e-6 * np.std(one):
            return "the training rows"
        last = held.call("__getitem__", -1, hold=True)
        linear = last.is_a("LinearSVC") or last.is_a("LinearSVR")
        more = 0 if linear else int(np.sign(last.get("shape_fit_")[0] - len(X_train)))
        return ("other rows", "more rows than the training set has", "a part of the training rows")[more]

    expect.agree(seen, "the training rows", message=SEEN)


@pytest.mark.points(2)
@pytest.mark.needs("test_learnt_from_the_training_rows[housing_reg]")
def test_reported_housing_error(expect, hidden):
    """`housing_test_rmse` is the RMSE of `housing_reg` on the test rows.

    ko: `housing_test_rmse`는 테스트 세트에서 잰 `housing_reg`의 RMSE이다.
    asks: the root mean squared error of `housing_reg` on the housing test rows, in 100,000 dollars
    asks-ko: 주택 테스트 세트에서 잰 `housing_reg`의 평균 제곱근 오차(RMSE)이고, 단위는 10만 달러입니다
    hint: root_mean_squared_error(y_house_test, housing_reg.predict(X_house_test)), both in 100,000 dollars.
    hint-ko: root_mean_squared_error(y_house_test, housing_reg.predict(X_house_test))를 10만 달러 단위로 구하세요.
    """
    X_train, X_test, y_train, y_test = hidden.parts["housing_reg"]

    def reported(code):
        """Says what number was reported."""
        found, inside = (answers(code, "housing_reg", X) for X in (X_test, X_train))
        if found is None:
            return REFUSED
        right = root_mean_squared_error(y_test, found)
        known = {
            "test": right,
            "training": root_mean_squared_error(y_train, inside),
            "without the root": right**2,
            "in dollars": right * 1e5,
            "absolute": mean_absolute_error(y_test, found),
            "R²": r2_score(y_test, found),
        }
        claimed = float(code["housing_test_rmse"])
        return next((f"error: {name}" for name, value in known.items() if np.isclose(claimed, value)), "another number")

    expect.agree(reported, "error: test", message=REPORT)


@pytest.mark.points(2)
@pytest.mark.needs("test_wine_on_the_test_rows")
def test_machines_have_converged(expect):
    """Both support vector machines have converged.

    ko: 두 서포트 벡터 머신 모두 수렴했다.
    asks: A solver that stops before it has converged does not count
    asks-ko: 수렴하기 전에 멈춘 모델은 인정하지 않습니다
    hint: If LinearSVC or LinearSVR warns, scale the data or raise max_iter.
    hint-ko: LinearSVC나 LinearSVR이 경고를 내면 스케일을 맞추거나 max_iter를 늘리세요.
    """

    def stopped(code, name):
        held = model(code, name)
        last = held.call("__getitem__", -1, hold=True) if held.is_a("Pipeline") else held
        known = any(
            last.is_a(kind) for kind in ("BaseLibSVM", "LinearSVC", "LinearSVR")
        )  # else another check's business
        done = not known or last.get("max_iter") < 0 or np.max(last.get("n_iter_")) < last.get("max_iter")
        return "where it had converged" if done else "at its limit"

    for name in ("wine_clf", "housing_reg"):
        expect.agree(lambda code: stopped(code, name), "where it had converged", message=STOPPED)
