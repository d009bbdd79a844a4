"""Checks that students do not have."""

import numpy as np
import pytest

from grader.checks import Text

NOT_LEARNED = Text(
    "Fewer than three of four training points get the class that they were learned with.",
    "훈련 점 네 개 가운데 세 개도 학습한 클래스로 예측하지 못해요.",
)


def moons(rng, n, noise):
    """Points (n, 2) on two half moons, and which moon each one lies on."""
    y = rng.integers(2, size=n)
    angle = rng.uniform(0, np.pi, n)
    arc = np.column_stack([np.cos(angle), np.sin(angle)])
    X = np.where(y[:, None] == 0, arc, [1.0, 0.5] - arc)
    return X + rng.normal(0, noise, size=(n, 2)), y


def learns(code, X, labels):
    """Whether at least three of four training points get their class."""
    predicted = np.asarray(code.call("predict", code.call("train", X, labels, hold=True), X))
    return predicted.shape == (len(X),) and bool(np.mean(predicted == labels) >= 0.75)


@pytest.mark.points(2)
def test_learns_from_its_labels(expect, rng):
    """With exchanged labels the predictions are exchanged as well.

    ko: 레이블을 바꾸면 예측도 바뀐다.
    asks: which learns from points `X` of shape (n, 2) and their classes `y` (0 or 1)
    asks-ko: 크기가 (n, 2)인 점 `X`와 클래스 `y`(0 또는 1)로 학습해
    hint: predict has to use what train has learned from y.
    hint-ko: predict는 train이 y에서 배운 것을 써야 해요.
    """
    X, y = moons(rng, 200, 0.05)
    for labels in (y, 1 - y):
        expect.agree(lambda code, labels=labels: learns(code, X, labels), True, message=NOT_LEARNED)


@pytest.mark.points(6)
def test_accuracy_on_new_points(submission, expect, hidden, band, rng):
    """New points are classified well.

    ko: 새로운 점을 잘 분류한다.
    asks: What counts is the accuracy on points that your code has never seen.
    asks-ko: 처음 보는 점에서의 정확도로 채점합니다.
    hint: Draw the training points: can a straight line part the two moons?
    hint-ko: 훈련 점을 그려 보세요. 직선 하나로 두 달을 나눌 수 있나요?
    """
    X, y = moons(rng, hidden.n_train, hidden.noise)
    new, truth = moons(rng, hidden.n_test, hidden.noise)
    predicted = submission.call("predict", submission.call("train", X, y, hold=True), new)  # labels stay here
    expect.score(band["accuracy"], truth, predicted, baseline_from=y)
