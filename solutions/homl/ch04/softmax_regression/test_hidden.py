"""Hidden checks of softmax regression: gradient, overflow, leakage, bias and penalty, early stopping, real flowers."""

import numpy as np
import pytest

from grader.checks import Text

SPLITS = ("X_train", "X_valid", "X_test")


def probabilities_of(logits):
    """Softmax of each row."""
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def cross_entropy(theta, X, Y, alpha=0.0):
    """The loss that the exercise defines."""
    likelihood = np.sum(Y * np.log(probabilities_of(X @ theta)), axis=1)
    return -likelihood.mean() + alpha / 2 * np.sum(theta[1:] ** 2)


def numeric_gradient(theta, X, Y, alpha=0.0, step=1e-5):
    """Central differences of the loss."""
    gradient = np.zeros_like(theta)
    for index in np.ndindex(*theta.shape):
        nudge = np.zeros_like(theta)
        nudge[index] = step
        gradient[index] = (cross_entropy(theta + nudge, X, Y, alpha) - cross_entropy(theta - nudge, X, Y, alpha)) / (
            2 * step
        )
    return gradient


def small_problem(rng, m=17, n=3, n_classes=4):
    """Weights, features with the column of ones, and one-hot labels."""
    X = np.column_stack([np.ones(m), rng.normal(size=(m, n))])
    return rng.normal(size=(n + 1, n_classes)), X, np.eye(n_classes)[rng.integers(n_classes, size=m)]


def scaled(submission, expect, *parts):
    """The student's three scaled sets."""
    return expect.results(submission.call("scale_splits", *parts), SPLITS, what="scale_splits(...)")


def loss_and_gradient(submission, expect, *args):
    """Call the student's function and take its two results apart."""
    result = submission.call("loss_and_gradient", *args)
    return expect.results(result, ["loss", "gradient"], what="loss_and_gradient(...)")


@pytest.mark.points(2)
@pytest.mark.needs("test_softmax_of_each_row")
@pytest.mark.hint(en="Subtract the row maximum first.", ko="먼저 각 행의 최댓값을 빼 보세요.")
def test_softmax_survives_large_logits(submission, expect, rng):
    """Softmax survives logits around 1000.

    ko: 로짓이 1000쯤이어도 소프트맥스가 넘치지 않는다.
    """
    message = Text(
        "exp(1000) is infinite, and infinity divided by infinity is NaN. Subtract the row's maximum first.",
        "exp(1000)은 무한대이고 무한대를 무한대로 나누면 NaN이 돼요. 먼저 각 행의 최댓값을 빼세요.",
    )
    logits = rng.normal(size=(8, 4)) + rng.choice([-1000.0, 0.0, 1000.0], size=(8, 1))
    logits[0] = [1000.0, 0.0, -1000.0, 999.0]
    probabilities = submission.call("softmax", logits)
    expect.finite(probabilities, message=message)
    expect.close(probabilities, probabilities_of(logits), atol=1e-9)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="log p = s - log(sum of exp) never takes the logarithm of zero.",
    ko="log p = s - log(exp의 합)으로 계산하면 0의 로그를 구할 일이 없어요.",
)
def test_loss_survives_large_logits(submission, expect):
    """The loss stays finite when the model is sure and wrong.

    ko: 모델이 확신하며 틀려도 손실이 무한대가 되지 않는다.
    """
    X = np.array([[1.0, 1.0], [1.0, -1.0]])
    theta = np.array([[0.0, 0.0], [1000.0, -1000.0]])
    loss, _ = loss_and_gradient(submission, expect, theta, X, np.eye(2)[[1, 1]])
    expect.finite(
        loss,
        message=Text(
            "A probability underflowed to 0 and its logarithm is minus infinity.",
            "확률이 0으로 내려가서 그 로그가 음의 무한대가 되었어요.",
        ),
    )


@pytest.mark.points(3)
@pytest.mark.needs("test_softmax_of_each_row")
@pytest.mark.hint(
    en="X.T @ (P - Y) / m: compare it with (J(theta + h) - J(theta - h)) / 2h, one weight at a time.",
    ko="X.T @ (P - Y) / m이에요. 가중치를 하나씩 움직여 (J(theta + h) - J(theta - h)) / 2h와 비교해 보세요.",
)
def test_gradient_matches_numeric_derivative(submission, expect, rng):
    """The gradient is the slope of the loss.

    ko: 그레이디언트가 손실의 기울기와 같다.
    """
    theta, X, Y = small_problem(rng)
    _, gradient = loss_and_gradient(submission, expect, theta, X, Y)
    expect.close(gradient, numeric_gradient(theta, X, Y), rtol=0, atol=1e-6, inputs=X)


