"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(2)
@pytest.mark.hint(
    en="sample returns an array of shape (n, 2) without NaN.",
    ko="sample은 NaN이 없는 크기 (n, 2)의 배열을 반환해요.",
)
def test_samples_are_points(submission, expect):
    """Sampling gives n finite points.

    ko: 유한한 점 n개가 생성된다.
    """
    state = submission.call("train", np.random.default_rng(0).normal(size=(200, 2)), hold=True)
    points = submission.call("sample", state, 30, 1)
    expect.shape(points, (30, 2))
    expect.finite(points)
