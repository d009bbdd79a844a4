"""Whether the reference still reaches what its card says, and which library versions may have moved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from grader.checking.verdict import BandReading
from grader.references.card import Card, MetricCard
from grader.references.edge import tolerance_factor


def drift(card: Card, readings: Iterable[tuple[int, BandReading]], packages: Mapping[str, str]) -> list[str]:
    """One line per metric that the reference now reaches otherwise than its card allows.

    A run has drifted where it lies beyond the edge of full credit, or further from the card's mean, on either side,
    than the tolerance limit for the card's number of seeds; the deviation is taken as at least a hundredth of the way
    from baseline to mean.

    Parameters
    ----------
    readings : iterable of (int, BandReading)
        The reference's readings now, each with its seed.
    packages : mapping
        The versions now, by import name.
    """
    furthest: dict[str, tuple[float, int, float]] = {}
    for seed, reading in readings:
        metric = card.metrics.get(reading.metric)
        if metric is None:
            continue
        away = (reading.value - metric.mean) / _deviation(metric)
        if not _drifted(metric, reading.value, away):
            continue
        if reading.metric not in furthest or abs(away) > abs(furthest[reading.metric][0]):
            furthest[reading.metric] = away, seed, reading.value
    changed = changed_versions(card, packages)
    return [
        f"metrics.{name}: under seed {seed} the reference now reaches {value:.6g}, "
        f"{abs(value - card.metrics[name].mean):.3g} {'more' if away > 0 else 'less'} than its card's mean "
        f"{card.metrics[name].mean:.6g} ({abs(away):.1f} deviations; full credit begins at "
        f"{card.metrics[name].edge:.6g}); {changed}; if that is right, run: grader calibrate {card.exercise}"
        for name, (away, seed, value) in sorted(furthest.items())
    ]


def changed_versions(card: Card, packages: Mapping[str, str]) -> str:
    """Which of the card's libraries have another version now, in words."""
    found = [
        f"{name} {version} -> {packages.get(name, 'not installed')}"
        for name, version in sorted(card.packages.items())
        if packages.get(name) != version
    ]
    return "versions that differ: " + ", ".join(found) if found else "the library versions are those of the card"


def _deviation(metric: MetricCard) -> float:
    return max(metric.sd, 0.01 * abs(metric.mean - metric.baseline)) or 1e-12


def _drifted(metric: MetricCard, value: float, away: float) -> bool:
    sign = 1.0 if metric.direction == "higher" else -1.0
    limit = tolerance_factor(max(5, len(metric.values)))
    in_card = min(metric.values, default=value) <= value <= max(metric.values, default=value)
    return sign * value < sign * metric.edge or (abs(away) > limit and not in_card)