@pytest.mark.points(2)
@pytest.mark.needs("test_gradient_matches_numeric_derivative", "test_loss_of_equal_probabilities")
@pytest.mark.hint(
    en="The penalty sums theta[1:] ** 2; row 0 of its gradient is zero.",
    ko="규제 항은 theta[1:] ** 2를 더한 것이고, 그 그레이디언트의 0번 행은 0이에요.",
)
def test_penalty_spares_the_bias(submission, expect, rng):
    """The penalty acts on the weights, not on the bias.

    ko: 규제는 가중치에만 걸리고 편향에는 걸리지 않는다.
    """
    theta, X, Y = small_problem(rng)
    alpha = 0.7
    loss, gradient = loss_and_gradient(submission, expect, theta, X, Y, alpha)
    message = Text(
        "With alpha > 0 this differs. The penalty is alpha / 2 times the sum of squares of all rows but row 0.",
        "alpha > 0일 때 값이 달라요. 규제 항은 0번 행을 뺀 나머지 가중치의 제곱합에 alpha / 2를 곱한 것이에요.",
    )
    expect.close(loss, cross_entropy(theta, X, Y, alpha), rtol=1e-6, message=message)
    expect.close(gradient, numeric_gradient(theta, X, Y, alpha), rtol=0, atol=1e-6, message=message)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Compute mean and deviation (ddof=0) from X_train alone, then apply them to all three sets.",
    ko="평균과 표준 편차(ddof=0)는 X_train에서만 구하고, 그 값을 세 세트에 똑같이 적용하세요.",
)
def test_scaling_uses_training_rows_only(submission, expect, rng):
    """Scaling looks at the training rows only.

    ko: 표준화에는 훈련 세트의 통계만 쓴다.
    """
    train, valid, test = (rng.normal(5.0, 3.0, size=(m, 3)) for m in (30, 10, 10))
    mean, deviation = train.mean(axis=0), train.std(axis=0)
    leak = Text(
        "Other validation and test rows changed the scaled training rows: statistics leaked out of those sets.",
        "검증 세트와 테스트 세트의 행을 바꾸었더니 훈련 세트의 결과가 달라졌어요. 그 세트의 통계가 새어 들어왔어요.",
    )
    def learn(train, others):
        return scaled(submission, expect, train, *others)[0]

    expect.no_leak(learn, train, (valid, test), message=leak)
    for result, part in zip(scaled(submission, expect, train, valid, test), (train, valid, test), strict=True):
        expect.close(result, (part - mean) / deviation, atol=1e-9)
    held = [submission.hold(part) for part in (train, valid, test)]
    submission.call("scale_splits", *held)
    written = Text(
        "The sets that were passed in are changed themselves: `-=` and `/=` write into them. Copies are wanted.",
        "받은 세트 자체가 바뀌었어요. `-=`와 `/=`는 그 배열에 바로 써요. 복사본을 돌려주세요.",
    )
    for part, handle in zip((train, valid, test), held, strict=True):
        expect.unchanged(part, handle.call("copy"), message=written)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="A constant column has deviation 0: divide it by 1 instead.",
    ko="값이 하나뿐인 열은 표준 편차가 0이에요. 0 대신 1로 나누세요.",
)
def test_scaling_keeps_constant_columns_finite(submission, expect, rng):
    """A column without spread in training is only shifted.

    ko: 훈련 세트에서 값이 하나뿐인 열은 평균만 뺀다.
    """
    parts = [np.column_stack([rng.normal(size=m), np.full(m, 4.0)]) for m in (20, 5, 5)]
    parts[1][:, 1] += np.arange(5)
    for result, part in zip(scaled(submission, expect, *parts), parts, strict=True):
        expect.close(expect.array(result, part.shape)[:, 1], part[:, 1] - 4.0, atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.needs("test_softmax_of_each_row")
@pytest.mark.hint(
    en="If all features are zero, only the bias can learn. Add the column of ones in fit and in predict_proba.",
    ko="특성이 모두 0이면 배울 수 있는 것은 편향뿐이에요. fit과 predict_proba에서 1로 채운 열을 붙이세요.",
)
def test_bias_learns_class_frequencies(submission, expect):
    """Without any information the model predicts how frequent each class is.

    ko: 아무 정보가 없으면 모델은 클래스의 빈도를 예측한다.
    """
    y = np.repeat(["c", "a", "b"], [4, 12, 24])
    appearing = Text(
        "The columns stand in the order in which the labels appear in `y`; they belong in the sorted order of the labels.",
        "열이 `y`에 레이블이 나오는 순서로 놓였어요. 레이블을 정렬한 순서로 놓아야 해요.",
    )
    model = submission.new("SoftmaxGD", eta=0.5, n_epochs=1000, seed=3)
    model.call("fit", np.zeros((40, 2)), y)
    found = expect.predictions(model.call("predict_proba", np.zeros((2, 2))), (2, 3))
    unsorted = np.allclose(found, [0.1, 0.3, 0.6], rtol=0, atol=0.005)
    no_bias = Text(
        "With all features zero the probabilities should become the shares of the classes. Is there a bias?",
        "특성이 모두 0이면 확률은 클래스의 비율이 되어야 해요. 편향이 있나요?",
    )
    right = np.tile([0.3, 0.6, 0.1], (2, 1))
    expect.close(found, right, rtol=0, atol=0.005, message=appearing if unsorted else no_bias)


@pytest.mark.points(1)
@pytest.mark.needs("test_bias_learns_class_frequencies", "test_gradient_matches_numeric_derivative")
@pytest.mark.hint(
    en="Hand self.alpha to loss_and_gradient in fit. A huge alpha leaves only the bias.",
    ko="fit에서 self.alpha를 loss_and_gradient에 넘기세요. alpha가 아주 크면 편향만 남아요.",
)
def test_strong_penalty_leaves_class_frequencies(submission, expect, rng):
    """A very strong penalty silences the features.

    ko: 규제가 아주 강하면 특성은 힘을 잃는다.
    """
    y = np.repeat([0, 1], [30, 10])
    X = rng.normal(size=(40, 1)) + np.where(y == 0, -2.0, 2.0)[:, np.newaxis]
    X = X - X.mean()
    model = submission.new("SoftmaxGD", eta=0.01, n_epochs=3000, alpha=50.0, seed=4)
    model.call("fit", X, y)
    sure, idle = model.call("predict_proba", np.array([[2.0]])), model.call("predict_proba", np.zeros((1, 1)))
    still_decide = Text(
        "With a huge alpha the features should no longer count, but they still decide: does `fit` use self.alpha?",
        "alpha가 아주 크면 특성이 힘을 잃어야 하는데 여전히 특성이 결과를 정해요. `fit`에서 self.alpha를 쓰나요?",
    )
    expect.close(sure, np.array([[0.75, 0.25]]), rtol=0, atol=0.06, message=still_decide)
    expect.close(idle, np.array([[0.75, 0.25]]), rtol=0, atol=0.02)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="loss_ gets one value per epoch, computed before the update; a small learning rate always goes downhill.",
    ko="loss_에는 에포크마다 갱신하기 전의 손실을 하나씩 담으세요. 학습률이 작으면 손실은 늘 내려가요.",
)
def test_loss_falls_monotonically(submission, expect, rng):
    """With a small learning rate the loss falls at each epoch.

    ko: 학습률이 작으면 손실이 에포크마다 줄어든다.
    """
    X = rng.normal(size=(50, 3))
    y = (X[:, 0] + 0.5 * rng.normal(size=50) > 0).astype(int) + (X[:, 1] > 1.0)
    model = submission.new("SoftmaxGD", eta=0.01, n_epochs=200, seed=5)
    model.call("fit", X, y)
    loss = expect.array(model.get("loss_"), (200,))
    uphill = Text(
        "The loss rises at some epoch although eta is small. Does the update go against the gradient?",
        "eta가 작은데도 손실이 커지는 에포크가 있어요. 그레이디언트의 반대 방향으로 갱신하나요?",
    )
    expect.decreasing(loss, tolerance=1e-12, message=uphill)
    expect.decreasing(loss[[0, -1]], strict=True, message=uphill)
    # How long the step is plays no part in the loss before it.
    first = []
    for eta in (1e-6, 3.0):
        model = submission.new("SoftmaxGD", eta=eta, n_epochs=1, seed=5)
        model.call("fit", X, y)
        first.append(expect.array(model.get("loss_"), (1,)))
    begun = Text(
        "With the same seed the first entry of `loss_` depends on eta: it has to be the loss before the update.",
        "시드가 같은데 `loss_`의 첫 값이 eta에 따라 달라져요. 갱신하기 전의 손실을 담아야 해요.",
    )
    expect.close(first[1], first[0], rtol=1e-3, message=begun)


