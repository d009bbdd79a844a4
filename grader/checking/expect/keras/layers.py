"""What a Keras network is made of, read from its facts: layers to compare with, names in one spelling, the graph.

Facts are claims of the submission's process. Nothing here raises because of what they hold.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.running.keras_facts import LayerFacts, ModelFacts
from grader.running.text import plain_text

_ACTIVATIONS = {"relu", "softmax", "leakyrelu", "elu", "prelu"}  # layers that only apply a function
_SAME = {"swish": "silu", "acc": "accuracy", "mse": "meansquarederror", "mae": "meanabsoluteerror"}
# (scale, mode, distribution) of VarianceScaling -> the initialiser of that name
_SCALINGS = {
    (2.0, "fan_in", "truncated_normal"): "henormal",
    (2.0, "fan_in", "uniform"): "heuniform",
    (1.0, "fan_in", "truncated_normal"): "lecunnormal",
    (1.0, "fan_in", "uniform"): "lecununiform",
    (1.0, "fan_avg", "truncated_normal"): "glorotnormal",
    (1.0, "fan_avg", "uniform"): "glorotuniform",
}


class Layer:
    """A layer that a network should have.

    Parameters
    ----------
    kind : str or tuple of str
        Its class, or the classes that will do: ``"Dense"``, ``("LSTM", "GRU")``.
    **wanted
        What its configuration should hold: ``units=64``, ``activation="relu"``, ``kernel_initializer="he_normal"``,
        ``kernel_regularizer="l2"``, ``rate=0.5``, ``trainable=False``. A callable is asked for each value, a set holds
        the values that will do.

    Examples
    --------
    >>> Layer("Dense", units=10, activation="softmax")
    Dense(units=10, activation=softmax)
    """

    def __init__(self, kind: str | tuple[str, ...], **wanted: Any) -> None:
        self.kinds = (kind,) if isinstance(kind, str) else tuple(kind)
        self.wanted = wanted

    def __repr__(self) -> str:
        told = ", ".join(f"{name}={_told(value)}" for name, value in self.wanted.items() if not callable(value))
        return " / ".join(self.kinds) + (f"({told})" if told else "")

    def fits(self, found: Part) -> bool:
        """Whether a layer of the network is one of these."""
        return found.facts.type_name in self.kinds and all(
            _agrees(found.value(name), value) for name, value in self.wanted.items()
        )

    def tell(self, found: Part) -> str:
        """What the network has in this place, by the same names: only words that the exercise itself uses, and numbers."""
        told = ", ".join(f"{name}={_told(found.value(name))}" for name in self.wanted)
        return plain_text(found.facts.type_name, 40) + (f"({told})" if told else "")


@dataclass(frozen=True)
class Part:
    """A layer, together with the activation that stands behind it as a layer of its own."""

    facts: LayerFacts
    activation: str | None

    def value(self, name: str) -> Any:
        """What the layer has under a name of its configuration."""
        if name == "activation":
            return self.activation
        if name in ("units", "filters", "trainable", "params"):
            return getattr(self.facts, name)
        return self.facts.config.get(name)


def parts(layers: Iterable[LayerFacts], allow: Sequence[str] = ()) -> list[Part]:
    """The layers that count, in order: without inputs and what is allowed beside them, activations with their layer."""
    found: list[Part] = []
    for layer in layers:
        kind = layer.type_name
        name = layer.activation if kind == "Activation" else kind.lower()
        if kind == "InputLayer" or (kind in allow):
            continue
        if found and (kind == "Activation" or name in _ACTIVATIONS) and _plain(found[-1].activation) in ("", "linear"):
            found[-1] = Part(found[-1].facts, name)
        else:
            found.append(Part(layer, layer.activation))
    return found


def spelled(value: Any) -> str:
    """The name of an activation, initialiser, regulariser, loss, optimizer or metric, in one spelling: ``henormal``."""
    if isinstance(value, dict):
        config = value.get("config") if isinstance(value.get("config"), dict) else {}
        assert isinstance(config, dict)
        kind = _plain(value.get("class_name"))
        if kind == "variancescaling":
            key = (config.get("scale"), config.get("mode"), config.get("distribution"))
            return next((name for scaling, name in _SCALINGS.items() if scaling == key), kind)
        if kind == "l1l2":
            on = [name for name in ("l1", "l2") if isinstance(config.get(name), float | int) and config[name] > 0]
            return on[0] if len(on) == 1 else kind
        if kind in ("function", "lossfunctionwrapper", "meanmetricwrapper"):
            return _plain(config.get("name") or config.get("fn"))
        return kind
    return _plain(value)


class Graph:
    """The graph of a functional model."""

    def __init__(self, model: ModelFacts) -> None:
        self.kinds = {node.name: node.type_name for node in model.operations}
        self.inbound = {node.name: node.inbound for node in model.operations}
        self.weighted = {layer.name for layer in model.layers if layer.params}

    def merges(self, kind: str) -> list[str]:
        """Names of the nodes of a kind that join several inputs: ``"Add"``, ``"Concatenate"``."""
        found = []
        for name, sources in self.inbound.items():
            if self.kinds[name] == kind and len(sources) > 1:
                found.append(name)
        return found

    def residuals(self) -> list[str]:
        """Additions of a branch with weights to a shorter way around it from the same place."""
        found = []
        for name in self.merges("Add"):
            ways = [self._depths(source) for source in self.inbound[name]]
            common = set(ways[0]).intersection(*ways[1:])
            # Behind the last place that all ways share, one of them passes more layers with weights than another.
            if any(max(way[place] for way in ways) > min(way[place] for way in ways) for place in common):
                found.append(name)
        return found

    def before(self, name: str) -> set[str]:
        """All nodes that a node depends on, and itself."""
        return set(self._depths(name))

    def _depths(self, start: str) -> dict[str, int]:
        """For each node before `start`: most layers with weights on a way from it, its own not counted."""
        depths = {start: 0}
        waiting = [start]
        steps = 0
        while waiting and steps < 100_000:
            steps += 1
            name = waiting.pop()
            depth = depths[name] + (name in self.weighted)
            for source in self.inbound.get(name, ()):
                if source in self.kinds and depths.get(source, -1) < depth <= len(self.kinds):
                    depths[source] = depth
                    waiting.append(source)
        return depths


def all_layers(layers: Iterable[LayerFacts]) -> list[LayerFacts]:
    """Layers with those of inner models, the inner ones after their model."""
    found = []
    for layer in layers:
        found += [layer, *all_layers(layer.layers)]
    return found


def _agrees(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, set | frozenset):
        return any(_agrees(found, value) for value in wanted)
    if callable(wanted):
        return bool(_asked(wanted, found))
    if isinstance(wanted, str):
        return spelled(found) == spelled(wanted) or (spelled(wanted) == "linear" and found is None)
    if isinstance(wanted, bool) or wanted is None:
        return found is wanted
    if isinstance(wanted, int | float):
        return isinstance(found, int | float) and not isinstance(found, bool) and _near(found, wanted)
    if isinstance(wanted, tuple | list):
        return isinstance(found, tuple | list) and list(found) == list(wanted)
    return bool(found == wanted)


def _near(found: float, wanted: float) -> bool:
    try:
        return math.isclose(found, wanted, rel_tol=1e-6)
    except OverflowError:
        return False


def _asked(predicate: Callable[[Any], Any], value: Any) -> Any:
    try:
        return predicate(value)
    except (TypeError, ValueError, KeyError, AttributeError, IndexError):  # written for another kind of value
        return False


def _plain(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    plain = "".join(letter for letter in value[:100].lower() if letter.isalnum())
    return _SAME.get(plain, plain)


def _told(value: Any) -> str:
    if isinstance(value, set | frozenset):
        return " / ".join(sorted(map(_told, value)))
    if isinstance(value, dict):
        return plain_text(str(value.get("class_name", "…")), 30)
    return plain_text(str(value), 30)
