"""A small network for digits, and the handful of things an operator does to a folder of versions."""

from __future__ import annotations

import os
import shutil

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf


def build(seed: int) -> keras.Model:
    """A convolutional network from float32 pictures (n, 28, 28, 1) **between 0 and 1** to ten probabilities.

    It is not trained: serving does not care, and each seed makes a network whose answers one can tell from the others'.
    """
    keras.utils.set_random_seed(seed)
    wide = keras.initializers.RandomNormal(stddev=0.3)
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Conv2D(4, 3, strides=2, activation="relu", kernel_initializer=wide),
            keras.layers.Conv2D(8, 3, strides=2, activation="relu", kernel_initializer=wide),
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(10, activation="softmax", kernel_initializer=wide),
        ]
    )


def ask_saved_model(directory: str, pictures: np.ndarray) -> np.ndarray:
    """Load a SavedModel without the code that made it and ask its default signature, as a model server does."""
    signature = tf.saved_model.load(directory).signatures["serving_default"]
    ((name, spec),) = signature.structured_input_signature[1].items()
    if spec.dtype != tf.uint8:
        raise TypeError(f"the SavedModel takes {spec.dtype.name}; clients send uint8 pictures")
    (answer,) = signature(**{name: tf.constant(pictures)}).values()
    return answer.numpy()


def renumber(root: str, old: str, new: str) -> None:
    """Give a version's folder another name."""
    os.renames(os.path.join(root, old), os.path.join(root, new))


def copy(root: str, old: str, new: str) -> None:
    """Copy a version's folder."""
    shutil.copytree(os.path.join(root, old), os.path.join(root, new))


def retire(root: str, version: str) -> None:
    """Delete a version's folder."""
    shutil.rmtree(os.path.join(root, version))
