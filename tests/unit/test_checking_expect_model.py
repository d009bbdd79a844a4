"""Expectations about Keras models, over facts: right answers in several forms, each slip named, forged facts survived."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.keras import model as expect_model
from grader.checking.expect.keras import network as expect_network
from grader.checking.expect.keras.forward import ACTIVATIONS, UnsupportedLayer, forward
from grader.checking.expect.keras.layers import Graph, Layer, parts, spelled
from grader.checking.expect.keras.network import INITIALISERS
from grader.checking.values import tell
from grader.errors import SubmissionFault
from grader.running.keras_facts import LayerFacts, ModelFacts, OperationFacts
from grader.running.typed_fields import Fields

RNG = np.random.default_rng(0)


def dense(units: int, activation: str | None = None, **config: Any) -> LayerFacts:
    return LayerFacts(f"dense_{units}", "Dense", units=units, activation=activation, config=config, params=units)


def network(*layers: LayerFacts, **values: Any) -> ModelFacts:
    return ModelFacts(layers=layers, **values)


def failure(ask: Callable[[], object]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert caught.value.sentences and all(text.en and text.ko for text in caught.value.sentences)
    return caught.value


RELU = LayerFacts("relu", "ReLU")
SOFTMAX = LayerFacts("act", "Activation", activation="softmax")
DROPOUT = LayerFacts("drop", "Dropout", config={"rate": 0.5})
INPUT = LayerFacts("in", "InputLayer")
WANTED = [Layer("Dense", units=8, activation="relu"), Layer("Dense", units=3, activation="softmax")]


@pytest.mark.parametrize(
    "layers",
    [
        (dense(8, "relu"), dense(3, "softmax")),
        (INPUT, dense(8, "linear"), RELU, DROPOUT, dense(3), SOFTMAX),
        (dense(8, "relu"), DROPOUT, dense(3, "linear"), LayerFacts("s", "Softmax", config={"axis": -1})),
    ],
)
def test_one_network_in_several_spellings(layers: tuple[LayerFacts, ...]) -> None:
    Expect().model(network(*layers), WANTED, allow=("Dropout",))


@pytest.mark.parametrize(
    ("layers", "share", "said"),
    [
        ((dense(8), dense(3, "softmax")), 0.5, "it is Dense(units=8, activation=None)"),
        ((dense(9, "relu"), dense(3, "sigmoid")), 0, "it is Dense(units=9, activation=relu)"),
        ((dense(8, "relu"), DROPOUT, dense(3, "softmax")), 0, "they are Dense, Dropout, Dense"),
        ((), 0, "they are –"),
        (
            (LayerFacts("c", "Conv2D", filters=8, activation="relu"), dense(3, "softmax")),
            0.5,
            "it is Conv2D(units=None",
        ),
    ],
)
def test_another_network_is_described(layers: tuple[LayerFacts, ...], share: float, said: str) -> None:
    found = failure(lambda: Expect().model(network(*layers), WANTED))
    assert found.share == share and said in found.sentences[0].en and "Dense(units=8" in found.sentences[0].en


def test_settings_of_layers_are_compared_by_meaning() -> None:
    he = {
        "class_name": "VarianceScaling",
        "config": {"scale": 2.0, "mode": "fan_in", "distribution": "truncated_normal"},
    }
    both = {"class_name": "L1L2", "config": {"l1": 0.0, "l2": 0.01}}
    layer = dense(4, "relu", kernel_initializer=he, kernel_regularizer=both, rate=0.5)
    Expect().model(
        network(layer),
        [Layer(("Dense", "EinsumDense"), kernel_initializer="he_normal", kernel_regularizer="L2", rate=0.5)],
    )
    Expect().model(network(layer), [Layer("Dense", rate=lambda rate: 0 < rate < 1, units={2, 4})])
    for wanted in ({"kernel_regularizer": "l1"}, {"rate": 0.4}, {"rate": lambda rate: rate["x"]}, {"units": {5}}):
        assert failure(lambda wanted=wanted: Expect().model(network(layer), [Layer("Dense", **wanted)]))
    assert spelled("HeNormal") == spelled("he_normal") and spelled("swish") == spelled("silu")


COMPILED = network(
    dense(1),
    loss="MeanSquaredError",
    optimizer="RMSprop",
    learning_rate=0.001,
    metrics=["mae", {"class_name": "AUC"}],
    count_params=10,
    input_shapes=((None, 4),),
    output_shapes=((None, 1),),
)


def test_how_it_is_compiled() -> None:
    Expect().model(
        COMPILED, loss="mse", optimizer="rmsprop", learning_rate=1e-3, metrics=["mean_absolute_error", "auc"]
    )
    Expect().model(COMPILED, loss=("huber", "mean_squared_error"), learning_rate=(1e-4, 1e-2), params=10)
    for demand in (
        {"loss": "mae"},
        {"optimizer": "adam"},
        {"learning_rate": 0.01},
        {"metrics": ["accuracy"]},
        {"params": 11},
        {"trainable_params": 10},
        {"inputs": [(None, 5)]},
        {"outputs": [(None, 1), (None, 1)]},
        {"merges": {"Add": 1}},
        {"residuals": 1},
        {"frozen": ["dense_2"]},
    ):
        assert failure(lambda demand=demand: Expect().model(COMPILED, **demand)).share == 0
    raw = failure(lambda: Expect().model(network(dense(1)), optimizer="adam"))
    assert raw.sentences[0] == expect_model.NOT_COMPILED


HEADS: list[tuple[str, int | None, str | None, str, bool | None, Any]] = [
    ("binary", 1, "sigmoid", "binary_crossentropy", None, None),
    ("binary", 1, None, "BinaryCrossentropy", True, None),
    ("binary", 1, None, "binary_crossentropy", None, expect_model.NEVER),
    ("binary", 1, "sigmoid", "binary_crossentropy", True, expect_model.TWICE),
    ("binary", 1, "softmax", "binary_crossentropy", None, expect_model.ONE_SOFTMAX),
    ("binary", 1, "sigmoid", "mse", None, tell(expect_model.HEAD_LOSS, found="mse")),
    ("multiclass", 5, "softmax", "sparse_categorical_crossentropy", False, None),
    ("multiclass", 5, "linear", "CategoricalCrossentropy", True, None),
    (
        "multiclass",
        5,
        "sigmoid",
        "categorical_crossentropy",
        None,
        tell(expect_model.HEAD_ACTIVATION, found="sigmoid"),
    ),
    ("multiclass", 4, "softmax", "categorical_crossentropy", None, tell(expect_model.HEAD_UNITS, wanted=5, found="4")),
    ("multilabel", 5, "sigmoid", "binary_crossentropy", None, None),
    ("multilabel", 5, "softmax", "binary_crossentropy", None, tell(expect_model.HEAD_ACTIVATION, found="softmax")),
    ("regression", 1, None, "mse", None, None),
    ("regression", 1, "relu", "Huber", None, None),
    ("regression", 1, "sigmoid", "mse", None, tell(expect_model.HEAD_ACTIVATION, found="sigmoid")),
    (
        "regression",
        1,
        None,
        "categorical_crossentropy",
        None,
        tell(expect_model.HEAD_LOSS, found="categorical_crossentropy"),
    ),
]


@pytest.mark.parametrize(("task", "units", "activation", "loss", "logits", "sentence"), HEADS)
def test_heads_and_losses(
    task: str, units: int, activation: str | None, loss: str, logits: bool | None, sentence: Any
) -> None:
    facts = network(dense(8, "relu"), dense(units, activation), loss=loss, from_logits=logits)
    ask = lambda: Expect().head(facts, task, 1 if task == "regression" else 5)  # noqa: E731
    if sentence is None:
        ask()
    else:
        assert sentence in failure(ask).sentences


def graph(**edges: str) -> ModelFacts:
    kinds = {"d": "Dense", "a": "Add", "c": "Concatenate", "i": "InputLayer"}
    nodes = tuple(OperationFacts(name, kinds[name[0]], tuple(sources.split())) for name, sources in edges.items())
    return ModelFacts(tuple(LayerFacts(name, "Dense", params=1) for name in edges if name[0] == "d"), operations=nodes)


def test_residual_connections_go_around_layers() -> None:
    plain = graph(i="", d1="i", d2="d1", a="i d2", d3="a")
    projected = graph(i="", d1="i", d2="d1", d3="i", a="d3 d2")
    parallel = graph(i="", d1="i", d2="i", a="d1 d2")
    doubled = graph(i="", d1="i", a="d1 d1")
    for facts, count in ((plain, 1), (projected, 1), (parallel, 0), (doubled, 0)):
        assert len(Graph(facts).residuals()) == count
    assert Graph(graph(i="", d1="i", c="i d1")).merges("Concatenate") == ["c"]


def test_a_graph_that_runs_in_circles_ends() -> None:
    assert Graph(graph(d1="a", a="d1 d2", d2="a nowhere")).residuals() is not None


def test_forward_passes_by_hand() -> None:
    X = RNG.normal(size=(5, 4))
    W, b, V = RNG.normal(size=(4, 3)), RNG.normal(size=3), RNG.normal(size=(3, 2))
    layers = (dense(3, "relu"), DROPOUT, dense(2))
    weights = {"dense_3": [W, b], "dense_2": [V]}
    np.testing.assert_allclose(forward(layers, weights, X), np.maximum(X @ W + b, 0) @ V)
    for broken in (
        {},
        {"dense_3": [b]},
        {"dense_3": ["x"]},
        {"dense_3": [W[:2], b]},
        {"dense_3": [W, np.array(["a"] * 3)]},
    ):
        with pytest.raises(UnsupportedLayer):
            forward(layers, broken, X)  # type: ignore[arg-type]
    with pytest.raises(UnsupportedLayer):
        forward((dense(3, "made_up"),), weights, X)


@pytest.mark.tensorflow
def test_forward_passes_agree_with_keras() -> None:
    keras = pytest.importorskip("keras")
    layers = keras.layers
    for activation in sorted(ACTIVATIONS):
        stack = [
            layers.Rescaling(0.5, 1.0),
            layers.Dense(5),
            layers.LayerNormalization(),
            layers.LeakyReLU(),
            layers.Reshape((5, 1)),
        ]
        stack += [
            layers.Flatten(),
            layers.Dense(4, activation={"leakyrelu": "leaky_relu"}.get(activation, activation) or None),
            layers.BatchNormalization(),
            layers.ELU(),
        ]
        model = keras.Sequential([keras.Input((3,)), *stack])
        model.set_weights([RNG.uniform(0.2, 0.9, w.shape) for w in model.get_weights()])
        X = RNG.normal(size=(6, 3)).astype("float32")
        facts = ModelFacts.of(model)
        weights = {layer.name: layer.get_weights() for layer in model.layers}
        np.testing.assert_allclose(forward(facts.layers, weights, X), keras.ops.convert_to_numpy(model(X)), atol=1e-5)


def kernel(kind: str, rng: np.random.Generator) -> np.ndarray:
    keras = pytest.importorskip("keras")
    chosen = keras.initializers.get(
        {"class_name": kind, "config": {"seed": int(rng.integers(9**9))}} if kind not in ("zeros", "ones") else kind
    )
    return np.asarray(keras.ops.convert_to_numpy(chosen((60, 300))))


@pytest.mark.tensorflow
def test_initialisers_are_told_apart() -> None:
    for kind in INITIALISERS:
        fresh = kernel(kind, RNG)
        for other in INITIALISERS:
            if kind == other:
                Expect().initialised(fresh, other)
            else:
                assert failure(lambda fresh=fresh, other=other: Expect().initialised(fresh, other))
    with pytest.raises(ValueError, match="xavier"):
        Expect().initialised(np.ones((2, 2)), "xavier")


def test_gradients_are_slopes() -> None:
    at = RNG.normal(size=(2, 3))
    function = lambda points: [float(np.sum(np.sin(p))) for p in points]  # noqa: E731
    Expect().gradient(function, np.cos(at), at)
    Expect().gradient(function, np.cos(at).tolist(), at)
    for claimed in (np.sin(at), np.cos(at).T, 2 * np.cos(at), "x", np.full((2, 3), np.nan), [None] * 2, 10**400):
        assert (
            failure(lambda c=claimed: Expect().gradient(function, c, at)).sentences[0] == expect_network.WRONG_GRADIENT
        )
    assert failure(lambda: Expect().gradient(function, None, at)).sentences[0] == expect_network.NO_GRADIENT
    for answer in (None, "x", [], [np.nan] * 12, [1.0] * 5, [None] * 12, [1j] * 12):
        assert failure(lambda a=answer: Expect().gradient(lambda points: a, np.cos(at), at))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        3,
        [],
        [[1, 2], [3]],
        [["a", "b"]] * 2,
        np.full((2, 2), np.nan),
        np.full((2, 2), np.inf),
        np.zeros((2, 3)),
        np.zeros(2),
        [[True, False]] * 2,
        [[1j, 0]] * 2,
        [[10**400, 0]] * 2,
        [[None, 1]] * 2,
    ],
    ids=str,
)
def test_answers_that_are_no_predictions(value: Any) -> None:
    assert failure(lambda: Expect().predictions(value, (2, 2)))
    try:
        Expect().initialised(value, "he_normal")  # a few numbers can have been drawn in any way
    except CheckFailed as caught:
        assert caught.sentences


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(10**400),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.sampled_from(["class_name", "config", "scale", "l1", "name"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200)
@given(one=anything, other=anything, number=st.none() | st.integers() | st.just(10**400), name=st.text(max_size=6))
def test_forged_facts_fail_with_a_sentence(one: Any, other: Any, number: Any, name: str) -> None:
    layer = LayerFacts(
        name,
        name,
        units=number,
        activation=name,
        config={"kernel_initializer": one, "rate": other, "scale": one, "offset": other, "target_shape": other},
    )
    others = [
        dataclasses.replace(layer, type_name=kind)
        for kind in ("Dense", "Activation", "BatchNormalization", "Reshape", "Rescaling", "ReLU")
    ]
    nodes = (OperationFacts(name, "Add", (name, "x")), OperationFacts("x", "Add", (name, name)))
    facts = ModelFacts(
        (layer, *others), number, number, ((number,),), ((number,),), one, None, name, None, {}, other, nodes
    )
    expect = Expect()
    wanted = [Layer("Dense", units=3, activation="relu", kernel_initializer="he_normal", rate=0.5)] * 2
    demands: dict[str, Any] = {
        "inputs": [(None, 1)], "outputs": [(None, 1)], "params": 3, "trainable_params": 3, "merges": {"Add": 1},
        "residuals": 1, "frozen": ["a"], "loss": "mse", "optimizer": "adam", "learning_rate": 0.1, "metrics": ["mae"],
    }  # fmt: skip
    for ask in (
        lambda: expect.model(facts, wanted, **demands),
        lambda: expect.model(facts, wanted * 2, allow=[name]),
        *(
            lambda task=task: expect.head(facts, task, 3, labels="integers")
            for task in ("binary", "multiclass", "regression")
        ),
        lambda: forward((layer,), {name: [one, other]}, np.ones((2, 3))),
        *(lambda l=l: forward((l,), {name: [one, other]}, np.ones((2, 3))) for l in others),  # noqa: E741
    ):
        try:
            ask()
        except CheckFailed as caught:
            assert caught.sentences and all(text.en and text.ko for text in caught.sentences)
        except UnsupportedLayer:
            pass
    assert isinstance(parts(facts.layers), list)
    try:
        ModelFacts.from_data(
            {"layers": one, "operations": other, "optimizer": one, "input_shapes": [one], "count_params": number}
        )
    except SubmissionFault:
        pass


def test_a_number_too_large_for_a_float_is_refused() -> None:
    with pytest.raises(SubmissionFault):
        Fields({"rate": 10**400}).number("rate")


def test_mistakes_in_checks() -> None:
    with pytest.raises(TypeError):
        Expect().model("network")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="task"):
        Expect().head(COMPILED, "clustering")
