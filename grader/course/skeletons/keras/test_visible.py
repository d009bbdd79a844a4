"""Checks that students have too."""

import pytest

from grader.checks import Layer, Text

ACTIVATIONS = Text("The layers have other activations.", "층의 활성화 함수가 달라요.")


def activations(code):
    """Names of the activations of the dense layers."""
    return [layer.activation for layer in code.model(code.call("build_model", hold=True)).layers if layer.type_name == "Dense"]


@pytest.mark.points(3)
def test_layers_and_parameters(submission, expect):
    """32 units with ReLU, then 3 with softmax: 195 parameters.

    ko: ReLU 유닛 32개 다음에 소프트맥스 유닛 3개, 파라미터는 195개이다.
    asks: a hidden layer of 32 units with ReLU, and an output layer with softmax
    asks-ko: ReLU를 쓰는 유닛 32개짜리 은닉 층과 소프트맥스를 쓰는 출력 층
    hint: Dense(32, activation="relu"), then Dense(3, activation="softmax"); model.summary() counts the parameters.
    hint-ko: Dense(32, activation="relu") 다음에 Dense(3, activation="softmax")예요. 파라미터 수는 model.summary()로 볼 수 있어요.
    """
    expect.agree(lambda code: activations(code), ["relu", "softmax"], message=ACTIVATIONS)
    model = submission.model(submission.call("build_model", hold=True))
    layers = [Layer("Dense", units=32, activation="relu"), Layer("Dense", units=3, activation="softmax")]
    expect.model(model, layers, params=195)
