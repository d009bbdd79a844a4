"""The rows of a proof: one attempt each, what was expected of it and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from grader.checking.verdict import BandReading
from grader.codec import Number
from grader.course.proof_record import Showing
from grader.proving.attempts import Attempt
from grader.vocabulary import Outcome


@dataclass(frozen=True)
class Row:
    """One attempt, what was expected of it and what came of it.

    Attributes
    ----------
    ok : bool
        Whether both agree. A generated mutant that survives is news for the author, not a disagreement.
    remembered : bool
        Whether it was proven before and not run again.
    survived : bool
        Whether a generated mutant earned everything.
    changed : str
        Of a generated mutant: the operator, the line and the difference.
    readings : tuple of BandReading
        Of the metrics that were measured.
    outcome : Outcome
        Of the whole submission.
    fails : tuple of str
        Checks that cost points, without those skipped for want of another.
    told : tuple of str
        The first English sentence of each, its hint left out.
    broken : bool
        Whether our own side failed: a check that raised, a worker that died.
    alone : float or None
        Of a known mistake: points by its checks alone, before it was charged once.
    price : float or None
        What it costs.
    shows : tuple of Showing
        Where it shows.
    """

    attempt: Attempt
    ok: bool
    expected: str
    found: str
    points: Number
    max_points: Number
    seconds: Number
    cpu_seconds: Number = 0.0
    remembered: bool = False
    survived: bool = False
    changed: str = ""
    readings: tuple[BandReading, ...] = ()
    outcome: Outcome = Outcome.GRADER_ERROR
    fails: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    broken: bool = False
    alone: Number | None = None
    price: Number | None = None
    shows: tuple[Showing, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "kind": self.attempt.kind,
            "name": self.attempt.name,
            "seed": self.attempt.seed,
            "ok": self.ok,
            "expected": self.expected,
            "found": self.found,
            "points": self.points,
            "max_points": self.max_points,
            "outcome": self.outcome.value,
            "fails": list(self.fails),
            "told": list(self.told),
            "seconds": round(self.seconds, 2),
            "cpu_seconds": round(self.cpu_seconds, 2),
            "remembered": self.remembered,
            "survived": self.survived,
            "changed": self.changed,
            "alone": self.alone,
            "price": self.price,
            "shows": [show.model_dump(mode="json") for show in self.shows],
        }
