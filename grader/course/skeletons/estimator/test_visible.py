"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(3)
def test_training_data_is_scaled(expect):
    """The training data lies between -1 and 1.

    ko: 훈련 데이터가 -1과 1 사이에 놓인다.
    asks: so that the training data lies between -1 and 1
    asks-ko: 그러면 훈련 데이터가 -1과 1 사이에 놓입니다.
    hint: Half of the range is (max - min) / 2, the middle is (max + min) / 2, each by column: axis=0.
    hint-ko: 범위의 절반은 (최댓값 - 최솟값) / 2, 가운데는 (최댓값 + 최솟값) / 2예요. 열마다 구하려면 axis=0을 쓰세요.
    """
    X = np.array([[0.0, 10.0], [5.0, 30.0], [10.0, 20.0]])
    scaled = np.array([[-1.0, -1.0], [0.0, 1.0], [1.0, 0.0]])
    expect.agree(lambda code: code.estimator("RangeScaler").fit(X).transform(X), scaled)
