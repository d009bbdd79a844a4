"""Marks by mistake: what a submission loses once each known mistake is charged once. Pure functions over verdicts.

docs/marking.md says the rule as teachers read it. `grader.checking.evidence` says which mistakes explain what,
`grader.checking.charging` which of them are charged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grader.checking.charging import EPSILON, Item, Loss, Priced, Standing, cheapest, spread, standings
from grader.checking.evidence import Evidence, Shows, lost_by, words_of
from grader.checking.verdict import Charge, Verdict
from grader.checking.verdicts import NEEDS_OTHER
from grader.course.models import Exercise
from grader.course.proof_record import ProofRecord, Showing
from grader.vocabulary import Outcome, Text

__all__ = ["Marked", "Mistake", "Shows", "mark", "mistakes_of", "showing", "shows_of"]

ONCE = Text("The same mistake costs points once only.", "같은 실수는 한 번만 감점해요.")
REST = Text(
    "An earlier check shows this mistake; the rest of what it costs is taken here.",
    "앞의 검사에서 드러난 실수예요. 거기서 다 빼지 못한 점수를 여기서 빼요.",
)


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
    """Where each known mistake shows, by a proof record; nothing of those that it does not say it of."""
    attempts = record.attempts if record is not None else ()
    return {
        each.name: {show.check: show for show in each.shows}
        for each in attempts
        if each.kind == "mutant" and each.shows
    }


def showing(verdict: Verdict) -> Showing | None:
    """How a known mistake shows in a check, for its record: `verdict` is what the check alone says of it. None if it does not."""
    if verdict.outcome in (Outcome.PASSED, Outcome.SKIPPED, Outcome.GRADER_ERROR):
        return None
    return Showing(
        check=verdict.check,
        lost=lost_by(verdict),
        questions=tuple(sorted(each.question for each in verdict.differences)),
        telling=any(each.telling for each in verdict.differences),
        otherwise=verdict.otherwise,
        words=words_of(verdict) if verdict.otherwise else (),
    )


def mark(verdicts: Sequence[Verdict], mistakes: Sequence[Mistake], shows: Shows, *, once: bool = True) -> Marked:
    """The verdicts with the sentences of known mistakes, and with the points that are left once each is charged once.

    Parameters
    ----------
    verdicts : sequence of Verdict
        What the checks alone say, in the order in which they ran. What failed on our side is left as it is.
    mistakes : sequence of Mistake
        Where there is none the verdicts come back as they are.
    shows : mapping
        Where they show, by the proof record.
    once : bool
        False says the sentences only: each check keeps its own points.
    """
    if not mistakes:
        return Marked(tuple(verdicts))
    judged = [verdict for verdict in verdicts if verdict.outcome is not Outcome.GRADER_ERROR]
    sheet = _Sheet(judged, mistakes, shows, once)
    marked = {verdict.check: sheet.settled(at) for at, verdict in enumerate(judged)}
    return Marked(tuple(marked.get(verdict.check, verdict) for verdict in verdicts), sheet.charges())


class _Sheet:
    """One submission while it is marked; its checks are known by their position."""

    def __init__(self, verdicts: Sequence[Verdict], mistakes: Sequence[Mistake], shows: Shows, once: bool) -> None:
        self._verdicts = verdicts
        self._evidence = Evidence(verdicts, [mistake.name for mistake in mistakes], shows)
        self._losses = [self._loss(verdict) for verdict in verdicts]
        self._priced = {mistake.name: self._price(mistake, shows.get(mistake.name, {})) for mistake in mistakes}
        chosen = cheapest(self._losses, self._priced) if once else ()
        self._standings: list[Standing] = standings(self._losses, chosen)
        self._items: list[Item] = spread(self._losses, chosen, self._priced)

    def charges(self) -> tuple[Charge, ...]:
        """What is charged once, in the order of the checks."""
        return tuple(
            Charge(
                mistake=item.names[0],
                told=self._priced[item.names[0]].told,
                costs=item.price,
                checks=tuple(self._verdicts[at].check for at in item.explains),
            )
            for item in self._items
        )

    def settled(self, at: int) -> Verdict:
        """A verdict as it stands in the end."""
        verdict, standing = self._verdicts[at], self._standings[at]
        if verdict.outcome is Outcome.SKIPPED:
            return verdict
        if standing.blocked is not None:
            return _skipped(verdict, self._verdicts[standing.blocked].title)
        taken = sum(item.taken.get(at, 0.0) for item in self._items)
        if standing.accounted:
            part = frozenset().union(*self._losses[at].parts)
            names = tuple(sorted(name for item in self._items for name in item.names if name in part))
            said = [*self._told(names), *([ONCE] if taken <= EPSILON < lost_by(verdict) else [])]
            return _charged(verdict, verdict.max_points - taken, names, said)
        if taken > EPSILON:
            names = tuple(sorted(item.names[0] for item in self._items if at in item.taken))
            return _charged(verdict, verdict.points - taken, names, [*verdict.feedback, *self._told(names), REST])
        if likely := self._likely(at):
            return replace(verdict, feedback=self._told(likely), mistakes=likely)
        return verdict

    def _loss(self, verdict: Verdict) -> Loss:
        order = [each.check for each in self._verdicts]
        before = order[: order.index(verdict.check)]
        return Loss(
            lost=lost_by(verdict),
            most=verdict.max_points,
            failed=verdict.outcome is not Outcome.PASSED,
            parts=self._evidence.parts(verdict.check),
            needs=tuple(at for at, check in enumerate(before) if {check, check.partition("[")[0]} & set(verdict.needs)),
        )

    def _price(self, mistake: Mistake, show: Mapping[str, Showing]) -> Priced:
        costs = mistake.costs
        if costs is None:
            own = [loss.lost for loss in self._losses if any(mistake.name in part for part in loss.parts)]
            costs = max([each.lost for each in show.values()] or own, default=0.0)
        return Priced(mistake.told, costs, self._doubtful(mistake.name))

    def _doubtful(self, name: str) -> bool:
        return self._evidence.passes_what_it_fails(name) or self._evidence.answers_what_it_misses(name)

    def _told(self, names: Sequence[str]) -> tuple[Text, ...]:
        return tuple(dict.fromkeys(self._priced[name].told for name in names))

    def _likely(self, at: int) -> tuple[str, ...]:
        """The mistake to tell of at a check that nothing is charged for; more names than one where they share the sentence."""
        if not self._losses[at].failed:
            return ()
        left = sorted(frozenset.intersection(*self._losses[at].parts))
        for speaks_against in (self._evidence.passes_what_it_fails, self._evidence.answers_what_it_misses):
            if len(self._told(left)) > 1:
                left = [name for name in left if not speaks_against(name)]
        explained = {name: sum(loss.explained([name]) for loss in self._losses) for name in left}
        left = [name for name in left if explained[name] == max(explained.values())]
        return tuple(left) if len(self._told(left)) == 1 else ()


def _charged(verdict: Verdict, points: float, names: tuple[str, ...], said: Sequence[Text]) -> Verdict:
    """A verdict that a known mistake is charged in place of, or with."""
    points = points if points > EPSILON else 0.0
    kept = verdict.outcome if verdict.outcome not in (Outcome.PASSED, Outcome.PARTIAL) else Outcome.FAILED
    return replace(
        verdict,
        outcome=Outcome.PARTIAL if points else kept,
        points=points,
        feedback=tuple(dict.fromkeys(said)),
        mistakes=names,
        alone=verdict.points,
    )


def _skipped(verdict: Verdict, title: Text) -> Verdict:
    """A verdict that does not count, because a check that it needs does not hold after all."""
    return replace(
        verdict,
        outcome=Outcome.SKIPPED,
        points=0.0,
        feedback=(NEEDS_OTHER.format(title=title),),
        details=f"needs {title.en!r}\n\n{verdict.details}".strip(),
        student_details="",
        bands=tuple(replace(band, bonus=0.0) for band in verdict.bands),
    )
