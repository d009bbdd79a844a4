"""Hidden checks of the three linear SVMs: borders beside the fitted classifiers, and the problem that each one solves."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.svm import SVC

from grader.checks import Text

CLASSIFIERS = {"LinearSVC": "linear_svc", "SVC": "svc", "SGD": "sgd"}
NOT_ITS_BORDER = Text(
    "This border, in cm, is not that of the fitted classifier of the same name.",
    "cm 단위의 경계가 같은 이름의 훈련된 분류기에서 나온 것이 아니에요.",
)
OTHER_PROBLEM = Text(
    "Fitted on other flowers, this classifier decides otherwise than the problem of the exercise demands. Leave settings "
    "that are not named at their defaults.",
    "다른 붓꽃으로 훈련해 보니 문제에서 말한 SVM과 다르게 판단해요. 문제에 나오지 않은 설정은 기본값으로 두세요.",
)
IRIS = load_iris()
PETALS = IRIS.data[IRIS.target < 2][:, 2:]
MEAN, SCALE = PETALS.mean(axis=0), PETALS.std(axis=0)
OTHER_Y = IRIS.target[IRIS.target > 0]  # two species that overlap
OTHER_X = IRIS.data[IRIS.target > 0][:, 2:]
OTHER_X = (OTHER_X - OTHER_X.mean(axis=0)) / OTHER_X.std(axis=0)
GRID = np.array([(a, b) for a in np.linspace(-2.0, 2.0, 9) for b in np.linspace(-2.0, 2.0, 9)])


def pair(code, name):
    """Slope and intercept of a border, also in arrays or under another key: one check minds the form."""
    boundaries = code["boundaries"]
    found = boundaries[name] if name in boundaries else list(boundaries.values())[list(CLASSIFIERS).index(name)]
    return np.concatenate([np.ravel(value) for value in found]).astype(float)


def setting(code, name, parameter):
    """A parameter of a classifier, also of one within a pipeline."""
    return {key.rpartition("__")[2]: value for key, value in code.estimator(name).params().items()}[parameter]


def decisions(expect, code, name):
    """What a classifier as it was fitted decides about the grid."""
    return expect.array(code.estimator(name).call("decision_function", GRID), (len(GRID),))


def refitted(expect, code, name):
    """What a classifier's settings decide about the grid after a fit on two species that overlap."""
    answer = expect.refit(code.estimator(name), OTHER_X, OTHER_Y, GRID, method="decision_function")
    return expect.array(answer, (len(GRID),))


def within(expect, share):
    """A way to compare: no value is farther away than a share of the largest one."""
    return lambda found, wanted: expect.close(found, wanted, rtol=0, atol=share * float(np.max(np.abs(wanted))))


@pytest.mark.points(2)
@pytest.mark.parametrize("name", CLASSIFIERS)
def test_border_of_the_classifier(expect, name):
    """A border in cm is that of the fitted classifier.

    ko: cm 단위의 경계가 훈련한 분류기의 경계와 같다.
    asks: border in **cm**: petal width = slope · petal length + intercept
    asks-ko: 꽃잎의 너비 = 기울기 · 꽃잎의 길이 + 절편입니다
    hint: Put z = (x - mean) / scale into w·z + b = 0, with coef_[0] and intercept_[0] of the classifier and mean_ and
        scale_ of the scaler, and solve for the width.
    hint-ko: w·z + b = 0에 z = (x - mean) / scale을 넣고 너비에 대해 푸세요. 분류기의 coef_[0]과 intercept_[0], scaler의
        mean_과 scale_을 쓰면 돼요.
    """

    def beside_its_own(code):
        # Any seed of SGD is right, so the border is measured by that of the classifier which is there. The decision
        # function is asked, not coef_: a polynomial kernel of degree 1 is linear and has none.
        columns = np.column_stack([GRID, np.ones(len(GRID))])
        (length, width, bias), *_ = np.linalg.lstsq(columns, decisions(expect, code, CLASSIFIERS[name]), rcond=None)
        length, width = length / SCALE[0], width / SCALE[1]
        bias -= length * MEAN[0] + width * MEAN[1]
        return pair(code, name) / [-length / width, -bias / width]

    def near(found, wanted):
        # By how much a mistake misses depends a little on the seed of SGD.
        far = np.abs(expect.array(found, (2,)) - wanted) > 1e-4 + 0.4 * np.abs(wanted - 1)
        expect.true(not far.any(), message=NOT_ITS_BORDER)

    expect.agree(beside_its_own, np.ones(2), how=near)


