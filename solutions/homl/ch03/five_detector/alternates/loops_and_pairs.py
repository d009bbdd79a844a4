# %%
import numpy as np


# %%
def confusion(y, p):
    """Counted cell by cell."""
    table = np.zeros((2, 2), dtype=int)
    for truth, said in zip(y, p):
        table[int(truth), int(said)] += 1
    return table


def prf(y, p):
    y, p = np.asarray(y) == 1, np.asarray(p) == 1
    hits = np.count_nonzero(y & p)
    if not hits:
        return 0.0, 0.0, 0.0
    return (
        hits / np.count_nonzero(p),
        hits / np.count_nonzero(y),
        2 * hits / (np.count_nonzero(p) + np.count_nonzero(y)),
    )


# %%
def threshold_for_precision(y, score, target):
    """Each different score from the lowest upwards; the first that is precise enough."""
    for threshold in np.unique(score):
        called = score >= threshold
        if np.count_nonzero(np.logical_and(called, y)) / np.count_nonzero(called) >= target:
            return threshold
    return float("inf")


# %%
def roc_auc(y, score):
    """Trapezia under the curve, one corner for each different score."""
    y = np.asarray(y).astype(bool)
    if y.all() or not y.any():
        return float("nan")
    corners = [np.inf, *np.unique(score)[::-1]]
    recall = [np.mean(score[y] >= t) for t in corners]
    false_alarms = [np.mean(score[~y] >= t) for t in corners]
    return np.trapezoid(recall, false_alarms)
