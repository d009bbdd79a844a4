"""Where known mistakes show and what they cost: by the attempts of a proof, else by the record."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from grader.checking.marking import Shows, showing, shows_of
from grader.checking.verdict import Verdict
from grader.course.models import Exercise, Mutant, Profile
from grader.course.proof_record import ProofRecord, Showing, load_record
from grader.errors import CourseError
from grader.proving.proof_cache import AttemptResult
from grader.vocabulary import Outcome

TOO_SLOW = 15.0  # CPU seconds of a whole attempt from which on a mistake is not asked while others' work is graded
_EPSILON = 1e-9
_DEAR = 0.25  # share of an exercise's points from which on a price is a teacher's
_PARTS = 10_000  # of a point, that what a check takes is recorded to
_REMARKABLE = 0.1  # share of the points


def recorded_shows(exercise: Exercise, profile: Profile) -> Shows:
    """Where the known mistakes of an exercise show, by its committed record; nothing where there is none that reads."""
    try:
        record = load_record(exercise, profile)
    except CourseError:
        return {}  # damaged: `grader validate --check-records` says so
    known = {mutant.name for mutant in exercise.mutant if mutant.known}
    return {name: shows for name, shows in shows_of(record).items() if name in known}


def shown_by(result: AttemptResult) -> dict[str, Showing]:
    """How a known mistake shows in each check, by what came of it unmarked.

    What a check takes is rounded up: whoever makes the mistake loses no more there than is recorded. One that is too slow to be
    asked is recorded without questions.
    """
    found = [show for check in result.checks if (show := showing(check)) is not None]
    unasked: dict[str, object] = {"questions": (), "telling": False} if result.cpu_seconds > TOO_SLOW else {}
    return {show.check: show.model_copy(update={"lost": _rounded_up(show.lost), **unasked}) for show in found}


def _rounded_up(points: float) -> float:
    return math.ceil(points * _PARTS - 1e-6) / _PARTS


def price_of(mutant: Mutant, shows: Mapping[str, Showing]) -> float:
    """What a known mistake costs; by default as much as the dearest check that it fails."""
    if mutant.costs is not None:
        return mutant.costs
    return max((show.lost for show in shows.values()), default=0.0)


def price_problems(exercise: Exercise, shows: Shows, results: Mapping[str, AttemptResult]) -> list[str]:
    """What is wrong with the prices of an exercise's known mistakes.

    Parameters
    ----------
    shows : mapping
        Where each shows.
    results : mapping of str to AttemptResult
        What came of those that were run, unmarked.
    """
    toml = exercise.source_dir / "exercise.toml"
    known = [mutant for mutant in exercise.mutant if mutant.known and mutant.name in shows]
    prices = {mutant.name: price_of(mutant, shows[mutant.name]) for mutant in known}
    problems = []
    for mutant in known:
        where, price = f"{toml}: mutant {mutant.name!r}: costs", prices[mutant.name]
        if mutant.costs is None and price >= _DEAR * exercise.points - _EPSILON:
            problems.append(
                f"{where}: it would cost {price:g} of {exercise.points:g} points, a quarter or more; say what it is worth, "
                f"such as costs = {price:g}"
            )
        checks = results[mutant.name].checks if mutant.name in results else ()
        most = sum(check.max_points for check in _lost_with(checks))
        if mutant.costs is not None and checks and mutant.costs > most + _EPSILON:
            problems.append(
                f"{where}: {mutant.costs:g} is more than the {most:g} points of all checks that it fails or that need these: the checks are "
                "too soft; ask for what it gets wrong, or lower costs"
            )
    for first, other in _with_one_sentence(known):
        if abs(prices[first] - prices[other]) > _EPSILON:
            problems.append(
                f"{toml}: mutant {other!r}: costs: {prices[other]:g}, but {first!r} has the same sentence and costs "
                f"{prices[first]:g}; give both the same costs"
            )
    return problems


def _lost_with(checks: Iterable[Verdict]) -> list[Verdict]:
    """The checks that a mistake fails, and those that need one of them, which count only because it is known."""
    lost: list[Verdict] = []
    for check in checks:  # what is needed comes first
        names = {name for each in lost for name in (each.check, each.check.partition("[")[0])}
        if check.outcome is not Outcome.PASSED or names & set(check.needs):
            lost.append(check)
    return lost


def _with_one_sentence(known: Iterable[Mutant]) -> list[tuple[str, str]]:
    """Pairs of mutants with the same sentence, each beside the first that has it."""
    firsts: dict[str, str] = {}
    pairs = []
    for mutant in known:
        first = firsts.setdefault(mutant.told["en"] if mutant.told is not None else "", mutant.name)
        if first != mutant.name:
            pairs.append((first, mutant.name))
    return pairs


@dataclass(frozen=True)
class Price:
    """What the record has of one known mistake.

    Attributes
    ----------
    exercise, mutant : str
    points : float
        Of the exercise.
    alone, marked : float
        What is left of them by the checks alone, and once the mistake is charged once.
    price : float
    """

    exercise: str
    mutant: str
    points: float
    alone: float
    marked: float
    price: float

    @property
    def moved(self) -> bool:
        """Whether the marks change by more than a tenth of the points."""
        return abs(self.marked - self.alone) > _REMARKABLE * self.points


def recorded_prices(exercise: Exercise, record: ProofRecord | None) -> list[Price]:
    """The known mistakes of an exercise as its record has them, in their order."""
    attempts = {each.name: each for each in record.attempts if each.kind == "mutant"} if record is not None else {}
    found = []
    for mutant in exercise.mutant:
        attempt = attempts.get(mutant.name)
        if mutant.known and attempt is not None and attempt.alone is not None:
            price = price_of(mutant, {show.check: show for show in attempt.shows})
            found.append(Price(exercise.id, mutant.name, exercise.points, attempt.alone, attempt.points, price))
    return found
