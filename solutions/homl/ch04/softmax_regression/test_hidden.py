"""Hidden checks of softmax regression: gradient, overflow, leakage, bias and penalty, early stopping, real flowers."""

import numpy as np
import pytest
from sklearn.metrics import log_loss

from grader.checks import Text

NOT_FINITE = Text(
    "The loss of a model that is sure and wrong should be large, but finite.",
    "확신하며 틀린 모델의 손실은 커야 하지만 무한대여서는 안 돼요.",
)
NOT_BEFORE = Text(
    "`loss_` should hold one loss for each epoch, that of the weights before the update, and it should fall here.",
    "`loss_`에는 에포크마다 갱신하기 전 가중치의 손실이 하나씩 있어야 하고, 여기서는 점점 줄어야 해요.",
)
SEED = Text("The same `seed` should give the same model.", "`seed`가 같으면 같은 모델이 나와야 해요.")
ROWS, LABELS = np.array([[-0.9], [-0.45], [0.45], [0.9]]), np.array([0, 0, 1, 1])


def small_problem(rng, m=17, n=3, n_classes=4):
    """Weights, features with the column of ones, and one-hot labels."""
    X = np.column_stack([np.ones(m), rng.normal(size=(m, n))])
    return rng.normal(size=(n + 1, n_classes)), X, np.eye(n_classes)[rng.integers(n_classes, size=m)]


def trained(code, *data, **settings):
    """A model after `fit`."""
    model = code.new("SoftmaxGD", **settings)
    model.call("fit", *data, hold=True)
    return model


@pytest.mark.points(2)
def test_softmax_survives_large_logits(expect, rng):
    """Softmax survives logits around 1000.

    ko: 로짓이 1000쯤이어도 소프트맥스가 넘치지 않는다.
    asks: Logits may be as large as 1000 without an overflow.
    asks-ko: 로짓이 1000이어도 넘치지 않아야 합니다.
    hint: Subtract the row maximum first.
    hint-ko: 먼저 각 행의 최댓값을 빼 보세요.
    """
    logits = rng.normal(size=(8, 4)) + rng.choice([-1000.0, 0.0, 1000.0], size=(8, 1))
    logits[:2] = [[1000.0, 0.0, -1000.0, 999.0], [-1000.0, -1001.0, -999.0, -1000.5]]
    expect.agree(lambda code: code.call("softmax", logits))


@pytest.mark.points(1)
def test_loss_survives_large_logits(expect):
    """The loss stays finite when the model is sure and wrong.

    ko: 모델이 확신하며 틀려도 손실이 무한대가 되지 않는다.
    asks: The loss stays finite for logits of 1000 too.
    asks-ko: 로짓이 1000이어도 손실은 유한해야 합니다.
    hint: log p = s - log(sum of exp) never takes the logarithm of zero.
    hint-ko: log p = s - log(exp의 합)으로 계산하면 0의 로그를 구할 일이 없어요.
    """
    X, theta = np.array([[1.0, 1.0], [1.0, -1.0]]), np.array([[0.0, 0.0], [1000.0, -1000.0]])

    def finite_and_large(code):
        loss = code.call("loss_and_gradient", theta, X, np.eye(2)[[1, 1]])[0]
        return bool(np.isfinite(loss)), bool(5 < loss < 5000)

    expect.agree(finite_and_large, (True, True), message=NOT_FINITE)


@pytest.mark.points(2)
def test_loss_and_gradient_of_other_weights(expect, rng):
    """Loss and gradient for other weights.

    ko: 다른 가중치에서의 손실과 그레이디언트.
    asks: The gradient of the first part is $\\frac1m X^\\top (\\hat P - Y)$.
    asks-ko: 첫 항의 그레이디언트는 $\\frac1m X^\\top (\\hat P - Y)$입니다.
    hint: X.T @ (P - Y) / m: compare it with (J(theta + h) - J(theta - h)) / 2h, one weight at a time.
    hint-ko: X.T @ (P - Y) / m이에요. 가중치를 하나씩 움직여 (J(theta + h) - J(theta - h)) / 2h와 비교해 보세요.
    """
    theta, X, Y = small_problem(rng)
    for part in (0, 1):
        expect.agree(lambda code, part=part: code.call("loss_and_gradient", theta, X, Y)[part])


@pytest.mark.points(2)
def test_penalty_spares_the_bias(expect, rng):
    """The penalty acts on the weights, not on the bias.

    ko: 규제는 가중치에만 걸리고 편향에는 걸리지 않는다.
    asks: The penalty leaves out row 0 of $\\Theta$
    asks-ko: 규제 항에는 $\\Theta$의 0번 행이 들어가지 않습니다.
    hint: The penalty sums theta[1:] ** 2; row 0 of its gradient is zero.
    hint-ko: 규제 항은 theta[1:] ** 2를 더한 것이고, 그 그레이디언트의 0번 행은 0이에요.
    """
    theta, X, Y = small_problem(rng)

    def of_the_penalty(code, part):
        return code.call("loss_and_gradient", theta, X, Y, 0.7)[part] - code.call("loss_and_gradient", theta, X, Y)[part]

    for part in (0, 1):
        expect.agree(lambda code, part=part: of_the_penalty(code, part))


