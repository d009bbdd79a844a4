"""Hidden checks of the 2-D diffusion model: the reverse step, and what comes out of noise."""

import numpy as np
import pytest

from grader.vocabulary import Text

N_SAMPLES = 2000
STEPS = 100
BANDWIDTHS = (0.1, 0.3, 1.0)  # of the Gaussian kernels, in standard deviations of the data
NEAR = 0.15  # a sample this close to an unseen point lies on the moons


def moons(rng, n):
    """Two half circles: points (n, 2), and on which of eight pieces (four to a moon) each one lies."""
    angle, upper = rng.uniform(0, np.pi, n), rng.random(n) < 0.5
    arc = np.column_stack([np.cos(angle), np.sin(angle)])
    points = np.where(upper[:, None], arc, [1.0, 0.5] - arc) + rng.normal(0, 0.05, (n, 2))
    return points, np.minimum(angle / np.pi * 4, 3).astype(int) + 4 * upper


def squared_distances(A, B):
    """All squared distances (len(A), len(B)) between points in the plane; wild ones are cut at 1,000 deviations."""
    A, B = np.clip(A, -1000, 1000), np.clip(B, -1000, 1000)
    return (A[:, None, 0] - B[None, :, 0]) ** 2 + (A[:, None, 1] - B[None, :, 1]) ** 2


def mmd(A, B):
    """Squared maximum mean discrepancy of two samples: 0 when they follow one distribution."""

    def similarity(P, Q):
        squares = squared_distances(P, Q)
        return sum(np.exp(squares / (-2 * width**2)).mean() for width in BANDWIDTHS)

    return float(similarity(A, A) + similarity(B, B) - 2 * similarity(A, B))


def back(x, eps, t, betas, noise):
    """The reverse step of DDPM."""
    mean = (x - betas[t] / np.sqrt(1 - np.prod(1 - betas[: t + 1])) * eps) / np.sqrt(1 - betas[t])
    return mean + (np.sqrt(betas[t]) * noise if t else 0.0)


def step_arguments(rng, steps, t):
    """Random arguments of ``reverse_step`` under a random schedule."""
    betas = np.sort(rng.uniform(0.02, 0.4, size=steps))
    return rng.normal(size=(9, 2)), rng.normal(size=(9, 2)), t, betas, rng.normal(size=(9, 2))


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Two different quantities: beta at t, and the product of all 1 - beta up to and including t.",
    ko="t에서의 베타와, t까지(t 포함) 1 - beta를 모두 곱한 값은 서로 다른 양이에요.",
)
def test_steps_with_other_schedules(submission, expect, rng):
    """The step back under other schedules.

    ko: 다른 스케줄에서도 한 단계 되돌리기가 맞다.
    """
    questions = [step_arguments(rng, steps, t) for steps, t in ((5, 4), (12, 1), (12, 7), (40, 20))]
    for arguments, answer in zip(questions, submission.map("reverse_step", questions), strict=True):
        expect.shape(answer, (9, 2))
        expect.close(answer, back(*arguments), rtol=1e-5, atol=1e-6)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="The last step of the way back is t = 0: its result is the sample itself.",
    ko="거꾸로 가는 길의 마지막 단계는 t = 0이에요. 그 결과가 바로 생성된 점이에요.",
)
def test_last_step_adds_no_noise(submission, expect, rng):
    """The last step adds no noise.

    ko: 마지막 단계에서는 잡음을 더하지 않는다.
    """
    arguments = step_arguments(rng, 10, 0)
    answer = submission.call("reverse_step", *arguments)
    expect.shape(answer, (9, 2))
    expect.close(
        answer,
        back(*arguments),
        rtol=1e-5,
        atol=1e-6,
        message=Text(
            "At t = 0 the step should return the mean alone; noise that is added here stays in the picture for good.",
            "t = 0에서는 평균만 반환해야 해요. 여기서 더한 잡음은 걷어 낼 기회가 없어 그대로 남아요.",
        ),
    )


class Moons:
    """Turned, mirrored and standardised moons: ``X`` to train on, ``unseen`` with its ``pieces`` to compare with."""

    def __init__(self, seed):
        rng = np.random.default_rng([seed, 17])
        points, pieces = moons(rng, 4000 + N_SAMPLES)
        # At least a quarter of a turn apart from the moons as they are usually drawn.
        angle = rng.uniform(np.pi / 4, np.pi / 2)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        points = (points * [-1, 1]) @ turn.T
        mean, deviation = points[:4000].mean(axis=0), points[:4000].std(axis=0)
        points = (points - mean) / deviation
        self.X, self.unseen, self.pieces = points[:4000], points[4000:], pieces[4000:]


@pytest.fixture
def world(seed):
    return Moons(seed)


@pytest.fixture
def state(submission, world, seed, remembered):
    """The submission's trained state, held inside."""
    return remembered("state", lambda: submission.call("train", world.X, STEPS, seed, hold=True))


