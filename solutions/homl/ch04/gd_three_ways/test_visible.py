"""Visible checks of gradient descent: the schedule, worked examples, the lengths of the paths."""

import numpy as np
import pytest

from grader.checks import Rng, Text

X = np.array([[1.0], [3.0]])
Y = np.array([2.0, 4.0])
FIRST = np.array([0.6, 1.4])
TURN = np.array([0.8, 2.4])  # gradient at FIRST
NO_START = Text("Row 0 of the path is the start, before any step.", "경로의 0번 행은 첫 스텝을 밟기 전의 출발점이에요.")
COUNTED_ANEW = Text(
    "The second step has the learning rate of the first one again: `t` counts on from epoch to epoch.",
    "둘째 스텝의 학습률이 첫 스텝과 같아요. `t`는 에포크가 바뀌어도 계속 커져야 해요.",
)
ONE_ARRAY = Text(
    "All rows of the path are the same: `theta -= ...` also changes the array that is in the list already.",
    "경로의 모든 행이 똑같아요. `theta -= ...`는 이미 리스트에 넣은 배열까지 바꿔요.",
)
LAST = Text("This is only the last theta, not the path.", "경로가 아니라 마지막 theta뿐이에요.")
UPHILL = Text("The steps go uphill: subtract the gradient.", "언덕을 올라가고 있어요. 그레이디언트를 빼야 해요.")
HALF = Text(
    "The steps are half as long: the gradient has a factor 2.",
    "스텝의 길이가 절반이에요. 그레이디언트에는 2가 곱해져요.",
)
SUMMED = Text(
    "The steps are too long by the number of rows: the gradient is a mean over the rows of the step.",
    "스텝이 행의 개수만큼 길어요. 그레이디언트는 그 스텝에 쓴 행의 평균이에요.",
)
NO_BIAS = Text(
    "The bias never moves: is there a column of ones in front of the features?",
    "편향이 움직이지 않아요. 특성 앞에 1로 채운 열을 붙였나요?",
)
REPEATED = Text(
    "One row stands in the batch twice and the other is left out: each epoch takes every row exactly once.",
    "미니배치에 한 행이 두 번 들어가고 다른 행은 빠졌어요. 에포크마다 모든 행을 꼭 한 번씩 써야 해요.",
)
IGNORED = Text("The path starts at zero although `theta0` was given.", "`theta0`을 주었는데도 경로가 0에서 출발해요.")
DROPPED = Text(
    "The last, smaller batch of each epoch is left out; it makes a step too.",
    "에포크마다 더 작은 마지막 미니배치를 빠뜨렸어요. 그것도 한 스텝이에요.",
)


def expect_first_step(expect, path):
    """The start and the first step of the worked example, with all rows."""
    mistakes = {
        ONE_ARRAY: [FIRST, FIRST],
        NO_START: [FIRST],
        LAST: FIRST,
        UPHILL: [[0.0, 0.0], -FIRST],
        HALF: [[0.0, 0.0], FIRST / 2],
        SUMMED: [[0.0, 0.0], 2 * FIRST],
        NO_BIAS: [[0.0, 0.0], [0.0, 1.4]],
    }
    twice = [([[0.0, 0.0], [0.4, 0.4]], REPEATED), ([[0.0, 0.0], [0.8, 2.4]], REPEATED)]
    known = [(np.array(wrong), text) for text, wrong in mistakes.items()] + twice
    expect.close(path, np.array([[0.0, 0.0], FIRST]), atol=1e-9, mistakes=known)