def overfitting_problem():
    """Few training rows with many idle features, so that the validation loss turns up again early."""
    rng = np.random.default_rng(1912)
    X = rng.normal(size=(230, 12))
    y = (X[:, 0] + 0.8 * rng.normal(size=230) > 0).astype(int)
    return X[:30], y[:30], X[30:], y[30:]


def lowest_validation_loss(X, y, X_valid, y_valid, eta, n_epochs):
    """Lowest validation cross-entropy on the way of gradient descent from zero weights."""
    X, X_valid = (np.column_stack([np.ones(len(part)), part]) for part in (X, X_valid))
    Y, Y_valid = np.eye(2)[y], np.eye(2)[y_valid]
    theta, lowest = np.zeros((X.shape[1], 2)), np.inf
    for _ in range(n_epochs):
        lowest = min(lowest, cross_entropy(theta, X_valid, Y_valid))
        theta = theta - eta * X.T @ (probabilities_of(X @ theta) - Y) / len(X)
    return lowest


@pytest.mark.points(2)
@pytest.mark.needs("test_softmax_of_each_row")
@pytest.mark.hint(
    en="Compare the validation loss with the lowest so far, and keep a copy of the weights that reached it.",
    ko="검증 손실을 지금까지의 최솟값과 비교하고, 최솟값을 낸 가중치를 따로 간직하세요.",
)
def test_early_stopping_ends_sooner(submission, expect):
    """Early stopping ends sooner and keeps the best weights.

    ko: 조기 종료는 일찍 끝나고 가장 좋은 가중치를 남긴다.
    """
    X, y, X_valid, y_valid = overfitting_problem()
    model = submission.new("SoftmaxGD", eta=0.1, n_epochs=2000, early_stopping=True, seed=6)
    model.call("fit", X, y, X_valid, y_valid)
    watched = Text(
        "`loss_` should have fewer entries than n_epochs here, because the validation loss turns up again early. "
        "Is it the validation loss that you watch?",
        "여기서는 검증 손실이 일찍 다시 커지므로 `loss_`의 길이가 n_epochs보다 훨씬 짧아야 해요. "
        "지켜보는 것이 검증 손실인가요?",
    )
    expect.between(len(expect.array(model.get("loss_"), (None,))), 2, 999, message=watched)
    reached = expect.measure("log_loss", y_valid, model.call("predict_proba", X_valid))
    best = lowest_validation_loss(X, y, X_valid, y_valid, eta=0.1, n_epochs=2000)
    later = Text(
        "The weights that are left are not those of the best epoch on the validation set.",
        "남은 가중치가 검증 세트에서 가장 좋았던 에포크의 것이 아니에요.",
    )
    expect.close(max(reached, best), best, rtol=0, atol=0.01, message=later)
    # The first step is so long that the best weights are those of the beginning: one step further shows at once.
    model = submission.new("SoftmaxGD", eta=30.0, n_epochs=50, early_stopping=True, seed=6)
    model.call("fit", X, y, X_valid, y_valid)
    expect.true(expect.measure("log_loss", y_valid, model.call("predict_proba", X_valid)) < 1.0, message=later)


