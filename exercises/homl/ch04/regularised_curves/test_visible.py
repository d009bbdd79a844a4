"""Visible checks of regularisation and learning curves: the worked examples, the labels of the figure."""

import numpy as np
import pytest

from grader.checks import Text

LABELS = [("train", "훈련"), ("valid", "검증")]


@pytest.mark.points(2)
@pytest.mark.hint(
    en="D is np.eye(n + 1) with D[0, 0] = 0: only the weights are penalised.",
    ko="D는 np.eye(n + 1)에서 D[0, 0] = 0으로 바꾼 것이에요. 가중치만 규제해요.",
)
def test_ridge_by_hand(submission, expect):
    """Ridge regression on three points, by hand.

    ko: 손으로 계산한 세 점의 릿지 회귀.
    """
    X, y = np.array([[-1.0], [0.0], [1.0]]), np.array([0.0, 1.0, 5.0])
    mistakes = {
        Text("The bias is penalised as well: leave it free.", "편향까지 규제했어요. 편향은 그대로 두세요."): [1.0, 1.0],
        Text("alpha is multiplied by m here: it should not be.", "alpha에 m을 곱했어요. 곱하지 마세요."): [2.0, 5 / 11],
        Text("alpha is divided by m here: it should not be.", "alpha를 m으로 나누었어요. 나누지 마세요."): [2.0, 5 / 3],
        Text("alpha has no effect.", "alpha를 바꾸어도 결과가 그대로예요."): [2.0, 2.5],
    }
    expect.close(submission.call("ridge_closed", X, y, 3.0), np.array([2.0, 1.0]), atol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="np.sign(z) times what is left of np.abs(z) after t is taken away, but never less than 0.",
    ko="np.abs(z)에서 t를 빼고 0보다 작아지면 0으로 한 다음 np.sign(z)를 곱하세요.",
)
def test_soft_threshold_by_hand(submission, expect):
    """The soft threshold of four numbers, by hand.

    ko: 손으로 계산한 네 수의 소프트 임계값.
    """
    z = np.array([3.0, -1.0, -2.0, 0.5])
    mistakes = {
        Text(
            "Small values should become 0, but they come out on the other side of it.",
            "작은 값은 0이 되어야 하는데 0을 지나 반대쪽으로 넘어갔어요.",
        ): np.sign(z) * (np.abs(z) - 1.0),
        Text(
            "This is the hard threshold: what is larger than t should move towards 0 by t as well.",
            "하드 임계값이에요. t보다 큰 값도 0 쪽으로 t만큼 옮겨야 해요.",
        ): np.where(np.abs(z) > 1.0, z, 0.0),
        Text("Negative values are lost: keep the sign.", "음수가 사라졌어요. 부호를 살리세요."): np.maximum(
            z - 1.0, 0.0
        ),
    }
    expect.close(
        submission.call("soft_threshold", z, 1.0), np.array([2.0, 0.0, -1.0, 0.0]), atol=1e-12, mistakes=mistakes
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="x ** [1, 2, ..., degree]; PolynomialFeatures needs include_bias=False.",
    ko="x ** [1, 2, ..., degree]예요. PolynomialFeatures를 쓴다면 include_bias=False가 필요해요.",
)
def test_powers_by_hand(submission, expect):
    """Powers of two numbers, without a column of ones.

    ko: 두 수의 거듭제곱. 1로 채운 열은 없다.
    """
    right = np.array([[2.0, 4.0, 8.0], [3.0, 9.0, 27.0]])
    ones = Text(
        "There is a column of ones: ridge_closed adds one already, so there would be two biases.",
        "1로 채운 열이 들어 있어요. ridge_closed가 이미 하나를 더하므로 편향이 둘이 돼요.",
    )
    found = submission.call("powers", np.array([[2.0], [3.0]]), 3)
    expect.close(found, right, rtol=1e-12, mistakes={ones: np.column_stack([np.ones(2), right])})


@pytest.mark.points(3)
@pytest.mark.hint(
    en="ax.plot(..., label=...) twice, ax.legend(), ax.set_xlabel(...), ax.set_ylabel(...).",
    ko="ax.plot(..., label=...)을 두 번 쓰고 ax.legend(), ax.set_xlabel(...), ax.set_ylabel(...)을 쓰세요.",
)
def test_labels_of_the_figure(submission, expect):
    """The legend names both curves, and the axes say what they show.

    ko: 범례에 두 곡선의 이름이 있고 축이 무엇을 나타내는지 쓰여 있다.
    """
    expect.figure(
        submission.figure("fig"), "line", xlabel=("size", "크기"), ylabel="RMSE", legend=LABELS, distinct_colors=True
    )
