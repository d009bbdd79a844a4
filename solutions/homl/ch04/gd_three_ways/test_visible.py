"""Visible checks of gradient descent: the schedule, worked examples, the lengths of the paths."""

import numpy as np
import pytest

from grader.checks import Rng, SubmissionRaised

X = np.array([[1.0], [3.0]])
Y = np.array([2.0, 4.0])
STEP = [0.6, 1.4]  # where the first step leads


def walked(code, function, *args, **more):
    """The path, or the name of the exception that reports divergence, whatever it says."""
    try:
        return code.call(function, *args, **more)
    except SubmissionRaised as fault:
        if not fault.exception.endswith("FloatingPointError"):
            raise
        return "FloatingPointError"


@pytest.mark.points(1)
def test_schedule(expect):
    """The learning rate shrinks with the number of the step.

    ko: 스텝이 늘수록 학습률이 줄어든다.
    asks: the learning rate of step $t = 0, 1, 2, \\dots$: $\\eta_t = t_0 / (t + t_1)$
    asks-ko: 스텝 $t = 0, 1, 2, \\dots$의 학습률 $\\eta_t = t_0 / (t + t_1)$입니다
    hint: t0 / (t + t1).
    hint-ko: t0 / (t + t1)이에요.
    """
    rates = [0.1, 0.05, 0.02, 0.2]
    expect.agree(lambda code: code.map("learning_schedule", [(0,), (50,), (200,), (3, 2.0, 7.0)]), rates)


@pytest.mark.points(3)
def test_two_batch_steps(expect):
    """Two steps of batch gradient descent, by hand.

    ko: 손으로 계산한 배치 경사 하강법 두 스텝.
    asks: the first step leads to $(0.6, 1.4)$. There the errors are 0 and 0.8
    asks-ko: 첫 스텝은 $(0.6, 1.4)$로 갑니다. 여기서 오차는 0과 0.8
    hint: Go through the worked example: compare the errors, the gradient and theta of each step with yours.
    hint-ko: 문제의 예를 따라가며 스텝마다 오차, 그레이디언트, theta를 여러분의 값과 견주어 보세요.
    """
    expect.agree(lambda code: walked(code, "batch_gd", X, Y, eta=0.1, n_epochs=1), [[0.0, 0.0], STEP])
    expect.agree(lambda code: walked(code, "batch_gd", X, Y, eta=0.1, n_epochs=2), [[0.0, 0.0], STEP, [0.52, 1.16]])


@pytest.mark.points(2)
def test_batch_reaches_the_optimum(expect):
    """Batch gradient descent on a noisy line ends at the best parameters.

    ko: 잡음 섞인 직선에서 배치 경사 하강법이 최적의 파라미터에 도달한다.
    asks: All minimise the mean squared error of $\\hat y = A\\theta$
    asks-ko: 모두 $\\hat y = A\\theta$의 평균 제곱 오차를 최소화합니다
    hint: With the learning rate 0.1 a thousand steps are enough to reach the solution of the normal equation.
    hint-ko: 학습률이 0.1이면 1,000스텝 안에 정규방정식의 해에 도달해요.
    """
    random = np.random.RandomState(42)
    x = 2 * random.rand(100, 1)
    y = (4 + 3 * x + random.randn(100, 1)).ravel()

    def end(code):
        path = walked(code, "batch_gd", x, y)
        return path if isinstance(path, str) else np.atleast_2d(path)[-1]

    expect.agree(end, [4.21509616, 2.77011339])


@pytest.mark.points(2)
def test_stochastic_steps_with_one_row(expect):
    """Two stochastic steps with a single row, by hand.

    ko: 행 하나로 손으로 계산한 확률적 경사 하강법 두 스텝.
    asks: step $t$ has the learning rate $\\eta_t$, where $t$ counts all steps from the beginning
    asks-ko: 스텝 $t$의 학습률은 $\\eta_t$입니다. $t$는 처음부터 센 스텝 번호이고
    hint: With a single row there is no choice: step 0 has the learning rate 0.1, step 1 has 5 / 51.
    hint-ko: 행이 하나뿐이면 고를 것이 없어요. 스텝 0의 학습률은 0.1, 스텝 1의 학습률은 5 / 51이에요.
    """
    second = 1.0 + 6.0 * 5.0 / 51.0
    right = [[0.0, 0.0], [1.0, 1.0], [second, second]]
    expect.agree(lambda code: walked(code, "sgd", np.array([[1.0]]), np.array([5.0]), Rng(0), n_epochs=2), right)


@pytest.mark.points(2)
def test_minibatch_of_all_rows(expect):
    """A mini-batch that holds all rows makes the same steps as the batch.

    ko: 모든 행을 담은 미니배치는 배치와 같은 스텝을 밟는다.
    asks: each epoch cuts its random order into pieces of `batch_size` rows
    asks-ko: 에포크마다 무작위 순서를 `batch_size`행씩 자릅니다
    hint: A mini-batch of all rows is a batch step, with the learning rate of the schedule.
    hint-ko: 모든 행이 든 미니배치는 배치 스텝과 같아요. 학습률만 스케줄을 따라요.
    """
    right = [[0.0, 0.0], STEP, [0.6 - 5.0 / 51.0 * 0.8, 1.4 - 5.0 / 51.0 * 2.4]]
    for n_epochs in (1, 2):
        more = {"batch_size": 2, "n_epochs": n_epochs}
        expect.agree(lambda code, more=more: walked(code, "minibatch_gd", X, Y, Rng(0), **more), right[: n_epochs + 1])


@pytest.mark.points(1)
@pytest.mark.parametrize(("function", "steps"), [("sgd", 10), ("minibatch_gd", 3)])
def test_length_of_the_path(expect, function, steps):
    """The path holds the start and every step.

    ko: 경로에는 출발점과 모든 스텝이 들어 있다.
    asks: an array with one row per $\\theta$, the start in row 0, and one more row for every step
    asks-ko: 경로는 $\\theta$를 한 행에 하나씩 담은 배열로, 0번 행이 출발점이고 스텝마다 한 행씩 늘어납니다
    hint: One row for the start and one for each step: m per epoch in sgd, ceil(m / batch_size) in minibatch_gd.
    hint-ko: 출발점 한 행에 스텝마다 한 행씩이에요. 에포크마다 sgd는 m스텝, minibatch_gd는 ceil(m / batch_size)스텝이에요.
    """
    features, targets = np.tile([0.5, -1.0], (10, 1)), np.full(10, 3.0)  # equal rows, so that their order does not matter
    start = np.array([1.0, -1.0, 0.5])
    more = {"n_epochs": 5, "t0": 0.01, "theta0": start} | ({"batch_size": 4} if function == "minibatch_gd" else {})
    expect.agree(lambda code: np.shape(walked(code, function, features, targets, Rng(1), **more)), (5 * steps + 1, 3))
    expect.agree(lambda code: np.asarray(walked(code, function, features, targets, Rng(1), **more))[0], start)