@pytest.mark.points(3)
def test_scaling_uses_training_rows_only(expect, rng):
    """Scaling looks at the training rows only, and gives copies.

    ko: 표준화에는 훈련 세트의 통계만 쓰고, 복사본을 돌려준다.
    asks: standardised copies of the three sets, all with the mean and standard deviation (`ddof=0`) of the **training** rows
    asks-ko: 세 세트를 표준화한 복사본입니다. 평균과 표준 편차(`ddof=0`)는 모두 **훈련 세트의** 것을 씁니다.
    hint: Compute mean and deviation (ddof=0) from X_train alone, then apply them to all three sets.
    hint-ko: 평균과 표준 편차(ddof=0)는 X_train에서만 구하고, 그 값을 세 세트에 똑같이 적용하세요.
    """
    parts = [rng.normal(5.0, 3.0, size=(m, 3)) for m in (30, 10, 10)]
    expect.agree(lambda code: code.call("scale_splits", *parts))

    def afterwards(code):
        held = [code.hold(part) for part in parts]
        code.call("scale_splits", *held, hold=True)
        return [each.call("copy") for each in held]

    expect.agree(afterwards, parts)


@pytest.mark.points(1)
def test_scaling_keeps_constant_columns_finite(expect, rng):
    """A column without spread in training is only shifted.

    ko: 훈련 세트에서 값이 하나뿐인 열은 평균만 뺀다.
    asks: A column that is constant in training is only shifted.
    asks-ko: 훈련 세트에서 값이 하나뿐인 열은 평균만 뺍니다.
    hint: A constant column has deviation 0: divide it by 1 instead.
    hint-ko: 값이 하나뿐인 열은 표준 편차가 0이에요. 0 대신 1로 나누세요.
    """
    parts = [np.column_stack([rng.normal(size=m), np.full(m, 4.0)]) for m in (20, 5, 5)]
    parts[1][:, 1] += np.arange(5)
    expect.agree(lambda code: [each[:, 1] for each in code.call("scale_splits", *parts)])


@pytest.mark.points(2)
def test_bias_learns_class_frequencies(expect):
    """Without any information the model predicts how frequent each class is.

    ko: 아무 정보가 없으면 모델은 클래스의 빈도를 예측한다.
    asks: columns in the sorted order of the labels
    asks-ko: 열의 순서는 레이블을 정렬한 순서입니다
    hint: If all features are zero, only the bias can learn. Add the column of ones in fit and in predict_proba.
    hint-ko: 특성이 모두 0이면 배울 수 있는 것은 편향뿐이에요. fit과 predict_proba에서 1로 채운 열을 붙이세요.
    """
    y, nothing = np.repeat(["c", "a", "b"], [4, 12, 24]), np.zeros((40, 2))
    right = np.tile([0.3, 0.6, 0.1], (2, 1))
    settings = {"eta": 0.5, "n_epochs": 1000, "seed": 3}
    expect.agree(lambda code: trained(code, nothing, y, **settings).call("predict_proba", nothing[:2]), right, atol=0.005)


@pytest.mark.points(2)
def test_penalty_in_training(expect):
    """A very strong penalty silences the features.

    ko: 규제가 아주 강하면 특성은 힘을 잃는다.
    asks: `class SoftmaxGD(eta=0.1, n_epochs=1000, alpha=0.0, early_stopping=False, seed=0)`
    asks-ko: `class SoftmaxGD(eta=0.1, n_epochs=1000, alpha=0.0, early_stopping=False, seed=0)`
    hint: Hand self.alpha to loss_and_gradient in fit. A huge alpha leaves only the bias.
    hint-ko: fit에서 self.alpha를 loss_and_gradient에 넘기세요. alpha가 아주 크면 편향만 남아요.
    """
    y = np.repeat([0, 1], [30, 10])
    X, rows = np.where(y == 0, -1.0, 3.0)[:, np.newaxis], np.array([[2.0], [0.0]])
    strong = {"eta": 0.01, "n_epochs": 2000, "alpha": 50.0, "seed": 4}
    right = [[0.75, 0.25]] * 2
    expect.agree(lambda code: trained(code, X, y, **strong).call("predict_proba", rows), right, atol=0.03)


