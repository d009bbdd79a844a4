"""Checks that students do not have."""

import numpy as np
import pytest

N = 800


def ring(rng, n):
    """Points (n, 2) near a circle that has a gap."""
    angle = rng.uniform(0.4, 2 * np.pi - 0.4, n)
    return np.column_stack([np.cos(angle), np.sin(angle)]) + rng.normal(0, 0.08, size=(n, 2))


def squared_distances(A, B):
    """All squared distances (len(A), len(B)); wild points are cut."""
    A, B = np.clip(A, -1000, 1000), np.clip(B, -1000, 1000)
    return (A[:, None, 0] - B[None, :, 0]) ** 2 + (A[:, None, 1] - B[None, :, 1]) ** 2


def mmd(A, B):
    """Squared maximum mean discrepancy of two samples under Gaussian kernels: near 0 for one distribution."""

    def similarity(P, Q):
        squares = squared_distances(P, Q)
        return sum(np.exp(squares / (-2 * width**2)).mean() for width in (0.1, 0.3, 1.0))

    return float(similarity(A, A) + similarity(B, B) - 2 * similarity(A, B))


@pytest.fixture
def world(seed):
    """Points to learn from and points to compare with."""
    rng = np.random.default_rng([seed, 3])
    return ring(rng, N), ring(rng, N)


@pytest.fixture
def samples(submission, world, seed, expect, remembered):
    """Points that the submission has generated."""

    def generate():
        return submission.call("sample", submission.call("train", world[0], hold=True), N, seed)

    points = remembered("samples", generate)
    return expect.array(points, (N, 2), dtype="float").astype(float)


@pytest.mark.points(6)
def test_samples_follow_the_data(samples, world, expect, band, rng):
    """Samples follow the data.

    ko: 생성한 점이 데이터의 분포를 따른다.
    asks: The points are judged by how closely they follow points of the same kind that your code has never seen.
    asks-ko: 생성한 점이, 같은 분포에서 나왔지만 처음 보는 점과 얼마나 비슷한지로 채점합니다.
    hint: Plot samples over the training points: is the hole in the middle empty, and is the whole ring covered?
    hint-ko: 생성한 점을 훈련 점 위에 그려 보세요. 가운데는 비어 있고 고리는 고르게 덮여 있나요?
    """
    train, unseen = world
    apart = np.column_stack([rng.permutation(column) for column in train.T])  # each coordinate right by itself
    expect.metric(band["mmd"], mmd(samples, unseen), baseline=mmd(apart, unseen))


@pytest.mark.points(1)
@pytest.mark.needs("test_samples_follow_the_data")  # anything else is new as well
def test_samples_are_new_points(samples, world, expect):
    """Samples are new points, not training points.

    ko: 생성한 점은 훈련 점을 베낀 것이 아니다.
    asks: returns `n` **new** points
    asks-ko: **새로운** 점 `n`개를
    hint: A training point that is handed back is not generated.
    hint-ko: 훈련 점을 그대로 돌려주는 것은 생성이 아니에요.
    """
    expect.novel(samples, *world)


@pytest.mark.points(1)
def test_seed_decides(submission, world, expect):
    """The same seed gives the same points, another seed others.

    ko: 시드가 같으면 같은 점이, 다르면 다른 점이 나온다.
    asks: The same seed gives the same points.
    asks-ko: 시드가 같으면 같은 점이 나와야 합니다.
    hint: Draw everything from np.random.default_rng(seed).
    hint-ko: 난수는 모두 np.random.default_rng(seed)에서 뽑으세요.
    """
    state = submission.call("train", world[0], hold=True)
    expect.seeded(lambda seed: submission.call("sample", state, 20, seed))
