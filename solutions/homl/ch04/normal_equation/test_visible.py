"""Visible checks of the normal equation: the worked example, and a noisy line."""

import numpy as np
import pytest

from grader.checks import Text

X = np.array([[0.0], [1.0], [2.0]])
Y = np.array([1.0, 2.0, 6.0])
NO_ONES = Text(
    "This line goes through the origin: the column of ones is missing.",
    "원점을 지나는 직선이에요. 1로 채운 열이 빠졌어요.",
)
BIAS_LAST = Text("The bias belongs in front, not at the end.", "편향은 맨 뒤가 아니라 맨 앞에 와야 해요.")


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Put a column of ones in front of X; the first parameter is the bias.",
    ko="X 앞에 1로 채운 열을 붙이세요. 첫 번째 파라미터가 편향이에요.",
)
@pytest.mark.parametrize("function", ["normal_eq", "svd_fit"])
def test_worked_example(submission, expect, function):
    """Three points by hand.

    ko: 손으로 계산한 세 점.
    """
    mistakes = [([2.8], NO_ONES), ([0.0, 2.8], NO_ONES), ([2.5, 0.5], BIAS_LAST)]
    expect.close(submission.call(function, X, Y), np.array([0.5, 2.5]), atol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Square the errors, then take the mean: neither half of it, nor the sum, nor the root.",
    ko="오차를 제곱한 다음 평균을 구하세요. 반으로 나누거나, 합만 구하거나, 제곱근을 취하지 않아요.",
)
def test_error_of_the_worked_example(submission, expect):
    """The mean squared error, by hand.

    ko: 손으로 계산한 평균 제곱 오차.
    """
    left_out = Text(
        "The bias is left out of the predictions: is there a column of ones in front of X?",
        "예측에 편향이 들어가지 않았어요. X 앞에 1로 채운 열을 붙였나요?",
    )
    mistakes = [(0.75, left_out), (19 / 6, BIAS_LAST)]
    expect.close(submission.call("mse", X, Y, np.array([0.5, 2.5])), 0.5, atol=1e-12, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="The noise moves the parameters a little away from 4 and 3: about (4.215, 2.770) is right here.",
    ko="잡음 때문에 파라미터가 4와 3에서 조금 벗어나요. 여기서는 (4.215, 2.770)쯤이 맞아요.",
)
@pytest.mark.parametrize("function", ["normal_eq", "svd_fit"])
def test_noisy_line(submission, expect, function):
    """A hundred points around y = 4 + 3x; the targets come as a column.

    ko: y = 4 + 3x 둘레의 점 100개. 타깃은 열 하나로 주어진다.
    """
    random = np.random.RandomState(42)
    x = 2 * random.rand(100, 1)
    y = 4 + 3 * x + random.randn(100, 1)
    through_origin = float((x * y).sum() / (x * x).sum())
    found = submission.call(function, x, y)
    expect.close(
        found,
        np.array([4.21509616, 2.77011339]),
        rtol=1e-7,
        mistakes=[([through_origin], NO_ONES), ([0.0, through_origin], NO_ONES), ([2.77011339, 4.21509616], BIAS_LAST)],
    )
