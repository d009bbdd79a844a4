"""Checks that students do not have."""

import numpy as np
import pytest

from grader.checks import Text

OTHER_LOSS = Text("The loss does not suit integer labels.", "손실이 정수 레이블에 맞지 않아요.")


def rings(rng, n):
    """Points (n, 2) on three rings, and which ring each one lies on."""
    y = rng.integers(3, size=n)
    angle, radius = rng.uniform(0, 2 * np.pi, n), 0.5 + y + rng.normal(0, 0.15, n)
    return (radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])).astype(np.float32), y


@pytest.mark.points(2)
def test_loss_fits_the_labels(submission, expect):
    """The loss suits integer labels.

    ko: 손실이 정수 레이블에 맞는다.
    asks: a loss that suits integer labels
    asks-ko: 정수 레이블에 맞는 손실
    hint: The labels are 0, 1 and 2, not one-hot rows: which cross-entropy is made for that?
    hint-ko: 레이블은 원-핫 벡터가 아니라 0, 1, 2예요. 이런 레이블에 맞는 교차 엔트로피는 무엇일까요?
    """

    def loss(code):
        """The name of the loss, whether it was given as a name or as an object."""
        facts = code.model(code.call("build_model", hold=True)).describe()
        return "".join(filter(str.isalpha, str(facts.loss))).lower()

    expect.agree(loss, "sparsecategoricalcrossentropy", message=OTHER_LOSS)
    expect.head(submission.model(submission.call("build_model", hold=True)), "multiclass", 3, labels="integers")


@pytest.mark.points(5)
@pytest.mark.timeout(60)
def test_accuracy_after_training(submission, expect, band, rng):
    """Trained by the grader, the model classifies new points well.

    ko: 채점 시스템이 훈련하면 새로운 점을 잘 분류한다.
    asks: The grader trains it on points around a circle
    asks-ko: 채점할 때 이 모델을 원 둘레의 점으로 훈련합니다.
    hint: Without an activation in the hidden layer the borders between the classes are straight lines.
    hint-ko: 은닉 층에 활성화 함수가 없으면 클래스의 경계가 직선이 돼요.
    """
    X, y = rings(rng, 600)
    new, truth = rings(rng, 1000)
    model = submission.model(submission.call("build_model", hold=True))
    model.fit(X, y, epochs=30, batch_size=32, verbose=0)
    probabilities = expect.predictions(model.predict(new), (len(new), 3))
    expect.score(band["accuracy"], truth, probabilities.argmax(axis=1), baseline_from=y)
