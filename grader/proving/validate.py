"""Proves that exercises judge rightly: right solutions earn everything, wrong ones fail where they must, liars nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.course import alternates
from grader.course.check_discovery import inner_imports
from grader.course.models import Course, Exercise
from grader.course.proof_record import ProofRecord
from grader.course.release import check_release
from grader.datasets.public import provide_data, public_data
from grader.errors import GraderError
from grader.proving.adversaries import adversaries
from grader.proving.asks import unasked
from grader.proving.attempts import Attempt
from grader.proving.job import IMPORTS, TRIED_ATTEMPT, ProveAttempts, TriedAttempt
from grader.proving.judge import row_of
from grader.proving.known_mistakes import price_problems, recorded_shows, shown_by
from grader.proving.mutation import mutations
from grader.proving.rates import Rates, rates_of
from grader.proving.rows import Row
from grader.references.card import load_card, staleness
from grader.references.drift import drift
from grader.references.versions import versions
from grader.sandbox import Backend, Slot
from grader.workers import Task, WorkerPool

__all__ = ["Row", "Validation", "plan", "plan_again", "prove", "validate", "vanished"]


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
    unfinished : int
        How many planned attempts were not run.
    whole : bool
        Whether everything was planned that there is, and not a sample.
    """

    exercise_id: str
    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    seconds: float
    strict: bool = False
    unfinished: int = 0
    whole: bool = True

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
            "unfinished": self.unfinished,
            "whole": self.whole,
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


def plan_again(exercise: Exercise, record: ProofRecord) -> list[Attempt]:
    """As `plan`, from a record that belongs to the exercise's files: the generated mutants are those that it lists."""
    recorded = [Attempt(*each.key) for each in record.attempts if each.kind == "mutation"]
    return plan(exercise, record.seeds) + recorded


def vanished(exercise: Exercise, attempts: Iterable[Attempt]) -> list[Attempt]:
    """Of these attempts the generated mutants that are not made any more."""
    generated = [attempt for attempt in attempts if attempt.kind == "mutation"]
    made = {mutation.name for mutation in mutations(exercise)} if generated else set()
    return [attempt for attempt in generated if attempt.name not in made]


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
        course,
        [exercise],
        backend=backend,
        seeds=seeds,
        workers=workers,
        mutate=mutate,
        fresh=fresh,
        strict_mutants=strict_mutants,
        on_event=(lambda done, total, event: on_event(event)) if on_event else None,
    )[0]


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
    only: Sequence[tuple[str, Attempt]] | None = None,
    until: float = float("inf"),
    on_event: Callable[[int, int, str], None] | None = None,
    on_problem: Callable[[str, str], None] | None = None,
) -> list[Validation]:
    """Prove exercises. One that is broken gets a row that says so and stops none of the others.

    The reference of every exercise goes ahead: where our own side fails on it, as a check that raises does, the other
    attempts of that exercise are not run.

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
    only : sequence of (str, Attempt), optional
        These attempts of these exercises in place of all, in this order.
    until : float
        When everything ends, finished or not, on the monotonic clock.
    on_event : callable, optional
        Called with the number of finished attempts, that of all, and one line per finished attempt.
    on_problem : callable, optional
        Called with an exercise's id and what is wrong with it beside its attempts, before any of them is run.
    """
    seeds = tuple(range(course.seeds) if seeds is None else seeds)
    chosen = list(exercises)
    problems: dict[str, list[str]] = {}
    planned: dict[str, list[Attempt]] = {}
    for exercise in chosen:
        try:
            if only is not None:
                attempts = [attempt for exercise_id, attempt in only if exercise_id == exercise.id]
            else:
                attempts = plan(exercise, seeds, mutate)
            problems[exercise.id] = _problems(course, exercise, backend)
        except GraderError as error:
            problems[exercise.id] = [str(error)]
            continue
        planned[exercise.id] = attempts
        if on_problem is not None:
            for problem in problems[exercise.id]:
                on_problem(exercise.id, problem)
    order = only if only is not None else _first_ones_ahead(planned)
    jobs = [job for job in order if job[0] in planned]
    proof = _Proof(course, {exercise.id: exercise for exercise in chosen}, jobs, backend.gpu is not None, on_event)
    proof.run(backend, workers, fresh, until)
    proofs = []
    for exercise in chosen:
        attempts = planned.get(exercise.id, [])
        rows = proof.rows_of(exercise.id, attempts)
        if exercise.id in planned:
            problems[exercise.id] += proof.untried(exercise.id) + proof.mispriced(exercise.id)
            problems[exercise.id] += _drift(course, exercise, rows, backend)
        spent = sum(row.seconds for row in rows)
        unfinished = len(attempts) - len(rows)
        proofs.append(
            Validation(exercise.id, rows, tuple(problems[exercise.id]), spent, strict_mutants, unfinished, only is None)
        )
    return proofs


def _first_ones_ahead(planned: Mapping[str, Sequence[Attempt]]) -> list[tuple[str, Attempt]]:
    """All attempts, the first of every exercise ahead of the others."""
    firsts = [(key, some[0]) for key, some in planned.items() if some]
    return firsts + [(key, attempt) for key, some in planned.items() for attempt in some[1:]]