def predicted_flowers(submission, hidden, seed, X):
    """Train the student's model on the training flowers and name other ones."""
    model = submission.new("SoftmaxGD", eta=0.5, n_epochs=2000, early_stopping=True, seed=seed)
    model.call("fit", hidden.X_train, hidden.y_train, hidden.X_valid, hidden.y_valid)
    return model.call("predict", X)


@pytest.mark.points(2)
@pytest.mark.needs("test_softmax_of_each_row")
@pytest.mark.hint(
    en="If the loss falls but the accuracy is low, look at the bias and at the order of the classes.",
    ko="손실은 줄어드는데 정확도가 낮다면 편향과 클래스 순서를 살펴보세요.",
)
def test_accuracy_on_validation_flowers(submission, expect, hidden, band, seed):
    """Irises of the validation set are named.

    ko: 검증 세트의 붓꽃을 알아맞힌다.
    """
    predicted = predicted_flowers(submission, hidden, seed, hidden.X_valid)
    expect.score(band["valid_accuracy"], hidden.y_valid, predicted, baseline_from=hidden.y_train)


@pytest.mark.points(2)
@pytest.mark.needs("test_softmax_of_each_row")
@pytest.mark.hint(
    en="If the loss falls but the accuracy is low, look at the bias and at the order of the classes.",
    ko="손실은 줄어드는데 정확도가 낮다면 편향과 클래스 순서를 살펴보세요.",
)
def test_accuracy_on_unseen_flowers(submission, expect, hidden, band, seed):
    """Irises that the model has never seen are named.

    ko: 처음 보는 붓꽃을 알아맞힌다.
    """
    predicted = predicted_flowers(submission, hidden, seed, hidden.X_test)
    expect.score(band["test_accuracy"], hidden.y_test, predicted, baseline_from=hidden.y_train)
