"""Hidden checks of the 2-D diffusion model: other schedules, the way back with its draws, and what comes out of noise."""

import numpy as np
import pytest

from grader.checks import Text, gaussian_like, mmd

N_SAMPLES = 2000
BANDWIDTHS = (0.1, 0.3, 1.0)  # of the Gaussian kernels, in standard deviations of the data
NEAR = 0.15  # a sample this close to an unseen point, in deviations, lies on the moons
NOT_ASKED = Text(
    "The points do not come out of the network: it has to be asked at every step.",
    "점이 신경망을 거쳐 나오지 않았어요. 단계마다 신경망에 물어야 해요.",
)


def schedule(rng, steps):
    return np.sort(rng.uniform(0.02, 0.4, size=steps))


def cosine_betas(T, s=0.008):
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], 0.999)


@pytest.mark.points(2)
def test_forward_jump(expect, rng):
    """Points jump to their noise level in one go, each to its own.

    ko: 점마다 한 번에 제 잡음 단계로 건너뛴다.
    asks: every point may stand at a step of its own
    asks-ko: 점마다 단계가 다를 수 있음
    hint: alpha-bar is a product: np.cumprod(1 - betas)[t], as a column, gives each point its own.
    hint-ko: 알파 바는 곱이에요. np.cumprod(1 - betas)[t]를 열로 세우면 점마다 제 값을 곱할 수 있어요.
    """
    x0, eps, t = rng.normal(size=(40, 2)), rng.normal(size=(40, 2)), rng.integers(12, size=40)
    betas = schedule(rng, 12)
    expect.agree(lambda code: code.call("forward_jump", x0, eps, t, betas))


@pytest.mark.points(1)
def test_steps_with_other_schedules(expect, rng):
    """The step back under other schedules.

    ko: 다른 스케줄에서도 한 단계 되돌리기가 맞다.
    asks: `betas` have shape `(T,)`
    asks-ko: `betas`의 크기는 `(T,)`
    hint: Two different quantities: beta at t, and the product of all 1 - beta up to and including t.
    hint-ko: t에서의 베타와, t까지(t 포함) 1 - beta를 모두 곱한 값은 서로 다른 양이에요.
    """
    for steps, t in ((5, 4), (12, 1), (12, 7), (40, 20)):
        x, eps, noise, betas = *rng.normal(size=(3, 9, 2)), schedule(rng, steps)
        expect.agree(lambda code: code.call("reverse_step", x, eps, t, betas, noise))


@pytest.mark.points(1)
def test_last_step_adds_no_noise(expect, rng):
    """The last step adds no noise.

    ko: 마지막 단계에서는 잡음을 더하지 않는다.
    asks: At `t = 0` the noise is not added
    asks-ko: `t = 0`에서는 잡음을 더하지 않습니다
    hint: The last step of the way back is t = 0: its result is the sample itself.
    hint-ko: 되돌아가는 길의 마지막 단계는 t = 0이에요. 그 결과가 바로 생성된 점이에요.
    """
    x, eps, noise, betas = *rng.normal(size=(3, 9, 2)), schedule(rng, 10)
    expect.agree(lambda code: code.call("reverse_step", x, eps, 0, betas, noise))


@pytest.mark.points(3)
def test_way_back_of_a_bell(expect):
    """The way back with the draws that are asked for, in a world of which all is known.

    ko: 모든 것이 알려진 세계에서, 정해진 순서로 뽑은 잡음으로 되돌아간다.
    asks: first the start, `rng.normal(size=(n, 2))`, then at each step its noise
    asks-ko: 먼저 출발점 `rng.normal(size=(n, 2))`를, 그다음 단계마다 잡음
    hint: Compare `sample(Bell(betas), betas, 1, 0)` with the task. One generator from seed; the start first, then one draw of (n, 2) at each step.
    hint-ko: `sample(Bell(betas), betas, 1, 0)`을 문제의 값과 비교하세요. 시드로 만든 생성기 하나에서 출발점을 먼저, 그다음 단계마다 (n, 2)를 한 번씩 뽑으세요.
    """

    def points(code, betas, n, seed):
        bell = [code.public("worlds").call("Bell", betas, hold=True) for _ in range(2)]
        first, again = (np.asarray(code.call("sample", each, betas, n, seed), dtype=float) for each in bell)
        return first if np.array_equal(first, again, equal_nan=True) else "other points for the same seed"

    expect.agree(lambda code: points(code, np.array([0.1, 0.2]), 1, 0), np.array([[0.3784, -0.0676]]), atol=1e-3)
    for steps, n, seed in ((1, 5, 3), (7, 300, 4), (30, 6, 5)):
        expect.agree(lambda code: points(code, np.linspace(0.05, 0.6, steps), n, seed))


