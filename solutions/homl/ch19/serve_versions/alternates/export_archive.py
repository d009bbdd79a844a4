# %% [markdown] lang="en"
# # Versioned export and REST
#
# Another way: the network goes into an `ExportArchive` behind a function with a signature of its own, and what is served
# stands in plain module variables.

# %%
from __future__ import annotations

import json
import os
import re

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import tensorflow as tf

_current: dict = {}


# %%
def _numbers(root):
    if not os.path.isdir(root):
        return []
    return [int(name) for name in os.listdir(root) if re.fullmatch(r"[0-9]+", name)]


def _load(root, number):
    signature = tf.saved_model.load(os.path.join(root, str(number))).signatures
    _current.update(root=root, number=number, run=signature["serving_default"], keep=signature)
    return number


def _is_picture(rows):
    return (
        isinstance(rows, list)
        and len(rows) == 28
        and all(isinstance(row, list) and len(row) == 28 for row in rows)
        and all(type(pixel) is int and 0 <= pixel < 256 for row in rows for pixel in row)
    )


# %%
def export(model, root):
    os.makedirs(root, exist_ok=True)
    target = os.path.join(root, str(1 + max([0, *_numbers(root)])))
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        name="serve",
        fn=lambda pictures: model(tf.cast(pictures, tf.float32)[..., tf.newaxis] / 255.0, training=False),
        input_signature=[tf.TensorSpec((None, 28, 28), tf.uint8)],
    )
    archive.write_out(target, verbose=False)
    return target


# %%
def load_latest(root):
    numbers = _numbers(root)
    if numbers == []:
        raise FileNotFoundError(root)
    return _load(root, max(numbers))


# %%
def handle(path, body):
    match = re.fullmatch(r"/v1/models/digits(:predict|:rollback)?", path)
    if match is None:
        return 404, {"error": "unknown path"}
    if not _current:
        return 503, {"error": "nothing is loaded"}
    if match.group(1) is None:
        entry = {"version": str(_current["number"]), "state": "AVAILABLE"}
        return 200, {"model_version_status": [entry]}
    if match.group(1) == ":rollback":
        smaller = [number for number in _numbers(_current["root"]) if number < _current["number"]]
        if not smaller:
            return 409, {"error": "this is the first version"}
        return 200, {"version": str(_load(_current["root"], max(smaller)))}
    try:
        instances = json.loads(body)["instances"]
    except (ValueError, KeyError, TypeError, IndexError):
        return 400, {"error": "the body holds no instances"}
    if not isinstance(instances, list) or not instances or not all(map(_is_picture, instances)):
        return 400, {"error": "an instance is 28 lists of 28 integers between 0 and 255"}
    (answer,) = _current["run"](tf.constant(instances, tf.uint8)).values()
    return 200, {"predictions": answer.numpy().tolist()}
