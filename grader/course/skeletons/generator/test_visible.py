"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(2)
@pytest.mark.hint(
    en="sample returns an array of shape (n, 2) without NaN.",
    ko="sample은 NaN이 없는 크기 (n, 2)의 배열을 반환해요.",
)
def test_samples_are_points(submission, expect):
    """Sampling gives n finite points that differ from one another.

    ko: 서로 다른 유한한 점 n개가 생성된다.
    """
    X = np.random.default_rng(0).normal(size=(200, 2))
    points = submission.call("sample", submission.call("train", X, hold=True), 200, 1)
    expect.array(points, (200, 2))
    expect.diverse(points, X)
