"""Proves that an exercise judges rightly: right solutions earn everything, each wrong one fails where it must."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.checking import collect_hints
from grader.checking.verdict import BandReading
from grader.course import alternates
from grader.course.loader import load_course
from grader.course.models import Course, Exercise
from grader.course.release import check_release
from grader.datasets.public import provide_data, public_data
from grader.references.attempts import Attempt, Outcomes, run_attempt
from grader.references.card import Card, load_card, staleness
from grader.references.drift import drift
from grader.references.naming import unsaid
from grader.references.versions import versions
from grader.sandbox import Backend
from grader.vocabulary import Outcome

_EPSILON = 1e-9
_FINE = (Outcome.PASSED, Outcome.SKIPPED)  # a check skipped for want of another says nothing of its own


@dataclass(frozen=True)
class Row:
    """One attempt, what was expected of it and what came of it."""

    attempt: Attempt
    ok: bool
    expected: str
    found: str
    points: float
    max_points: float
    seconds: float
    readings: tuple[BandReading, ...] = ()


@dataclass(frozen=True)
class Validation:
    """The proof of one exercise, or what is missing from it.

    Attributes
    ----------
    rows : tuple of Row
    problems : tuple of str
        What is wrong beside the attempts: a stale card, a release that is not what the sources build.
    """

    exercise_id: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    seconds: float

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems and all(row.ok for row in self.rows)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``grader validate --json``."""
        return {
            "exercise": self.exercise_id,
            "ok": self.ok,
            "problems": list(self.problems),
            "seconds": round(self.seconds, 2),
            "attempts": [
                {
                    "kind": row.attempt.kind,
                    "name": row.attempt.name,
                    "seed": row.attempt.seed,
                    "ok": row.ok,
                    "expected": row.expected,
                    "found": row.found,
                    "points": row.points,
                    "max_points": row.max_points,
                    "seconds": round(row.seconds, 2),
                }
                for row in self.rows
            ],
        }


def plan(exercise: Exercise, seeds: Sequence[int]) -> list[Attempt]:
    """Every attempt that a validation makes: the reference under all seeds, alternates under two, the rest under one."""
    first = seeds[0]
    attempts = [Attempt("reference", "", seed) for seed in seeds]
    attempts += [Attempt("alternate", name, seed) for name in alternates(exercise) for seed in seeds[:2]]
    attempts += [Attempt("starter", "", first)]
    return attempts + [Attempt("mutant", mutant.name, first) for mutant in exercise.mutant]


def validate(
    course: Course,
    exercise: Exercise,
    *,
    backend: Backend,
    seeds: Sequence[int] | None = None,
    workers: int = 1,
    on_event: Callable[[str], None] | None = None,
) -> Validation:
    """Prove one exercise.

    Parameters
    ----------
    seeds : sequence of int, optional
        For the reference; the course's number of them by default.
    workers : int
        Processes that run attempts at the same time.
    on_event : callable, optional
        Called with one line per finished attempt.
    """
    began = time.monotonic()
    course = course.as_run(exercise, backend.gpu is not None)
    seeds = tuple(range(course.seeds) if seeds is None else seeds)
    problems = []
    card = load_card(exercise, course.profile)
    if stale := staleness(card, exercise, public_data(course, exercise)):
        problems.append(stale)
    problems += _release_differences(course, exercise)
    if not alternates(exercise):
        problems.append(f"{exercise.source_dir}: no alternate; write another right solution in alternates/")
    if not exercise.mutant:
        problems.append(
            f"{exercise.source_dir / 'exercise.toml'}: no [[mutant]]; nothing shows that wrong answers fail"
        )
    rows = []
    for row in _rows(course, exercise, plan(exercise, seeds), card, backend, workers):
        rows.append(row)
        if on_event is not None:
            on_event(f"{row.attempt}: {'as it should' if row.ok else row.found}")
    if card is not None:
        measured = [(r.attempt.seed, reading) for r in rows if r.attempt.kind == "reference" for reading in r.readings]
        problems += drift(card, measured, versions(exercise))
    return Validation(exercise.id, tuple(rows), tuple(problems), time.monotonic() - began)


def _release_differences(course: Course, exercise: Exercise) -> list[str]:
    """Where the released files of this exercise are not what its sources build."""
    only = course.model_copy(update={"exercises": {exercise.id: exercise}})
    found = check_release(only, provide_data=provide_data)
    return [f"{line}; run: grader release" for line in found if line.startswith(f"exercises/{exercise.folder}/")]


