"""Hidden checks of the linear SVM: each step, the optimum, the support vectors, against scikit-learn's exact solution."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.svm import SVC

from grader.checks import Text

LABELS = Text(
    "This is what comes out if the labels stay 0 and 1: map them to -1 and +1.",
    "레이블을 0과 1로 둔 채 계산한 값이에요. -1과 +1로 바꾸세요.",
)
BIAS = Text(
    "The bias is penalised as well: only w belongs in the penalty.",
    "편향에도 규제를 걸었어요. 규제 항에는 w만 들어가요.",
)
NO_C = Text("The sub-gradient lacks the factor C.", "서브그레이디언트에 C가 빠졌어요.")
UPHILL = Text(
    "The hinge pulls the wrong way: check the sign of its sub-gradient.",
    "힌지 손실이 반대로 작용해요. 서브그레이디언트의 부호를 확인하세요.",
)
MEAN = Text("The hinge losses are averaged: here they are summed.", "힌지 손실을 평균 냈어요. 여기서는 더해야 해요.")
WRONG_SIDE = Text(
    "Only rows on the wrong side pull: all rows with t * f(x) < 1 have to.",
    "반대편에 있는 행만 영향을 주고 있어요. t * f(x) < 1인 행이 모두 영향을 주어야 해요.",
)
NO_SHRINK = Text(
    "w itself is missing from the sub-gradient: nothing makes the street wide.",
    "서브그레이디언트에 w가 빠져서 도로가 넓어지지 않아요.",
)
NEW_W = Text(
    "b moves with the w after the step: compute both slopes first.", "b를 새 w로 움직였어요. 두 기울기를 먼저 구하세요."
)

ONE_NUMBER = Text(
    "`intercept_` should be a single number, not an array.", "`intercept_`는 배열이 아니라 숫자 하나여야 해요."
)
EVERY_EPOCH = Text(
    "`objective_` should hold one number for each of the `n_epochs` epochs: make every step, and do not stop earlier.",
    "`objective_`에는 에포크마다 하나씩, 숫자가 모두 `n_epochs`개 있어야 해요. 중간에 멈추지 말고 스텝을 모두 밟으세요.",
)
EACH_ROW = Text(
    "`support_mask_` should hold True or False for each training row.",
    "`support_mask_`에는 훈련 샘플마다 True나 False가 하나씩 있어야 해요.",
)


def objective(w, b, X, t, C):
    """What is minimised."""
    return float(w @ w / 2 + C * np.maximum(0.0, 1.0 - t * (X @ w + b)).sum())


def first_epochs(X, t, C, eta, n_epochs, mistake=None):
    """The objective before each step, rightly or with a known mistake."""
    w, b, found = np.zeros(X.shape[1]), 0.0, []
    labels = (t + 1) / 2 if mistake is LABELS else t
    for _ in range(n_epochs):
        margins = labels * (X @ w + b)
        hinge = np.maximum(0.0, 1.0 - margins)
        loss = hinge.mean() if mistake is MEAN else hinge.sum()
        found.append(w @ w / 2 + C * loss + (b**2 / 2 if mistake is BIAS else 0.0))
        inside = margins < (0.0 if mistake is WRONG_SIDE else 1.0)
        if mistake is WRONG_SIDE:
            inside |= margins == 0
        pull = {NO_C: 1.0, UPHILL: -C, MEAN: C / len(X)}.get(mistake, C)
        slope_w = (0 if mistake is NO_SHRINK else w) - pull * labels[inside] @ X[inside]
        if mistake is NEW_W:
            inside = labels * (X @ (w - eta * slope_w) + b) < 1
        slope_b = -pull * labels[inside].sum() + (b if mistake is BIAS else 0.0)
        w, b = w - eta * slope_w, b - eta * slope_b
    return found


def overlapping(rng, m=80, n=3):
    """Two clouds that overlap, off the origin, of different size; labels as -1 and 1."""
    t = np.where(np.arange(m) < m // 3, 1.0, -1.0)
    return rng.normal(size=(m, n)) + 0.8 * t[:, np.newaxis] + 0.7, t


def virginica():
    """Petals of the irises, standardised; is it a virginica?"""
    iris = load_iris()
    X = iris.data[:, 2:4]
    return (X - X.mean(axis=0)) / X.std(axis=0), np.where(iris.target == 2, 1.0, -1.0)


def exact(X, t, C):
    """scikit-learn's solution of the same problem, to many digits."""
    return SVC(kernel="linear", C=C, tol=1e-6).fit(X, t)


def fitted(submission, expect, X, y, **params):
    """The student's model with its w and b as numbers."""
    model = submission.new("LinearSVMGD", **params)
    model.call("fit", X, y, hold=True)
    w, b = model.get("coef_"), model.get("intercept_")
    for value, name in ((w, "coef_"), (b, "intercept_")):
        expect.type(value, (np.ndarray, list, tuple, float, np.floating), what=name)
    w = expect.array(w, (X.shape[1],))
    expect.finite(b)
    expect.shape(b, (), message=ONE_NUMBER)
    return model, w, float(np.real(np.asarray(b)))


