"""The worked solutions: what they reach (cards), what they answer, and the proof that exercises judge rightly."""

from __future__ import annotations

from grader.references.calibrate import calibrate
from grader.references.card import Card, MetricCard, load_card
from grader.references.opening import open_reference
from grader.references.validate import Row, Validation, prove, validate

__all__ = ["Card", "MetricCard", "Row", "Validation", "calibrate", "load_card", "open_reference", "prove", "validate"]
