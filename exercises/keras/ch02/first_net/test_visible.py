"""Visible checks of the first network: the form of the images, and the layers."""

import numpy as np
import pytest

from grader.checks import Layer


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
        expect.shape(images, (None, 784))
        expect.dtype(images, np.float32)


@pytest.mark.points(3)
@pytest.mark.hint(
    en='Dense(512, activation="relu") and Dense(10, activation="softmax"); network.summary() counts the parameters.',
    ko='Dense(512, activation="relu")와 Dense(10, activation="softmax")예요. 파라미터 수는 network.summary()로 볼 수 있어요.',
)
def test_layers_of_the_network(submission, expect):
    """512 units with ReLU, then 10 with softmax: 407,050 parameters.

    ko: ReLU 유닛 512개 다음에 소프트맥스 유닛 10개, 파라미터는 407,050개이다.
    """
    expect.model(
        submission.model("network"),
        [
            Layer("Dense", units=512, activation="relu", use_bias=True),
            Layer("Dense", units=10, activation="softmax", use_bias=True),
        ],
        allow=("Flatten",),
        params=407_050,
    )
