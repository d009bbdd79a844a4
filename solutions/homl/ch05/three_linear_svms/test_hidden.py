"""Hidden checks of the three linear SVMs: borders against the fitted classifiers, and each classifier's problem."""

import numpy as np
import pytest
from sklearn.svm import SVC, LinearSVC

from grader.checks import Text

C = 5
CLASSIFIERS = {"LinearSVC": "linear_svc", "SVC": "svc", "SGD": "sgd"}
CLASSES = {"LinearSVC": "LinearSVC", "SVC": "SVC", "SGD": "SGDClassifier"}
SCALED = Text(
    "This border is in scaled units. Put z = (x - mean) / scale into w·z + b = 0 and solve for the width in cm.",
    "표준화한 단위의 경계예요. w·z + b = 0에 z = (x - mean) / scale을 넣고 cm 단위의 너비로 풀어 보세요.",
)
NO_MEAN = Text(
    "The slope is right, but the intercept lacks the scaler's means: z = (x - mean) / scale has two parts.",
    "기울기는 맞지만 절편에 scaler의 평균이 빠졌어요. z = (x - mean) / scale에는 평균도 들어 있어요.",
)
SIGN = Text(
    "The slope has the wrong sign: when you solve for the width, the other terms change sides.",
    "기울기의 부호가 반대예요. 너비에 대해 풀면 나머지 항이 다른 쪽으로 넘어가요.",
)
PAIR_TURNED = Text(
    "Slope and intercept have changed places: the slope comes first.",
    "기울기와 절편의 자리가 바뀌었어요. 기울기가 먼저예요.",
)
AXES_TURNED = Text(
    "This line gives the length as a function of the width; the other way round is wanted.",
    "너비로 길이를 나타낸 직선이에요. 길이로 너비를 나타내세요.",
)
NOT_ITS_BORDER = Text(
    "A border is not that of the fitted classifier of the same name.",
    "경계가 같은 이름의 훈련된 분류기에서 나온 것이 아니에요.",
)
SQUARED = Text(
    'This LinearSVC squares the hinge losses, which is its default: say loss="hinge".',
    '이 LinearSVC는 힌지 손실을 제곱해요(기본값). loss="hinge"라고 쓰세요.',
)
CURVED = Text(
    'This SVC has a kernel that is not linear, so its border is no straight line: say kernel="linear".',
    '이 SVC의 커널은 선형이 아니어서 경계가 직선이 아니에요. kernel="linear"라고 쓰세요.',
)
OTHER_C = Text("This classifier does not use the C of the exercise.", "이 분류기는 문제에서 정한 C를 쓰지 않아요.")
NOT_HINGE = Text("This SGDClassifier does not use the hinge loss.", "이 SGDClassifier는 힌지 손실을 쓰지 않아요.")
NO_L2 = Text(
    'This SGDClassifier does not use the penalty "l2", so that nothing keeps the weights small: that is another problem.',
    '이 SGDClassifier는 "l2" 규제를 쓰지 않아서 가중치를 작게 유지하는 항이 빠졌어요. 그러면 다른 문제를 푸는 셈이에요.',
)
OTHER_ALPHA = Text(
    "This alpha does not belong to C: divide the objective of SVC by a number that leaves 1/m before the sum.",
    "alpha가 C와 맞지 않아요. SVC의 식을 어떤 수로 나누면 합 앞에 1/m만 남는지 생각해 보세요.",
)
OTHER_PROBLEM = Text(
    "Fitted on other flowers, this classifier does not decide like one that solves the problem of the exercise. "
    "Leave the settings that are not named at their defaults.",
    "다른 붓꽃으로 훈련해 보니 문제에서 말한 SVM과 다르게 판단해요. 문제에 나오지 않은 설정은 기본값으로 두세요.",
)


def classifier(submission, expect, name):
    """The student's fitted classifier of this name."""
    held = submission.estimator(CLASSIFIERS[name])
    expect.true(
        held.is_a(CLASSES[name]),
        en=f"`{CLASSIFIERS[name]}` must be a fitted {CLASSES[name]} itself.",
        ko=f"`{CLASSIFIERS[name]}`은(는) 훈련한 {CLASSES[name]} 자체여야 해요.",
    )
    return held