class _Proof:
    """The attempts of a proof on their way through the workers; a `grader.workers.TaskObserver`."""

    def __init__(
        self,
        course: Course,
        exercises: Mapping[str, Exercise],
        jobs: Sequence[tuple[str, Attempt]],
        has_gpu: bool,
        on_event: Callable[[int, int, str], None] | None,
    ) -> None:
        self._course, self._exercises, self._on_event = course, exercises, on_event
        self._jobs = {_name(*job): job for job in jobs}
        self._profiles = {key: course.as_run(exercise, has_gpu).profile for key, exercise in exercises.items()}
        self._tried: dict[tuple[str, Attempt], TriedAttempt] = {}
        # where known mistakes show: by the record, until their own attempts say it
        self._shows = {key: dict(recorded_shows(exercise, self._profiles[key])) for key, exercise in exercises.items()}
        self._withdrawn: dict[str, int] = {}  # exercise -> how many of its attempts are not worth running
        self._pool: WorkerPool

    def run(self, backend: Backend, workers: int, fresh: bool, until: float) -> None:
        if not self._jobs:
            return
        slots = (backend.gpu,) if backend.gpu is not None else ()

        def job(slot: Slot | None) -> ProveAttempts:
            return ProveAttempts(str(self._course.root), self._course.profile, backend, fresh, slot)

        tasks = {}
        for name, payload in self._jobs.items():
            exercise = self._exercises[payload[0]]
            tasks[name] = Task(payload, exercise.limits.total_seconds, exercise.gpu)
        with WorkerPool(min(workers, len(tasks)), IMPORTS, slots) as self._pool:
            self._pool.run(tasks, job, self, until)

    def rows_of(self, exercise_id: str, attempts: Sequence[Attempt]) -> tuple[Row, ...]:
        """What came of these attempts, in their order, judged by all that is known now."""
        jobs = [(exercise_id, attempt) for attempt in attempts]
        return tuple(self._row(*job) for job in jobs if job in self._tried)

    def mispriced(self, exercise_id: str) -> list[str]:
        """What is wrong with the prices of known mistakes."""
        results = {
            attempt.name: tried.result
            for (key, attempt), tried in self._tried.items()
            if key == exercise_id and attempt.kind == "mutant" and tried.result is not None
        }
        return price_problems(self._exercises[exercise_id], self._shows[exercise_id], results)

    def untried(self, exercise_id: str) -> list[str]:
        """What is to be said of attempts that were not worth running."""
        number = self._withdrawn.get(exercise_id, 0)
        told = f"{number} other attempts were not run: on the reference itself, a check or our own side fails"
        return [told] if number else []

    # --- what the pool tells

    def started(self, task: str) -> None:
        pass

    def retried(self, task: str) -> None:
        pass

    def answered(self, task: str, answer: bytes) -> None:
        exercise_id, attempt = self._jobs[task]
        self._tried[exercise_id, attempt] = tried = TRIED_ATTEMPT.loads(answer)
        known = {mutant.name for mutant in self._exercises[exercise_id].mutant if mutant.known}
        if attempt.kind == "mutant" and attempt.name in known and tried.result is not None:
            self._shows[exercise_id][attempt.name] = shown_by(tried.result)
        row = self._row(exercise_id, attempt)
        if row.broken and attempt.kind == "reference":
            rest = {name for name, job in self._jobs.items() if job[0] == exercise_id}
            self._withdrawn[exercise_id] = self._withdrawn.get(exercise_id, 0) + len(self._pool.withdraw(rest))
        self._tell(exercise_id, row)

    def given_up(self, task: str) -> None:
        exercise_id, attempt = self._jobs[task]
        why = (
            "the worker process that ran this died twice (killed by the system, often for memory, or stalled); "
            f"lower --workers, or prove it alone: grader validate {exercise_id} --workers 1"
        )
        self._tried[exercise_id, attempt] = TriedAttempt(broken=why)
        self._tell(exercise_id, self._row(exercise_id, attempt))

    def _row(self, exercise_id: str, attempt: Attempt) -> Row:
        """An attempt judged by what is known so far."""
        tried, exercise = self._tried[exercise_id, attempt], self._exercises[exercise_id]
        return row_of(exercise, attempt, tried, self._shows[exercise_id])

    def _tell(self, exercise_id: str, row: Row) -> None:
        if self._on_event is not None:
            total = len(self._jobs) - sum(self._withdrawn.values())
            said = "as it should" if row.ok else row.found
            self._on_event(len(self._tried), total, f"{exercise_id}: {row.attempt}: {said}")


def _name(exercise_id: str, attempt: Attempt) -> str:
    return f"{exercise_id}: {attempt}"


def _problems(course: Course, exercise: Exercise, backend: Backend) -> list[str]:
    """What is wrong with an exercise beside its attempts."""
    course = course.as_run(exercise, backend.gpu is not None)
    problems = []
    if stale := staleness(load_card(exercise, course.profile), exercise, public_data(course, exercise)):
        problems.append(stale)
    problems += _release_differences(course, exercise)
    problems += inner_imports(exercise.source_dir)
    problems += unasked(exercise, course.languages)
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
