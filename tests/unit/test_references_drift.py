"""Drift: a reference that no longer reaches what its card says is named, with what may have moved it."""

from __future__ import annotations

import math

import pytest

from grader.checking.verdict import BandReading
from grader.references.card import Card, measure
from grader.references.drift import drift

VALUES = [0.90, 0.91, 0.92, 0.90, 0.91]


def card(direction: str = "higher") -> Card:
    sign = 1.0 if direction == "higher" else -1.0
    metric = measure(direction, [sign * value for value in VALUES], [sign * 0.3] * 5)
    packages = {"numpy": "2.0", "sklearn": "1.6"}
    return Card(exercise="a/b", profile="small", seeds=(0, 1, 2, 3, 4), metrics={"m": metric}, packages=packages)


def reading(value: float, direction: str = "higher") -> BandReading:
    return BandReading("m", value, 0.3, math.nan, (), direction)


def test_the_same_values_have_not_drifted() -> None:
    assert drift(card(), [(seed, reading(value)) for seed, value in enumerate(VALUES)], {"numpy": "9"}) == []


def test_a_drift_says_how_much_and_which_versions_differ() -> None:
    (said,) = drift(card(), [(0, reading(0.9)), (3, reading(0.7))], {"numpy": "2.1", "sklearn": "1.6"})
    assert "metrics.m: under seed 3" in said and "0.208 less" in said and "24.9 deviations" in said
    assert "numpy 2.0 -> 2.1" in said and "sklearn" not in said
    (said,) = drift(card(), [(0, reading(0.99))], {"numpy": "2.0"})
    assert "more" in said and "sklearn 1.6 -> not installed" in said


@pytest.mark.parametrize("value", [-0.7, -0.99])
def test_lower_is_better_drifts_both_ways(value: float) -> None:
    (said,) = drift(card("lower"), [(0, reading(value, "lower"))], {"numpy": "2.0", "sklearn": "1.6"})
    assert "those of the card" in said
