"""Do two samples follow one distribution? Distances between samples, and tests whose false alarms are bounded.

Rows are standardised by the caller's choice; all arrays here have shape (n, d) and finite floats. Nothing here knows
where a sample came from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from scipy.spatial import cKDTree

Array = NDArray[Any]

TESTS = ("mmd", "energy", "marginals", "classifier")
MOST_ROWS = 500  # of each sample in a test: memory and time grow with the square
_SCALES = (0.125, 0.25, 0.5, 1.0)  # kernel widths in medians of the distances: coarse and fine structure


@dataclass(frozen=True)
class Discrepancy:
    """How close samples come to the data.

    Attributes
    ----------
    distance : float
        Squared maximum mean discrepancy (MMD) of samples and data.
    null : float
        What two samples of the data themselves do not exceed, but for the stated rate of false rejections.
    typical : float
        Mean distance of two samples of the data.
    gaussian : float
        Distance of a Gaussian with the data's means and covariances.
    """

    distance: float
    null: float
    typical: float
    gaussian: float

    @property
    def share(self) -> float:
        """0 for what is as close as data to data, 1 for what is no closer than the Gaussian."""
        room = self.gaussian - self.typical
        return (self.distance - self.typical) / room if room > 0 else math.inf


def squared_distances(A: Array, B: Array) -> Array:
    """All squared Euclidean distances, shape (len(A), len(B))."""
    squares = np.sum(A * A, axis=1)[:, None] + np.sum(B * B, axis=1)[None, :] - 2 * A @ B.T
    return np.asarray(np.maximum(squares, 0.0))


def median_widths(rows: Array) -> tuple[float, ...]:
    """Kernel widths by the median heuristic (Gretton et al., 2012), at four scales."""
    part = rows[:1000]
    squares = squared_distances(part, part)[np.triu_indices(len(part), 1)]
    median = math.sqrt(float(np.median(squares))) if squares.size else 1.0
    return tuple(max(median, 1e-9) * scale for scale in _SCALES)


def kernel(squares: Array, widths: tuple[float, ...]) -> Array:
    """Mean of Gaussian kernels of these widths, from squared distances."""
    total = np.zeros_like(squares)
    for width in widths:
        total += np.exp(squares / (-2 * width**2))
    return total / len(widths)


def mmd(A: Array, B: Array, widths: tuple[float, ...] | None = None) -> float:
    """Squared maximum mean discrepancy with Gaussian kernels: 0 for equal samples (Gretton et al., 2012, eq. 5).

    Parameters
    ----------
    A, B : arrays of shape (n, d) and (m, d)
    widths : tuple of float, optional
        Standard deviations of the kernels; by the median heuristic on B where they are left out.
    """
    chosen = widths or median_widths(B)
    parts = [kernel(squared_distances(P, Q), chosen).mean() for P, Q in ((A, A), (B, B), (A, B))]
    return float(parts[0] + parts[1] - 2 * parts[2])


def discrepancy(samples: Array, real: Array, rng: np.random.Generator, false_rejection: float) -> Discrepancy:
    """Distance of samples to the data, beside real-real splits and a Gaussian with the data's moments."""
    m = min(len(samples), len(real) // 2, MOST_ROWS)
    rows = real[rng.permutation(len(real))[: 2 * m]]
    widths = median_widths(rows)
    K = kernel(squared_distances(rows, rows), widths)
    (null,) = _splits([K], m, rng, math.ceil(2 / false_rejection))
    against = rows[m:]
    chosen = samples[rng.permutation(len(samples))[:m]]
    gaussian = np.mean([mmd(gaussian_like(real, m, rng), against, widths) for _ in range(3)])
    edge = float(np.quantile(null, 1 - false_rejection, method="higher"))
    return Discrepancy(mmd(chosen, against, widths), edge, float(null.mean()), float(gaussian))


def gaussian_like(real: Array, n: int, rng: np.random.Generator) -> Array:
    """``n`` rows of a Gaussian with the means and covariances of `real`."""
    covariance = np.atleast_2d(np.cov(real.T))
    return rng.multivariate_normal(real.mean(axis=0), covariance, size=n, check_valid="ignore")


def p_values(
    A: Array, B: Array, rng: np.random.Generator, tests: tuple[str, ...], false_rejection: float
) -> dict[str, float]:
    """The p-value of each test that A and B follow one distribution.

    Notes
    -----
    Permutation tests of MMD and energy distance; Kolmogorov-Smirnov for each column with Bonferroni's correction; a
    classifier of nearest neighbours that is to tell the samples apart on rows that it has not seen (Lopez-Paz and
    Oquab, 2017), whose number of hits is binomial. Each is valid for finite samples.
    """
    m = min(len(A), len(B), MOST_ROWS)
    first, second = A[rng.permutation(len(A))[:m]], B[rng.permutation(len(B))[:m]]
    rows = np.concatenate([first, second])
    squares = squared_distances(rows, rows)
    kernels = {}
    if "mmd" in tests:
        kernels["mmd"] = kernel(squares, median_widths(rows[rng.permutation(2 * m)]))
    if "energy" in tests:
        kernels["energy"] = -np.sqrt(squares)
    found = _permutations(kernels, m, rng, math.ceil(len(tests) / false_rejection))
    for test in tests:
        if test == "marginals":
            smallest = min(float(stats.ks_2samp(a, b).pvalue) for a, b in zip(A.T, B.T, strict=True))
            found[test] = min(1.0, smallest * A.shape[1])
        elif test == "classifier":
            found[test] = _classifier(first, second, rng)
    return found


def nearest(A: Array, B: Array) -> tuple[Array, Array]:
    """For each row of A the distance to the nearest row of B, and that row's position."""
    distance, place = cKDTree(B).query(A)
    return np.asarray(distance), np.asarray(place)


def _splits(kernels: list[Array], m: int, rng: np.random.Generator, rounds: int) -> list[Array]:
    """The statistic of each kernel matrix (2m, 2m) under the same random splits into halves, shape (rounds,)."""
    found = [np.empty(rounds) for _ in kernels]
    narrow = [K.astype(np.float32) for K in kernels]
    for start in range(0, rounds, 500):
        count = min(500, rounds - start)
        order = rng.random((count, 2 * m), dtype=np.float32).argpartition(m, axis=1)
        signs = np.full((count, 2 * m), -1.0, dtype=np.float32)
        np.put_along_axis(signs, order[:, :m], 1.0, axis=1)
        for values, K in zip(found, narrow, strict=True):
            values[start : start + count] = np.einsum("ij,ij->i", signs @ K, signs, dtype=float) / m**2
    return found


def _permutations(kernels: dict[str, Array], m: int, rng: np.random.Generator, rounds: int) -> dict[str, float]:
    """The p-value of each kernel's statistic: the share of splits that are as far apart as the one observed."""
    signs = np.where(np.arange(2 * m) < m, 1.0, -1.0)
    found = {}
    for (name, K), null in zip(kernels.items(), _splits(list(kernels.values()), m, rng, rounds), strict=True):
        observed = float(signs @ K @ signs) / m**2
        found[name] = float((1 + np.sum(null >= observed - 1e-5 * abs(observed))) / (1 + rounds))
    return found


def _classifier(A: Array, B: Array, rng: np.random.Generator) -> float:
    from sklearn.neighbors import KNeighborsClassifier

    half = len(A) // 2
    spread = np.concatenate([A, B]).std(axis=0)
    scale = np.where(spread > 0, spread, 1.0)
    train = np.concatenate([A[:half], B[:half]]) / scale
    test = np.concatenate([A[half:], B[half:]]) / scale
    model = KNeighborsClassifier(min(2 * round(math.sqrt(half) / 2) + 1, half))
    model.fit(train, np.repeat([0, 1], half))
    truth = np.repeat([0, 1], [len(A) - half, len(B) - half])
    hits = int(np.sum(model.predict(test) == truth))
    return float(stats.binom.sf(hits - 1, len(test), 0.5))
