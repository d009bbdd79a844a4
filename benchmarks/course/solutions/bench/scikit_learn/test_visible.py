"""Visible checks of a line through a table."""

import pytest


@pytest.mark.points(2)
def test_slope(submission, expect):
    """The slope of the line.

    ko: 직선의 기울기.
    """
    expect.close(submission["slope"], 3.0, rtol=1e-6)


@pytest.mark.points(2)
def test_mean_of_group_a(submission, expect):
    """The mean of group a.

    ko: a 그룹의 평균.
    """
    expect.close(submission["summary"]["a"], 28.0)