class Moons:
    """Turned, mirrored and standardised moons: ``X`` to train on, ``unseen`` with its ``pieces`` to compare with."""

    def __init__(self, seed):
        rng = np.random.default_rng([seed, 17])
        n = 4000 + N_SAMPLES
        bend, upper = rng.uniform(0, np.pi, n), rng.random(n) < 0.5
        arc = np.column_stack([np.cos(bend), np.sin(bend)])
        points = np.where(upper[:, None], arc, [1.0, 0.5] - arc) + rng.normal(0, 0.05, (n, 2))
        # At least a quarter of a turn apart from the moons as they are usually drawn.
        angle = rng.uniform(np.pi / 4, np.pi / 2)
        points = (points * [-1, 1]) @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        points = (points - points[:4000].mean(axis=0)) / points[:4000].std(axis=0)
        self.X, self.unseen = points[:4000], points[4000:]
        self.pieces = (np.minimum(bend / np.pi * 4, 3).astype(int) + 4 * upper)[4000:]  # four to a moon


@pytest.fixture
def world(seed):
    return Moons(seed)


@pytest.fixture
def generated(submission, world, seed, remembered, expect):
    """Points out of the trained network, and the steps at which it was asked. `Watch` hides all else that `train` returns."""

    def generate():
        betas = cosine_betas(100)
        predict = submission.call("train", world.X, betas, seed, hold=True)
        watch = submission.public("worlds").call("Watch", predict, hold=True)
        return submission.call("sample", watch, betas, N_SAMPLES, seed + 1), watch.get("asked")

    points, asked = remembered("generated", generate)
    return expect.array(points, (N_SAMPLES, 2)), asked


@pytest.mark.points(2)
@pytest.mark.needs("test_way_back_to_a_point")
@pytest.mark.timeout(90)
def test_samples_are_new_points(generated, world, expect):
    """Samples come out of the network, and are neither training points nor a few points many times.

    ko: 생성한 점은 신경망에서 나온 것이고, 훈련 점을 베끼거나 몇 개를 되풀이한 것이 아니다.
    asks: training points have no place in it
    asks-ko: 훈련 점을 쓰면 안 됩니다
    hint: Samples begin as noise, each its own, and pass through the network at every step.
    hint-ko: 점마다 다른 잡음에서 시작해 단계마다 신경망을 거쳐야 해요.
    """
    points, asked = generated
    expect.true(asked == list(range(99, -1, -1)), message=NOT_ASKED)
    expect.novel(points, world.X, world.unseen)
    expect.diverse(points, world.unseen)


@pytest.mark.points(5)
@pytest.mark.needs("test_way_back_to_a_point")
@pytest.mark.timeout(90)
def test_samples_follow_the_moons(generated, world, expect, band, rng):
    """Generated points follow the moons.

    ko: 생성한 점이 두 달의 분포를 따른다.
    asks: all points are yours at 0.006
    asks-ko: 0.006 이하면 만점이고
    hint: Check that the network sees the time step, predicts the noise, and is trained long enough with a falling learning rate.
    hint-ko: 신경망에 타임 스텝이 들어가는지, 잡음을 예측하는지, 학습률을 줄여 가며 충분히 훈련하는지 확인해 보세요.
    """
    # The trivial generator: a Gaussian with the same means and covariances.
    gaussian, samples = gaussian_like(world.X, N_SAMPLES, rng), np.clip(generated[0], -1e3, 1e3)
    found, baseline = (mmd(points, world.unseen, BANDWIDTHS) for points in (samples, gaussian))
    expect.metric(band["mmd"], found, baseline=baseline)


@pytest.mark.points(2)
@pytest.mark.needs("test_way_back_to_a_point")
@pytest.mark.timeout(90)
def test_both_moons_are_covered(generated, world, expect):
    """Samples lie on the moons, on every piece of both.

    ko: 생성한 점이 두 달 위에, 빈 곳 없이 놓인다.
    asks: lie on both moons and leave no part of them empty
    asks-ko: 두 달 위에 빈 곳 없이 놓여야 합니다
    hint: Plot 2,000 samples over the training points: is a moon, or an end of one, left empty?
    hint-ko: 생성한 점 2,000개를 훈련 점 위에 그려 보세요. 비어 있는 달이나 비어 있는 끝부분이 있나요?
    """
    expect.covers(generated[0], world.unseen, world.pieces, near=NEAR)
