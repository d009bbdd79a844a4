"""Checks that students have too."""

import pytest

from grader.checks import Layer


@pytest.mark.points(3)
def test_layers_and_parameters(submission, expect):
    """32 units with ReLU, then 3 with softmax: 195 parameters.

    ko: ReLU 유닛 32개 다음에 소프트맥스 유닛 3개, 파라미터는 195개이다.
    hint: Dense(32, activation="relu"), then Dense(3, activation="softmax"); model.summary() counts the parameters.
    hint-ko: Dense(32, activation="relu") 다음에 Dense(3, activation="softmax")예요. 파라미터 수는 model.summary()로 볼 수 있어요.
    """
    model = submission.model(submission.call("build_model", hold=True))
    layers = [Layer("Dense", units=32, activation="relu"), Layer("Dense", units=3, activation="softmax")]
    expect.model(model, layers, params=195)
