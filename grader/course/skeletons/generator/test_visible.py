"""Checks that students have too."""

import numpy as np
import pytest

from grader.checks import Text

COPIED = Text("Some of the samples are points that train was given.", "생성한 점 가운데 train이 받은 점이 있어요.")


def drawn(code, X, n, seed):
    """New points (n, 2) of code that has learned from X."""
    return code.call("sample", code.call("train", X, hold=True), n, seed)


def copied(points, X):
    """How many points are rows of X."""
    return int((np.asarray(points)[:, None] == X).all(axis=2).any(axis=1).sum())


@pytest.mark.points(2)
def test_samples_are_points(submission, expect):
    """Sampling gives n finite points that differ from one another.

    ko: 서로 다른 유한한 점 n개가 생성된다.
    asks: returns `n` **new** points as an array of shape (n, 2)
    asks-ko: **새로운** 점 `n`개를 크기가 (n, 2)인 배열로 돌려주는
    hint: sample returns an array of shape (n, 2) without NaN.
    hint-ko: sample은 NaN이 없는 크기 (n, 2)의 배열을 반환해요.
    """
    X = np.random.default_rng(0).normal(size=(200, 2))
    expect.agree(lambda code: copied(drawn(code, X, 200, 1), X), 0, message=COPIED)
    points = drawn(submission, X, 200, 1)
    expect.array(points, (200, 2))
    expect.diverse(points, X)
