"""Checks that students do not have."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean_of_other_numbers(expect, rng):
    """The mean of other arrays.

    ko: 다른 배열에서도 평균을 구한다.
    asks: the mean of those entries of the array `values` that are greater than 0
    asks-ko: 배열 `values`에서 0보다 큰 값들의 평균을 돌려줍니다.
    """
    values = rng.normal(size=50)
    expect.agree(lambda code: code.call("mean_positive", values))


@pytest.mark.points(1)
def test_no_positive_entry(expect):
    """Without a positive entry the result is 0.

    ko: 양수가 없으면 결과는 0이다.
    asks: Where there are none, the result is 0.0.
    asks-ko: 0보다 큰 값이 없으면 결과는 0.0입니다.
    hint: What is the mean of an empty array? Decide before you divide.
    hint-ko: 빈 배열의 평균은 무엇일까요? 나누기 전에 먼저 확인하세요.
    """
    expect.agree(lambda code: code.call("mean_positive", np.array([-1.0, -2.0])), 0.0)
