"""Hidden checks of the whole tool box."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_one_hot_of_many(submission, expect):
    """Every row has a single 1.

    ko: 모든 행에는 1이 하나씩 있다.
    """
    expect.close(submission.call("one_hot", list(range(10)), 10), np.eye(10))


@pytest.mark.points(2)
def test_column_means(submission, expect):
    """The mean of each column.

    ko: 각 열의 평균.
    """
    means = submission.call("column_means", {"a": [1.0, 3.0], "b": [0.0, 5.0]})
    expect.close([means["a"], means["b"]], [2.0, 2.5])


@pytest.mark.points(2)
def test_accuracy(submission, expect):
    """The accuracy of the nearest neighbour.

    ko: 최근접 이웃의 정확도.
    """
    expect.close(submission["accuracy"], 1.0)
