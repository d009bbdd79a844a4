"""Visible checks of the linear SVM: the worked example, two clouds with names."""

import numpy as np
import pytest

from grader.checks import Text

X, Y = np.array([[2.0], [-1.0]]), np.array([1, 0])
NOT_ALONG = Text("The decision function does not grow with x here.", "여기서 결정 함수가 x와 함께 커지지 않아요.")


def trained(code, X, y, **settings):
    """A model after `fit`."""
    model = code.new("LinearSVMGD", **settings)
    model.call("fit", X, y, hold=True)
    return model


def example(code):
    """The model of the worked example."""
    return trained(code, X, Y, C=1.0, eta=0.1, n_epochs=2)


def flat(model, attribute):
    """Numbers of an attribute, whatever they stand in: one check minds the form."""
    return np.ravel(model.get(attribute))


@pytest.mark.points(0)
def test_own_work(expect):
    """No library does the work.

    ko: 라이브러리가 대신 계산하지 않는다.
    asks: Write `class LinearSVMGD(C=1.0, eta=0.001, n_epochs=2000)` with numpy
    asks-ko: 넘파이로 `class LinearSVMGD(C=1.0, eta=0.001, n_epochs=2000)`를 작성하세요.
    hint: All other checks ask what your own code computes.
    hint-ko: 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요.
    """

    def libraries(code):
        return [name for name in ("sklearn", "scipy") if not expect.holds(expect.source(code, main=False).avoids, name)]

    expect.agree(libraries, [])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_objective_of_the_worked_example(expect):
    """The objective before the first two steps, by hand.

    ko: 처음 두 스텝을 밟기 전의 목적 함수를 손으로 계산한 값.
    asks: `objective_` begins with 2 and 1.145
    asks-ko: `objective_`는 2, 1.145로 시작합니다
    hint: objective_ holds J before each step: w @ w / 2 + C * sum(max(0, 1 - t * f)).
    hint-ko: objective_에는 스텝을 밟기 전의 J = w @ w / 2 + C * sum(max(0, 1 - t * f))를 담으세요.
    """

    expect.agree(lambda code: flat(example(code), "objective_"), [2.0, 1.145])
    expect.agree(lambda code: np.diff(example(code).call("decision_function", X), axis=0)[0] < 0, True, message=NOT_ALONG)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_weights_of_the_worked_example(expect):
    """The weights and the decision function after two epochs, by hand.

    ko: 두 에포크 뒤의 가중치와 결정 함수를 손으로 계산한 값.
    asks: The step leads to $w = 0.3$, $b = 0$.
    asks-ko: $w = 0.3$, $b = 0$으로 움직입니다
    hint: Of w = 0 and w = 0.3 the second has the lower J, so it is kept; f(x) = 0.3 x there.
    hint-ko: w = 0과 w = 0.3 가운데 뒤의 것이 J가 더 낮으니 그것이 남아요. 이때 f(x) = 0.3 x예요.
    """

    rows = [[2.0], [-1.0], [0.5]]
    expect.agree(lambda code: np.ravel(example(code).call("decision_function", rows)), [0.6, -0.3, 0.15])
    expect.agree(lambda code: flat(example(code), "coef_"), [0.3])
    expect.agree(lambda code: flat(example(code), "intercept_"), [0.0], atol=1e-9)


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_names_two_clouds(expect, rng):
    """Two clouds with names are told apart.

    ko: 이름이 붙은 점 무리 두 개를 구별한다.
    asks: labels as they were given
    asks-ko: 훈련할 때 받은 레이블 그대로 돌려줍니다.
    hint: np.unique(y) gives the two labels in sorted order; index it with (f > 0) as 0 or 1.
    hint-ko: np.unique(y)가 정렬된 두 레이블을 줘요. (f > 0)을 0과 1로 바꾸어 그 인덱스로 쓰세요.
    """
    names = np.repeat(["spam", "ham"], 30)
    clouds = np.where(names == "spam", 2.0, -2.0)[:, np.newaxis] * [1.0, 0.5] + 0.3 * rng.uniform(-1, 1, size=(60, 2))

    def told_apart(code):
        model = trained(code, clouds, names, C=1.0, eta=0.01, n_epochs=300)
        return [str(label) for label in model.call("predict", clouds)]

    expect.agree(told_apart, names.tolist())


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work")
def test_fit_returns_the_model(expect):
    """`fit` returns the model itself.

    ko: `fit`은 모델 자신을 돌려준다.
    asks: Returns `self`
    asks-ko: `self`를 돌려주고 다음 속성을 만듭니다
    hint: End `fit` with `return self`.
    hint-ko: `fit`을 `return self`로 끝내세요.
    """

    def returned(code):
        return code.new("LinearSVMGD", n_epochs=3).call("fit", X, Y, hold=True)

    expect.agree(lambda code: returned(code).type_name, "LinearSVMGD")
    expect.agree(lambda code: returned(code).call("predict", X), Y)