@pytest.mark.points(1)
def test_fitted_on_the_scaled_petals(expect):
    """The classifiers are fitted on the scaled petals.

    ko: 분류기는 표준화한 꽃잎으로 훈련했다.
    asks: all three fitted on `X_scaled` and `y`
    asks-ko: 세 분류기는 모두 `X_scaled`와 `y`로 훈련하고
    hint: Call fit(X_scaled, y) with all 100 rows, and raise max_iter after a ConvergenceWarning.
    hint-ko: 100행 모두로 fit(X_scaled, y)를 호출하고, ConvergenceWarning이 나오면 max_iter를 늘리세요.
    """
    # LinearSVC counts b among the weights; a larger intercept_scaling makes b cheaper, which the exercise leaves open.
    for name, share in (("linear_svc", 0.25), ("svc", 0.05)):
        expect.agree(lambda code, name=name: decisions(expect, code, name), how=within(expect, share))


@pytest.mark.points(4)
def test_problem_of_the_linear_svc(expect):
    """`linear_svc` minimises the plain hinge loss with the given C.

    ko: `linear_svc`는 주어진 C로 제곱하지 않은 힌지 손실을 최소화한다.
    asks: `linear_svc`: a `LinearSVC` with the plain hinge loss and this `C`
    asks-ko: `linear_svc`: 제곱하지 않은 힌지 손실과 이 `C`를 쓰는 `LinearSVC`
    hint: LinearSVC(loss="hinge", C=C): its default squares the losses.
    hint-ko: LinearSVC(loss="hinge", C=C)를 쓰세요. 기본값은 손실을 제곱해요.
    """
    expect.agree(lambda code: setting(code, "linear_svc", "loss"), "hinge")
    expect.agree(lambda code: refitted(expect, code, "linear_svc"), how=within(expect, 0.05))


@pytest.mark.points(3)
def test_problem_of_the_svc(expect):
    """`svc` is linear and has the given C.

    ko: `svc`는 선형이고 주어진 C를 쓴다.
    asks: `svc`: an `SVC` with a linear kernel and this `C`
    asks-ko: `svc`: 선형 커널과 이 `C`를 쓰는 `SVC`
    hint: SVC(kernel="linear", C=C).
    hint-ko: SVC(kernel="linear", C=C)를 쓰세요.
    """
    expect.agree(lambda code: refitted(expect, code, "svc"), how=within(expect, 0.05))


@pytest.mark.points(3)
def test_problem_of_the_sgd(expect):
    """`sgd` minimises the hinge loss with the penalty "l2".

    ko: `sgd`는 "l2" 규제를 쓰고 힌지 손실을 최소화한다.
    asks: an `SGDClassifier` with the hinge loss, the penalty `"l2"` (the default)
    asks-ko: 힌지 손실과 `"l2"` 규제(기본값)를 쓰는 `SGDClassifier`입니다
    hint: SGDClassifier(loss="hinge", penalty="l2", alpha=...): apart from alpha and random_state the defaults will do.
    hint-ko: SGDClassifier(loss="hinge", penalty="l2", alpha=...)예요. alpha와 random_state 말고는 기본값이면 돼요.
    """
    for parameter, right in (("loss", "hinge"), ("penalty", "l2")):
        expect.agree(lambda code, parameter=parameter: str(setting(code, "sgd", parameter)), right)
    exact = SVC(kernel="linear", C=5).fit(OTHER_X, OTHER_Y).decision_function(GRID)

    def near_the_minimum(code):
        # SGD stops somewhere near it, averaged weights (average=True) a little farther away.
        found = refitted(expect, code, "sgd")
        return bool(np.corrcoef(found, exact)[0, 1] > 0.95), bool(0.5 < found @ exact / (exact @ exact) < 3.0)

    expect.agree(near_the_minimum, (True, True), message=OTHER_PROBLEM)


@pytest.mark.points(4)
def test_alpha_of_the_sgd(expect):
    """The alpha of `sgd` is the one that belongs to C.

    ko: `sgd`의 alpha가 C에 맞는 값이다.
    asks: the `alpha` that makes its problem the one of `SVC` with this `C`: not by trial, by the two formulas
    asks-ko: `alpha`는 이 `C`를 쓴 `SVC`와 같은 문제가 되도록 정하되
    hint: Divide ½‖w‖² + C·Σh by C·m, so that 1/m stands before the sum, and compare the factors before ‖w‖².
    hint-ko: ½‖w‖² + C·Σh를 C·m으로 나누면 합 앞에 1/m이 남아요. 그때 ‖w‖² 앞의 계수를 비교해 보세요.
    """
    expect.agree(lambda code: setting(code, "sgd", "alpha"), 1 / (5 * 100), rtol=0.01)
    expect.agree(lambda code: code.estimator("sgd").predict([[-1.0, -1.0], [9.0, 9.0]]), [0, 1])  # it is fitted too
