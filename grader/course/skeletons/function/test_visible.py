"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean_of_three_numbers(expect):
    """The mean of two positive numbers among three.

    ko: 세 수 가운데 양수 둘의 평균을 구한다.
    asks: the mean of those entries of the array `values` that are greater than 0
    asks-ko: 배열 `values`에서 0보다 큰 값들의 평균을 돌려줍니다.
    hint: values > 0 is an array of True and False; use it as an index.
    hint-ko: values > 0은 True와 False로 된 배열이에요. 이것을 인덱스로 써 보세요.
    """
    expect.agree(lambda code: code.call("mean_positive", np.array([1.0, -2.0, 3.0])), 2.0)
