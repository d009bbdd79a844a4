"""A Keras model that stays in the sandbox: its architecture as plain values, training and prediction by request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from grader.errors import SubmissionFault
from grader.running import faults
from grader.running.remote import Channel, Remote
from grader.running.typed_fields import Fields
from grader.vocabulary import Outcome

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class LayerFacts:
    """One layer; what it does not have is None. Shapes begin with the batch dimension, which is None.

    A layer with several inputs has a list of shapes. ``config`` is ``get_config()`` with names in place of objects.
    """

    name: str
    type_name: str
    units: int | None = None
    filters: int | None = None
    activation: str | None = None
    input_shape: Any = None
    output_shape: Any = None
    params: int | None = None
    trainable: bool = True
    config: dict[str, Any] = field(default_factory=dict)
    trainable_params: int | None = None
    layers: tuple[LayerFacts, ...] = ()


@dataclass(frozen=True)
class OperationFacts:
    """A node of a model's graph: a layer, or arithmetic on tensors; ``inbound`` names what it takes its inputs from."""

    name: str
    type_name: str
    inbound: tuple[str, ...]


@dataclass(frozen=True)
class ModelFacts:
    """All facts about a model at one moment. They are claims: points should rest on what the model does.

    Attributes
    ----------
    layers : tuple of LayerFacts
    count_params, trainable_params : int or None
        None while the model is not built.
    input_shapes, output_shapes : tuple of Shape
    loss : object
        A name, or a list or dict of names; None before compiling.
    from_logits : bool or None
        Whether the loss takes logits; None where it does not say.
    optimizer : str or None
    optimizer_config : dict
    metrics : object
        As they were given to ``compile``, objects as their configuration.
    operations : tuple of OperationFacts
        Empty for a subclassed model, which has no graph to look at.
    """

    layers: tuple[LayerFacts, ...] = ()
    count_params: int | None = None
    trainable_params: int | None = None
    input_shapes: tuple[Shape, ...] = ()
    output_shapes: tuple[Shape, ...] = ()
    loss: Any = None
    from_logits: bool | None = None
    optimizer: str | None = None
    learning_rate: float | None = None
    optimizer_config: dict[str, Any] = field(default_factory=dict)
    metrics: Any = None
    operations: tuple[OperationFacts, ...] = ()

    @classmethod
    def of(cls, model: Any) -> ModelFacts:
        """The facts of a Keras model of one's own, to try an expectation with; a submission's stays in the sandbox."""
        from grader.running.probe.models import facts

        return cls.from_data(facts(model))  # type: ignore[no-untyped-call]

    @classmethod
    def from_data(cls, data: Any) -> ModelFacts:
        """Read what the probe described.

        Raises
        ------
        SubmissionFault
            It is not such a description.
        """
        f = Fields(data)
        optimizer = Fields(f.any("optimizer")) if f.any("optimizer") is not None else None
        config = optimizer.any("config") if optimizer else None
        from_logits = f.any("from_logits")
        return cls(
            layers=tuple(_layer(Fields(item)) for item in f.items("layers")),
            count_params=f.whole_or_none("count_params"),
            trainable_params=f.whole_or_none("trainable_params"),
            input_shapes=tuple(_shape(item) for item in f.items("input_shapes")),
            output_shapes=tuple(_shape(item) for item in f.items("output_shapes")),
            loss=f.any("loss"),
            from_logits=from_logits if isinstance(from_logits, bool) else None,
            optimizer=optimizer.text("name") if optimizer else None,
            learning_rate=optimizer.number_or_none("learning_rate") if optimizer else None,
            optimizer_config=config if isinstance(config, dict) else {},
            metrics=f.any("metrics"),
            operations=tuple(_operation(Fields(item)) for item in f.items("operations")),
        )


