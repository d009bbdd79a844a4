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
        "from_logits": _from_logits(target),
        "optimizer": _optimizer(target),
        "metrics": _metrics(target),
        "trainable_params": _count(target.trainable_weights) if target.built else None,
        "operations": _operations(target),
    }


def _count(weights):
    total = 0
    for weight in weights:
        size = 1
        for n in weight.shape:
            size *= int(n)
        total += size
    return total


def _from_logits(model):
    """Whether the loss takes logits; None where it does not say."""
    loss = getattr(model, "loss", None)
    config = _try(loss.get_config) if hasattr(loss, "get_config") else None
    found = config.get("from_logits") if isinstance(config, dict) else None
    if found is None:  # a class that Keras wrapped keeps its options here
        found = (getattr(loss, "_fn_kwargs", None) or {}).get("from_logits")
    return found if isinstance(found, bool) else None


def _metrics(model):
    config = _try(model.get_compile_config)
    found = (config or {}).get("metrics") or []
    while isinstance(found, (list, tuple)) and len(found) == 1 and isinstance(found[0], (list, tuple)):
        found = found[0]
    return _plain(found if isinstance(found, (list, tuple, dict)) else [found], 0)


def _operations(model):
    """What the graph of a functional model is made of, each with the names of what it takes its inputs from."""
    graph = _try(lambda: model._functional) or model
    operations = _try(lambda: list(graph.operations)) or []
    inside = {id(operation) for operation in operations}
    found = []
    for operation in operations[:10_000]:
        inbound = []
        for node in _try(lambda operation=operation: operation._inbound_nodes) or ():
            for tensor in _try(lambda node=node: node.input_tensors) or ():
                source = tensor._keras_history.operation
                if id(source) in inside:
                    inbound.append(str(source.name))
        found.append({"name": str(operation.name), "type_name": type_name(type(operation)), "inbound": inbound})
    return found


def _layer(layer, depth=0):
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
        "trainable_params": _count(layer.trainable_weights) if params is not None else None,
        "config": _plain(config, 0),
        "layers": [_layer(inner, depth + 1) for inner in getattr(layer, "layers", ())] if depth < 4 else [],
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
    config = _try(optimizer.get_config) or {}
    return {"name": type_name(type(optimizer)), "learning_rate": rate, "config": _plain(config, 0)}


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


def layer_weights(target):
    """Weights of each layer that has some, those of inner models under ``outer/inner``."""
    _require_model(target)
    found = {}
    _collect_weights(target, "", found, 0)
    return found


def _collect_weights(model, prefix, found, depth):
    for layer in model.layers:
        name = f"{prefix}{layer.name}"
        if getattr(layer, "layers", None) and depth < 4:
            _collect_weights(layer, f"{name}/", found, depth + 1)
        elif layer.weights:
            found[name] = list(layer.get_weights())


def set_weights(target, arrays):
    """Give a model other weights."""
    _require_model(target)
    target.set_weights(arrays)


def train(target, X, y, epochs, batch_size, cpu_seconds):
    """Train, and stop after a batch once so many seconds of CPU time are used; returns the history."""
    import time

    import keras

    began = time.process_time()

    class Stop(keras.callbacks.Callback):
        def on_train_batch_end(self, batch, logs=None):
            if time.process_time() - began > cpu_seconds:
                self.model.stop_training = True

    return fit(target, X, y, epochs=epochs, batch_size=batch_size, callbacks=[Stop()])


def save(target, path):
    """Write the model to a file in the working directory."""
    _require_model(target)
    target.save(path)


def load(path):
    """Read a model from a file."""
    import keras

    model = keras.models.load_model(path)
    _require_model(model)
    return model


def gradient(target, *inputs):
    """Outputs of something that takes tensors, and the slopes of their sum."""
    from .gradients import gradient as slopes_of

    return slopes_of(target, *inputs)


ACTIONS = {
    "facts": facts,
    "weights": weights,
    "predict": predict,
    "fit": fit,
    "evaluate": evaluate,
    "layer_weights": layer_weights,
    "set_weights": set_weights,
    "train": train,
    "save": save,
    "load": load,
    "gradient": gradient,
}
