"""Marks by mistake: what a submission loses once each known mistake is charged once. Pure functions over verdicts.

docs/marking.md says the rule as teachers read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.checking.verdict import Charge, Verdict
from grader.course.models import Exercise
from grader.course.proof_record import ProofRecord, Showing
from grader.vocabulary import Text

Shows = Mapping[str, Mapping[str, Showing]]
"""Name of a known mistake -> name of a check -> how it shows there, by the proof."""


@dataclass(frozen=True)
class Mistake:
    """A known mistake as it is charged. ``costs`` is None where its price is that of the dearest check that it fails."""

    name: str
    told: Text
    costs: float | None = None


@dataclass(frozen=True)
class Marked:
    """The verdicts of a submission once its known mistakes are charged once each."""

    verdicts: tuple[Verdict, ...]
    charges: tuple[Charge, ...] = ()


def mistakes_of(exercise: Exercise, record: ProofRecord | None = None) -> tuple[Mistake, ...]:
    """The known mistakes of an exercise, without those that its proof record has as too slow to be asked."""
    slow = record.slow if record is not None else frozenset()
    return tuple(
        Mistake(mutant.name, Text(mutant.told.en, mutant.told.ko), mutant.costs)
        for mutant in exercise.mutant
        if mutant.told is not None and mutant.name not in slow
    )


def shows_of(record: ProofRecord | None) -> Shows:
    """Where each known mistake shows, by a proof record."""
    attempts = record.attempts if record is not None else ()
    return {each.name: {show.check: show for show in each.shows} for each in attempts if each.kind == "mutant"}


def mark(verdicts: Sequence[Verdict], mistakes: Sequence[Mistake], shows: Shows, *, once: bool = True) -> Marked:
    """The verdicts with the sentences of known mistakes, and with the points that are left once each is charged once."""
    raise NotImplementedError
