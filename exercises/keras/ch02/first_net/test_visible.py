"""Visible checks of the first network: the form of the images, and the layers."""

import numpy as np
import pytest

from grader.vocabulary import Text


@pytest.mark.points(2)
@pytest.mark.hint(
    en='reshape(len(x), -1) makes a row of each picture; astype("float32") sets the type.',
    ko='reshape(len(x), -1)으로 사진마다 한 줄을 만들고, astype("float32")으로 자료형을 바꾸세요.',
)
def test_images_become_rows(submission, expect):
    """Each picture becomes a row of 784 float32 numbers.

    ko: 사진 하나가 float32 숫자 784개로 된 한 줄이 된다.
    """
    for name in ("train_images", "test_images"):
        images = submission[name]
        expect.type(images, np.ndarray, what=name)
        expect.true(
            images.ndim == 2 and images.shape[1] == 784,
            en=f"`{name}` should have the shape (n, 784): one row of 28 * 28 pixels for each picture.",
            ko=f"`{name}`의 크기는 (n, 784)여야 해요. 사진마다 28 * 28개의 픽셀이 한 줄로 놓여요.",
        )
        expect.true(
            images.dtype == np.float32,
            en=f"`{name}` should have the dtype float32.",
            ko=f"`{name}`의 dtype은 float32여야 해요.",
        )


@pytest.mark.points(3)
@pytest.mark.hint(
    en='Dense(512, activation="relu") and Dense(10, activation="softmax"); network.summary() counts the parameters.',
    ko='Dense(512, activation="relu")와 Dense(10, activation="softmax")예요. 파라미터 수는 network.summary()로 볼 수 있어요.',
)
def test_layers_of_the_network(submission, expect):
    """512 units with ReLU, then 10 with softmax: 407,050 parameters.

    ko: ReLU 유닛 512개 다음에 소프트맥스 유닛 10개, 파라미터는 407,050개이다.
    """
    network = submission.model("network")
    units, activations = [], []
    for layer in network.layers:
        if layer.type_name == "Dense":
            units.append(layer.units)
            activations.append(layer.activation)
        elif activations and layer.type_name in ("Activation", "ReLU", "Softmax"):
            # An activation as a layer of its own belongs to the dense layer before it.
            activations[-1] = layer.activation if layer.type_name == "Activation" else layer.type_name.lower()
    expect.true(
        units == [512, 10],
        en="The network should have two dense layers: 512 units, then 10.",
        ko="신경망에는 밀집 층이 두 개, 유닛 512개와 10개의 순서로 있어야 해요.",
    )
    expect.true(
        activations[0] == "relu",
        en="The hidden layer of 512 units should use ReLU; without an activation two layers are no better than one.",
        ko="유닛 512개짜리 은닉 층은 ReLU를 써야 해요. 활성화 함수가 없으면 층이 두 개여도 하나와 다를 바 없어요.",
    )
    expect.true(
        activations[1] == "softmax",
        en="The output layer should use softmax, so that the ten probabilities sum to 1.",
        ko="출력 층은 소프트맥스를 써야 해요. 그래야 확률 열 개의 합이 1이 돼요.",
    )
    expect.close(
        network.count_params,
        407_050,
        message=Text(
            "The parameters should number 784 * 512 + 512 + 512 * 10 + 10 = 407,050.",
            "파라미터 수는 784 * 512 + 512 + 512 * 10 + 10 = 407,050개여야 해요.",
        ),
        mistakes=[
            (407_050 - bias, Text("A layer has no bias: leave use_bias as it is.", "편향이 없는 층이 있어요. use_bias를 그대로 두세요."))
            for bias in (512, 10, 522)
        ],
    )
