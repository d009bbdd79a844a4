# %%
import json

import numpy as np

WEIGHTS = np.array([2.0, -1.0])
BIAS = 0.5


# %%
def handle(path, body):
    route = {"/health": health, "/predict": predict}.get(path)
    return route(body) if route else (404, {"error": "not found"})


def health(body):
    return 200, {"status": "ok"}


def predict(body):
    try:
        request = json.loads(body)
    except Exception:
        return 400, {"error": "not JSON"}
    rows = request.get("instances") if isinstance(request, dict) else None
    if not isinstance(rows, list) or not rows or not all(is_pair(row) for row in rows):
        return 400, {"error": "instances should be a list of pairs of numbers"}
    return 200, {"predictions": [float(WEIGHTS @ np.array(row) + BIAS) for row in rows]}


def is_pair(row):
    return (
        isinstance(row, list)
        and len(row) == 2
        and all(isinstance(x, int | float) and not isinstance(x, bool) and np.isfinite(x) for x in row)
    )
