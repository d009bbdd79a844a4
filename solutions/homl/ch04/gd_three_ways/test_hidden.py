"""Hidden checks of gradient descent: every step of the paths, the order of the rows, chance, divergence."""

import numpy as np
import pytest
from scipy.linalg import hadamard

from grader.checks import Rng, SubmissionRaised, Text

ONCE = Text("Not every epoch visits every row exactly once.", "모든 행을 꼭 한 번씩 쓰지 않은 에포크가 있어요.")
REPEATED = Text("Epochs repeat the order of the epoch before.", "에포크가 바뀌어도 행의 순서가 그대로예요.")
CHANCE = Text(
    "The same generator should lead to the same path, and another one to another path.",
    "난수 생성기가 같으면 경로가 같고 다르면 달라야 해요.",
)
FAR = Text(
    "The walk does not end near the best parameters, although the schedule suits the data.",
    "스케줄이 데이터에 알맞은데도 최적의 파라미터 가까이에서 끝나지 않았어요.",
)
WALKS, EPOCHS = ("sgd", "minibatch_gd"), 6
RATES = {"n_epochs": EPOCHS, "t0": 0.1, "t1": 40.0}
both = pytest.mark.parametrize("function", WALKS, ids=WALKS)
NEED = {each: pytest.mark.needs(f"test_every_row_once_per_epoch[{each}]") for each in WALKS}


def walked(code, function, *args, **more):
    """The path, or the name of the exception that reports divergence, whatever it says."""
    try:
        return code.call(function, *args, **more)
    except SubmissionRaised as fault:
        if not fault.exception.endswith("FloatingPointError"):
            raise
        return "FloatingPointError"


def sized(function):
    return {"batch_size": 3} if function == "minibatch_gd" else {}


def after(path, start, steps):
    """Theta after each step, whether the path holds the start or not."""
    return path if isinstance(path, str) else np.vstack([start, path])[-steps:]


def rows_used(code, function, y, seed):
    """For each epoch a table of truths, a row for each step: which rows of the data it used.

    With the column of ones they are the rows of a Hadamard matrix: at right angles, so that a step moves theta along its own.
    """
    A = hadamard(8).astype(float)
    path = walked(code, function, A[:, 1:], y, Rng(seed), **RATES, **sized(function))
    steps = np.diff(np.vstack([np.zeros(8), path]), axis=0)
    return np.array_split(np.abs(steps[steps.any(axis=1)] @ A.T) > 1e-6, EPOCHS)


def one_point(function):
    return pytest.param(function, id=function, marks=pytest.mark.points(1))


def targets(rng):
    """Targets that are not near zero, so that every row moves theta."""
    return rng.uniform(1.0, 3.0, size=8) * rng.choice([-1.0, 1.0], size=8)


@pytest.mark.points(4)
def test_batch_path(expect, rng):
    """Every step of a batch path with several features.

    ko: 특성이 여러 개일 때 배치 경로의 모든 스텝.
    asks: each step is $\\theta \\leftarrow \\theta - \\eta\\, g_B(\\theta)$
    asks-ko: 한 스텝은 $\\theta \\leftarrow \\theta - \\eta\\, g_B(\\theta)$입니다
    hint: Every step starts where the last one ended and uses all rows; try it with several features.
    hint-ko: 스텝마다 앞 스텝이 끝난 곳에서 시작하고 모든 행을 써요. 특성이 여러 개일 때도 시험해 보세요.
    """
    X, y, start = rng.normal(size=(30, 3)), rng.normal(size=30), rng.normal(size=4)
    expect.agree(lambda code: after(walked(code, "batch_gd", X, y, eta=0.07, n_epochs=60, theta0=start), start, 60))


@pytest.mark.points(3)
@both
def test_each_step_follows_the_schedule(expect, rng, function):
    """Each step is the gradient of its rows, times the learning rate of the schedule.

    ko: 스텝마다 그 행들의 그레이디언트에 스케줄의 학습률을 곱한 만큼 움직인다.
    asks: it does not start again with each epoch
    asks-ko: 에포크가 바뀌어도 0으로 돌아가지 않습니다
    hint: Print the first steps of a small walk: which rows, which gradient, which learning rate?
    hint-ko: 작은 데이터로 처음 몇 스텝을 출력해 보세요. 어떤 행을 쓰고, 그레이디언트와 학습률은 얼마인가요?
    """
    X, y = np.tile(rng.normal(size=2), (8, 1)), np.full(8, rng.uniform(2.0, 4.0))  # equal rows: any order is right
    steps = EPOCHS * (8 if function == "sgd" else 3)
    expect.agree(lambda code: after(walked(code, function, X, y, Rng(5), **RATES, **sized(function)), np.zeros(3), steps))


@pytest.mark.points(2)
@both
def test_every_row_once_per_epoch(expect, rng, seed, function):
    """Each epoch visits every row exactly once.

    ko: 에포크마다 모든 행을 꼭 한 번씩 쓴다.
    asks: visits **every row exactly once**
    asks-ko: **모든 행을 꼭 한 번씩** 씁니다
    hint: Draw one random order per epoch and go through it from one end to the other.
    hint-ko: 에포크마다 무작위 순서를 하나 뽑고 처음부터 끝까지 쓰세요.
    """
    y = targets(rng)

    def visits(code):
        counts = np.array([used.sum(axis=0) for used in rows_used(code, function, y, seed)])
        return {"some row twice": bool((counts > 1).any()), "some row not at all": bool((counts < 1).any())}

    expect.agree(visits, {"some row twice": False, "some row not at all": False}, message=ONCE)


