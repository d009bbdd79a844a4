"""Where a measured metric stands between the trivial baseline and the reference, and what share of points that is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from grader.course.models import Bonus, Exercise
from grader.errors import GraderError


class MetricReference(Protocol):
    """What a reference card knows about one metric."""

    @property
    def values(self) -> tuple[float, ...]:
        """The reference's value under each seed."""

    @property
    def baseline(self) -> float:
        """The trivial predictor's value."""

    @property
    def edge(self) -> float:
        """Where full credit begins."""


class ReferenceCard(Protocol):
    """What checks need of a reference card."""

    @property
    def metrics(self) -> Mapping[str, MetricReference]:
        """By name."""


@dataclass(frozen=True)
class Band:
    """One metric's band.

    Attributes
    ----------
    name : str
    direction : "higher" or "lower"
        Which way is better.
    values : tuple of float
        The reference's value under each seed; empty while it is being measured.
    baseline, edge : float or None
        None while they are being measured.
    metric : str or None
        The registry's metric by which ``expect.score`` measures.
    bonus : Bonus or None
        What the exercise gives for more than the reference reaches.
    """

    name: str
    direction: Literal["higher", "lower"]
    values: tuple[float, ...] = ()
    baseline: float | None = None
    edge: float | None = None
    metric: str | None = None
    bonus: Bonus | None = None

    def share(self, value: float, baseline: float) -> float:
        """Share of the points that `value` earns: 1 from the edge on, 0 at the baseline, linear between."""
        assert self.edge is not None
        sign = 1.0 if self.direction == "higher" else -1.0
        value, low, edge = sign * value, sign * baseline, sign * self.edge
        if math.isnan(value):
            return 0.0
        if value >= edge:
            return 1.0
        if value <= low or edge <= low:
            return 0.0
        return min(1.0, max(0.0, (value - low) / (edge - low)))

    def bonus_points(self, value: float) -> float:
        """Points beyond all others that `value` earns: linear from the reference's best value to where all are due."""
        if self.bonus is None or not self.values or math.isnan(value):
            return 0.0
        sign = 1.0 if self.direction == "higher" else -1.0
        best, at = max(sign * known for known in self.values), sign * self.bonus.at
        if at <= best:
            return 0.0
        return self.bonus.points * min(1.0, max(0.0, (sign * value - best) / (at - best)))


class Bands:
    """The ``band`` fixture: ``band["accuracy"]``.

    Parameters
    ----------
    exercise : Exercise
        Declares the metrics.
    card : ReferenceCard or None
    measuring : bool
        True while the card is being made: bands then have no values yet.
    """

    def __init__(self, exercise: Exercise, card: ReferenceCard | None, measuring: bool = False) -> None:
        self._exercise, self._card, self._measuring = exercise, card, measuring

    def __getitem__(self, name: str) -> Band:
        """A metric's band.

        Raises
        ------
        GraderError
            ``exercise.toml`` does not declare it, or the reference has not been measured.
        """
        metric = self._exercise.metrics.get(name)
        if metric is None:
            known = ", ".join(self._exercise.metrics) or "none"
            raise GraderError(
                f"{self._exercise.source_dir / 'exercise.toml'}: metrics: no metric {name!r}; there are: {known}. "
                f"Add [metrics.{name}]"
            )
        if self._measuring:
            return Band(name, metric.direction, metric=metric.metric)
        measured = self._card.metrics.get(name) if self._card is not None else None
        if measured is None:
            raise GraderError(
                f"{self._exercise.card_path}: the reference card has no metric {name!r}; "
                f"run: grader calibrate {self._exercise.id}"
            )
        values = tuple(measured.values)
        return Band(name, metric.direction, values, measured.baseline, measured.edge, metric.metric, metric.bonus)
