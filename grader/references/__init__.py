"""The worked solutions: what they reach (cards) and what they answer."""

from __future__ import annotations

from grader.references.calibrate import calibrate
from grader.references.card import Card, MetricCard, load_card
from grader.references.reference_session import open_answers, open_mistakes, open_reference

__all__ = ["Card", "MetricCard", "calibrate", "load_card", "open_answers", "open_mistakes", "open_reference"]
