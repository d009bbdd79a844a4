"""Visible checks of the normal equation: the worked example, and a noisy line."""

import numpy as np
import pytest

from grader.vocabulary import Text

X = np.array([[0.0], [1.0], [2.0]])
Y = np.array([1.0, 2.0, 6.0])


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
    expect.close(submission.call(function, X, Y), np.array([0.5, 2.5]), atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Square the errors, then take the mean: neither half of it, nor the sum, nor the root.",
    ko="오차를 제곱한 다음 평균을 구하세요. 반으로 나누거나, 합만 구하거나, 제곱근을 취하지 않아요.",
)
def test_error_of_the_worked_example(submission, expect):
    """The mean squared error, by hand.

    ko: 손으로 계산한 평균 제곱 오차.
    """
    expect.close(submission.call("mse", X, Y, np.array([0.5, 2.5])), 0.5, atol=1e-12)


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
        mistakes={
            Text(
                "This line goes through the origin: the column of ones is missing.",
                "원점을 지나는 직선이에요. 1로 채운 열이 빠졌어요.",
            ): [through_origin],
        },
    )