@pytest.mark.points(1)
def test_loss_before_each_update(expect):
    """`loss_` holds the loss before each update, with the penalty, and it falls.

    ko: `loss_`에는 갱신하기 전의 손실이 규제 항까지 더해져 있고, 점점 줄어든다.
    asks: list of the loss (penalty included) before each update, one entry per epoch that was begun
    asks-ko: 매번 갱신하기 전의 손실(규제 항 포함)을 담은 리스트입니다. 시작한 에포크마다 값이 하나씩 있습니다.
    hint: loss_ gets one value per epoch, computed before the update; a small learning rate always goes downhill.
    hint-ko: loss_에는 에포크마다 갱신하기 전의 손실을 하나씩 담으세요. 학습률이 작으면 손실은 늘 내려가요.
    """

    def beside_the_weights(code, alpha):
        losses = np.asarray(trained(code, ROWS, LABELS, eta=2.0, n_epochs=6, alpha=alpha, seed=5).get("loss_"))
        models = [trained(code, ROWS, LABELS, eta=2.0, n_epochs=n, alpha=alpha, seed=5) for n in (1, 5)]
        measured = [log_loss(LABELS, model.call("predict_proba", ROWS)) for model in models]
        return losses.shape, bool(np.all(np.diff(losses) < 0)), losses[[1, 5]] / measured

    expect.agree(lambda code: beside_the_weights(code, 0.0), ((6,), True, [1.0, 1.0]), rtol=0.03, message=NOT_BEFORE)
    expect.agree(lambda code: beside_the_weights(code, 0.1), rtol=0.03, message=NOT_BEFORE)

    def same_again(code):
        first, second = (trained(code, ROWS, LABELS, n_epochs=1, seed=5).call("predict_proba", ROWS) for _ in range(2))
        return np.array_equal(first, second)

    expect.agree(same_again, True, message=SEED)


@pytest.mark.points(4)
def test_early_stopping_keeps_the_best_weights(expect):
    """Early stopping ends sooner and keeps the best weights.

    ko: 조기 종료는 일찍 끝나고 가장 좋은 가중치를 남긴다.
    asks: training ends and the weights of the best epoch are kept
    asks-ko: 바로 훈련을 끝내고, 가장 좋았던 에포크의 가중치를 남깁니다
    hint: Compare the validation loss with the lowest so far, and keep a copy of the weights that reached it.
    hint-ko: 검증 손실을 지금까지의 최솟값과 비교하고, 최솟값을 낸 가중치를 따로 간직하세요.
    """
    # A third of the validation labels are wrong, so that the second step goes too far. The first one is better than the
    # start: whether that is a candidate the prompt leaves open.
    valid = np.tile(ROWS, (3, 1)), np.concatenate([1 - LABELS, LABELS, LABELS])
    settings = {"eta": 2.0, "n_epochs": 400, "early_stopping": True, "seed": 6}

    def stopped(code):
        model = trained(code, ROWS, LABELS, *valid, **settings)
        return len(model.get("loss_")) < 200, model.call("predict_proba", ROWS)

    expect.agree(stopped, atol=0.04)


@pytest.mark.points(1)
def test_validation_loss_without_the_penalty(expect):
    """The validation loss is watched without the penalty.

    ko: 검증 손실은 규제 항 없이 지켜본다.
    asks: the cross-entropy of the validation set (without the penalty)
    asks-ko: 검증 세트의 교차 엔트로피(규제 항 제외)
    hint: Pass no alpha where you compute the validation loss.
    hint-ko: 검증 손실을 계산할 때는 alpha를 넘기지 마세요.
    """
    # The validation rows lie near the boundary: their cross-entropy falls slowly, but all the way.
    settings = {"eta": 1.0, "n_epochs": 400, "alpha": 0.1, "early_stopping": True, "seed": 6}
    data = (ROWS, LABELS, ROWS / 10, LABELS)
    expect.agree(lambda code: trained(code, *data, **settings).call("predict_proba", ROWS), atol=0.03)


@pytest.mark.points(2)
def test_accuracy_on_unseen_flowers(submission, expect, hidden, band, seed):
    """Irises that the model has never seen are named.

    ko: 처음 보는 붓꽃을 알아맞힌다.
    asks: batch gradient descent from small random weights
    asks-ko: 시작하는 배치 경사 하강법입니다
    hint: If the loss falls but the accuracy is low, look at the bias and at the order of the classes.
    hint-ko: 손실은 줄어드는데 정확도가 낮다면 편향과 클래스 순서를 살펴보세요.
    """
    data = (hidden.X_train, hidden.y_train, hidden.X_valid, hidden.y_valid)
    model = trained(submission, *data, eta=0.5, n_epochs=2000, early_stopping=True, seed=seed)
    expect.score(band["test_accuracy"], hidden.y_test, model.call("predict", hidden.X_test), baseline_from=hidden.y_train)