def _rows(
    course: Course, exercise: Exercise, attempts: Iterable[Attempt], card: Card | None, backend: Backend, workers: int
) -> Iterator[Row]:
    if workers <= 1:
        for attempt in attempts:
            yield _row(course, exercise, attempt, card, backend)
        return
    context = multiprocessing.get_context("spawn")
    given = (str(course.root), exercise.id, card, backend)
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_set_up, initargs=given) as pool:
        yield from pool.map(_row_here, attempts)


_here: tuple[Course, Exercise, Card | None, Backend]  # in a worker process: what all its attempts have in common


def _set_up(root: str, exercise_id: str, card: Card | None, backend: Backend) -> None:
    global _here  # noqa: PLW0603 - a pool hands an initializer's result on in no other way
    course = load_course(Path(root), [exercise_id])
    _here = course, course.exercise(exercise_id), card, backend


def _row_here(attempt: Attempt) -> Row:
    course, exercise, card, backend = _here
    return _row(course, exercise, attempt, card, backend)


def _row(course: Course, exercise: Exercise, attempt: Attempt, card: Card | None, backend: Backend) -> Row:
    began = time.monotonic()
    outcomes = run_attempt(course, exercise, attempt, backend=backend, card=card)
    expected, found, ok = judge(exercise, attempt, outcomes)
    points = sum(v.points for v in outcomes.verdicts)
    return Row(
        attempt,
        ok,
        expected,
        found,
        points,
        sum(v.max_points for v in outcomes.verdicts),
        time.monotonic() - began,
        tuple(reading for v in outcomes.verdicts for reading in v.bands),
    )


def judge(exercise: Exercise, attempt: Attempt, outcomes: Outcomes) -> tuple[str, str, bool]:
    """What was expected of an attempt, what was found, and whether they agree."""
    verdicts = outcomes.verdicts
    points, possible = sum(v.points for v in verdicts), sum(v.max_points for v in verdicts)
    broken = [v for v in verdicts if v.outcome is Outcome.GRADER_ERROR]
    if broken:
        return "a verdict", f"{broken[0].check} broke: {broken[0].details[-1500:]}", False
    if attempt.kind in ("reference", "alternate"):
        lost = [
            f"{v.check} ({v.outcome.value}): {_said(v.feedback)} {v.details}"
            for v in verdicts
            if v.points < v.max_points
        ]
        expected = f"all {exercise.points:g} points"
        if lost or points < possible - _EPSILON:
            return expected, f"{points:g} of {possible:g}; lost at " + "; ".join(lost), False
        if abs(possible - exercise.points) > _EPSILON:
            return (
                expected,
                f"the checks' points sum to {possible:g}; set points = {possible:g} in exercise.toml",
                False,
            )
        return expected, f"{points:g} of {possible:g}", True
    if attempt.kind == "starter":
        expected = f"at most {exercise.starter_points:g} points"
        earned = ", ".join(v.check for v in verdicts if v.points > 0)
        found = f"{points:g}" + (f" from {earned}" if earned else "")
        return expected, found, points <= exercise.starter_points + _EPSILON
    return _judge_mutant(exercise, attempt, outcomes)


def _judge_mutant(exercise: Exercise, attempt: Attempt, outcomes: Outcomes) -> tuple[str, str, bool]:
    mutant = next(m for m in exercise.mutant if m.name == attempt.name)
    named = set(mutant.fails)
    failing = {v.check for v in outcomes.verdicts if v.outcome not in _FINE}
    functions = {check.split("[")[0] for check in failing}
    # a parametrised check may be named as a whole or by its case
    found = {name for name in failing | functions if name in named} | {
        check.split("[")[0] for check in failing if check not in named and check.split("[")[0] not in named
    }
    expected = "fails " + ", ".join(sorted(named))
    said = "fails " + (", ".join(sorted(found)) or "nothing")
    if outcomes.run.outcome is not Outcome.PASSED:
        said += f" (the run itself ended with {outcomes.run.outcome.value}: {outcomes.run.message.en})"
    silent = unsaid(mutant, outcomes.verdicts, collect_hints(exercise)) if mutant.says else []
    if mutant.says:
        expected += " and says why"
    if silent:
        said += "; does not say " + "; ".join(silent)
    # a run that died takes checks with it that say nothing about the mistake
    return expected, said, found == named and outcomes.run.alive and not silent


def _said(feedback: Sequence[Any]) -> str:
    return " ".join(text.en for text in feedback)
