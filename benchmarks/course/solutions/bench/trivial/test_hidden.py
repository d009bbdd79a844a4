"""Hidden checks of rows and columns."""

import numpy as np
import pytest

X = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 60.0]])


@pytest.mark.points(2)
def test_columns_have_mean_zero(submission, expect):
    """Standardized columns have mean 0.

    ko: 표준화한 열의 평균은 0이다.
    """
    expect.close(submission.call("standardize", X).mean(axis=0), np.zeros(2), atol=1e-9)


@pytest.mark.points(2)
def test_columns_have_variance_one(submission, expect):
    """Standardized columns have variance 1.

    ko: 표준화한 열의 분산은 1이다.
    """
    expect.close(submission.call("standardize", X).std(axis=0), np.ones(2), atol=1e-9)


@pytest.mark.points(2)
def test_shape_is_kept(submission, expect):
    """Standardizing keeps the shape.

    ko: 표준화해도 모양은 그대로이다.
    """
    expect.shape(submission.call("standardize", X), (3, 2))