@pytest.fixture
def samples(submission, state, seed, expect, remembered):
    """Points out of the trained state."""
    points = remembered("samples", lambda: submission.call("sample", state, N_SAMPLES, seed + 1))
    expect.type(points, np.ndarray, what="sample(...)")
    expect.shape(points, (N_SAMPLES, 2))
    expect.dtype(points, "float")
    expect.finite(points)
    return np.asarray(points, dtype=float)


@pytest.mark.points(8)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Check that the network sees the time step, predicts the noise, and is trained long enough with a falling learning rate.",
    ko="신경망에 타임 스텝이 들어가는지, 잡음을 예측하는지, 학습률을 줄여 가며 충분히 훈련하는지 확인해 보세요.",
)
def test_samples_follow_the_moons(samples, world, expect, band, rng):
    """Generated points follow the moons.

    ko: 생성한 점이 두 달의 분포를 따른다.
    """
    # The trivial generator: a Gaussian with the same means and covariances.
    gaussian = rng.multivariate_normal(world.X.mean(axis=0), np.cov(world.X.T), size=N_SAMPLES)
    expect.metric(band["mmd"], mmd(samples, world.unseen), baseline=mmd(gaussian, world.unseen))


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Plot 2,000 samples over the training points: is a moon, or an end of one, left empty?",
    ko="생성한 점 2,000개를 훈련 점 위에 그려 보세요. 비어 있는 달이나 비어 있는 끝부분이 있나요?",
)
def test_both_moons_are_covered(samples, world, expect):
    """Samples lie on the moons, on every piece of both.

    ko: 생성한 점이 두 달 위에, 빈 곳 없이 놓인다.
    """
    squares = squared_distances(samples, world.unseen)
    on_moons = squares.min(axis=1) < NEAR**2
    expect.at_least(
        float(on_moons.mean()),
        0.75,
        what="share of samples on the moons",
        message=Text(
            "Too many points lie between or outside the moons.",
            "달과 달 사이나 달 바깥에 놓인 점이 너무 많아요.",
        ),
    )
    drawn = np.bincount(world.pieces[squares.argmin(axis=1)][on_moons], minlength=8) / len(samples)
    real = np.bincount(world.pieces, minlength=8) / len(world.pieces)
    expect.at_least(
        float((drawn / real).min()),
        0.35,
        what="samples on the emptiest piece of a moon, against what belongs there",
        message=Text(
            "A part of the moons gets hardly any points.",
            "두 달 가운데 점이 거의 생기지 않는 부분이 있어요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Samples begin as noise and pass through the network at every step; training points have no place in `sample`.",
    ko="생성은 잡음에서 시작해 단계마다 신경망을 거쳐요. `sample`에 훈련 점이 들어갈 자리는 없어요.",
)
def test_samples_are_new_points(samples, world, expect):
    """Samples are new points, not training points.

    ko: 생성한 점은 훈련 점을 베낀 것이 아니라 새로운 점이다.
    """
    nearest = np.sqrt(squared_distances(samples, world.X).min(axis=1))
    expect.at_least(
        float(np.median(nearest)),
        0.4 * float(np.median(np.sqrt(squared_distances(world.unseen, world.X).min(axis=1)))),
        what="typical distance to the nearest training point",
        message=Text(
            "These points sit on the training points: they look copied, not generated.",
            "점들이 훈련 점과 거의 같은 자리에 있어요. 새로 생성하지 않고 베낀 것처럼 보여요.",
        ),
    )
    expect.at_most(
        float(np.median(nearest)),
        NEAR,
        what="typical distance to the nearest training point",
        message=Text(
            "These points are new, but they do not lie where the data lies.",
            "새로운 점이기는 하지만 데이터가 있는 곳에 놓여 있지 않아요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Draw all noise of `sample` from np.random.default_rng(seed).",
    ko="`sample`에서 쓰는 잡음은 모두 np.random.default_rng(seed)에서 뽑으세요.",
)
def test_seed_decides_the_samples(submission, state, expect):
    """The same seed gives the same points, another seed others.

    ko: 시드가 같으면 같은 점이, 다르면 다른 점이 나온다.
    """
    first, again, other = (submission.call("sample", state, 50, number) for number in (5, 5, 6))
    for points in (first, again, other):
        expect.type(points, np.ndarray, what="sample(...)")
        expect.shape(points, (50, 2))
        expect.dtype(points, "float")
        expect.finite(points)
    expect.close(
        again,
        first,
        atol=1e-4,
        message=Text("The same seed gave different points.", "시드가 같은데 다른 점이 나왔어요."),
    )
    expect.true(
        bool(np.abs(other - first).max() > 1e-3),
        en="Another seed gave the same points.",
        ko="시드가 다른데 같은 점이 나왔어요.",
    )
