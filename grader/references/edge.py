"""Where full credit begins: a tolerance limit of the reference's runs, and how well it is known."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from scipy import stats

COVERAGE = 0.99  # share of the reference's runs that should lie beyond the edge
CONFIDENCE = 0.95  # that they do
PRECISION = 0.05  # half width of the edge's confidence interval, as a share of the way from baseline to mean
MOST_SEEDS = 20


@dataclass(frozen=True)
class Edge:
    """An edge and what is known of it.

    Attributes
    ----------
    value : float
    method : str
        In words.
    coverage, confidence : float or None
        With this confidence at least this share of runs lie beyond, if runs are normally distributed; None where the
        edge is not a tolerance limit and that is not claimed.
    precision : float
        Half width of the 95 % confidence interval of the tolerance limit over the way from baseline to mean.
    """

    value: float
    method: str
    coverage: float | None
    confidence: float | None
    precision: float


def tolerance_factor(n: int, coverage: float = COVERAGE, confidence: float = CONFIDENCE) -> float:
    """How many sample deviations below the mean a one-sided normal tolerance limit lies.

    k = t'(confidence; n - 1, z(coverage) * sqrt(n)) / sqrt(n), with the quantile t' of the noncentral t distribution
    (NIST/SEMATECH e-Handbook of Statistical Methods, section 7.2.6.3).

    Raises
    ------
    ValueError
        Fewer than two values.
    """
    if n < 2:
        raise ValueError("a tolerance limit needs at least two values")
    return float(stats.nct.ppf(confidence, n - 1, stats.norm.ppf(coverage) * math.sqrt(n)) / math.sqrt(n))


def precision_of(values: Sequence[float], baseline: float) -> float:
    """How well the tolerance limit is known: 1.96 standard errors of mean - k * sd, over the way baseline to mean.

    The variance of the mean is sd^2 / n, that of the deviation about sd^2 / (2 (n - 1)); the two are independent for
    normal values.
    """
    n, mean = len(values), statistics.fmean(values)
    sd = statistics.stdev(values) if n > 1 else 0.0
    if sd == 0:
        return 0.0
    error = sd * math.sqrt(1 / n + tolerance_factor(n) ** 2 / (2 * (n - 1)))
    return 1.96 * error / abs(mean - baseline) if mean != baseline else math.inf


def find_edge(values: Sequence[float], baseline: float, direction: str) -> Edge:
    """Where full credit begins.

    For "higher is better": the tolerance limit mean - k * sd, but always at least three hundredths of the way from
    baseline to mean below the worst seed, so that a deterministic reference leaves room for other right solutions;
    and never below half way from the baseline to the worst seed, so that a wild reference does not give full credit
    for next to nothing. Mirrored for "lower is better".
    """
    sign = 1.0 if direction == "higher" else -1.0
    scores = [sign * value for value in values]
    low, mean, worst = sign * baseline, statistics.fmean(scores), min(scores)
    sd = statistics.stdev(scores) if len(scores) > 1 else 0.0
    room = worst - 0.03 * abs(mean - low)
    limit = mean - tolerance_factor(len(scores)) * sd if sd > 0 else room
    half = low + (worst - low) / 2
    precision = precision_of(scores, low)
    if half >= min(limit, room):
        return Edge(sign * half, "half way from the baseline to the worst seed", None, None, precision)
    if limit >= room:
        word = "below" if direction == "higher" else "above"
        method = f"three hundredths of the way from the baseline {word} the worst seed"
        return Edge(sign * room, method, COVERAGE if sd else None, CONFIDENCE if sd else None, precision)
    return Edge(sign * limit, "one-sided normal tolerance limit", COVERAGE, CONFIDENCE, precision)


def known_well(values: Sequence[float], baseline: float) -> bool:
    """Whether more seeds are not needed for this metric."""
    return precision_of(values, baseline) <= PRECISION
