"""Hidden checks of gradient descent: every step of the paths, the order of the rows, chance, divergence."""

from itertools import combinations

import numpy as np
import pytest

from grader.checks import Rng, Text

NOT_ALONG = {
    "sgd": Text(
        "Some step does not go along the gradient of any single row at the place where it begins.",
        "어느 한 행의 그레이디언트 방향으로 가지 않은 스텝이 있어요. 그레이디언트는 스텝을 시작하는 곳에서 구해야 해요.",
    ),
    "minibatch_gd": Text(
        "Some step does not go along the mean gradient of a batch of the right size at the place where it begins.",
        "알맞은 크기의 미니배치의 평균 그레이디언트 방향으로 가지 않은 스텝이 있어요. "
        "그레이디언트는 스텝을 시작하는 곳에서 구해야 해요.",
    ),
}
UPHILL = Text("The steps go uphill: subtract the gradient.", "언덕을 올라가고 있어요. 그레이디언트를 빼야 해요.")
HALF = Text(
    "The steps are half as long: the gradient has a factor 2.",
    "스텝의 길이가 절반이에요. 그레이디언트에는 2가 곱해져요.",
)
FROZEN = Text(
    "The learning rate never shrinks: it has to follow the schedule.", "학습률이 줄지 않아요. 스케줄을 따라야 해요."
)
BY_EPOCH = Text(
    "The learning rate shrinks with the epochs, but t counts all steps.",
    "학습률이 에포크마다 줄어요. t는 처음부터 센 스텝 번호예요.",
)
WITHIN_EPOCH = Text(
    "The learning rate starts again with each epoch: t counts all steps from the beginning.",
    "에포크마다 학습률이 처음으로 돌아가요. t는 처음부터 센 스텝 번호예요.",
)
SUMMED = Text(
    "The steps are longer by the size of the batch: the gradient is a mean over the rows of the batch.",
    "스텝이 미니배치의 크기만큼 길어요. 그레이디언트는 미니배치에 든 행의 평균이에요.",
)
PARTIAL = Text(
    "The steps of the last, smaller batch have the wrong length: divide by the number of its own rows.",
    "더 작은 마지막 미니배치의 스텝 길이가 맞지 않아요. 그 미니배치의 행 개수로 나누세요.",
)
OVER_M = Text(
    "The steps are too short by the factor m: divide by the number of rows in the step, not of all rows.",
    "스텝이 m배만큼 짧아요. 전체 행이 아니라 그 스텝에 쓴 행의 개수로 나누세요.",
)
ONE_ARRAY = Text(
    "All rows of the path are the same: `theta -= ...` also changes the array that is in the list already.",
    "경로의 모든 행이 똑같아요. `theta -= ...`는 이미 리스트에 넣은 배열까지 바꿔요.",
)
IGNORED = Text("The path starts at zero although `theta0` was given.", "`theta0`을 주었는데도 경로가 0에서 출발해요.")
DEFAULTS = Text(
    "The learning rates are those of the default `t0` and `t1`, although others were given.",
    "`t0`과 `t1`을 다르게 주었는데도 기본값의 학습률을 썼어요.",
)
RUNS_AWAY = {
    "batch_gd": Text(
        "Theta runs away, and still a path comes back as if all were well. Its numbers are finite, but the error has grown "
        "a thousandfold and more.",
        "theta가 끝없이 멀어지는데 아무 일 없다는 듯이 경로를 돌려주었어요. 수는 유한하지만 오차가 수천 배 넘게 커졌어요.",
    ),
    "NaN": Text(
        "The error at the end is infinite or NaN, and still a path comes back as if all were well. A comparison with NaN "
        "is always False.",
        "끝의 오차가 무한대나 NaN인데도 아무 일 없다는 듯이 경로를 돌려주었어요. NaN과의 비교는 언제나 False예요.",
    ),
}
WALKS = ("sgd", "minibatch_gd")
DIVERGING = ("batch_gd", "batch_gd, NaN", *WALKS)
SIZES = {"sgd": 1, "minibatch_gd": 3}
M, N, EPOCHS, T0, T1 = 8, 2, 6, 0.1, 40.0


