"""What a metric is: a formula with a direction, a domain, an input that it takes and a baseline."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from grader.metrics.inputs import TOO_LARGE, BadAnswer, Input
from grader.vocabulary import Text


@dataclass(frozen=True)
class ScoreMetric:
    """One metric of the registry.

    Attributes
    ----------
    name : str
    title : Text
        For reports.
    direction : "higher" or "lower"
        Which way is better.
    low, high : float
        The domain: every value lies in the closed interval between them.
    takes : Input
        What the truth and the answer must look like.
    formula : callable
        ``formula(truth, answer) -> float`` on arrays that `takes` has read.
    trivial : callable
        ``trivial(train, truth) -> float``: what is reached on `truth` by what only knows `train` and learns nothing.

    Examples
    --------
    >>> from grader.metrics import get_metric
    >>> get_metric("accuracy")([0, 1, 1, 0], [0, 1, 0, 0])
    0.75
    >>> get_metric("accuracy").baseline([1, 1, 0], [0, 1, 1, 0])
    0.5
    """

    name: str
    title: Text
    direction: Literal["higher", "lower"]
    low: float
    high: float
    takes: Input
    formula: Callable[[Any, Any], float]
    trivial: Callable[[Any, Any], float]

    @property
    def best(self) -> float:
        """The end of the domain that a perfect answer reaches; infinite where there is none."""
        return self.high if self.direction == "higher" else self.low

    def __call__(self, truth: Any, answer: Any) -> float:
        """Measure an answer.

        Raises
        ------
        BadAnswer
            The answer cannot be measured; the exception carries a sentence for the student.
        ValueError
            The truth cannot be used: a mistake of the check.
        """
        known = self.takes.truth(truth)
        found = self.takes.answer(known, answer)
        with np.errstate(all="ignore"):
            value = self.formula(known, found)
        if math.isnan(value):  # finite numbers so large that their differences are not
            raise BadAnswer(TOO_LARGE)
        return self._within(value)

    def baseline(self, train: Any, truth: Any) -> float:
        """What needs no learning: the trivial predictor that knows `train`, measured on `truth`.

        Raises
        ------
        ValueError
            One of them cannot be used.
        """
        return self._within(self.trivial(self.takes.known(train), self.takes.truth(truth)))

    def _within(self, value: float) -> float:
        return float(min(self.high, max(self.low, value)))  # rounding of the last digit must not leave the domain
