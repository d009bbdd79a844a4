"""Facts about Keras models, and calls of them that come back as plain data."""

from __future__ import annotations

from .records import Unsuitable, type_name


def _require_model(target):
    if not (hasattr(target, "layers") and hasattr(target, "count_params")):
        raise Unsuitable("not_a_model", target)


def facts(target):
    """Layers, shapes, parameter count, loss and optimizer."""
    _require_model(target)
    return {
        "name": str(target.name),
        "layers": [_layer(layer) for layer in target.layers],
        "count_params": int(target.count_params()) if target.built else None,
        "input_shapes": _shapes(getattr(target, "inputs", None)) or _built_shape(target),
        "output_shapes": _shapes(getattr(target, "outputs", None)),
        "loss": _loss(target),
        "optimizer": _optimizer(target),
    }


def _layer(layer):
    params = int(layer.count_params()) if getattr(layer, "built", False) else None
    config = _try(layer.get_config) or {}
    return {
        "name": str(layer.name),
        "type_name": type_name(type(layer)),
        "units": _whole(getattr(layer, "units", None)),
        "filters": _whole(getattr(layer, "filters", None)),
        "activation": _name(getattr(layer, "activation", None)),
        "input_shape": _shape_of(lambda: layer.input),
        "output_shape": _shape_of(lambda: layer.output),
        "params": params,
        "trainable": bool(layer.trainable),
        "config": _plain(config, 0),
    }


def _try(function):
    try:
        return function()
    except Exception:  # facts that an unbuilt or unusual layer does not have are simply not there
        return None


def _whole(value):
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _name(value):
    if value is None or isinstance(value, str):
        return value
    return str(getattr(value, "__name__", None) or getattr(value, "name", None) or type_name(type(value)))


def _shape(tensor):
    return tuple(None if n is None else int(n) for n in tensor.shape)


def _shape_of(get):
    tensor = _try(get)
    if isinstance(tensor, (list, tuple)):
        return [_shape(t) for t in tensor]
    return _shape(tensor) if hasattr(tensor, "shape") else None


def _shapes(tensors):
    return [_shape(tensor) for tensor in tensors or ()]


def _built_shape(model):
    shape = _try(lambda: model.input_shape)
    return [tuple(shape)] if isinstance(shape, tuple) else []


def _loss(model):
    return _name(getattr(model, "loss", None)) if not isinstance(model.loss, (list, dict)) else _plain(model.loss, 0)


def _optimizer(model):
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None:
        return None
    rate = _try(lambda: float(optimizer.learning_rate.numpy()))
    return {"name": type_name(type(optimizer)), "learning_rate": rate}


def _plain(value, depth):
    """A configuration as data: what is not data becomes its name."""
    if depth > 8 or value is None or isinstance(value, (bool, int, float, str)):
        return value if depth <= 8 else None
    if isinstance(value, dict):
        return {str(k): _plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v, depth + 1) for v in value]
    return _name(value)


def weights(target):
    """All weights, in the order of ``get_weights``."""
    _require_model(target)
    return list(target.get_weights())


def predict(target, *args, **kwargs):
    """Predictions as arrays."""
    _require_model(target)
    return target.predict(*args, **{"verbose": 0, **kwargs})


def fit(target, *args, **kwargs):
    """Train and return the history."""
    _require_model(target)
    history = target.fit(*args, **{"verbose": 0, **kwargs})
    return {str(name): [float(v) for v in values] for name, values in history.history.items()}


def evaluate(target, *args, **kwargs):
    """Loss and metrics by name."""
    _require_model(target)
    found = target.evaluate(*args, **{"verbose": 0, **kwargs, "return_dict": True})
    return {str(name): float(value) for name, value in found.items()}


ACTIONS = {"facts": facts, "weights": weights, "predict": predict, "fit": fit, "evaluate": evaluate}