@pytest.mark.points(1)
@pytest.mark.hint(en="t0 / (t + t1).", ko="t0 / (t + t1)이에요.")
def test_schedule(submission, expect):
    """The learning rate shrinks with the number of the step.

    ko: 스텝이 늘수록 학습률이 줄어든다.
    """
    rates = submission.map("learning_schedule", [(0,), (50,), (200,), (3, 2.0, 7.0)])
    expect.close(rates, np.array([0.1, 0.05, 0.02, 0.2]), rtol=1e-9)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Go through the worked example of the task: compare the errors, the gradient and theta of each step with yours.",
    ko="문제의 예를 따라가며 스텝마다 오차, 그레이디언트, theta를 여러분의 값과 견주어 보세요.",
)
def test_two_batch_steps(submission, expect):
    """Two steps of batch gradient descent, by hand.

    ko: 손으로 계산한 배치 경사 하강법 두 스텝.
    """
    expect_first_step(expect, submission.call("batch_gd", X, Y, eta=0.1, n_epochs=1))
    path = submission.call("batch_gd", X, Y, eta=0.1, n_epochs=2)
    expect.close(path, np.array([[0.0, 0.0], FIRST, [0.52, 1.16]]), atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="With the learning rate 0.1 a thousand steps are enough to reach the solution of the normal equation.",
    ko="학습률이 0.1이면 1,000스텝 안에 정규방정식의 해에 도달해요.",
)
def test_batch_reaches_the_optimum(submission, expect):
    """Batch gradient descent on a noisy line ends at the best parameters.

    ko: 잡음 섞인 직선에서 배치 경사 하강법이 최적의 파라미터에 도달한다.
    """
    random = np.random.RandomState(42)
    x = 2 * random.rand(100, 1)
    y = (4 + 3 * x + random.randn(100, 1)).ravel()
    path = submission.call("batch_gd", x, y)
    expect.finite(path)
    rows = np.reshape(path, (1, 2)) if np.shape(path) == (2,) else np.asarray(path)
    expect.shape(rows, (None, 2))
    expect.close(rows[-1:], np.array([[4.21509616, 2.77011339]]), rtol=1e-6)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="With a single row there is no choice: step 0 has the learning rate 0.1, step 1 has 5 / 51.",
    ko="행이 하나뿐이면 고를 것이 없어요. 스텝 0의 학습률은 0.1, 스텝 1의 학습률은 5 / 51이에요.",
)
def test_stochastic_steps_with_one_row(submission, expect):
    """Two stochastic steps with a single row, by hand.

    ko: 행 하나로 손으로 계산한 확률적 경사 하강법 두 스텝.
    """
    path = submission.call("sgd", np.array([[1.0]]), np.array([5.0]), Rng(0), n_epochs=2)
    second = 1.0 + 6.0 * 5.0 / 51.0
    right = np.array([[0.0, 0.0], [1.0, 1.0], [second, second]])
    anew = np.array([[0.0, 0.0], [1.0, 1.0], [1.6, 1.6]])
    late, still = 1.0 + 14.0 * 5.0 / 51.0, 1.0 + 8.0 * 5.0 / 51.0
    mistakes = {
        COUNTED_ANEW: anew,
        ONE_ARRAY: np.tile(right[2], (3, 1)),
        NO_START: right[1:],
        LAST: right[2],
        UPHILL: [[0.0, 0.0], [-1.0, -1.0], [-late, -late]],
        HALF: [[0.0, 0.0], [0.5, 0.5], [0.5 + 4.0 * 5.0 / 51.0] * 2],
        NO_BIAS: [[0.0, 0.0], [0.0, 1.0], [0.0, still]],
    }
    expect.close(path, right, atol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="A mini-batch of all rows is a batch step, with the learning rate of the schedule.",
    ko="모든 행이 든 미니배치는 배치 스텝과 같아요. 학습률만 스케줄을 따라요.",
)
def test_minibatch_of_all_rows(submission, expect):
    """A mini-batch that holds all rows makes the same steps as the batch.

    ko: 모든 행을 담은 미니배치는 배치와 같은 스텝을 밟는다.
    """
    expect_first_step(expect, submission.call("minibatch_gd", X, Y, Rng(0), batch_size=2, n_epochs=1))
    path = submission.call("minibatch_gd", X, Y, Rng(0), batch_size=2, n_epochs=2)
    right = np.array([[0.0, 0.0], FIRST, FIRST - 5.0 / 51.0 * TURN])
    anew = np.array([[0.0, 0.0], FIRST, FIRST - 0.1 * TURN])
    expect.close(path, right, atol=1e-9, mistakes={COUNTED_ANEW: anew})


@pytest.mark.points(1)
@pytest.mark.hint(
    en="One row for the start and one for each step: m per epoch in sgd, ceil(m / batch_size) in minibatch_gd.",
    ko="출발점 한 행에 스텝마다 한 행씩이에요. 에포크마다 sgd는 m스텝, minibatch_gd는 ceil(m / batch_size)스텝이에요.",
)
@pytest.mark.parametrize(("function", "steps"), [("sgd", 10), ("minibatch_gd", 3)])
def test_length_of_the_path(submission, expect, rng, function, steps):
    """The path holds the start and every step.

    ko: 경로에는 출발점과 모든 스텝이 들어 있다.
    """
    start = np.array([1.0, -1.0, 0.5])
    more = {"batch_size": 4} if function == "minibatch_gd" else {}
    features = rng.normal(size=(10, 2))
    targets = 3.0 + features[:, 0] + rng.normal(size=10)
    path = submission.call(function, features, targets, Rng(1), n_epochs=5, t0=0.01, theta0=start, **more)
    expect.finite(path)
    told = {(3,): LAST, (5 * steps, 3): NO_START, (11, 3): DROPPED}
    expect.shape(path, (5 * steps + 1, 3), message=told.get(np.shape(path)))
    path = np.asarray(path)
    expect.true(not (path == path[0]).all(), message=ONE_ARRAY)
    expect.close(path[0], start, atol=1e-12, mistakes={IGNORED: np.zeros(3)})
