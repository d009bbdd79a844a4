"""Expectations about how a Keras model is built and compiled, each demand an item with a sentence of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.keras.layers import Graph, Layer, Part, all_layers, parts, spelled
from grader.checking.expect.structure import award_items
from grader.checking.values import tell
from grader.running.keras_facts import ModelFacts, RemoteModel
from grader.running.text import plain_text
from grader.vocabulary import Text

Items = list[tuple[bool, Text]]

LAYERS = Text(
    "The layers should be {wanted}[[; they are {found}]].", "층은 {wanted}이어야 해요[[. 지금은 {found}이에요]]."
)
LAYER = Text(
    "Layer {place} should be {wanted}[[; it is {found}]].",
    "{place}번째 층은 {wanted}이어야 해요[[. 지금은 {found}이에요]].",
)
SHAPES_IN = Text(
    "The input shape should be {wanted}[[; it is {found}]].",
    "입력의 모양은 {wanted}이어야 해요[[. 지금은 {found}이에요]].",
)
SHAPES_OUT = Text(
    "The output shape should be {wanted}[[; it is {found}]].",
    "출력의 모양은 {wanted}이어야 해요[[. 지금은 {found}이에요]].",
)
PARAMS = Text(
    "The parameters should number {wanted}[[; there are {found}]].",
    "파라미터 수는 {wanted}개여야 해요[[. 지금은 {found}개예요]].",
)
TRAINABLE = Text(
    "The parameters that training changes should number {wanted}[[; there are {found}]].",
    "훈련으로 바뀌는 파라미터는 {wanted}개여야 해요[[. 지금은 {found}개예요]].",
)
NOT_BUILT = Text(
    "The network is not built yet: give it an Input, so that its shapes are known.",
    "신경망이 아직 만들어지지 않았어요. 모양을 알 수 있게 Input을 주세요.",
)
NOT_COMPILED = Text("The model is not compiled yet.", "모델을 아직 컴파일하지 않았어요.")
LOSS = Text(
    "Compile the model with the loss {wanted}[[; it is {found}]].",
    "손실을 {wanted}(으)로 정해 컴파일하세요[[. 지금은 {found}이에요]].",
)
OPTIMIZER = Text(
    "The optimizer should be {wanted}[[; it is {found}]].",
    "옵티마이저는 {wanted}이어야 해요[[. 지금은 {found}이에요]].",
)
RATE = Text(
    "The learning rate should be {wanted}[[; it is {found}]].",
    "학습률은 {wanted}이어야 해요[[. 지금은 {found}이에요]].",
)
METRIC = Text("`compile` should get the metric {wanted}.", "`compile`에 지표 {wanted}을(를) 넣으세요.")
MERGES = Text(
    "The graph should have {wanted} × {kind} that joins branches[[; it has {found}]].",
    "그래프에 가지를 합치는 {kind}이(가) {wanted}개 있어야 해요[[. 지금은 {found}개예요]].",
)
RESIDUALS = Text(
    "The network should have {wanted} skip connections that are added back[[; it has {found}]].",
    "입력을 건너뛰어 더하는 잔차 연결이 {wanted}개 있어야 해요[[. 지금은 {found}개예요]].",
)
NO_SUCH_LAYER = Text("The model has no layer named {name}.", "모델에 이름이 {name}인 층이 없어요.")
NOT_FROZEN = Text(
    "The layer {name} should be frozen: set `trainable = False` before compiling.",
    "{name} 층은 동결해야 해요. 컴파일하기 전에 `trainable = False`로 정하세요.",
)

ONE_SOFTMAX = Text(
    "Softmax over a single unit is always 1: use sigmoid for one unit.",
    "유닛이 하나인데 소프트맥스를 쓰면 늘 1이 나와요. 유닛 하나에는 시그모이드를 쓰세요.",
)
HEAD_UNITS = Text(
    "The output layer should have {wanted} units[[; it has {found}]].",
    "출력 층의 유닛은 {wanted}개여야 해요[[. 지금은 {found}개예요]].",
)
HEAD_ACTIVATION = Text(
    "The activation of the output layer does not fit this task[[; it is {found}]].",
    "출력 층의 활성화 함수가 이 문제에 맞지 않아요[[. 지금은 {found}이에요]].",
)
HEAD_LOSS = Text(
    "The loss does not fit this task[[; it is {found}]].", "손실이 이 문제에 맞지 않아요[[. 지금은 {found}이에요]]."
)
TWICE = Text(
    "The output layer already gives probabilities, and the loss takes them for logits: `from_logits=False`.",
    "출력 층이 이미 확률을 내는데 손실은 로짓으로 받아들여요. `from_logits=False`로 하세요.",
)
NEVER = Text(
    "The output layer gives logits, and the loss takes them for probabilities: `from_logits=True`, or an activation.",
    "출력 층은 로짓을 내는데 손실은 확률로 받아들여요. `from_logits=True`로 하거나 활성화 함수를 넣으세요.",
)
# Of the labels that the exercise asks for: what the student trains with may have another form, to which the loss belongs.
LABELS = {
    "one-hot": Text(
        "One-hot labels are asked for here, but this loss takes labels that are whole numbers: compile with a categorical loss.",
        "여기서는 원-핫 레이블을 쓰는데, 이 손실은 정수 레이블을 받아요. categorical 손실로 컴파일하세요.",
    ),
    "integers": Text(
        "Whole numbers are asked for as labels here, but this loss takes one-hot rows: compile with a sparse loss.",
        "여기서는 정수 레이블을 쓰는데, 이 손실은 원-핫 레이블을 받아요. sparse 손실로 컴파일하세요.",
    ),
}

_REGRESSION = {"meansquarederror", "meanabsoluteerror", "huber", "logcosh", "meansquaredlogarithmicerror"}
_LOSSES = {
    "binary": {"binarycrossentropy", "binaryfocalcrossentropy"},
    "multilabel": {"binarycrossentropy", "binaryfocalcrossentropy"},
    "multiclass": {"categoricalcrossentropy", "sparsecategoricalcrossentropy", "categoricalfocalcrossentropy"},
    "regression": _REGRESSION,
}
_OUTPUTS = {"binary": "sigmoid", "multilabel": "sigmoid", "multiclass": "softmax"}


class ModelExpectations(ExpectBase):
    """``expect.model`` and ``expect.head``."""

    def model(
        self,
        model: RemoteModel | ModelFacts,
        layers: Sequence[Layer] | None = None,
        *,
        allow: Sequence[str] = (),
        inputs: Sequence[tuple[int | None, ...]] | None = None,
        outputs: Sequence[tuple[int | None, ...]] | None = None,
        params: int | None = None,
        trainable_params: int | None = None,
        merges: Mapping[str, int] | None = None,
        residuals: int | None = None,
        frozen: Sequence[str] = (),
        loss: str | Sequence[str] | None = None,
        optimizer: str | Sequence[str] | None = None,
        learning_rate: float | tuple[float, float] | None = None,
        metrics: Sequence[str] = (),
        message: Text | None = None,
    ) -> ModelFacts:
        """A model that is built and compiled as demanded; each demand is an item, and what holds earns its share.

        What a model says about itself is a claim. It is fit for telling a beginner what is missing; let the points that
        matter rest on predictions and on weights that you fetch.

        Parameters
        ----------
        model : RemoteModel or ModelFacts
            ``submission.model("network")``.
        layers : sequence of Layer, optional
            In order. Inputs do not count; an activation as a layer of its own belongs to the layer before it.
        allow : sequence of str
            Classes that may stand anywhere between them: ``("Dropout", "BatchNormalization")``.
        inputs, outputs : sequence of shapes, optional
            ``[(None, 28, 28)]``.
        params, trainable_params : int, optional
        merges : mapping, optional
            How many nodes of a class join branches: ``{"Concatenate": 1}``.
        residuals : int, optional
            How many branches are added to a way around them.
        frozen : sequence of str
            Names of layers (or inner models) that training must not change. Whether it really does not:
            `weights_move`.
        loss, optimizer : str or sequence of str, optional
            The names that will do, in any spelling: ``"mse"`` is ``MeanSquaredError``.
        learning_rate : float or (low, high), optional
        metrics : sequence of str
            Among those given to ``compile``.

        Returns
        -------
        ModelFacts

        Examples
        --------
        >>> from grader.checks import Layer, LayerFacts, ModelFacts
        >>> dense = LayerFacts("dense", "Dense", units=10, activation="softmax", params=7850)
        >>> facts = ModelFacts(layers=(dense,), count_params=7850, loss="categorical_crossentropy")
        >>> _ = expect.model(facts, [Layer("Dense", units=10, activation="softmax")], params=7850)
        """
        facts = model.describe() if isinstance(model, RemoteModel) else model
        if not isinstance(facts, ModelFacts):
            raise TypeError("expect.model: give it submission.model(name)")
        items: Items = _layers(parts(facts.layers, allow), layers) if layers is not None else []
        for found, wanted, sentence in (
            (facts.input_shapes, inputs, SHAPES_IN),
            (facts.output_shapes, outputs, SHAPES_OUT),
        ):
            if wanted is not None:
                right = [tuple(shape) for shape in found] == [tuple(shape) for shape in wanted]
                told = tell(sentence, wanted=_shapes(wanted), found=_shapes(found)) if found else NOT_BUILT
                items.append((right, told))
        for number, count, sentence in (
            (facts.count_params, params, PARAMS),
            (facts.trainable_params, trainable_params, TRAINABLE),
        ):
            if count is not None:
                told = NOT_BUILT if number is None else tell(sentence, wanted=f"{count:,}", found=_number(number))
                items.append((number == count, told))
        items += _graph(facts, merges or {}, residuals) + _frozen(facts, frozen)
        items += _compiled(facts, loss, optimizer, learning_rate, metrics)
        if items:
            award_items(items, message)
        return facts

    def head(
        self,
        model: RemoteModel | ModelFacts,
        task: str,
        units: int | None = None,
        *,
        labels: str | None = None,
        message: Text | None = None,
    ) -> None:
        """An output layer and a loss that fit the task and each other.

        Parameters
        ----------
        task : {"binary", "multiclass", "multilabel", "regression"}
            Probabilities with ``from_logits=False`` and logits with ``from_logits=True`` are both right.
        units : int, optional
            Of the output layer; 1 for ``"binary"``. Two units with softmax are right for two classes as well: ask for
            ``"multiclass"`` there.
        labels : {"one-hot", "integers"}, optional
            Form of the labels of several classes.

        Examples
        --------
        >>> from grader.checks import LayerFacts, ModelFacts
        >>> dense = LayerFacts("dense", "Dense", units=1, activation="sigmoid")
        >>> expect.head(ModelFacts(layers=(dense,), loss="binary_crossentropy"), "binary")
        """
        if task not in _LOSSES or labels not in (None, "one-hot", "integers"):
            raise ValueError(f"expect.head: task is {task!r}, labels {labels!r}; tasks: {', '.join(_LOSSES)}")
        facts = model.describe() if isinstance(model, RemoteModel) else model
        last = next(reversed(parts(facts.layers, ("Dropout", "Flatten", "Reshape"))), None)
        if last is None:
            self._fail(facts, NOT_BUILT, message=message)
        award_items(_head(facts, last, task, 1 if task == "binary" else units, labels), message)


def _head(facts: ModelFacts, last: Part, task: str, units: int | None, labels: str | None) -> Items:
    found, activation, loss = last.facts.units, spelled(last.activation) or "linear", spelled(facts.loss)
    if found == 1 and activation == "softmax":
        return [(False, ONE_SOFTMAX)]
    items: Items = []
    if units is not None:
        items.append((found == units, tell(HEAD_UNITS, wanted=units, found=_number(found))))
    told = NOT_COMPILED if facts.loss is None else tell(HEAD_LOSS, found=_named(facts.loss))
    right = loss in _LOSSES[task]
    items.append((right, told))
    probabilities = _OUTPUTS.get(task)
    if probabilities is None:
        # A range can be wanted of a regression; only what cannot stand for one number is wrong.
        items.append(
            (activation not in ("softmax", "sigmoid", "tanh"), tell(HEAD_ACTIVATION, found=_named(last.activation)))
        )
        return items
    items.append((activation in (probabilities, "linear"), tell(HEAD_ACTIVATION, found=_named(last.activation))))
    if right and activation == probabilities:
        items.append((facts.from_logits is not True, TWICE))
    if right and activation == "linear":
        items.append((facts.from_logits is True, NEVER))
    if right and labels is not None:
        items.append((loss.startswith("sparse") == (labels == "integers"), LABELS[labels]))
    return items


def _layers(found: list[Part], wanted: Sequence[Layer]) -> Items:
    if len(found) != len(wanted):
        told = ", ".join(plain_text(part.facts.type_name, 40) for part in found[:20]) or "–"
        return [(False, tell(LAYERS, wanted=", ".join(map(repr, wanted)), found=told))]
    return [
        (layer.fits(part), tell(LAYER, place=place, wanted=layer, found=layer.tell(part)))
        for place, (layer, part) in enumerate(zip(wanted, found, strict=True), start=1)
    ]


def _graph(facts: ModelFacts, merges: Mapping[str, int], residuals: int | None) -> Items:
    graph, items = Graph(facts), []
    for kind, wanted in merges.items():
        found = len(graph.merges(kind))
        items.append((found == wanted, tell(MERGES, kind=kind, wanted=wanted, found=found)))
    if residuals is not None:
        found = len(graph.residuals())
        items.append((found == residuals, tell(RESIDUALS, wanted=residuals, found=found)))
    return items


def _frozen(facts: ModelFacts, names: Sequence[str]) -> Items:
    by_name = {layer.name: layer for layer in all_layers(facts.layers)}
    items = []
    for name in names:
        layer = by_name.get(name)
        sentence = (NO_SUCH_LAYER if layer is None else NOT_FROZEN).format(name=name)
        items.append((layer is not None and (layer.trainable_params == 0 or not layer.trainable), sentence))
    return items


def _compiled(
    facts: ModelFacts,
    loss: str | Sequence[str] | None,
    optimizer: str | Sequence[str] | None,
    learning_rate: float | tuple[float, float] | None,
    metrics: Sequence[str],
) -> Items:
    if facts.loss is None and (loss or optimizer or metrics or learning_rate is not None):
        return [(False, NOT_COMPILED)]
    items = []
    for found, names, sentence in ((facts.loss, loss, LOSS), (facts.optimizer, optimizer, OPTIMIZER)):
        if names is not None:
            accepted = (names,) if isinstance(names, str) else tuple(names)
            right = spelled(found) in {spelled(name) for name in accepted}
            items.append((right, tell(sentence, wanted=" / ".join(accepted), found=_named(found))))
    if learning_rate is not None:
        low, high = learning_rate if isinstance(learning_rate, tuple) else (learning_rate, learning_rate)
        rate = facts.learning_rate
        right = rate is not None and low * (1 - 1e-5) <= rate <= high * (1 + 1e-5)
        told = f"{low:g}" if low == high else f"{low:g} … {high:g}"
        items.append((right, tell(RATE, wanted=told, found="–" if rate is None else f"{rate:.3g}")))
    given = facts.metrics if isinstance(facts.metrics, list | tuple) else [facts.metrics]
    names_given = {spelled(metric) for metric in given}
    items += [(any(spelled(name) in one for one in names_given), METRIC.format(wanted=name)) for name in metrics]
    return items


def _named(value: Any) -> str:
    """A name that the student gave, for a sentence."""
    if isinstance(value, dict):
        value = value.get("class_name")
    return plain_text(value, 40) if isinstance(value, str) and value else "–"


def _number(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) and abs(value) < 10**15 else "–"


def _shapes(shapes: Sequence[Sequence[int | None]]) -> str:
    return plain_text(", ".join(str(tuple(shape)) for shape in list(shapes)[:5]), 100)