@pytest.mark.points(5)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="Compare your first steps with the two formulas, one sum at a time; the labels here are 0 and 1.",
    ko="처음 몇 스텝을 두 식과 하나씩 비교해 보세요. 여기서 레이블은 0과 1이에요.",
)
def test_objective_of_the_first_epochs(submission, expect, rng):
    """The objective before each of the first ten steps.

    ko: 처음 열 스텝을 밟기 전의 목적 함수.
    """
    X, t = overlapping(rng)
    C, eta = 0.7, 0.003
    model = submission.new("LinearSVMGD", C=C, eta=eta, n_epochs=10)
    model.call("fit", X, (t > 0).astype(int), hold=True)
    mistakes = {
        known: first_epochs(X, t, C, eta, 10, known)
        for known in (LABELS, BIAS, NO_C, UPHILL, MEAN, WRONG_SIDE, NO_SHRINK, NEW_W)
    }
    # a wrong path, measured with the right objective
    expect.close(model.get("objective_"), np.array(first_epochs(X, t, C, eta, 10)), rtol=1e-8, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.needs("test_sign_of_the_decision_function")
@pytest.mark.hint(en="X @ coef_ + intercept_.", ko="X @ coef_ + intercept_예요.")
def test_decision_function_is_linear(submission, expect, rng):
    """The decision function of new rows comes from coef_ and intercept_.

    ko: 새로운 행의 결정 함수는 coef_와 intercept_로 계산한다.
    """
    X, t = overlapping(rng)
    model, w, b = fitted(submission, expect, X, t, C=2.0, eta=0.001, n_epochs=500)
    expect.true(bool(np.abs(w).max() > 0.01), en="`coef_` is zero.", ko="`coef_`가 0이에요.")
    new = rng.normal(size=(15, 3))
    expect.close(
        model.call("decision_function", new),
        new @ w + b,
        rtol=1e-9,
        atol=1e-9,
        mistakes={Text("The intercept is missing.", "편향(intercept_)이 빠졌어요."): new @ w},
    )


@pytest.mark.points(2)
@pytest.mark.needs("test_decision_function_is_linear")
@pytest.mark.hint(
    en="With these learning rates a few thousand epochs come within 2 % of the lowest objective there is.",
    ko="이 학습률이면 몇천 에포크 만에 목적 함수가 최솟값의 2% 안으로 들어와요.",
)
@pytest.mark.parametrize("C", [0.1, 5.0])
def test_objective_on_flowers(submission, expect, C):
    """On the irises the objective comes close to its minimum.

    ko: 붓꽃 데이터에서 목적 함수가 최솟값에 가까워진다.
    """
    X, t = virginica()
    model, w, b = fitted(submission, expect, X, (t > 0).astype(int), C=C, eta=0.001, n_epochs=4000)
    expect.shape(model.get("objective_"), (4000,), message=EVERY_EPOCH)
    best = exact(X, t, C)
    lowest = objective(best.coef_[0], best.intercept_[0], X, t, C)
    expect.true(
        objective(w, b, X, t, C) <= 1.02 * lowest,
        en="The objective of your w and b is more than 2 % above the lowest possible one.",
        ko="여러분의 w와 b로 계산한 목적 함수가 최솟값보다 2% 넘게 커요.",
    )


@pytest.mark.points(2)
@pytest.mark.needs("test_names_two_clouds", "test_decision_function_is_linear")
@pytest.mark.hint(
    en="If the objective is right but the predictions are not, look at decision_function and predict.",
    ko="목적 함수는 맞는데 예측이 다르다면 decision_function과 predict를 살펴보세요.",
)
def test_predicts_as_the_exact_solution(submission, expect, rng):
    """On unseen points the predictions are those of scikit-learn's SVM.

    ko: 처음 보는 점에서 사이킷런의 SVM과 똑같이 예측한다.
    """
    X, t = overlapping(rng, m=120)
    names = np.where(t > 0, "yes", "no")
    model, _, _ = fitted(submission, expect, X, names, C=1.0, eta=0.001, n_epochs=4000)
    new, _ = overlapping(rng, m=600)
    best = exact(X, t, 1.0)
    clear = np.abs(best.decision_function(new)) > 0.02
    predicted = model.call("predict", new)
    expect.type(predicted, (np.ndarray, list, tuple), what="predict(...)")
    expect.shape(predicted, (len(new),))
    wanted = np.where(best.predict(new) > 0, "yes", "no")
    same = np.array([str(found) == name for found, name in zip(predicted, wanted, strict=True)])
    expect.at_least(float(np.mean(same[clear])), 0.98, what=Text("agreement with SVC", "SVC와 예측이 같은 비율"))


@pytest.mark.points(1)
@pytest.mark.needs("test_names_two_clouds", "test_decision_function_is_linear")
@pytest.mark.hint(
    en="The label with t = +1 only where f(x) > 0; f(x) = 0 is not above 0.",
    ko="f(x) > 0일 때만 t = +1인 레이블이에요. f(x) = 0은 0보다 크지 않아요.",
)
def test_label_on_the_border(submission, expect):
    """A row with f(x) = 0 gets the label that comes first.

    ko: f(x) = 0인 행에는 앞에 오는 레이블을 준다.
    """
    X, names = np.array([[2.0], [-2.0]]), np.array(["yes", "no"])  # the two slopes in b cancel out: it stays 0
    model, w, b = fitted(submission, expect, X, names, C=1.0, eta=0.05, n_epochs=5)
    predicted = model.call("predict", np.array([[1.0], [0.0], [-1.0]]))
    expect.type(predicted, (np.ndarray, list, tuple), what="predict(...)")
    expect.shape(predicted, (3,))
    above, on, below = (str(found) for found in predicted)
    expect.true(
        (above, below) == ("yes", "no") and w[0] > 0 and b == 0,
        en="Two rows with names, 2 and -2, are not told apart by a border at 0.",
        ko="이름이 붙은 두 행 2와 -2를 0에 있는 경계로 구별하지 못해요.",
    )
    expect.true(
        on == "no",
        en="Where f(x) is exactly 0, `predict` should answer with the label that has t = -1.",
        ko="f(x)가 정확히 0이면 `predict`는 t = -1인 레이블로 답해야 해요.",
    )


@pytest.mark.points(3)
@pytest.mark.needs("test_decision_function_is_linear")
@pytest.mark.hint(
    en="Remember w and b whenever the objective is lower than ever before.",
    ko="목적 함수가 지금까지의 최솟값보다 낮아질 때마다 w와 b를 기억해 두세요.",
)
def test_best_weights_are_kept(submission, expect, rng):
    """The w and b that are left are those with the lowest objective.

    ko: 목적 함수가 가장 낮았을 때의 w와 b가 남는다.
    """
    X, t = overlapping(rng)
    C, eta, n_epochs = 1.0, 0.05, 60  # steps too long to come to rest
    _, w, b = fitted(submission, expect, X, t.astype(int), C=C, eta=eta, n_epochs=n_epochs)
    right = first_epochs(X, t, C, eta, n_epochs)
    expect.true(
        objective(w, b, X, t, C) <= min(right) * (1 + 1e-6),
        en="With long steps the objective goes up and down. The w and b that are left are not those of its lowest point.",
        ko="스텝이 길면 목적 함수가 오르내려요. 남은 w와 b가 가장 낮았을 때의 값이 아니에요.",
    )


@pytest.mark.points(4)
@pytest.mark.needs("test_decision_function_is_linear")
@pytest.mark.hint(
    en="t * decision_function(X) <= 1 on the training rows, after coef_ and intercept_ are final.",
    ko="coef_와 intercept_가 정해진 다음, 훈련 샘플에서 t * decision_function(X) <= 1을 계산하세요.",
)
def test_support_vectors(submission, expect, rng):
    """The support vectors are the rows with t · f(x) ≤ 1.

    ko: t · f(x) ≤ 1인 행이 서포트 벡터이다.
    """
    X, t = overlapping(rng)
    t[np.argsort(-t * X.sum(axis=1))[:4]] *= -1  # the clearest rows get the other label: far on the wrong side
    model, w, b = fitted(submission, expect, X, np.where(t > 0, 7, 3), C=1.0, eta=0.02, n_epochs=80)
    mask = model.get("support_mask_")
    expect.type(mask, (np.ndarray, list, tuple), what="support_mask_")
    expect.shape(mask, (len(X),), message=EACH_ROW)
    expect.dtype(np.asarray(mask), "bool")
    scores = X @ w + b
    margins = t * scores
    away = np.abs(margins - 1) > 1e-9
    right = margins <= 1
    expect.true(
        0 < right.sum() < len(X),
        en="By your coef_ and intercept_ all rows, or none, are support vectors: that cannot be right here.",
        ko="여러분의 coef_와 intercept_로는 모든 행이 서포트 벡터이거나 하나도 없어요. 여기서는 그럴 수 없어요.",
    )
    found = np.asarray(mask)
    known = [
        (margins < 0, "This marks the rows on the wrong side only.", "반대편에 있는 행만 표시했어요."),
        (margins > 1, "This marks all rows but the support vectors.", "서포트 벡터가 아닌 행을 표시했어요."),
        (scores <= 1, "This is f(x) <= 1: the label t is missing.", "f(x) <= 1이에요. 레이블 t가 빠졌어요."),
        (
            np.abs(scores) <= 1,
            "This marks the rows inside the street only; those beyond it on the wrong side count as well.",
            "도로 안의 행만 표시했어요. 도로를 지나 반대편에 있는 행도 서포트 벡터예요.",
        ),
    ]
    for wrong, en, ko in known:
        if not (wrong == right)[away].all():
            expect.true(not (found == wrong)[away].all(), en=en, ko=ko)
    expect.true(
        (found == right)[away].all(),
        en="Some rows are marked wrongly. Is the mask computed with the final coef_ and intercept_?",
        ko="잘못 표시한 행이 있어요. 최종 coef_와 intercept_로 계산했나요?",
    )