class RemoteModel(Remote):
    """A Keras model. Its facts are asked each time, since training and compiling change them."""

    def __init__(self, remote: Remote) -> None:
        self._share(remote)

    def describe(self) -> ModelFacts:
        """All facts at once."""
        return ModelFacts.from_data(self._act("facts"))

    @property
    def layers(self) -> list[LayerFacts]:
        """The layers in order; a Sequential model does not list its Input."""
        return [_layer(Fields(item)) for item in self._facts().items("layers")]

    @property
    def count_params(self) -> int | None:
        """Number of parameters; None while the model is not built."""
        return self._facts().whole_or_none("count_params")

    @property
    def input_shapes(self) -> list[Shape]:
        """Shape of each input, ``[(None, 28, 28)]``."""
        return [tuple(shape) for shape in self._facts().items("input_shapes")]

    @property
    def inputs(self) -> int:
        """Number of inputs."""
        return len(self.input_shapes)

    @property
    def output_shapes(self) -> list[Shape]:
        """Shape of each output."""
        return [tuple(shape) for shape in self._facts().items("output_shapes")]

    @property
    def loss(self) -> Any:
        """Name of the loss, ``"sparse_categorical_crossentropy"``; a list or dict of names; None before compiling."""
        return self._facts().any("loss")

    @property
    def optimizer(self) -> str | None:
        """Class name of the optimizer, ``"Adam"``; None before compiling."""
        found = self._facts().any("optimizer")
        return None if found is None else Fields(found).text("name")

    @property
    def learning_rate(self) -> float | None:
        """The optimizer's learning rate, None where it has none or a schedule."""
        found = self._facts().any("optimizer")
        return None if found is None else Fields(found).number_or_none("learning_rate")

    def weights(self) -> list[Any]:
        """All weights as arrays, in the order of ``get_weights()``."""
        found: list[Any] = self._list(self._act("weights"))
        return found

    def predict(self, X: Any, **kwargs: Any) -> Any:
        """Predictions, an array of shape (n_samples, ...); a list of them for several outputs."""
        return self._act("predict", X, **kwargs)

    def fit(self, X: Any, y: Any = None, **kwargs: Any) -> dict[str, list[float]]:
        """Train inside; returns the history, one value per epoch for each metric."""
        return self._dict(self._act("fit", X, y, **kwargs))

    def evaluate(self, X: Any, y: Any = None, **kwargs: Any) -> dict[str, float]:
        """Loss and metrics by name. Claims: measure with the predictions where points depend on it."""
        return self._dict(self._act("evaluate", X, y, **kwargs))

    def layer_weights(self) -> dict[str, list[Any]]:
        """Weights of each layer that has some, by its name; those of an inner model as ``"inner/layer"``."""
        return {str(name): self._list(arrays) for name, arrays in self._dict(self._act("layer_weights")).items()}

    def set_weights(self, arrays: list[Any]) -> None:
        """Give the model other weights, in the order of `weights`."""
        self._act("set_weights", arrays)

    def train(
        self, X: Any, y: Any, *, epochs: int = 1, batch_size: int = 32, cpu_seconds: float = 60.0
    ) -> dict[str, list[float]]:
        """Train inside on the grader's own data, for so many seconds of CPU time at most; returns the history."""
        return self._dict(self._act("train", X, y, epochs, batch_size, cpu_seconds))

    def save(self, path: str) -> None:
        """Write the model to a file in the submission's working directory: ``"again.keras"``."""
        self._act("save", path)

    def gradient(self, *inputs: Any) -> dict[str, Any]:
        """See `gradient`."""
        return gradient(self, *inputs)

    def _facts(self) -> Fields:
        return Fields(self._act("facts"))

    def _act(self, action: str, *args: Any, **kwargs: Any) -> Any:
        return self._ask("model", self.asked_as or "model", action=action, args=args, kwargs=kwargs)

    def _dict(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "facts that are not a dict")
        return value

    def _list(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "facts that are not a list")
        return value


def gradient(target: Remote, *inputs: Any) -> dict[str, Any]:
    """Outputs of a held layer, loss or function of tensors, and the slopes of their sum.

    Returns
    -------
    dict
        ``outputs``: array; ``slopes``: one array for each input, None where no gradient flows.
    """
    found = target.channel.ask("model", label=target.type_name, target=target, action="gradient", args=inputs)
    if not isinstance(found, dict) or not isinstance(found.get("slopes"), list):
        raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a gradient that is not a dict")
    return found


def load_model(channel: Channel, path: str) -> RemoteModel:
    """Read a model file inside a process of the submission."""
    found = channel.ask("model", label=path, target=path, action="load", args=())
    if not isinstance(found, Remote):
        raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a value where a model is held")
    return RemoteModel(found)


def _shape(value: Any) -> Shape:
    if not isinstance(value, tuple | list) or not all(n is None or type(n) is int for n in value):
        raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a shape that is not one")
    return tuple(value)


def _operation(f: Fields) -> OperationFacts:
    return OperationFacts(f.text("name"), f.text("type_name"), tuple(f.texts("inbound")))


def _layer(f: Fields, depth: int = 0) -> LayerFacts:
    config = f.any("config")
    inner = f.items("layers") if depth < 8 else []
    return LayerFacts(
        name=f.text("name"),
        type_name=f.text("type_name"),
        units=f.whole_or_none("units"),
        filters=f.whole_or_none("filters"),
        activation=f.text_or_none("activation"),
        input_shape=f.any("input_shape"),
        output_shape=f.any("output_shape"),
        params=f.whole_or_none("params"),
        trainable=f.flag("trainable"),
        config=config if isinstance(config, dict) else {},
        trainable_params=f.whole_or_none("trainable_params"),
        layers=tuple(_layer(Fields(item), depth + 1) for item in inner),
    )
