"""A Keras model that stays in the sandbox: its architecture as plain values, training and prediction by request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.errors import SubmissionFault
from grader.running import faults
from grader.running.facts import Fields
from grader.running.remote import Remote
from grader.vocabulary import Outcome

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class LayerFacts:
    """One layer; what it does not have is None. Shapes begin with the batch dimension, which is None.

    A layer with several inputs has a list of shapes. ``config`` is ``get_config()`` with names in place of objects.
    """

    name: str
    type_name: str
    units: int | None
    filters: int | None
    activation: str | None
    input_shape: Any
    output_shape: Any
    params: int | None
    trainable: bool
    config: dict[str, Any]


class RemoteModel(Remote):
    """A Keras model. Its facts are asked each time, since training and compiling change them."""

    def __init__(self, remote: Remote) -> None:
        self._share(remote)

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

    def _facts(self) -> Fields:
        return Fields(self._act("facts"))

    def _act(self, action: str, *args: Any, **kwargs: Any) -> Any:
        return self._ask("model", "model", action=action, args=args, kwargs=kwargs)

    def _dict(self, value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "facts that are not a dict")
        return value

    def _list(self, value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "facts that are not a list")
        return value


def _layer(f: Fields) -> LayerFacts:
    config = f.any("config")
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
    )
