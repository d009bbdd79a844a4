"""The metrics that exercises are graded by: direction, domain, what an answer must look like, and what needs no learning."""

from __future__ import annotations

from grader.metrics.catalogue import METRICS, confusion_cost, get_metric
from grader.metrics.inputs import BadAnswer
from grader.metrics.metric import ScoreMetric

__all__ = ["METRICS", "BadAnswer", "ScoreMetric", "confusion_cost", "get_metric"]
