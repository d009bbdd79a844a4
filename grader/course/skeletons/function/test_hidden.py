"""Checks that students do not have."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean_of_other_numbers(submission, expect, rng):
    """The mean of other arrays.

    ko: 다른 배열에서도 평균을 구한다.
    """
    values = rng.normal(size=50)
    expect.close(submission.call("mean_positive", values), values[values > 0].mean())


@pytest.mark.points(1)
@pytest.mark.hint(
    en="What is the mean of an empty array? Decide before you divide.",
    ko="빈 배열의 평균은 무엇일까요? 나누기 전에 먼저 확인하세요.",
)
def test_no_positive_entry(submission, expect):
    """Without a positive entry the result is 0.

    ko: 양수가 없으면 결과는 0이다.
    """
    expect.close(submission.call("mean_positive", np.array([-1.0, -2.0])), 0.0)