def plane_of(grid, found):
    """Weights and bias of the plane through the values of a decision function, and whether they lie on it."""
    columns = np.column_stack([grid, np.ones(len(grid))])
    plane = np.linalg.lstsq(columns, found, rcond=None)[0]
    return plane, bool(np.max(np.abs(columns @ plane - found)) <= 1e-3 * max(1.0, float(np.ptp(found))))


def border(weights, bias, hidden):
    """Slope and intercept in cm of a border in scaled units."""
    weights = weights / hidden.scale
    return -weights[0] / weights[1], -(bias - weights @ hidden.mean) / weights[1]


def mistaken(weights, bias, hidden):
    """Borders that usual mistakes lead to."""
    slope, intercept = border(weights, bias, hidden)
    raw = weights / hidden.scale
    return [
        (np.array([-weights[0] / weights[1], -bias / weights[1]]), SCALED),
        (np.array([slope, -bias / raw[1]]), NO_MEAN),
        (np.array([-slope, intercept]), SIGN),
        (np.array([intercept, slope]), PAIR_TURNED),
        (np.array([1 / slope, -intercept / slope]), AXES_TURNED),
    ]


@pytest.mark.points(2)
@pytest.mark.needs("test_three_boundaries")
@pytest.mark.hint(
    en="Take coef_[0] and intercept_[0] of the classifier, and mean_ and scale_ of the scaler.",
    ko="분류기의 coef_[0]과 intercept_[0], scaler의 mean_과 scale_을 쓰세요.",
)
@pytest.mark.parametrize("name", CLASSIFIERS)
def test_border_of_the_classifier(submission, hidden, expect, name):
    """A border in cm is that of the fitted classifier.

    ko: cm 단위의 경계가 훈련한 분류기의 경계와 같다.
    """
    held = classifier(submission, expect, name)
    # The decision function is asked, not coef_: a polynomial kernel of degree 1 is linear and has none.
    found = expect.array(held.call("decision_function", hidden.grid), (len(hidden.grid),))
    plane, flat = plane_of(hidden.grid, found)
    expect.true(flat, message=CURVED)
    weights, bias = plane[:2], plane[2]
    expect.true(
        bool(np.all(np.abs(weights) > 1e-9)),
        en="This classifier has learnt nothing.",
        ko="이 분류기는 배운 것이 없어요.",
    )
    boundaries = submission["boundaries"]
    expect.type(boundaries, dict, what="boundaries")
    expect.close(
        boundaries.get(name),
        np.array(border(weights, bias, hidden)),
        rtol=1e-4,
        atol=1e-4,
        message=NOT_ITS_BORDER,
        mistakes=mistaken(weights, bias, hidden),
    )


def decisions(submission, hidden, expect, name):
    """What the student's settings decide about a grid after a fit on two species that overlap."""
    held = classifier(submission, expect, name)
    answer = expect.refit(held, hidden.other_X, hidden.other_y, hidden.grid, method="decision_function")
    return held, expect.array(answer, (len(hidden.grid),))


def strength(found, right):
    """How far `found` is a multiple of `right`: the multiple, and the correlation."""
    multiple = float(found @ right / (right @ right))
    return multiple, float(np.corrcoef(found, right)[0, 1]) if np.ptp(found) > 0 else 0.0


@pytest.mark.points(3)
@pytest.mark.hint(
    en='LinearSVC(loss="hinge", C=C): its default squares the losses.',
    ko='LinearSVC(loss="hinge", C=C)를 쓰세요. 기본값은 손실을 제곱해요.',
)
def test_problem_of_the_linear_svc(submission, hidden, expect):
    """`linear_svc` minimises the plain hinge loss with the given C.

    ko: `linear_svc`는 주어진 C로 제곱하지 않은 힌지 손실을 최소화한다.
    """
    held, found = decisions(submission, hidden, expect, "LinearSVC")
    expect.params(held, {"loss": "hinge"}, message=SQUARED)
    expect.params(held, {"C": C}, message=OTHER_C)
    right = LinearSVC(loss="hinge", C=C, max_iter=100_000, random_state=0).fit(hidden.other_X, hidden.other_y)
    multiple, correlation = strength(found, right.decision_function(hidden.grid))
    expect.true(0.9 < multiple < 1.1 and correlation > 0.99, message=OTHER_PROBLEM)


