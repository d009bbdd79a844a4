# %% [markdown] lang="en"
# Counts of the classes left of each threshold by running sums, both measures from counts alone, a recursive tree.

# %%
import numpy as np


# %%
def measure(counts, criterion):
    p = counts / counts.sum(axis=-1, keepdims=True)
    if criterion == "gini":
        return (p * (1 - p)).sum(axis=-1)
    return (p * np.log2(1 / np.where(p > 0, p, 1))).sum(axis=-1)


def one_hot(y):
    return (np.asarray(y)[:, None] == np.unique(y)).astype(float)


# %%
def gini(y):
    return measure(one_hot(y).sum(axis=0), "gini")


# %%
def entropy(y):
    return measure(one_hot(y).sum(axis=0), "entropy")


# %%
def best_split(X, y, criterion="gini"):
    hot = one_hot(y)
    candidates = []
    for j in range(X.shape[1]):
        order = np.argsort(X[:, j], kind="stable")
        column = X[order, j]
        ends = np.flatnonzero(np.diff(column))
        left = hot[order].cumsum(axis=0)[ends]
        right = hot.sum(axis=0) - left
        weighted = left.sum(axis=1) * measure(left, criterion) + right.sum(axis=1) * measure(right, criterion)
        gains = measure(hot.sum(axis=0), criterion) - weighted / len(y)
        candidates += zip(gains.round(10), [-j] * len(ends), -(column[ends] + column[ends + 1]) / 2, strict=True)
    if not candidates:
        return None
    gain, j, threshold = max(candidates)
    return [-j, -threshold, gain]


# %%
def leaf_proba(X, y, x, max_depth=2, criterion="gini"):
    labels, codes = np.unique(y, return_inverse=True)

    def descend(rows, depth):
        split = best_split(X[rows], codes[rows], criterion)
        if depth == 0 or split is None or np.ptp(codes[rows]) == 0:
            return np.bincount(codes[rows], minlength=len(labels)) / len(rows)
        j, threshold, _ = split
        right = X[rows, j] > threshold
        return descend(rows[right] if x[j] > threshold else rows[~right], depth - 1)

    return descend(np.arange(len(y)), max_depth)


# %%
depth_1e6 = 20
slowdown_10x = 11.67
slowdown_2feat = 2
child_can_be_worse = gini([0, 1]) > gini([0, 1, 1, 1, 1, 1])