@pytest.mark.points(2)
@pytest.mark.parametrize("function", [pytest.param(each, id=each, marks=NEED[each]) for each in WALKS])
def test_new_order_in_each_epoch(expect, rng, seed, function):
    """Each epoch has an order of its own.

    ko: 에포크마다 순서가 새롭다.
    asks: in a **new** random order drawn from the generator `rng`
    asks-ko: 난수 생성기 `rng`로 **새로** 뽑은 순서에 따라
    hint: The order is drawn inside the loop over the epochs, not before it.
    hint-ko: 순서는 에포크 반복문 앞이 아니라 안에서 뽑아요.
    """
    y = targets(rng)

    def renewed(code):
        orders = {used.tobytes() for used in rows_used(code, function, y, seed)}
        return len(orders) >= EPOCHS // 2  # two may be the same by chance

    expect.agree(renewed, True, message=REPEATED)


@pytest.mark.points(2)
def test_chance_comes_from_the_generator(expect, rng, seed):
    """The generator decides: the same one gives the same path, another one another path.

    ko: 난수 생성기가 경로를 정한다. 같으면 경로가 같고 다르면 다르다.
    asks: use no other source of chance
    asks-ko: 다른 난수는 쓰지 마세요
    hint: All chance comes from `rng`: no np.random.seed, no generator of your own.
    hint-ko: 난수는 모두 `rng`에서 얻으세요. np.random.seed나 따로 만든 생성기를 쓰지 마세요.
    """
    X, y = rng.normal(size=(40, 1)), rng.normal(size=40)

    def decides(code, function):
        seeds = (seed, seed, seed + 1)
        one, again, other = (walked(code, function, X, y, Rng(each), n_epochs=2, t0=0.01) for each in seeds)
        return {
            "a path": bool(np.isfinite(one).all()),
            "same again": np.array_equal(one, again),
            "another one": not np.array_equal(one, other),
        }

    right = {"a path": True, "same again": True, "another one": True}
    for function in WALKS:
        expect.agree(lambda code, function=function: decides(code, function), right, message=CHANCE)


@pytest.mark.points(2)
@both
def test_ends_near_the_optimum(expect, rng, seed, function):
    """Five walks end near the best parameters.

    ko: 다섯 경로가 모두 최적의 파라미터 가까이에서 끝난다.
    asks: $g_B(\\theta) = \\frac{2}{|B|} \\sum_{i \\in B} (a_i^\\top \\theta - y_i)\\, a_i
    asks-ko: $g_B(\\theta) = \\frac{2}{|B|} \\sum_{i \\in B} (a_i^\\top \\theta - y_i)\\, a_i
    hint: Each row goes with its own target: shuffle the numbers of the rows, and use them for X and for y.
    hint-ko: 행은 자기 타깃과 짝이 맞아야 해요. 행 번호를 섞어서 X와 y에 똑같이 쓰세요.
    """
    X = rng.choice([-1.0, 1.0], size=(5, 40, 1)) * rng.uniform(0.7, 1.3, size=(5, 40, 1))
    best = rng.uniform(2.0, 4.0, size=(5, 2))
    y = best[:, :1] + best[:, 1:] * X[:, :, 0]  # no noise, so that these are the best parameters

    def arrives(code):
        paths = [walked(code, function, *each, Rng(seed)) for each in zip(X, y, strict=True)]
        if any(isinstance(path, str) for path in paths):
            return False
        return all(np.allclose(np.atleast_2d(path)[-1], at, rtol=0, atol=0.15) for path, at in zip(paths, best, strict=True))

    expect.agree(arrives, True, message=FAR)


@pytest.mark.parametrize("function", [pytest.param("batch_gd", id="batch_gd", marks=pytest.mark.points(2)), *map(one_point, WALKS)])
def test_divergence_is_reported(expect, function):
    """A walk that runs away raises FloatingPointError, one that only strays does not.

    ko: 발산하면 FloatingPointError가 나고 조금 벗어날 뿐이면 나지 않는다.
    asks: more than 10 times that of the start, or not a finite number
    asks-ko: 출발점의 10배보다 크거나 유한한 수가 아니면
    hint: Compare the mean squared errors of the start and of the end; the one at the end may be infinite or NaN as well.
    hint-ko: 출발점과 끝의 평균 제곱 오차를 비교하세요. 끝의 오차는 무한대나 NaN일 수도 있어요.
    """
    # One row: each step takes the error times -3.1, so that the mean squared error grows 9.61-fold in one epoch.
    rate = {"eta": 1.025} if function == "batch_gd" else {"t0": 1.025e9, "t1": 1e9}
    chance = () if function == "batch_gd" else (Rng(3),)

    def end(code, n_epochs):
        path = walked(code, function, np.array([[1.0]]), np.array([5.0]), *chance, n_epochs=n_epochs, **rate)
        if isinstance(path, str):
            return path
        return np.atleast_2d(path)[-1] if n_epochs == 1 else "a path"

    for n_epochs, right in ((1, [10.25, 10.25]), (2, "FloatingPointError"), (2000, "FloatingPointError")):
        expect.agree(lambda code, n_epochs=n_epochs: end(code, n_epochs), right)
