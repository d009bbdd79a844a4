"""Checks that students have too."""

import pytest

from grader.vocabulary import Text

TWO_LAYERS = Text(
    "There should be two dense layers, of 32 and 3 units.", "유닛이 32개, 3개인 밀집 층 두 개가 있어야 해요."
)
ACTIVATIONS = Text(
    "The hidden layer needs ReLU, the output layer softmax.", "은닉 층은 ReLU를, 출력 층은 소프트맥스를 써야 해요."
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en='Dense(32, activation="relu"), then Dense(3, activation="softmax"); model.summary() counts the parameters.',
    ko='Dense(32, activation="relu") 다음에 Dense(3, activation="softmax")예요. 파라미터 수는 model.summary()로 볼 수 있어요.',
)
def test_layers_and_parameters(submission, expect):
    """32 units with ReLU, then 3 with softmax: 195 parameters.

    ko: ReLU 유닛 32개 다음에 소프트맥스 유닛 3개, 파라미터는 195개이다.
    """
    model = submission.model(submission.call("build_model", hold=True))
    dense = [layer for layer in model.layers if layer.type_name == "Dense"]
    expect.same([layer.units for layer in dense], [32, 3], message=TWO_LAYERS)
    expect.same([layer.activation for layer in dense], ["relu", "softmax"], message=ACTIVATIONS)
    expect.close(model.count_params, 195)
