"""Hidden checks of the 2-D diffusion model: the reverse step, and what comes out of noise."""

import numpy as np
import pytest

from grader.checks import Text, gaussian_like, mmd, nearest

N_SAMPLES = 2000
STEPS = 100
BANDWIDTHS = (0.1, 0.3, 1.0)  # of the Gaussian kernels, in standard deviations of the data
NEAR = 0.15  # a sample this close to an unseen point, in deviations, lies on the moons
VARIANCE = Text(
    "The noise is multiplied by its variance: its standard deviation is wanted.",
    "잡음에 분산을 곱했어요. 표준 편차를 곱해야 해요.",
)
NO_ROOT = Text("The point is multiplied by alpha-bar itself: a root is missing.", "점에 알파 바를 그대로 곱했어요. 제곱근이 빠졌어요.")
ONE_STEP = Text(
    "This uses beta of the step alone; alpha-bar is the product over all steps from 0 to t.",
    "이 단계의 베타만 썼어요. 알파 바는 0부터 t까지 모든 단계에 걸친 곱이에요.",
)
BEFORE = Text("The product ends one step too early: step t belongs to it.", "곱이 한 단계 일찍 끝났어요. t 단계도 들어가야 해요.")
USUAL = Text(
    "These are two moons as they are usually drawn, not those that `train` was given: all that is known about them is in X.",
    "`train`에 준 데이터가 아니라 흔히 그리는 두 달이 나왔어요. 달의 모양은 X에서만 배울 수 있어요.",
)
FAR_OFF = Text(
    "The points fly off: what is taken away at each step is not the noise. Is the network trained, and on the noise?",
    "점들이 멀리 날아가 버려요. 단계마다 걷어 낸 것이 잡음이 아니에요. 신경망을 훈련했나요? 잡음을 예측하게 했나요?",
)
BLURRED = Text(
    "Points lie between the moons too: the network does not tell how much noise is left. Does it see the step t?",
    "달과 달 사이에도 점이 놓여요. 신경망이 잡음이 얼마나 남았는지 몰라요. 타임 스텝 t가 신경망에 들어가나요?",
)


def moons(rng, n):
    """Two half circles: points (n, 2), and on which of eight pieces (four to a moon) each one lies."""
    angle, upper = rng.uniform(0, np.pi, n), rng.random(n) < 0.5
    arc = np.column_stack([np.cos(angle), np.sin(angle)])
    points = np.where(upper[:, None], arc, [1.0, 0.5] - arc) + rng.normal(0, 0.05, (n, 2))
    return points, np.minimum(angle / np.pi * 4, 3).astype(int) + 4 * upper


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
    en="Both factors are roots: of alpha-bar for the point, of 1 - alpha-bar for the noise; alpha-bar is a product.",
    ko="두 계수 모두 제곱근이에요. 점에는 알파 바의 제곱근, 잡음에는 1 - 알파 바의 제곱근을 곱해요. 알파 바는 곱이에요.",
)
def test_forward_jump(submission, expect, rng):
    """Points jump to their noise level in one go.

    ko: 점이 한 번에 제 잡음 단계로 건너뛴다.
    """
    betas = np.sort(rng.uniform(0.02, 0.4, size=12))
    x0, eps, t = rng.normal(size=(40, 2)), rng.normal(size=(40, 2)), rng.integers(12, size=40)
    products = np.cumprod(1 - betas)

    def jump(kept):
        return np.sqrt(kept)[:, None] * x0 + np.sqrt(1 - kept)[:, None] * eps

    point, noise = products[t][:, None], 1 - products[t][:, None]
    mistakes = [
        (np.sqrt(point) * x0 + noise * eps, VARIANCE),
        (point * x0 + np.sqrt(noise) * eps, NO_ROOT),
        (point * x0 + noise * eps, NO_ROOT),
        (jump(1 - betas[t]), ONE_STEP),
        (jump(np.append(1.0, products)[t]), BEFORE),
    ]
    found = submission.call("forward_jump", x0, eps, t, betas)
    expect.close(found, jump(products[t]), rtol=1e-5, atol=1e-6, mistakes=mistakes)


@pytest.mark.points(2)
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
        expect.close(answer, back(*arguments), rtol=1e-5, atol=1e-6)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="The last step of the way back is t = 0: its result is the sample itself.",
    ko="거꾸로 가는 길의 마지막 단계는 t = 0이에요. 그 결과가 바로 생성된 점이에요.",
)
def test_last_step_adds_no_noise(submission, expect, rng):
    """The last step adds no noise.

    ko: 마지막 단계에서는 잡음을 더하지 않는다.
    """
    arguments = step_arguments(rng, 10, 0)
    expect.close(
        submission.call("reverse_step", *arguments),
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
    return expect.array(points, (N_SAMPLES, 2))


def appearance(samples, world, distance, rng):
    """What the samples' look says about a mistake, if anything."""
    usual, _ = moons(rng, N_SAMPLES)
    if mmd(samples, (usual - usual.mean(axis=0)) / usual.std(axis=0), BANDWIDTHS) < 0.25 * distance:
        return USUAL
    if samples.std(axis=0).max() > 3:
        return FAR_OFF
    between = np.mean(nearest(samples, world.unseen)[0] > NEAR) > 0.15
    return BLURRED if between and samples.std(axis=0).min() > 0.7 else None


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
    gaussian, samples = gaussian_like(world.X, N_SAMPLES, rng), np.clip(samples, -1e3, 1e3)
    found, baseline = (mmd(points, world.unseen, BANDWIDTHS) for points in (samples, gaussian))
    expect.metric(band["mmd"], found, baseline=baseline, message=appearance(samples, world, found, rng))


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
    expect.covers(samples, world.unseen, world.pieces, near=NEAR)


@pytest.mark.points(2)
@pytest.mark.needs("test_both_moons_are_covered")
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="Samples begin as noise and pass through the network at every step; training points have no place in `sample`.",
    ko="생성은 잡음에서 시작해 단계마다 신경망을 거쳐요. `sample`에 훈련 점이 들어갈 자리는 없어요.",
)
def test_samples_are_new_points(samples, world, expect):
    """Samples are new points, neither training points nor a few points many times.

    ko: 생성한 점은 훈련 점을 베끼거나 몇 개를 되풀이한 것이 아니라 새로운 점이다.
    """
    expect.novel(samples, world.X, world.unseen)
    expect.diverse(samples, world.unseen)


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
    points = expect.seeded(lambda number: submission.call("sample", state, 50, number), (5, 6), atol=1e-4)
    expect.array(points, (50, 2))
