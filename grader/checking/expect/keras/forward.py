"""The forward pass of small Keras networks in NumPy: what a network with these weights has to answer.

Computed in float64 from layers and weights that were fetched, on the trusted side.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf, expit, softmax

from grader.checking.expect.keras.layers import spelled
from grader.checking.values import numeric
from grader.running.keras_facts import LayerFacts

Array = NDArray[Any]


def _leaky(x: Array) -> Array:
    return np.where(x >= 0, x, 0.2 * x)


def _selu(x: Array) -> Array:
    return 1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "": lambda x: x,
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "sigmoid": lambda x: np.asarray(expit(x)),
    "tanh": np.tanh,
    "softmax": lambda x: np.asarray(softmax(x, axis=-1)),
    "elu": lambda x: np.where(x > 0, x, np.expm1(np.minimum(x, 0))),
    "selu": _selu,
    "silu": lambda x: x * expit(x),
    "gelu": lambda x: x * 0.5 * (1 + erf(x / math.sqrt(2))),
    "softplus": lambda x: np.logaddexp(0, x),
    "softsign": lambda x: x / (1 + np.abs(x)),
    "leakyrelu": _leaky,
    "exponential": np.exp,
}
_MOST = 1 << 28  # multiplications in one layer
_QUIET = frozenset(
    {"InputLayer", "Dropout", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization"}
)


class UnsupportedLayer(Exception):
    """A layer that this forward pass does not know, or weights that are not its own; holds the layer's class."""


def forward(layers: tuple[LayerFacts, ...], weights: dict[str, list[Any]], X: Array) -> Array:
    """Answers of a chain of layers.

    Parameters
    ----------
    layers : tuple of LayerFacts
        Dense, Flatten, Reshape, activations, Rescaling, Normalization, BatchNormalization, LayerNormalization; what
        only acts in training is passed over.
    weights : dict
        Arrays of each layer by its name, as `RemoteModel.layer_weights` gives them.
    X : array of shape (n, ...)

    Raises
    ------
    UnsupportedLayer
    """
    with np.errstate(all="ignore"):
        for layer in layers:
            try:
                X = _step(layer, [_array(w) for w in weights.get(layer.name, [])], X)
            except (
                TypeError,
                ValueError,
                LookupError,
                OverflowError,
                MemoryError,
            ):  # shapes or settings that do not fit
                raise UnsupportedLayer(layer.type_name) from None
    return X


def _step(layer: LayerFacts, weights: list[Array], X: Array) -> Any:
    kind, config = layer.type_name, layer.config
    if kind in _QUIET:
        return X
    if kind == "Dense":
        if weights[0].ndim != 2 or len(X) * weights[0].size > _MOST:
            raise UnsupportedLayer(kind)
        X = X @ weights[0]
        return _activate(layer, X + _row(weights[1], X) if len(weights) > 1 else X)
    if kind == "Flatten":
        return X.reshape(len(X), -1)
    if kind == "Reshape":
        return X.reshape(len(X), *config["target_shape"])
    if kind == "Activation":
        return _activate(layer, X)
    if kind == "LeakyReLU":
        slope = float(config.get("negative_slope", 0.3))
        return np.where(X >= 0, X, slope * X)
    if kind in ("ReLU", "Softmax", "ELU"):
        plain = all(
            config.get(name) in (None, 0.0, 1.0, -1)
            for name in ("max_value", "negative_slope", "threshold", "alpha", "axis")
        )
        if plain:
            return ACTIVATIONS[kind.lower()](X)
    if kind == "Rescaling":
        return X * _row(_array(config["scale"]), X) + _row(_array(config["offset"]), X)
    if kind == "Normalization" and len(weights) >= 2:
        return (X - _row(weights[0], X)) / np.maximum(np.sqrt(_row(weights[1], X)), 1e-7)
    weights = [_row(array, X) for array in weights]
    if kind == "BatchNormalization" and len(weights) == 2 + bool(config["scale"]) + bool(config["center"]):
        gamma = weights.pop(0) if config["scale"] else 1.0
        beta = weights.pop(0) if config["center"] else 0.0
        return gamma * (X - weights[0]) / np.sqrt(weights[1] + float(config["epsilon"])) + beta
    if kind == "LayerNormalization" and config.get("axis") in (-1, [-1]) and len(weights) == 2:
        spread = X.var(axis=-1, keepdims=True) + float(config["epsilon"])
        return weights[0] * (X - X.mean(axis=-1, keepdims=True)) / np.sqrt(spread) + weights[1]
    raise UnsupportedLayer(kind)


def _row(array: Array, X: Array) -> Array:
    """One value for each column of X, or one for all: what else would be broadcast is not how Keras computes."""
    if array.ndim > 1 or array.size not in (1, X.shape[-1]):
        raise ValueError("weights that do not fit their input")
    return array


def _activate(layer: LayerFacts, X: Array) -> Array:
    function = ACTIVATIONS.get(spelled(layer.activation))
    if function is None:
        raise UnsupportedLayer(layer.type_name)
    return function(X)


def _array(value: Any) -> Array:
    array = numeric(value)
    if array is None or array.dtype.kind == "c":
        raise ValueError("weights that are no numbers")
    return array.astype(float)