@pytest.mark.points(3)
@pytest.mark.hint(en='SVC(kernel="linear", C=C).', ko='SVC(kernel="linear", C=C)를 쓰세요.')
def test_problem_of_the_svc(submission, hidden, expect):
    """`svc` is linear and has the given C.

    ko: `svc`는 선형이고 주어진 C를 쓴다.
    """
    held, found = decisions(submission, hidden, expect, "SVC")
    right = SVC(kernel="linear", C=C).fit(hidden.other_X, hidden.other_y).decision_function(hidden.grid)
    expect.true(plane_of(hidden.grid, found)[1], message=CURVED)
    expect.params(held, {"C": C}, message=OTHER_C)
    multiple, correlation = strength(found, right)
    expect.true(0.95 < multiple < 1.05 and correlation > 0.99, message=OTHER_PROBLEM)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Divide ½‖w‖² + C·Σh by C·m and compare the factors before ‖w‖².",
    ko="½‖w‖² + C·Σh를 C·m으로 나눈 다음 ‖w‖² 앞의 계수를 비교해 보세요.",
)
def test_problem_of_the_sgd(submission, hidden, expect):
    """`sgd` minimises the hinge loss with the alpha that belongs to C.

    ko: `sgd`는 C에 맞는 alpha로 힌지 손실을 최소화한다.
    """
    held, found = decisions(submission, hidden, expect, "SGD")
    expect.params(held, {"loss": "hinge"}, message=NOT_HINGE)
    expect.params(held, {"penalty": "l2"}, message=NO_L2)
    expect.params(held, {"alpha": 1 / (C * len(hidden.X))}, rtol=0.01, message=OTHER_ALPHA)
    right = SVC(kernel="linear", C=C).fit(hidden.other_X, hidden.other_y).decision_function(hidden.grid)
    multiple, correlation = strength(found, right)
    # SGD stops somewhere near the minimum, averaged weights (average=True) a little farther from it.
    expect.true(0.5 < multiple < 3.0 and correlation > 0.95, message=OTHER_PROBLEM)


@pytest.mark.points(3)
@pytest.mark.needs("test_three_boundaries")
@pytest.mark.hint(
    en="Fit on all 100 rows of X_scaled with the given C, and raise max_iter after a ConvergenceWarning; the two borders "
    "then leave nothing to chance.",
    ko="X_scaled의 100행 모두와 주어진 C로 훈련하고, ConvergenceWarning이 나오면 max_iter를 늘리세요. 그러면 두 경계는 우연에 "
    "좌우되지 않아요.",
)
def test_borders_of_the_two_exact_solvers(submission, hidden, expect):
    """The borders of LinearSVC and SVC lie where the minimum of their problem is.

    ko: LinearSVC와 SVC의 경계가 각 문제의 최솟값 자리에 있다.
    """
    Z = (hidden.X - hidden.mean) / hidden.scale
    # LinearSVC counts b among the weights; a larger intercept_scaling makes b cheaper, which the exercise leaves open.
    scaling = classifier(submission, expect, "LinearSVC").get("intercept_scaling")
    expect.type(scaling, float, what="intercept_scaling")
    expect.finite(scaling)
    linear = LinearSVC(loss="hinge", C=C, intercept_scaling=max(1.0, float(scaling)), max_iter=1_000_000, tol=1e-5)
    models = {"SVC": SVC(kernel="linear", C=C), "LinearSVC": linear}
    boundaries = submission["boundaries"]
    expect.type(boundaries, dict, what="boundaries")
    for name, model in models.items():
        model.fit(Z, hidden.y)
        weights, bias = model.coef_[0], model.intercept_[0]
        expect.close(
            boundaries.get(name),
            np.array(border(weights, bias, hidden)),
            rtol=0,
            atol=0.02,
            message=Text(
                f"The border of {name} is not where the given C and the scaled petals put it.",
                f"{name}의 경계가 주어진 C와 표준화한 꽃잎으로 훈련했을 때의 자리와 달라요.",
            ),
            mistakes=mistaken(weights, bias, hidden),
        )
