"""Visible checks of the first network: the form of the images, and the layers."""

import numpy as np
import pytest


@pytest.mark.points(1)
def test_images_become_rows(expect):
    """Each picture becomes a row of 784 float32 numbers.

    ko: 사진 하나가 float32 숫자 784개로 된 한 줄이 된다.
    asks: arrays of shape `(n, 784)`, dtype `float32`
    asks-ko: 크기가 `(n, 784)`, dtype이 `float32`이고
    hint: reshape(len(x), -1) makes a row of each picture; astype("float32") sets the type.
    hint-ko: reshape(len(x), -1)으로 사진마다 한 줄을 만들고, astype("float32")으로 자료형을 바꾸세요.
    """

    def form(code):
        arrays = code["train_images"], code["test_images"]
        return [(np.shape(each)[1:], str(getattr(each, "dtype", type(each).__name__))) for each in arrays]

    expect.agree(form, [((784,), "float32")] * 2)


@pytest.mark.points(3)
def test_layers_of_the_network(expect):
    """512 units with ReLU, then 10 with softmax: 407,050 parameters.

    ko: ReLU 유닛 512개 다음에 소프트맥스 유닛 10개, 파라미터는 407,050개이다.
    asks: a dense layer of 512 units with ReLU, then a dense layer of 10 units with softmax
    asks-ko: ReLU를 쓰는 유닛 512개짜리 밀집 층, 그다음 소프트맥스를 쓰는 유닛 10개짜리 밀집 층
    hint: Dense(512, activation="relu") and Dense(10, activation="softmax"); network.summary() counts the parameters.
    hint-ko: Dense(512, activation="relu")와 Dense(10, activation="softmax")예요. 파라미터 수는 network.summary()로 볼 수 있어요.
    """

    def layers(code):
        found = []
        for layer in code.model("network").layers:
            kind, activation = layer.type_name, layer.activation or "linear"
            alone = activation if kind == "Activation" else {"ReLU": "relu", "Softmax": "softmax"}.get(kind)
            if found and alone and found[-1]["activation"] == "linear":  # an activation as a layer of its own
                found[-1]["activation"] = alone
            elif kind not in ("InputLayer", "Flatten"):
                found.append({"layer": kind, "units": layer.units, "activation": activation})
        return found

    hidden, last = ({"layer": "Dense", "units": n, "activation": name} for n, name in ((512, "relu"), (10, "softmax")))
    expect.agree(layers, [hidden, last])
    expect.agree(lambda code: code.model("network").count_params, 407_050)
