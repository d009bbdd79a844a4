"""Visible checks of boosting: the worked examples."""

import numpy as np
import pytest

X10 = np.arange(10.0).reshape(-1, 1)
Y10 = np.array([0, 0, 0, 1, 0, 1, 1, 1, 1, 1])
X4, Y4 = np.arange(4.0).reshape(-1, 1), np.array([0.0, 0.0, 4.0, 8.0])
ALPHA = 0.5 * np.log(9)


def borrowed(code, expect, *names):
    """Which of these estimators of `sklearn.ensemble` are used."""
    return [name for name in names if not expect.holds(expect.source(code).avoids, f"sklearn.ensemble.{name}")]


@pytest.mark.points(0)
def test_own_adaboost(expect):
    """AdaBoost: no library does the work.

    ko: 에이다부스트: 라이브러리가 대신 일하지 않는다.
    asks: nothing from `sklearn.ensemble`
    asks-ko: `sklearn.ensemble`은 쓸 수 없습니다
    hint: All other checks of AdaBoost ask what your own code computes.
    hint-ko: 에이다부스트의 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요.
    """
    expect.agree(lambda code: borrowed(code, expect, "AdaBoostClassifier", "AdaBoostRegressor"), [])


@pytest.mark.points(0)
def test_own_gradient_boosting(expect):
    """Gradient boosting: no library does the work.

    ko: 그레이디언트 부스팅: 라이브러리가 대신 일하지 않는다.
    asks: nothing from `sklearn.ensemble`
    asks-ko: `sklearn.ensemble`은 쓸 수 없습니다
    hint: All other checks of gradient boosting ask what your own code computes.
    hint-ko: 그레이디언트 부스팅의 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요.
    """
    names = ("GradientBoostingRegressor", "HistGradientBoostingRegressor", "GradientBoostingClassifier")
    expect.agree(lambda code: borrowed(code, expect, *names), [])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_adaboost")
def test_one_round_by_hand(expect):
    """AdaBoost: error, say and weights of the first round.

    ko: 에이다부스트: 첫 라운드의 오차, 발언권, 가중치.
    asks: after division row 3 weighs 0.25 and every other row 0.0833
    asks-ko: 나누고 나면 3번은 0.25, 나머지는 저마다 0.0833입니다
    hint: Multiply the wrong rows' weights by exp(alpha), then divide all of them by their sum.
    hint-ko: 틀린 샘플의 가중치에 exp(alpha)를 곱한 다음, 모든 가중치를 그 합으로 나누세요.
    """
    weights = np.array([np.full(10, 0.1), np.where(np.arange(10) == 3, 0.25, 1 / 12)])

    def model(code):
        return code.estimator("StumpAdaBoost", n=1, lr=0.5).fit(X10, Y10)

    for name, right in (("errors_", [0.1]), ("alphas_", [ALPHA]), ("weights_", weights)):
        expect.agree(lambda code: model(code).attr(name), right)
    expect.agree(lambda code: model(code).predict(X10), (X10[:, 0] > 4.5).astype(int))


@pytest.mark.points(2.5)
@pytest.mark.needs("test_own_adaboost")
def test_names_for_labels(expect):
    """AdaBoost: the same ten rows with names in place of 0 and 1.

    ko: 에이다부스트: 0과 1 대신 이름이 붙은 같은 샘플 열 개.
    asks: `classes_[1]` where the decision function is above 0
    asks-ko: 결정 함수가 0보다 크면 `classes_[1]`입니다
    hint: Map the labels to +1 and -1 for the sum, and back to classes_ in predict.
    hint-ko: 더할 때는 레이블을 +1과 -1로 바꾸고, predict에서 다시 classes_로 돌려놓으세요.
    """
    names, left = np.array(["right", "left"])[Y10], X10[:, 0] > 4.5

    def model(code):
        return code.estimator("StumpAdaBoost", n=1, lr=0.5).fit(X10, names)

    expect.agree(lambda code: model(code).attr("classes_"), np.array(["left", "right"]))
    expect.agree(lambda code: model(code).call("decision_function", X10), np.where(left, -ALPHA, ALPHA))
    expect.agree(lambda code: model(code).predict(X10), np.where(left, "left", "right"))


@pytest.mark.points(3)
@pytest.mark.needs("test_own_gradient_boosting")
def test_three_trees_by_hand(expect):
    """Gradient boosting: three trees of the worked example.

    ko: 그레이디언트 부스팅: 예제의 트리 세 개.
    asks: so the prediction becomes 1.5, 1.5, 4.5, 4.5
    asks-ko: 모델의 예측은 1.5, 1.5, 4.5, 4.5가 됩니다
    hint: Residual = y minus the whole prediction so far; the tree's answer is multiplied by lr, the constant is not.
    hint-ko: 잔차는 y에서 지금까지의 예측 전체를 뺀 값이에요. 트리의 답에는 lr을 곱하고, 상수에는 곱하지 않아요.
    """
    # The second and the third tree set the last row apart; each adds half of what is missing on average on either side.
    steps = np.array([[1.5, 1.5, 4.5, 4.5], [-7 / 12, -7 / 12, -7 / 12, 1.75], [-7 / 24, -7 / 24, -7 / 24, 0.875]])

    def stages(code):
        return code.estimator("GBRegressorLite", n=3, lr=0.5, depth=1).fit(X4, Y4).call("staged_predict", X4)

    expect.agree(stages, np.cumsum(steps, axis=0))
