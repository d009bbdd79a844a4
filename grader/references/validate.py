"""Proves that exercises judge rightly: right solutions earn everything, wrong ones fail where they must, liars nothing."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from grader.course import alternates
from grader.course.loader import load_course
from grader.course.models import Course, Exercise, Profile
from grader.course.release import check_release
from grader.datasets.public import provide_data, public_data
from grader.errors import GraderError
from grader.processes import end_with_parent
from grader.references.adversaries import adversaries, needs_asked
from grader.references.asking import asked_of
from grader.references.attempts import Attempt, content, run_attempt
from grader.references.card import load_card, staleness
from grader.references.drift import drift
from grader.references.judge import judge, survived
from grader.references.kept import Kept, Memory, kept_of, key
from grader.references.mutation import Mutation, mutations
from grader.references.rates import Rates, rates_of
from grader.references.rows import Row
from grader.references.versions import versions
from grader.sandbox import Backend

__all__ = ["Row", "Validation", "plan", "prove", "validate"]


@dataclass(frozen=True)
class Validation:
    """The proof of one exercise, or what is missing from it.

    Attributes
    ----------
    rows : tuple of Row
    problems : tuple of str
        What is wrong beside the attempts: a stale card, a release that is not what the sources build.
    seconds : float
        Sum over all attempts.
    strict : bool
        Whether generated mutants that survive count against it.
    """

    exercise_id: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    seconds: float
    strict: bool = False

    @property
    def survivors(self) -> tuple[Row, ...]:
        """Generated mutants that earned everything."""
        return tuple(row for row in self.rows if row.survived)

    @property
    def rates(self) -> Rates:
        """The figures."""
        return rates_of(self.rows)

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.problems and all(row.ok for row in self.rows) and not (self.strict and self.survivors)

    def to_json(self) -> dict[str, Any]:
        """Plain data for ``grader validate --json``."""
        return {
            "exercise": self.exercise_id,
            "ok": self.ok,
            "problems": list(self.problems),
            "seconds": round(self.seconds, 2),
            "rates": self.rates.to_json(),
            "attempts": [row.to_json() for row in self.rows],
        }


def plan(exercise: Exercise, seeds: Sequence[int], mutate: int = 0) -> list[Attempt]:
    """Every attempt that a validation makes: the reference under all seeds, alternates under two, the rest under one.

    Parameters
    ----------
    mutate : int
        How many generated mutants, 0 for none.
    """
    first = seeds[0]
    attempts = [Attempt("reference", "", seed) for seed in seeds]
    attempts += [Attempt("alternate", name, seed) for name in alternates(exercise) for seed in seeds[:2]]
    attempts += [Attempt("starter", "", first)]
    attempts += [Attempt("mutant", mutant.name, first) for mutant in exercise.mutant]
    attempts += [Attempt("adversary", name, first) for name in adversaries(exercise)]
    generated = mutations(exercise, mutate) if mutate else []
    return attempts + [Attempt("mutation", mutation.name, first) for mutation in generated]


def validate(
    course: Course,
    exercise: Exercise,
    *,
    backend: Backend,
    seeds: Sequence[int] | None = None,
    workers: int = 1,
    mutate: int = 0,
    fresh: bool = False,
    strict_mutants: bool = False,
    on_event: Callable[[str], None] | None = None,
) -> Validation:
    """Prove one exercise; see `prove`."""
    return prove(
        course, [exercise], backend=backend, seeds=seeds, workers=workers, mutate=mutate, fresh=fresh,
        strict_mutants=strict_mutants, on_event=(lambda done, total, event: on_event(event)) if on_event else None,
    )[0]  # fmt: skip


def prove(
    course: Course,
    exercises: Iterable[Exercise],
    *,
    backend: Backend,
    seeds: Sequence[int] | None = None,
    workers: int = 1,
    mutate: int = 0,
    fresh: bool = False,
    strict_mutants: bool = False,
    on_event: Callable[[int, int, str], None] | None = None,
) -> list[Validation]:
    """Prove exercises. One that is broken gets a row that says so and stops none of the others.

    Parameters
    ----------
    seeds : sequence of int, optional
        For the reference; the course's number of them by default.
    workers : int
        Processes that run attempts at the same time, whichever exercise they belong to.
    mutate : int
        How many generated mutants for each exercise, 0 for none.
    fresh : bool
        Run again what was proven before.
    strict_mutants : bool
        Generated mutants that survive count against an exercise.
    on_event : callable, optional
        Called with the number of finished attempts, that of all, and one line per finished attempt.
    """
    seeds = tuple(range(course.seeds) if seeds is None else seeds)
    chosen = list(exercises)
    problems: dict[str, list[str]] = {}
    planned: list[tuple[str, Attempt]] = []
    for exercise in chosen:
        try:
            attempts = plan(exercise, seeds, mutate)
            problems[exercise.id] = _problems(course, exercise, backend)
        except GraderError as error:
            problems[exercise.id] = [str(error)]
            continue
        planned += [(exercise.id, attempt) for attempt in attempts]
    found: dict[tuple[str, Attempt], Row] = {}
    for job, row in _rows(course, chosen, planned, backend, workers, fresh):
        found[job] = row
        if on_event is not None:
            said = "as it should" if row.ok else row.found
            on_event(len(found), len(planned), f"{job[0]}: {row.attempt}: {said}")
    proofs = []
    for exercise in chosen:
        rows = tuple(found[job] for job in planned if job[0] == exercise.id)
        problems[exercise.id] += _drift(course, exercise, rows, backend)
        spent = sum(row.seconds for row in rows)
        proofs.append(Validation(exercise.id, rows, tuple(problems[exercise.id]), spent, strict_mutants))
    return proofs


def _problems(course: Course, exercise: Exercise, backend: Backend) -> list[str]:
    """What is wrong with an exercise beside its attempts."""
    course = course.as_run(exercise, backend.gpu is not None)
    problems = []
    if stale := staleness(load_card(exercise, course.profile), exercise, public_data(course, exercise)):
        problems.append(stale)
    problems += _release_differences(course, exercise)
    toml = exercise.source_dir / "exercise.toml"
    if not alternates(exercise):
        problems.append(f"{exercise.source_dir}: no alternate; write another right solution in alternates/")
    if not exercise.mutant:
        problems.append(f"{toml}: no [[mutant]]; nothing shows that wrong answers fail")
    if exercise.adversaries.most is not None and not exercise.adversaries.reason:
        problems.append(f'{toml}: adversaries: most = {exercise.adversaries.most:g} needs a reason = "..." beside it')
    known = set(adversaries(exercise))
    for allowed in exercise.adversaries.each:
        if allowed.name not in known:
            problems.append(
                f"{toml}: adversaries.each: no adversary {allowed.name!r} applies here; there are: "
                f"{', '.join(sorted(known)) or 'none'}"
            )
    return problems


def _drift(course: Course, exercise: Exercise, rows: Iterable[Row], backend: Backend) -> list[str]:
    """Where the reference no longer reaches what its card says."""
    card = load_card(exercise, course.as_run(exercise, backend.gpu is not None).profile)
    if card is None:
        return []
    readings = [(row.attempt.seed, each) for row in rows if row.attempt.kind == "reference" for each in row.readings]
    return drift(card, readings, versions(exercise))


def _release_differences(course: Course, exercise: Exercise) -> list[str]:
    """Where the released files of this exercise are not what its sources build."""
    only = course.model_copy(update={"exercises": {exercise.id: exercise}})
    found = check_release(only, provide_data=provide_data)
    return [f"{line}; run: grader release" for line in found if line.startswith(f"exercises/{exercise.folder}/")]


def _rows(
    course: Course,
    exercises: Sequence[Exercise],
    planned: Sequence[tuple[str, Attempt]],
    backend: Backend,
    workers: int,
    fresh: bool,
) -> Iterator[tuple[tuple[str, Attempt], Row]]:
    by_id = {exercise.id: exercise for exercise in exercises}
    # A GPU slot serves one at a time, so these wait until the pool is done.
    alone = [job for job in planned if workers <= 1 or (by_id[job[0]].gpu and backend.gpu is not None)]
    shared = [job for job in planned if job not in set(alone)]
    if shared:
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(
            workers, mp_context=context, initializer=_set_up, initargs=(course.root, course.profile, backend, fresh)
        )
        try:
            futures: dict[Future[Row], tuple[str, Attempt]] = {pool.submit(_row_here, *job): job for job in shared}
            for future in as_completed(futures):
                yield futures[future], future.result()
        finally:
            pool.shutdown(cancel_futures=True)
    for job in alone:
        yield job, _row(course, by_id[job[0]], job[1], backend, fresh)


_here: tuple[Path, Profile, Backend, bool]  # in a worker process: what all its attempts have in common
_loaded: dict[str, Course] = {}


def _set_up(root: Path, profile: Profile, backend: Backend, fresh: bool) -> None:
    global _here  # noqa: PLW0603 - a pool hands an initializer's result on in no other way
    end_with_parent()
    _here = root, profile, backend, fresh


def _row_here(exercise_id: str, attempt: Attempt) -> Row:
    root, profile, backend, fresh = _here
    if exercise_id not in _loaded:
        _loaded[exercise_id] = load_course(root, [exercise_id]).model_copy(update={"profile": profile})
    course = _loaded[exercise_id]
    return _row(course, course.exercise(exercise_id), attempt, backend, fresh)


def _row(course: Course, exercise: Exercise, attempt: Attempt, backend: Backend, fresh: bool) -> Row:
    """Run one attempt, or remember it, and judge it."""
    changed = ""
    try:
        if attempt.kind == "mutation":
            mutation = next(each for each in mutations(exercise) if each.name == attempt.name)
            changed = f"line {mutation.line}, {mutation.operator}\n" + _difference(mutation)
            exercise = _hurried(exercise)
        kept, remembered = _outcome(course, exercise, attempt, backend, fresh)
    except GraderError as error:
        return Row(attempt, False, "a verdict", str(error), 0.0, exercise.points, 0.0, changed=changed)
    expected, found, ok = judge(exercise, attempt, kept, course.profile)
    return Row(
        attempt, ok, expected, found, kept.points, kept.possible, kept.seconds, kept.cpu_seconds, remembered,
        survived(attempt, kept), changed, kept.readings,
    )  # fmt: skip


def _difference(mutation: Mutation) -> str:
    """The changed lines as a diff shows them."""
    was = [f"- {line}" for line in mutation.was.split("\n")]
    return "\n".join(was + [f"+ {line}" for line in mutation.now.split("\n")])


def _hurried(exercise: Exercise) -> Exercise:
    """The exercise with less patience: a generated mutant often never ends."""
    limits = exercise.limits
    shorter = limits.model_copy(
        update={
            "call_seconds": min(limits.call_seconds, 15.0),
            "cell_seconds": min(limits.cell_seconds, 30.0),
            "total_seconds": min(limits.total_seconds, 90.0),
        }
    )
    return exercise.model_copy(update={"limits": shorter})


def _outcome(course: Course, exercise: Exercise, attempt: Attempt, backend: Backend, fresh: bool) -> tuple[Kept, bool]:
    """What came of an attempt, and whether that was remembered."""
    course = course.as_run(exercise, backend.gpu is not None)
    card = load_card(exercise, course.profile)
    asked = None
    if attempt.kind == "adversary" and needs_asked(attempt.name):
        asked = asked_of(course, exercise, attempt.seed, card, backend)
    submitted = content(exercise, attempt, asked)
    digest = key(course, exercise, submitted, attempt.seed, card, backend.name)
    memory = Memory(course.root)
    kept = None if fresh else memory.recall(digest)
    if kept is not None:
        return kept, True
    began = time.monotonic()
    outcomes = run_attempt(course, exercise, attempt, backend=backend, card=card, submitted=submitted)
    kept = kept_of(outcomes.run, outcomes.verdicts, time.monotonic() - began)
    if asked is not None:
        kept = replace(kept, free=asked.free, read_only=asked.read_only)
    memory.keep(digest, kept)
    return kept, False
