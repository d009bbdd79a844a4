"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_one_class_for_each_point(submission, expect):
    """There is one class for each point.

    ko: 점마다 클래스가 하나씩 나온다.
    asks: which returns the classes of new points as an array of shape (n,)
    asks-ko: 새로운 점의 클래스를 크기가 (n,)인 배열로 돌려주는
    hint: One class for each row of X, in an array of shape (n,).
    hint-ko: X의 행마다 클래스 하나씩, 크기가 (n,)인 배열을 반환하세요.
    """
    X = np.array([[0.0, 0.0], [0.1, 0.0], [3.0, 3.0], [3.1, 3.0]] * 5)
    state = submission.call("train", X, np.array([0, 0, 1, 1] * 5), hold=True)
    predicted = submission.call("predict", state, X[:7])
    expect.array(predicted, (7,), dtype="int")
