"""The expectation about a measured metric: a continuous score between the trivial baseline and the reference."""

from __future__ import annotations

import math
from typing import Any

from grader.checking.band import Band
from grader.checking.expect.base import ExpectBase
from grader.checking.values import for_instructor, is_discreet, plain_array, scalar
from grader.checking.verdict import BandReading
from grader.errors import GraderError
from grader.metrics import BadAnswer, ScoreMetric, get_metric
from grader.vocabulary import Text

NOT_MEASURED = Text(
    "The score could not be measured: it is not a finite number.", "점수를 잴 수 없었어요. 유한한 수가 아니에요."
)
BELOW_EDGE_HIGHER = Text(
    "You reached {value}; full points begin at {edge}, and nothing is earned up to {baseline}.",
    "내 결과: {value}. 만점 기준: {edge} 이상. {baseline} 이하이면 점수가 없어요.",
)
BELOW_EDGE_LOWER = Text(
    "You reached {value}; full points begin at {edge} and below, and nothing is earned from {baseline} on.",
    "내 결과: {value}. 만점 기준: {edge} 이하. {baseline} 이상이면 점수가 없어요.",
)


class MetricExpectations(ExpectBase):
    """``expect.metric``, ``expect.score`` and ``expect.measure``."""

    def score(
        self,
        band: Band,
        truth: Any,
        answer: Any,
        *,
        baseline_from: Any = None,
        metric: str | ScoreMetric | None = None,
        message: Text | None = None,
    ) -> None:
        """Measure an answer by a metric of the registry and award the share of points that it earns on its band.

        Parameters
        ----------
        band : Band
            ``band["accuracy"]``; ``metric = "accuracy"`` in its table of ``exercise.toml`` names the metric.
        truth : array-like
            What the answer is measured against; the check's own.
        answer : Any
            What the submission answered.
        baseline_from : array-like, optional
            What the trivial predictor knows: the labels or values of the training rows. `truth` where left out.
        metric : str or ScoreMetric, optional
            For a band whose table names none.

        Raises
        ------
        CheckFailed
            The answer cannot be measured: wrong shape, NaN, text, probabilities out of range.
        GraderError
            No metric is named, or its direction is not the band's.
        ValueError
            The truth cannot be used.

        Examples
        --------
        >>> expect.score(band["accuracy"], [0, 1, 1, 0], [0, 1, 1, 1], baseline_from=[0, 0, 1, 1])
        >>> expect.share
        1.0
        """
        measured_by = metric if isinstance(metric, ScoreMetric) else get_metric(metric or band.metric or band.name)
        if measured_by.direction != band.direction:
            raise GraderError(
                f"metric {band.name!r} says {band.direction!r}, but of {measured_by.name} {measured_by.direction} is better"
            )
        baseline = measured_by.baseline(truth if baseline_from is None else baseline_from, truth)
        self.metric(band, self.measure(measured_by, truth, answer, message), baseline=baseline, message=message)

    def measure(self, metric: str | ScoreMetric, truth: Any, answer: Any, message: Text | None = None) -> float:
        """The value of a metric of the registry; no band is needed, and no points are decided yet.

        Parameters
        ----------
        metric : str or ScoreMetric
        truth, answer : Any
            As `Expect.score` takes them.
        message : Text, optional
            Said before the reason why the answer cannot be measured.

        Raises
        ------
        CheckFailed, ValueError
            As `Expect.score` raises them.

        Examples
        --------
        >>> expect.at_least(expect.measure("accuracy", [0, 1, 1, 0], [0, 1, 1, 1]), 0.7, what="accuracy", measured=True)
        """
        measured_by = metric if isinstance(metric, ScoreMetric) else get_metric(metric)
        if not isinstance(answer, list | tuple):
            array = plain_array(answer)
            answer = answer if array is None else array
        try:
            return measured_by(truth, answer)
        except BadAnswer as error:
            if self._measuring:
                raise GraderError(
                    f"metric {measured_by.name!r}: the reference's answer cannot be measured: {error}"
                ) from None
            self._fail(for_instructor(answer), error.quiet if is_discreet() else error.text, message=message)

    def metric(self, band: Band, value: Any, baseline: float | None = None, message: Text | None = None) -> None:
        """Award the share of the points that `value` earns on its band.

        Full credit from the band's edge on, none at the baseline, linear between; nothing is rounded before it is
        judged. The check goes on, so that it may measure more; of several metrics the worst decides. What is better than
        the reference earns the exercise's bonus for it, if all else in the check is right.

        Parameters
        ----------
        band : Band
            ``band["accuracy"]``.
        value : float
            What the trusted side measured.
        baseline : float, optional
            The trivial predictor's value on the same data; the card's where it is left out.

        Raises
        ------
        CheckFailed
            The value is not a finite number.
        GraderError
            While a card is made: no baseline, or the reference's own value is not finite.
        """
        found = scalar(value)
        usable = found is not None and math.isfinite(found)
        if self._measuring:
            if baseline is None or not math.isfinite(baseline):
                raise GraderError(
                    f"metric {band.name!r} has no baseline; give expect.metric the trivial predictor's value: baseline=..."
                )
            if found is None or not usable:
                raise GraderError(f"metric {band.name!r}: the reference reached {value!r}, expected a finite number")
            self.readings.append(BandReading(band.name, found, float(baseline), math.nan, (), band.direction))
            return
        if band.edge is None or band.baseline is None:
            raise GraderError(f"metric {band.name!r} has not been measured; run: grader calibrate")
        low = band.baseline if baseline is None else float(baseline)
        if found is None or not usable:
            self._fail(value, NOT_MEASURED, message=message)
        bonus = band.bonus_points(found)
        self.readings.append(BandReading(band.name, found, low, band.edge, band.values, band.direction, bonus))
        share = band.share(found, low)
        if share < 1:
            self.share = min(self.share, share)
            told = _numbers(found, band.edge, low)
            sentence = (BELOW_EDGE_HIGHER if band.direction == "higher" else BELOW_EDGE_LOWER).format(
                value=told[0], edge=told[1], baseline=told[2]
            )
            self.sentences += [text for text in (message, sentence) if text is not None]


def _numbers(value: float, edge: float, baseline: float) -> tuple[str, str, str]:
    """Three numbers with as many digits as tell them apart: 0.948 must not read as an edge of 0.95 that was reached."""
    for digits in range(3, 17):
        told = tuple(f"{number:.{digits}g}" for number in (value, edge, baseline))
        if told[0] != told[1] or value == edge:
            return told[0], told[1], told[2]
    return repr(value), repr(edge), repr(baseline)