def with_ones(X):
    """The features with a column of ones in front."""
    return np.column_stack([np.ones(len(X)), X])


def line(rng, m=100):
    """Points around a line, and the best parameters."""
    X = 2 * rng.random(size=(m, 1))
    y = rng.uniform(2, 6) + rng.uniform(2, 4) * X[:, 0] + rng.normal(size=m)
    return X, y, np.linalg.lstsq(with_ones(X), y, rcond=None)[0]


def walk(submission, expect, rng, function):
    """A short path of the student's, with what each of its steps did: sets of rows, lengths in gradients, sizes."""
    X = rng.normal(size=(M, N))
    y = rng.normal(size=M) * 3.0
    size = SIZES[function]
    more = {"batch_size": size} if function == "minibatch_gd" else {}
    start = rng.normal(size=N + 1)
    seed = int(rng.integers(10**6))
    path = submission.call(function, X, y, Rng(seed), n_epochs=EPOCHS, t0=T0, t1=T1, theta0=start, **more)
    sizes = [min(size, M - first) for first in range(0, M, size)] * EPOCHS
    expect.finite(path)
    if np.shape(path) == (len(sizes), N + 1):  # the start is missing, which test_length_of_the_path tells
        path = np.vstack([start, path])
    path = expect.array(path, (len(sizes) + 1, N + 1))
    expect.true(not (path == path[0]).all(), message=ONE_ARRAY)
    A = with_ones(X)
    batches, lengths = [], []
    for theta, step, n_rows in zip(path, np.diff(path, axis=0), sizes, strict=False):
        gradients = 2 * A * (A @ theta - y)[:, np.newaxis]
        sets = list(combinations(range(M), n_rows))
        means = gradients[np.array(sets)].mean(axis=1)
        ratios = -(means @ step) / (means**2).sum(axis=1)
        misses = np.linalg.norm(step + ratios[:, np.newaxis] * means, axis=1)
        best = int(misses.argmin())
        expect.true(
            misses[best] <= 1e-6 * np.linalg.norm(step) and np.linalg.norm(step) > 0, message=NOT_ALONG[function]
        )
        batches.append(sets[best])
        lengths.append(ratios[best])
    return batches, np.array(lengths), np.array(sizes)


