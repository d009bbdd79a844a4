"""The figures of a proof: how many mutants die, how often right work is refused, how sure we can be of that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from grader.proving.rows import Row


@dataclass(frozen=True)
class Rates:
    """Counts over one exercise or a course.

    Attributes
    ----------
    mutants, killed : int
        Those of ``exercise.toml``; killed is what lost its price and was told its sentence.
    right_runs, refused : int
        Runs of the reference and the alternates, and those among them that lost points.
    flaky : int
        Refused runs whose solution earned everything under another seed: chance decided.
    adversaries, paid : int
        Machine-made adversaries, and those that earned more than the exercise states.
    generated, survived : int
        Generated mutants that ran, and those that earned everything all the same.
    seconds, cpu_seconds : float
        Sums over all attempts; those taken from memory count as they did when they ran.
    remembered, attempts : int
    """

    mutants: int = 0
    killed: int = 0
    right_runs: int = 0
    refused: int = 0
    flaky: int = 0
    adversaries: int = 0
    paid: int = 0
    generated: int = 0
    survived: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    remembered: int = 0
    attempts: int = 0

    @property
    def flake_bound(self) -> float:
        """Upper end of the one-sided 95 % interval of Clopper and Pearson for the rate of flaky runs."""
        return upper_bound(self.flaky, self.right_runs)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {**asdict(self), "flake_bound": round(self.flake_bound, 4)}

    def __add__(self, other: Rates) -> Rates:
        return Rates(**{name: value + getattr(other, name) for name, value in asdict(self).items()})


def upper_bound(events: int, runs: int, confidence: float = 0.95) -> float:
    """The largest rate under which so few events in so many runs are not yet improbable (Clopper and Pearson, 1934).

    >>> round(upper_bound(0, 20), 3)
    0.139
    """
    if events >= runs:
        return 1.0
    from scipy.stats import beta

    return float(beta.ppf(confidence, events + 1, runs - events))


def rates_of(rows: Iterable[Row]) -> Rates:
    """Count one exercise's rows."""
    rows = list(rows)
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_kind[row.attempt.kind].append(row)
    solutions: dict[str, list[Row]] = defaultdict(list)
    for row in [*by_kind["reference"], *by_kind["alternate"]]:
        solutions[f"{row.attempt.kind} {row.attempt.name}"].append(row)
    return Rates(
        mutants=len(by_kind["mutant"]),
        killed=sum(row.ok for row in by_kind["mutant"]),
        right_runs=sum(map(len, solutions.values())),
        refused=sum(not row.ok for runs in solutions.values() for row in runs),
        flaky=sum(not row.ok for runs in solutions.values() if any(r.ok for r in runs) for row in runs),
        adversaries=len(by_kind["adversary"]),
        paid=sum(not row.ok for row in by_kind["adversary"]),
        generated=len(by_kind["mutation"]),
        survived=sum(row.survived for row in by_kind["mutation"]),
        seconds=sum(row.seconds for row in rows),
        cpu_seconds=sum(row.cpu_seconds for row in rows),
        remembered=sum(row.remembered for row in rows),
        attempts=len(rows),
    )
