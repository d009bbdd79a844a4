"""The figures of a proof, counted from rows."""

from __future__ import annotations

import pytest

from grader.course.proof_record import AttemptKind
from grader.proving.attempts import Attempt
from grader.proving.rates import Rates, rates_of, upper_bound
from grader.proving.rows import Row


def row(kind: AttemptKind, ok: bool, name: str = "", seed: int = 0, survived: bool = False) -> Row:
    return Row(Attempt(kind, name, seed), ok, "", "", 1.0, 2.0, 3.0, 1.5, False, survived)


@pytest.mark.parametrize(
    ("events", "runs", "expected"), [(0, 20, 0.1391), (0, 5, 0.4507), (1, 20, 0.2161), (5, 5, 1.0), (0, 0, 1.0)]
)
def test_the_bound_is_that_of_clopper_and_pearson(events: int, runs: int, expected: float) -> None:
    assert upper_bound(events, runs) == pytest.approx(expected, abs=1e-4)


def test_rows_are_counted_by_what_they_prove() -> None:
    rates = rates_of(
        [
            row("reference", True, seed=0),
            row("reference", False, seed=1),  # chance decided: flaky
            row("alternate", False, "loop"),  # never right: refused, not flaky
            row("starter", True),
            row("mutant", True, "a"),
            row("mutant", False, "b"),
            row("adversary", False, "zeros"),
            row("adversary", True, "nan"),
            row("mutation", True, "x", survived=True),
            row("mutation", True, "y"),
        ]
    )
    assert (rates.mutants, rates.killed) == (2, 1)
    assert (rates.right_runs, rates.refused, rates.flaky) == (3, 2, 1)
    assert (rates.adversaries, rates.paid) == (2, 1)
    assert (rates.generated, rates.survived) == (2, 1)
    assert rates.seconds == 30
    both = rates + rates
    assert both.right_runs == 6
    assert both.flake_bound == pytest.approx(upper_bound(2, 6))
    assert (rates + Rates()) == rates
