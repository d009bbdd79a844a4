"""Visible checks of boosting: the worked examples, and moons with names."""

import numpy as np
import pytest
from sklearn.datasets import make_moons

from grader.checks import Text

OWN = Text(
    "Take single trees from sklearn.tree; the boosting itself is yours to write.",
    "sklearn.tree에서 트리만 가져다 쓰세요. 부스팅은 직접 작성해야 해요.",
)
X10 = np.arange(10.0).reshape(-1, 1)
Y10 = np.array([0, 0, 0, 1, 0, 1, 1, 1, 1, 1])
X4, Y4 = np.arange(4.0).reshape(-1, 1), np.array([0.0, 0.0, 4.0, 8.0])


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Multiply the wrong rows' weights by exp(alpha), then divide all of them by their sum.",
    ko="틀린 샘플의 가중치에 exp(alpha)를 곱한 다음, 모든 가중치를 그 합으로 나누세요.",
)
def test_one_round_by_hand(submission, expect):
    """AdaBoost: the first round of the worked example.

    ko: 에이다부스트 예제의 첫 라운드.
    """
    expect.source(submission).avoids("sklearn.ensemble", message=OWN)
    model = submission.estimator("StumpAdaBoost", n=1, lr=0.5).fit(X10, Y10)
    expect.same(model.predict(X10), (X10[:, 0] > 4.5).astype(int))
    alpha = 0.5 * np.log(9)
    full = Text("The learning rate is missing here.", "학습률을 곱하지 않았어요.")
    half = Text("There is a factor 1/2 too many here.", "여기에 1/2이 한 번 더 곱해져 있어요.")
    expect.close(model.attr("errors_"), [0.1], rtol=1e-6)
    expect.close(model.attr("alphas_"), [alpha], rtol=1e-6, mistakes=[([2 * alpha], full), ([alpha / 2], half)])
    raw = np.where(np.arange(10) == 3, 0.3, 0.1)
    start = np.full(10, 0.1)
    as_they_are = Text(
        "These weights no longer add up to 1: divide them by their sum after each round.",
        "가중치의 합이 1이 아니에요. 라운드가 끝날 때마다 합으로 나누세요.",
    )
    right_too = Text(
        "The rows that were right lost weight by a factor of their own: only wrong rows are multiplied.",
        "맞힌 샘플의 가중치에도 따로 수를 곱했어요. 틀린 샘플의 가중치에만 곱하세요.",
    )
    same_array = Text(
        "Row 0 has changed as well: `w *= ...` writes into the array that is already in the list; `w = w * ...` makes a "
        "new one.",
        "0번 행까지 바뀌었어요. `w *= ...`는 이미 리스트에 넣은 배열을 고쳐 써요. `w = w * ...`로 새 배열을 만드세요.",
    )
    both = np.where(np.arange(10) == 3, 0.3, 0.1 / 3)
    expect.close(
        model.attr("weights_"),
        np.array([start, raw / 1.2]),
        rtol=1e-6,
        mistakes={as_they_are: [start, raw], right_too: [start, both / both.sum()], same_array: [raw / 1.2, raw / 1.2]},
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Residual = y minus the whole prediction so far; the tree's answer is multiplied by lr, the constant is not.",
    ko="잔차는 y에서 지금까지의 예측 전체를 뺀 값이에요. 트리의 답에는 lr을 곱하고, 상수에는 곱하지 않아요.",
)
def test_two_trees_by_hand(submission, expect):
    """Gradient boosting: two trees of the worked example.

    ko: 그레이디언트 부스팅 예제의 트리 두 개.
    """
    expect.source(submission).avoids("sklearn.ensemble", message=OWN)
    model = submission.estimator("GBRegressorLite", n=2, lr=0.5, depth=1).fit(X4, Y4)
    first = np.array([1.5, 1.5, 4.5, 4.5])
    right = np.array([first, first + np.array([-7, -7, -7, 21]) / 12])
    shrunk = Text("The constant was multiplied by lr as well.", "상수에도 lr을 곱했어요.")
    without = Text("The constant is missing: begin with the mean of y.", "상수가 빠졌어요. y의 평균에서 시작하세요.")
    to_y = Text(
        "The trees were fitted to y itself: each must be fitted to the residuals, what is still missing.",
        "트리를 y 자체에 훈련했어요. 아직 모자라는 값, 곧 잔차에 훈련해야 해요.",
    )
    in_full = Text("The trees are added in full: lr is missing here.", "트리의 답을 그대로 더했어요. lr을 곱하세요.")
    from_half = np.array([[0.75, 0.75, 3.75, 3.75], [13 / 24, 13 / 24, 85 / 24, 5.875]])
    expect.close(
        model.call("staged_predict", X4),
        right,
        rtol=1e-6,
        mistakes=[
            (right - 1.5, shrunk),
            (from_half, shrunk),
            (right - 3.0, without),
            ([[3, 3, 6, 6], [3, 3, 9, 9]], to_y),
            (2 * right - 3, in_full),
        ],
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Map the labels to +1 and -1 for the sum, and back to classes_ in predict.",
    ko="더할 때는 레이블을 +1과 -1로 바꾸고, predict에서 다시 classes_로 돌려놓으세요.",
)
def test_moons_with_names(submission, expect, rng):
    """AdaBoost tells two moons with names apart.

    ko: 에이다부스트가 이름이 붙은 두 달을 구별한다.
    """
    X, moon = make_moons(200, noise=0.2, random_state=int(rng.integers(1000)))
    y = np.array(["right", "left"])[moon]
    model = submission.estimator("StumpAdaBoost", n=60, lr=1.0).fit(X, y)
    expect.same(list(model.attr("classes_")), ["left", "right"])
    predicted = model.predict(X)
    expect.type(predicted, (np.ndarray, list), what="predict(...)")
    expect.shape(predicted, (200,))
    expect.true(
        {str(found) for found in predicted} <= {"left", "right"},
        en="`predict` should answer with labels as they stand in `y`, not with their positions or signs.",
        ko="`predict`는 레이블의 번호나 부호가 아니라 `y`에 있는 레이블로 답해야 해요.",
    )
    right = np.mean([str(found) == label for found, label in zip(predicted, y, strict=True)])
    expect.at_least(float(right), 0.93, what=Text("accuracy on the training points", "훈련 점에서의 정확도"))
