"""Checks that students do not have."""

import numpy as np
import pytest


def moons(rng, n, noise):
    """Points (n, 2) on two half moons, and which moon each one lies on."""
    y = rng.integers(2, size=n)
    angle = rng.uniform(0, np.pi, n)
    arc = np.column_stack([np.cos(angle), np.sin(angle)])
    X = np.where(y[:, None] == 0, arc, [1.0, 0.5] - arc)
    return X + rng.normal(0, noise, size=(n, 2)), y


@pytest.mark.points(2)
@pytest.mark.hint(
    en="predict has to use what train has learned from y.",
    ko="predict는 train이 y에서 배운 것을 써야 해요.",
)
def test_learns_from_its_labels(submission, expect, rng):
    """With exchanged labels the predictions are exchanged as well.

    ko: 레이블을 바꾸면 예측도 바뀐다.
    """
    X, y = moons(rng, 200, 0.05)
    for labels in (y, 1 - y):
        state = submission.call("train", X, labels, hold=True)
        predicted = submission.call("predict", state, X)
        expect.shape(predicted, (200,))
        expect.dtype(predicted, "number")
        expect.at_least(float(np.mean(predicted == labels)), 0.75, what="accuracy on the training points")


@pytest.mark.points(6)
@pytest.mark.hint(
    en="Draw the training points: can a straight line part the two moons?",
    ko="훈련 점을 그려 보세요. 직선 하나로 두 달을 나눌 수 있나요?",
)
def test_accuracy_on_new_points(submission, expect, hidden, band, rng):
    """New points are classified well.

    ko: 새로운 점을 잘 분류한다.
    """
    X, y = moons(rng, hidden.n_train, hidden.noise)
    new, truth = moons(rng, hidden.n_test, hidden.noise)
    predicted = submission.call("predict", submission.call("train", X, y, hold=True), new)  # labels stay here
    expect.score(band["accuracy"], truth, predicted, baseline_from=y)
