"""Slopes of what takes tensors, by the automatic differentiation of whichever backend Keras runs on."""

from __future__ import annotations


def gradient(target, *inputs):
    """Outputs of a layer, loss or function of tensors, and the slopes of their sum to each input.

    A slope is None where no gradient flows.
    """
    import keras
    import numpy as np

    arrays = [np.asarray(value) for value in inputs]
    arrays = [value.astype("float32") if value.dtype.kind == "f" else value for value in arrays]
    backend = keras.backend.backend()
    if backend == "tensorflow":
        import tensorflow as tf

        tensors = [tf.constant(value) for value in arrays]
        with tf.GradientTape() as tape:
            tape.watch([tensor for tensor in tensors if tensor.dtype.is_floating])
            outputs = target(*tensors)
            total = tf.reduce_sum(outputs)
        slopes = tape.gradient(total, tensors)
    elif backend == "torch":
        import torch

        tensors = [torch.tensor(value, requires_grad=value.dtype.kind == "f") for value in arrays]
        outputs = target(*tensors)
        outputs.sum().backward()
        slopes = [tensor.grad for tensor in tensors]
    else:
        import jax

        floating = tuple(i for i, value in enumerate(arrays) if value.dtype.kind == "f")
        tensors = [jax.numpy.asarray(value) for value in arrays]
        outputs = target(*tensors)
        found = jax.grad(lambda *values: jax.numpy.sum(target(*values)), argnums=floating)(*tensors)
        slopes = [None] * len(arrays)
        for place, slope in zip(floating, found):
            slopes[place] = slope
    to_numpy = keras.ops.convert_to_numpy
    return {"outputs": to_numpy(outputs), "slopes": [None if slope is None else to_numpy(slope) for slope in slopes]}
