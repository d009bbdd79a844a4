"""Chooses what a proof of so many minutes runs. Pure: from records, a number of minutes and a draw, never from a clock.

First everything of exercises whose record does not belong to their files, then attempts whose record was made with other
code or versions, then a sample of the others. Within the last two the draw decides, a text such as the commit's digest:
the same draw chooses the same attempts, on a slow machine as on a fast one.
"""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from grader.course.proof_record import ProofRecord
from grader.proving.adversaries import needs_attacker_knowledge
from grader.proving.attempts import Attempt
from grader.proving.records import Found, Standing

Why = Literal["changed", "old", "sample"]

_PLANNED = 0.7  # share of the budget that is planned for: machines differ, and what is recorded was measured on another
_START = 20.0  # seconds that templates and imports take
_UNKNOWN = 5.0  # seconds of an attempt of which no record tells
_ASKED = 2  # an adversary that copies needs the checks' questions first: so many runs of the reference


@dataclass(frozen=True)
class Choice:
    """What is run of it all.

    Attributes
    ----------
    jobs : tuple of (str, Attempt)
        Exercises and attempts, the most urgent first.
    counts : mapping of str to (int, int)
        For each reason how many attempts are run, and of how many.
    seconds : float
        What they are expected to take, all workers together.
    """

    jobs: tuple[tuple[str, Attempt], ...]
    counts: Mapping[Why, tuple[int, int]]
    seconds: float

    @property
    def exercises(self) -> frozenset[str]:
        """Those of which something is run."""
        return frozenset(exercise_id for exercise_id, _ in self.jobs)

    def without(self, gone: Collection[tuple[str, Attempt]]) -> Choice:
        """The choice less attempts of old records that are not made any more."""
        jobs = tuple(job for job in self.jobs if job not in gone)
        left_out = len(self.jobs) - len(jobs)
        run, total = self.counts["old"]
        return replace(self, jobs=jobs, counts={**self.counts, "old": (run - left_out, total - left_out)})


def choose(
    found: Sequence[Found],
    planned: Mapping[str, Sequence[Attempt]],
    *,
    minutes: float,
    workers: int,
    draw: str,
    first: Collection[str] = (),
) -> Choice:
    """Choose attempts for a budget.

    Parameters
    ----------
    found : sequence of Found
        How the records stand.
    planned : mapping of str to sequence of Attempt
        What a whole proof of each exercise would run.
    minutes : float
        Wall time, all workers running.
    draw : str
        Decides what is taken first where not everything fits.
    first : collection of str
        Exercises that come before the others within their group.
    """
    candidates: dict[Why, list[tuple[str, Attempt]]] = {"changed": [], "old": [], "sample": []}
    for each in found:
        why: Why = "changed"
        if each.standing.ok:
            why = "old" if each.standing is Standing.OLD else "sample"
        candidates[why] += [(each.exercise_id, attempt) for attempt in planned.get(each.exercise_id, ())]
    costs = _Costs([each.record for each in found if each.record is not None])
    left = max(0.0, minutes * 60 - _START) * workers * _PLANNED
    room = left
    jobs: list[tuple[str, Attempt]] = []
    opened: set[str] = set()
    counts: dict[Why, tuple[int, int]] = {}
    for why, some in candidates.items():
        if why == "changed":  # whole proofs, one after the other
            ordered = sorted(some, key=lambda job: job[0] not in first)
        else:
            ordered = sorted(some, key=lambda job: (job[0] not in first, _drawn(draw, *job)))
        before = len(jobs)
        for job in ordered:
            cost = costs.of(*job, opened=job[0] in opened)
            if cost <= left:
                left -= cost
                opened.add(job[0])
                jobs.append(job)
        counts[why] = len(jobs) - before, len(some)
    return Choice(tuple(jobs), counts, room - left)


class _Costs:
    """How long attempts take, from what records say."""

    def __init__(self, records: Sequence[ProofRecord]) -> None:
        self._known = {(r.exercise, *a.key): a.seconds for r in records for a in r.attempts}
        self._by_exercise = {r.exercise: _mean([a.seconds for a in r.attempts]) for r in records}
        self._reference = {r.exercise: _mean([a.seconds for a in r.attempts if a.kind == "reference"]) for r in records}

    def of(self, exercise_id: str, attempt: Attempt, *, opened: bool) -> float:
        """Seconds of one attempt; the first of an exercise also asks the reference."""
        usual = self._by_exercise.get(exercise_id, _UNKNOWN)
        reference = self._reference.get(exercise_id, usual)
        cost = self._known.get((exercise_id, attempt.kind, attempt.name, attempt.seed), usual)
        if not opened:
            cost += reference
        if attempt.kind == "adversary" and needs_attacker_knowledge(attempt.name):
            cost += _ASKED * reference
        return cost


def _mean(values: Sequence[float]) -> float:
    return statistics.fmean(values) if values else _UNKNOWN


def _drawn(draw: str, exercise_id: str, attempt: Attempt) -> str:
    return hashlib.sha256(f"{draw}\0{exercise_id}\0{attempt}".encode()).hexdigest()
