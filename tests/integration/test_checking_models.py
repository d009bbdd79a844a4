"""Expectations about Keras models, asked of real models in the real sandbox."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.keras import model as expect_model
from grader.checking.expect.keras import network as expect_network
from grader.checking.expect.keras.layers import Layer
from grader.checking.values import tell
from grader.course.models import Limits
from grader.errors import SubmissionFault
from grader.running.keras_facts import LayerFacts, ModelFacts, RemoteModel, gradient
from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.vocabulary import Text
from tests.support import make_exercise

pytestmark = [pytest.mark.sandbox, pytest.mark.tensorflow]

MODULE = b'''
import os
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from keras import layers, ops

def plain(seed=0):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([
        keras.Input((6,)), layers.Dense(16, kernel_initializer="he_normal", kernel_regularizer="l2"),
        layers.BatchNormalization(), layers.Activation("swish"), layers.Dropout(0.3),
        layers.Dense(3, activation="softmax", name="head"),
    ])
    model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["acc"])
    return model

def residual():
    inputs = keras.Input((6,), name="wide")
    h = layers.Dense(6, activation="relu")(inputs)
    h = layers.Add()([inputs, layers.Dense(6)(h)])
    h = h + layers.Dense(6)(h)
    h = layers.Concatenate()([h, inputs])
    model = keras.Model(inputs, layers.Dense(1)(h))
    model.compile("sgd", keras.losses.BinaryCrossentropy(from_logits=True))
    return model

def transfer(frozen=True):
    base = keras.Sequential([keras.Input((6,)), layers.Dense(5, activation="relu", name="deep")], name="base")
    base.trainable = not frozen
    model = keras.Sequential([keras.Input((6,)), base, layers.Dense(3, activation="softmax", name="top")])
    model.compile("adam", "sparse_categorical_crossentropy")
    return model

class Looker(keras.Model):
    """Claims a plain network and answers otherwise."""
    def predict(self, X, **kwargs):
        return np.tile([1.0, 0.0, 0.0], (len(X), 1))

def liar():
    inputs = keras.Input((6,))
    model = Looker(inputs, layers.Dense(3, activation="softmax")(inputs))
    model.compile("adam", "sparse_categorical_crossentropy")
    return model

def stuck():
    model = plain()
    model.optimizer.learning_rate = 0.0
    return model

@keras.saving.register_keras_serializable()
class Scale(layers.Layer):
    def __init__(self, factor=2.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor
    def call(self, x):
        return self.factor * ops.square(x)
    def get_config(self):
        return {**super().get_config(), "factor": self.factor}

def custom():
    model = keras.Sequential([keras.Input((6,)), Scale(3.0), layers.Dense(2)])
    model.compile("sgd", "mse")
    return model

class Detached(layers.Layer):
    def call(self, x):
        return ops.stop_gradient(x) * 2.0

scale, detached = Scale(), Detached()
'''

RNG = np.random.default_rng(0)
CENTRES = RNG.normal(0, 3, (3, 6))
Y = RNG.integers(3, size=300)
X = (CENTRES[Y] + RNG.normal(size=(300, 6))).astype("float32")


@pytest.fixture(scope="module")
def proxy(cold_backend: Backend) -> Iterator[SubmissionProxy]:
    pytest.importorskip("keras")
    limits = Limits(cell_seconds=60, call_seconds=60, total_seconds=240, memory_mb=3072)
    exercise = make_exercise("module", requires=["tensorflow"], limits=limits)
    with open_session(exercise, MODULE, backend=cold_backend) as session:
        yield SubmissionProxy(session)


@pytest.fixture
def build(proxy: SubmissionProxy) -> Callable[..., RemoteModel]:
    return lambda name, *args: proxy.model(proxy.call(name, *args, hold=True))


def failure(ask: Callable[[], object]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert caught.value.sentences and all(text.en and text.ko for text in caught.value.sentences)
    return caught.value


def test_how_a_network_is_built_and_compiled(build: Callable[..., RemoteModel]) -> None:
    expect, model = Expect(), build("plain")
    hidden = Layer("Dense", units=16, activation="silu", kernel_initializer="he_normal", kernel_regularizer="l2")
    expect.model(
        model,
        [hidden, Layer("Dense", units={3, 4}, activation="softmax")],
        allow=("Dropout", "BatchNormalization"),
        inputs=[(None, 6)],
        outputs=[(None, 3)],
        params=227,
        trainable_params=195,
        loss="sparse_categorical_crossentropy",
        optimizer=("Adam", "RMSprop"),
        learning_rate=(0.001, 0.02),
        metrics=["accuracy"],
    )
    expect.head(model, "multiclass", 3, labels="integers")
    found = failure(lambda: expect.model(model, [hidden], params=227, loss="mse"))
    assert found.share == pytest.approx(1 / 3) and "Dense, BatchNormalization" in found.sentences[0].en
    twins = failure(lambda: expect.head(model, "multiclass", 3, labels="one-hot"))
    assert twins.sentences[0] == expect_model.LABELS["one-hot"]


def test_labels_are_told_as_the_exercise_asks_for_them() -> None:
    # The student's own labels may be others, which the loss fits: neither sentence may speak of those.
    top = LayerFacts("top", "Dense", units=3, activation="softmax")
    for asked, other in (("one-hot", "sparse_categorical_crossentropy"), ("integers", "categorical_crossentropy")):
        facts = ModelFacts(layers=(top,), loss=other)
        told = failure(lambda: Expect().head(facts, "multiclass", 3, labels=asked)).sentences[0]  # noqa: B023
        assert told == expect_model.LABELS[asked] and "asked for" in told.en


def test_what_is_no_model_is_called_as_the_student_calls_it(proxy: SubmissionProxy) -> None:
    for model, name in ((proxy.model("scale"), "scale"), (proxy.model(proxy.call("Scale", hold=True)), "Scale(...)")):
        with pytest.raises(SubmissionFault, match=re.escape(f"`{name}` should be a Keras model")):
            model.describe()


def test_branches_and_residual_connections(build: Callable[..., RemoteModel]) -> None:
    expect, model = Expect(), build("residual")
    facts = expect.model(model, merges={"Concatenate": 1, "Add": 2}, residuals=2)
    assert facts.from_logits is True
    expect.head(facts, "binary")
    assert failure(lambda: expect.model(build("plain"), residuals=1)).share == 0


def test_frozen_layers_stay_and_the_others_move(build: Callable[..., RemoteModel]) -> None:
    expect, model = Expect(), build("transfer")
    before = model.weights()
    expect.model(model, frozen=["base"], trainable_params=18)
    expect.weights_move(model, X[:64], Y[:64], still=["base"])
    assert all(np.array_equal(a, b) for a, b in zip(before, model.weights(), strict=True))
    loose = build("transfer", False)
    found = failure(lambda: expect.weights_move(loose, X[:64], Y[:64], still=["base"]))
    assert found.sentences[0] == tell(expect_network.MOVED, name="base/deep")
    assert failure(lambda: expect.model(loose, frozen=["base", "gone"])).share == 0
    still = failure(lambda: expect.weights_move(build("stuck"), X[:64], Y[:64]))
    assert tell(expect_network.STOOD_STILL, name="head") in still.sentences


def test_learning_is_shown_on_the_graders_own_data(build: Callable[..., RemoteModel]) -> None:
    def accuracy(predicted: np.ndarray) -> float:
        return float(np.mean(predicted.argmax(axis=1) == Y[200:]))

    ask: dict[str, Any] = {
        "X": X[:200],
        "y": Y[:200],
        "X_new": X[200:],
        "score": accuracy,
        "outputs": (100, 3),
        "epochs": 8,
    }
    # The moving averages of a batch normalisation alone may raise the score a little.
    ask["margin"] = 0.3
    expect, model = Expect(), build("plain")
    assert accuracy(expect.learns(model, **ask)) > 0.8
    for name in ("stuck", "liar"):
        found = failure(lambda name=name: expect.learns(build(name), **ask))
        assert "no better than before" in found.sentences[0].en
    history = build("plain").train(X, Y, epochs=500, cpu_seconds=0.2)
    assert 0 < len(history["loss"]) < 500


def test_answers_follow_from_the_weights(build: Callable[..., RemoteModel]) -> None:
    expect, model = Expect(), build("plain")
    model.train(X, Y)
    expect.forward(model, X[:50])
    assert failure(lambda: expect.forward(build("liar"), X[:50])).sentences[0] == expect_network.NOT_ITS_WEIGHTS
    unknown = failure(lambda: expect.forward(build("custom"), X[:50]))
    assert unknown.sentences[0] == tell(expect_network.NOT_FOLLOWED, kind="Scale")


def test_a_saved_model_answers_the_same_in_a_new_process(
    proxy: SubmissionProxy, build: Callable[..., RemoteModel]
) -> None:
    expect, model = Expect(), build("custom")
    model.save("again.keras")
    fresh = proxy.fresh()
    again = fresh.load_model("again.keras")
    expect.model_reloads(model, again, X[:20])
    model.train(X, X[:, :2])
    assert failure(lambda: expect.model_reloads(model, again, X[:20])).sentences[0] == expect_network.OTHER_PREDICTIONS
    fresh.close()
    bare = proxy.fresh(bare=True)
    build("transfer").save("plain.keras")
    assert bare.load_model("plain.keras").describe().trainable_params == 18
    bare.close()


def test_seeds_and_initialisers_decide_fresh_weights(build: Callable[..., RemoteModel]) -> None:
    expect = Expect()
    weights = expect.seeded(lambda seed: build("plain", seed).weights())
    expect.initialised(weights[0], "he_normal")
    assert (
        failure(lambda: expect.seeded(lambda seed: build("plain").weights())).sentences[0].en.startswith("Another seed")
    )


def test_gradients_of_a_layer(proxy: SubmissionProxy) -> None:
    expect, layer, at = Expect(), proxy.remote("scale"), X[0]
    slopes = gradient(layer, at)["slopes"][0]
    many = lambda points: np.sum(layer.invoke(np.array(points, "float32")), axis=1)  # noqa: E731
    expect.gradient(many, slopes, at, step=1e-2)
    assert failure(lambda: expect.gradient(many, slopes * 2, at, step=1e-2)).sentences == (
        expect_network.WRONG_GRADIENT,
    )
    lost = gradient(proxy.remote("detached"), at)["slopes"][0]
    assert lost is None or not np.any(lost)
    assert failure(lambda: expect.gradient(many, lost, at, step=1e-2))


def test_sentences_name_what_is_compiled(build: Callable[..., RemoteModel]) -> None:
    found = failure(lambda: Expect().model(build("plain"), optimizer="sgd"))
    assert found.sentences[0] == Text(
        "The optimizer should be sgd; it is Adam.", "옵티마이저는 sgd이어야 해요. 지금은 Adam이에요."
    )
