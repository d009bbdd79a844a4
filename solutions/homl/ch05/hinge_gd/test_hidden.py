"""Hidden checks of the linear SVM: each step, the optimum, the support vectors, against scikit-learn's exact solution."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.svm import SVC

from grader.checks import Text

NOT_ALIVE = Text(
    "The decision function does not run along `coef_`, or J is the same in each epoch.",
    "결정 함수가 `coef_`의 방향으로 커지지 않거나, J가 에포크마다 똑같아요.",
)
NOT_LOWEST = Text(
    "Where the last step goes up, the `coef_` and `intercept_` that are left are not those of the lowest J.",
    "마지막 스텝에서 J가 커질 때, 남은 `coef_`와 `intercept_`가 J가 가장 낮았을 때의 값이 아니에요.",
)
OTHER_LABELS = Text("Some rows get another label than from SVC.", "SVC와 다른 레이블로 예측한 행이 있어요.")
SHAPES = Text(
    "One of the results does not have the shape that the task says, or the mask does not hold True and False.",
    "문제와 모양이 다른 결과가 있거나, 마스크의 값이 True나 False가 아니에요.",
)


def overlapping(rng, m=80, n=3):
    """Two clouds that overlap, off the origin, of different size; labels as -1 and 1."""
    t = np.where(np.arange(m) < m // 3, 1.0, -1.0)
    return rng.normal(size=(m, n)) + 0.8 * t[:, np.newaxis] + 0.7, t


def trained(code, X, y, **settings):
    """A model after `fit`."""
    model = code.new("LinearSVMGD", **settings)
    model.call("fit", X, y, hold=True)
    return model


def flat(model, attribute):
    """Numbers of an attribute, whatever they stand in: one check minds the form."""
    return np.ravel(model.get(attribute))


def steps(model):
    """How many steps were made, and whether they led anywhere."""
    losses = flat(model, "objective_")
    return len(losses), bool(np.ptp(losses) > 0)


def alive(model, X):
    """Whether the decision function grows along `coef_`, and the training moves: else attributes alone would earn points."""
    scores = np.ravel(model.call("decision_function", X))
    along = np.corrcoef(X @ flat(model, "coef_"), scores)[0, 1] > 0.999
    return bool(along), steps(model)[1]


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work")
def test_form_of_the_results(expect, rng):
    """Attributes and results have the shapes that the task says.

    ko: 속성과 결과의 모양이 문제에서 말한 것과 같다.
    asks: `coef_`, shape (n,), and `intercept_`, a number
    asks-ko: `coef_`(크기 (n,))와 `intercept_`(숫자)
    hint: coef_ is flat, intercept_ one number, support_mask_ an array of True and False, one for each row.
    hint-ko: coef_는 1차원, intercept_는 숫자 하나, support_mask_는 행마다 True나 False가 하나씩 있는 배열이에요.
    """
    X, t = overlapping(rng)

    def form(code):
        model = trained(code, X, t, n_epochs=50)
        found = [model.get(name) for name in ("coef_", "intercept_", "objective_", "support_mask_")]
        found += [model.call(name, X) for name in ("decision_function", "predict")]
        return [list(np.shape(value)) for value in found], np.asarray(found[3]).dtype.name

    expect.agree(form, ([[3], [], [50], [80], [80], [80]], "bool"), message=SHAPES)
    expect.agree(lambda code: alive(trained(code, X, t, n_epochs=50), X), (True, True), message=NOT_ALIVE)


@pytest.mark.points(4)
@pytest.mark.needs("test_own_work")
def test_objective_of_the_first_epochs(expect, rng):
    """The objective before each of the first ten steps.

    ko: 처음 열 스텝을 밟기 전의 목적 함수.
    asks: each epoch makes one step with the constant learning rate `eta` on all rows
    asks-ko: 에포크마다 모든 행을 써서 일정한 학습률 `eta`로 한 스텝씩 움직입니다
    hint: Compare your first steps with the two formulas, one sum at a time; the labels here are 0 and 1.
    hint-ko: 처음 몇 스텝을 두 식과 하나씩 비교해 보세요. 여기서 레이블은 0과 1이에요.
    """
    X, t = overlapping(rng)
    y, settings = (t > 0).astype(int), {"C": 0.7, "eta": 0.003, "n_epochs": 10}
    expect.agree(lambda code: flat(trained(code, X, y, **settings), "objective_"))
    expect.agree(lambda code: alive(trained(code, X, y, **settings), X), (True, True), message=NOT_ALIVE)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_decision_function_is_linear(expect, rng):
    """The decision function of new rows comes from `coef_` and `intercept_`.

    ko: 새로운 행의 결정 함수는 `coef_`와 `intercept_`로 계산한다.
    asks: `decision_function(X) -> array (m,)`: $f(x)$ of each row
    asks-ko: `decision_function(X) -> 배열 (m,)`: 행마다 $f(x)$입니다.
    hint: X @ coef_ + intercept_.
    hint-ko: X @ coef_ + intercept_예요.
    """
    (X, t), new = overlapping(rng), rng.normal(size=(15, 3))

    def share_of_the_intercept(code):
        model = trained(code, X, t, C=2.0, eta=0.001, n_epochs=500)
        scores = np.ravel(model.call("decision_function", new))
        return (scores - new @ flat(model, "coef_")) / flat(model, "intercept_")

    expect.agree(share_of_the_intercept, np.ones(15), atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
@pytest.mark.parametrize("C", [0.1, 5.0])
def test_minimum_on_flowers(expect, C):
    """On the irises the weights come close to the minimum, and every step is made.

    ko: 붓꽃 데이터에서 가중치가 최솟값 가까이에 이르고, 스텝을 모두 밟는다.
    asks: list of $J$ **before** each step, `n_epochs` numbers
    asks-ko: 스텝을 밟기 **전의** $J$를 담은 리스트. 숫자가 `n_epochs`개입니다.
    hint: Make every step and do not stop earlier; check the factor C and what belongs into the penalty.
    hint-ko: 중간에 멈추지 말고 스텝을 모두 밟으세요. C를 곱했는지, 규제 항에 무엇이 들어가는지도 확인하세요.
    """
    iris = load_iris()
    X, y = iris.data[:, 2:4], (iris.target == 2).astype(int)
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    settings = {"C": C, "eta": 0.004, "n_epochs": 800}
    exact = SVC(kernel="linear", C=C, tol=1e-6).fit(X, y).decision_function(X)
    near = {"rtol": 0.0, "atol": 0.03 * float(np.abs(exact).max())}
    expect.agree(lambda code: np.ravel(trained(code, X, y, **settings).call("decision_function", X)), exact, **near)
    expect.agree(lambda code: steps(trained(code, X, y, **settings)), (800, True))


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_predicts_as_the_exact_solution(expect, rng):
    """On unseen points the predictions are those of scikit-learn's SVM.

    ko: 처음 보는 점에서 사이킷런의 SVM과 똑같이 예측한다.
    asks: `SVC(kernel="linear", C=C)` minimises the same $J$ in another way
    asks-ko: `SVC(kernel="linear", C=C)`는 같은 $J$를 다른 방법으로 최소화하니
    hint: If the objective is right but the predictions are not, look at decision_function and predict.
    hint-ko: 목적 함수는 맞는데 예측이 다르다면 decision_function과 predict를 살펴보세요.
    """
    (X, t), (new, _) = overlapping(rng, m=120), overlapping(rng, m=600)
    names = np.where(t > 0, "yes", "no")
    exact = SVC(kernel="linear", C=1.0, tol=1e-6).fit(X, t)
    new = new[np.abs(exact.decision_function(new)) > 0.25]  # gradient descent only comes near

    def predicted(code):
        model = trained(code, X, names, C=1.0, eta=0.004, n_epochs=800)
        return [str(label) for label in model.call("predict", new)]

    expect.agree(predicted, np.where(exact.predict(new) > 0, "yes", "no").tolist(), message=OTHER_LABELS)


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work")
def test_label_on_the_border(expect):
    """A row with f(x) = 0 gets the label that comes first.

    ko: f(x) = 0인 행에는 앞에 오는 레이블을 준다.
    asks: where $f(x) > 0$ the one with $t = +1$, otherwise the other one
    asks-ko: $f(x) > 0$이면 $t = +1$인 레이블, 아니면 다른 레이블입니다
    hint: The label with t = +1 only where f(x) > 0; f(x) = 0 is not above 0.
    hint-ko: f(x) > 0일 때만 t = +1인 레이블이에요. f(x) = 0은 0보다 크지 않아요.
    """
    rows, names = np.array([[2.0], [-2.0]]), np.array(["yes", "no"])  # the two slopes in b cancel out: it stays 0

    def predicted(code):
        model = trained(code, rows, names, C=1.0, eta=0.05, n_epochs=5)
        return [str(label) for label in model.call("predict", [[1.0], [0.0], [-1.0]])]

    expect.agree(predicted, ["yes", "no", "no"])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_best_weights_are_kept(expect, rng):
    """The weights that are left are those with the lowest objective.

    ko: 목적 함수가 가장 낮았을 때의 가중치가 남는다.
    asks: the $w$ and $b$ with the **lowest** $J$ in `objective_`
    asks-ko: `objective_` 가운데 $J$가 **가장 낮은** 때의 $w$와 $b$입니다
    hint: Remember w and b whenever the objective is lower than ever before.
    hint-ko: 목적 함수가 지금까지의 최솟값보다 낮아질 때마다 w와 b를 기억해 두세요.
    """
    X, t = overlapping(rng)
    settings = {"C": 1.0, "eta": 0.05}  # steps too long to come to rest

    def same_as_up_to_the_best(code):
        # The path is the submission's own, right or wrong. It is cut where the last step went up.
        losses = flat(trained(code, X, t, n_epochs=60, **settings), "objective_")
        end = np.flatnonzero(losses > np.minimum.accumulate(losses))[-1] + 1
        models = [trained(code, X, t, n_epochs=int(n), **settings) for n in (end, np.argmin(losses[:end]) + 1)]
        weights = [np.append(flat(model, "coef_"), flat(model, "intercept_")) for model in models]
        return np.allclose(*weights), alive(models[0], X)

    expect.agree(same_as_up_to_the_best, (True, (True, True)), message=NOT_LOWEST)


@pytest.mark.points(4)
@pytest.mark.needs("test_own_work")
def test_support_vectors(expect, rng):
    """The support vectors are the rows with t · f(x) ≤ 1.

    ko: t · f(x) ≤ 1인 행이 서포트 벡터이다.
    asks: the training rows with $t_i f(x_i) \\le 1$, computed with `coef_` and `intercept_`
    asks-ko: `coef_`와 `intercept_`로 계산한 $t_i f(x_i) \\le 1$인 훈련 샘플이 True입니다
    hint: t * decision_function(X) <= 1 on the training rows, after coef_ and intercept_ are final.
    hint-ko: coef_와 intercept_가 정해진 다음, 훈련 샘플에서 t * decision_function(X) <= 1을 계산하세요.
    """
    X, t = overlapping(rng)
    t[np.argsort(-t * X.sum(axis=1))[:4]] *= -1  # the clearest rows get the other label: far on the wrong side
    y, settings = np.where(t > 0, 7, 3), {"C": 1.0, "eta": 0.02, "n_epochs": 80}
    expect.agree(lambda code: flat(trained(code, X, y, **settings), "support_mask_"))
    expect.agree(lambda code: alive(trained(code, X, y, **settings), X), (True, True), message=NOT_ALIVE)
