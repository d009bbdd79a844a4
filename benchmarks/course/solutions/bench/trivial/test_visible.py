"""Visible checks of rows and columns."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean_of_each_row(submission, expect):
    """The mean of each row.

    ko: 각 행의 평균.
    """
    expect.close(submission.call("row_means", np.array([[1.0, 3.0], [5.0, 9.0]])), np.array([2.0, 7.0]))


@pytest.mark.points(2)
def test_total(submission, expect):
    """The sum of all entries.

    ko: 모든 값의 합.
    """
    expect.close(submission["total"], 66.0)