def last_of(path, expect):
    """The last theta, as a table of one row, whether the path is whole or not."""
    expect.finite(path)
    rows = np.reshape(path, (1, 2)) if np.shape(path) == (2,) else np.asarray(path)
    expect.shape(rows, (None, 2))
    return rows[-1:]


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Every step starts where the last one ended and uses all rows; try it with several features.",
    ko="스텝마다 앞 스텝이 끝난 곳에서 시작하고 모든 행을 써요. 특성이 여러 개일 때도 시험해 보세요.",
)
def test_batch_path(submission, expect, rng):
    """Every step of a batch path with several features.

    ko: 특성이 여러 개일 때 배치 경로의 모든 스텝.
    """
    X, y, start = rng.normal(size=(30, 3)), rng.normal(size=30), rng.normal(size=4)
    A, eta = with_ones(X), 0.07

    def steps(theta, rate=eta):
        path = [theta]
        for _ in range(60):
            path.append(path[-1] - rate * 2 / 30 * A.T @ (A @ path[-1] - y))
        return np.array(path)

    right = steps(start)
    mistakes = {
        ONE_ARRAY: np.tile(right[-1], (61, 1)),
        IGNORED: steps(np.zeros(4)),
        HALF: steps(start, eta / 2),
        UPHILL: steps(start, -eta),
    }
    found = submission.call("batch_gd", X, y, eta=eta, n_epochs=60, theta0=start)
    if np.shape(found) == (60, 4):  # the start is missing, which test_two_batch_steps tells
        found = np.vstack([start, found])
    expect.close(found, right, rtol=1e-8, atol=1e-8, mistakes=mistakes)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Print the first steps of a small walk: which rows, which gradient, which learning rate?",
    ko="작은 데이터로 처음 몇 스텝을 출력해 보세요. 어떤 행을 쓰고, 그레이디언트와 학습률은 얼마인가요?",
)
@pytest.mark.parametrize("function", WALKS, ids=WALKS)
def test_each_step_follows_the_schedule(submission, expect, rng, function):
    """Each step is the gradient of its rows, times the learning rate of the schedule.

    ko: 스텝마다 그 행들의 그레이디언트에 스케줄의 학습률을 곱한 만큼 움직인다.
    """
    _, lengths, sizes = walk(submission, expect, rng, function)
    t = np.arange(len(lengths))
    per_epoch = len(lengths) // EPOCHS
    right = T0 / (t + T1)
    mistakes = {
        UPHILL: -right,
        HALF: right / 2,
        FROZEN: np.full(len(t), T0 / T1),
        BY_EPOCH: T0 / (t // per_epoch + T1),
        WITHIN_EPOCH: T0 / (t % per_epoch + T1),
        OVER_M: right / M if function == "sgd" else right * sizes / M,
        DEFAULTS: 5.0 / (t + 50.0),
    }
    if function == "minibatch_gd":
        mistakes |= {SUMMED: right * sizes, PARTIAL: right * sizes / SIZES[function]}
    expect.close(lengths, right, rtol=1e-5, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Draw one random order per epoch and go through it from one end to the other.",
    ko="에포크마다 무작위 순서를 하나 뽑고 처음부터 끝까지 쓰세요.",
)
@pytest.mark.parametrize("function", WALKS, ids=WALKS)
def test_every_row_once_per_epoch(submission, expect, rng, function):
    """Each epoch visits every row exactly once.

    ko: 에포크마다 모든 행을 꼭 한 번씩 쓴다.
    """
    batches, _, _ = walk(submission, expect, rng, function)
    per_epoch = len(batches) // EPOCHS
    for epoch in range(EPOCHS):
        seen = [row for rows in batches[epoch * per_epoch : (epoch + 1) * per_epoch] for row in rows]
        expect.true(
            sorted(seen) == list(range(M)),
            en="In one epoch some row comes up more than once and another not at all: don't draw rows independently.",
            ko="한 에포크에서 여러 번 쓰인 행과 한 번도 쓰이지 않은 행이 있어요. 행을 따로따로 뽑지 마세요.",
        )


@pytest.mark.points(2)
@pytest.mark.needs("test_every_row_once_per_epoch")
@pytest.mark.hint(
    en="The order is drawn inside the loop over the epochs, not before it.",
    ko="순서는 에포크 반복문 앞이 아니라 안에서 뽑아요.",
)
@pytest.mark.parametrize("function", WALKS, ids=WALKS)
def test_new_order_in_each_epoch(submission, expect, rng, function):
    """Each epoch has an order of its own.

    ko: 에포크마다 순서가 새롭다.
    """
    batches, _, _ = walk(submission, expect, rng, function)
    per_epoch = len(batches) // EPOCHS
    orders = {tuple(batches[epoch * per_epoch : (epoch + 1) * per_epoch]) for epoch in range(EPOCHS)}
    expect.true(
        len(orders) >= EPOCHS // 2,  # two small ones may be the same by chance
        en="Epochs repeat the order of the epoch before: the rows are not shuffled again.",
        ko="에포크가 바뀌어도 순서가 그대로예요. 행을 다시 섞지 않았어요.",
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="All chance comes from `rng`: no np.random.seed, no generator of your own.",
    ko="난수는 모두 `rng`에서 얻으세요. np.random.seed나 따로 만든 생성기를 쓰지 마세요.",
)
@pytest.mark.parametrize("function", WALKS, ids=WALKS)
def test_chance_comes_from_the_generator(submission, expect, rng, function):
    """The generator decides: the same one gives the same path, another one another path.

    ko: 난수 생성기가 경로를 정한다. 같으면 경로가 같고 다르면 다르다.
    """
    X, y, _ = line(rng, m=40)
    seed = int(rng.integers(10**6))
    paths = [submission.call(function, X, y, Rng(number), n_epochs=2, t0=0.01) for number in (seed, seed, seed + 1)]
    expect.finite(paths[0])
    expect.close(
        paths[1],
        paths[0],
        rtol=1e-12,
        message=Text(
            "The same generator led to two different paths: there is another source of chance.",
            "같은 난수 생성기를 주었는데 경로가 달라요. 다른 곳에서 난수를 얻고 있어요.",
        ),
    )
    expect.shape(paths[2], np.shape(paths[0]))
    expect.true(
        not np.array_equal(np.asarray(paths[2]), np.asarray(paths[0])),
        en="Another generator led to the very same path: `rng` is not used.",
        ko="다른 난수 생성기를 주어도 경로가 똑같아요. `rng`를 쓰지 않았어요.",
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Plot the path: does it come near the solution of the normal equation, and does it come to rest there?",
    ko="경로를 그려 보세요. 정규방정식의 해에 가까워지고 그 자리에 머무르나요?",
)
@pytest.mark.parametrize("function", WALKS, ids=WALKS)
def test_ends_near_the_optimum(submission, expect, rng, function):
    """Five noisy walks end near the best parameters.

    ko: 흔들리며 내려간 다섯 경로가 모두 최적의 파라미터 가까이에서 끝난다.
    """
    more = {} if function == "sgd" else {"n_epochs": 150, "t0": 20.0, "t1": 100.0}
    for _ in range(5):
        X, y, best = line(rng)
        path = submission.call(function, X, y, Rng(int(rng.integers(10**6))), **more)
        far = Text(
            "The walk does not end near the best parameters, although the schedule suits the data.",
            "스케줄이 데이터에 알맞은데도 최적의 파라미터 가까이에서 끝나지 않았어요.",
        )
        expect.close(last_of(path, expect), [best], rtol=0, atol=0.15, message=far)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Compare the mean squared errors of the start and of the end; think of ends that are no ordinary numbers as well.",
    ko="출발점과 끝의 평균 제곱 오차를 비교하세요. 끝의 오차가 보통의 수가 아닐 때도 생각하세요.",
)
@pytest.mark.parametrize("case", DIVERGING, ids=DIVERGING)
def test_divergence_is_reported(submission, expect, rng, case):
    """A walk that runs away raises FloatingPointError.

    ko: 발산하면 FloatingPointError가 난다.
    """
    X, y, best = line(rng)
    function = case.partition(",")[0]
    chance, small = ((), {"eta": 0.001}) if function == "batch_gd" else ((Rng(3),), {"t0": 0.01})
    path = submission.call(function, X, y, *chance, n_epochs=1, **small)
    expect.finite(path)
    expect.true(bool(np.ptp(path) > 0), en="Theta does not move.", ko="theta가 움직이지 않아요.")
    too_early = Text(
        "The walk began at the best parameters and strays from them only a little: that is no divergence. Only more than 10 "
        "times the error of the start is.",
        "가장 좋은 파라미터에서 출발해 조금 흔들렸을 뿐이니 발산이 아니에요. 끝의 오차가 출발점의 10배보다 커야 발산이에요.",
    )
    with expect.explains(FloatingPointError, too_early):
        submission.call(function, X, y, *chance, n_epochs=1, theta0=1.02 * best if not chance else best, **small)
    with expect.raises("FloatingPointError", message=RUNS_AWAY[case if case == "batch_gd" else "NaN"]):
        if function == "batch_gd":
            submission.call(function, X, y, eta=1.2, n_epochs=100 if case == function else 2_000)
        else:
            submission.call(function, 100 * X, y, *chance, n_epochs=50)
