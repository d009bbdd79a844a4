"""Formulas and trivial predictors of metrics that scikit-learn does not have, on arrays that have been read."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist

Array = NDArray[Any]
Tokens = Sequence[tuple[Any, ...]]
_TINY = float(np.finfo(float).eps)


def majority(train: Array) -> Any:
    """The most frequent label; the first in order where several are."""
    found, counts = np.unique(train, return_counts=True)
    return found[np.argmax(counts)]


def prior(train: Array, truth: Array) -> Array:
    """The shares of the classes in `train`, shape (len(truth), classes)."""
    counts = np.bincount(train, minlength=int(max(train.max(), truth.max(), 1)) + 1)
    return np.tile(counts / counts.sum(), (len(truth), 1))


def log_loss(truth: Array, chances: Array) -> float:
    """Mean negative natural logarithm of the true class's probability, clipped at machine epsilon."""
    return float(-np.log(np.clip(chances[np.arange(len(truth)), truth], _TINY, 1)).mean())


def brier(truth: Array, chances: Array) -> float:
    """Mean squared distance to the one-hot truth over half: for two classes, that of Brier's binary score."""
    own = chances[np.arange(len(truth)), truth]  # a one-hot table could be as wide as an answer likes
    return float(((chances**2).sum(axis=1) - 2 * own + 1).mean() / 2)


def top_k(truth: Array, scores: Array, k: int = 5) -> float:
    """Share of rows whose class is among the `k` of highest score; ties count against the answer."""
    own = scores[np.arange(len(truth)), truth][:, None]
    return float(((scores >= own).sum(axis=1) <= k).mean())


def rmsle(truth: Array, answer: Array) -> float:
    """Root of the mean squared difference of log(1 + value)."""
    return float(np.sqrt(((np.log1p(truth) - np.log1p(answer)) ** 2).mean()))


def inertia(rows: Array, centres: Array) -> float:
    """Sum of squared distances from each row to its nearest centre."""
    return float((cdist(rows, centres) ** 2).min(axis=1).sum())


def kl(truth: Array, answer: Array) -> float:
    """Mean Kullback-Leibler divergence of each row, natural logarithm; the answer is clipped at machine epsilon."""
    safe = np.clip(answer, _TINY, 1)
    return float(np.where(truth > 0, truth * np.log(np.where(truth > 0, truth, 1) / safe), 0).sum(axis=1).mean())


def mmd(truth: Array, answer: Array) -> float:
    """Squared maximum mean discrepancy, biased estimate, Gaussian kernel (Gretton et al., 2012, JMLR 13, eq. 5).

    Twice the kernel's variance is the median squared distance between rows of the truth.
    """
    inside = cdist(truth, truth, "sqeuclidean")
    width = float(np.median(inside[inside > 0])) if (inside > 0).any() else 1.0
    across = np.exp(-cdist(truth, answer, "sqeuclidean") / width).mean()
    alike = np.exp(-cdist(answer, answer, "sqeuclidean") / width).mean()
    return float(np.exp(-inside / width).mean() + alike - 2 * across)


def gaussian_samples(train: Array, truth: Array) -> Array:
    """As many rows as `truth` from the normal distribution fitted to `train`, always the same ones."""
    covariance = np.atleast_2d(np.cov(train.T)) if len(train) > 1 else np.zeros((train.shape[1],) * 2)
    return np.random.default_rng(0).multivariate_normal(train.mean(axis=0), covariance, len(truth))


def iou(truth: Array, answer: Array) -> float:
    """Mean intersection over union of boxes (left, top, right, bottom), pair by pair."""
    low, high = np.maximum(truth[:, :2], answer[:, :2]), np.minimum(truth[:, 2:], answer[:, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    areas = (truth[:, 2:] - truth[:, :2]).prod(axis=1) + (answer[:, 2:] - answer[:, :2]).prod(axis=1)
    return float((shared / (areas - shared)).mean())


def edit_rate(truth: Tokens, answer: Tokens) -> float:
    """Levenshtein distances over the longer sequence's length, averaged: 0 is equal, 1 is nothing in common."""
    return sum(_edits(a, b) / max(len(a), len(b), 1) for a, b in zip(truth, answer)) / len(truth)


def _edits(a: Sequence[Any], b: Sequence[Any]) -> int:
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


def bleu(truth: Tokens, answer: Tokens, longest: int = 4) -> float:
    """Corpus BLEU with one reference each (Papineni et al., 2002); n-grams longer than every reference do not count."""
    longest = min(longest, max(*map(len, truth), 1))
    total, logs = sum(map(len, answer)), 0.0
    for n in range(1, longest + 1):
        hits = possible = 0
        for wanted, found in zip(truth, answer):
            grams = Counter(found[i : i + n] for i in range(len(found) - n + 1))
            hits += sum((grams & Counter(wanted[i : i + n] for i in range(len(wanted) - n + 1))).values())
            possible += sum(grams.values())
        if not hits:
            return 0.0
        logs += math.log(hits / possible) / longest
    return math.exp(min(0.0, 1 - sum(map(len, truth)) / total) + logs)
