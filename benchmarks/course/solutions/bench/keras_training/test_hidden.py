"""Hidden checks of a small network."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_number_of_parameters(submission, expect):
    """97 parameters.

    ko: 파라미터 97개.
    """
    expect.same(submission.model("model").count_params, 97)


@pytest.mark.points(2)
def test_loss_falls(submission, expect):
    """The loss falls while training.

    ko: 훈련하는 동안 손실이 줄어든다.
    """
    losses = submission["losses"]
    expect.true(losses[-1] < 0.5 * losses[0], en="The loss should fall by half.", ko="손실이 절반으로 줄어야 해요.")


@pytest.mark.points(2)
def test_predictions(submission, expect):
    """One prediction for each row.

    ko: 행마다 예측 하나.
    """
    predictions = submission.model("model").predict(np.zeros((8, 4), dtype="float32"))
    expect.shape(predictions, (8, 1))
