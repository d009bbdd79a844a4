"""What a worker of a proof does: run attempts, or remember what came of them, and judge each."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from grader.checking import collect_hints
from grader.course.loader import load_course
from grader.course.models import Course, Exercise, Profile
from grader.errors import GraderError, SandboxLost
from grader.grading.conditions import Conditions
from grader.proving.adversaries import needs_attacker_knowledge
from grader.proving.attacker_knowledge import attacker_knowledge
from grader.proving.attempts import Attempt, content
from grader.proving.judge import judge, survived
from grader.proving.mutation import Mutation, mutations
from grader.proving.proof_cache import AttemptResult, CheckResult, ProofCache, attempt_result, cache_key
from grader.proving.rows import ROW, Row
from grader.references.card import load_card
from grader.references.solution_run import run_solution
from grader.sandbox import Backend, Slot
from grader.sanitize import storable
from grader.vocabulary import Outcome, Text

IMPORTS = ("pandas", "grader.proving.job", "grader.checking.plugin", "grader.checking.runner", "grader.running.session")
_FINE = (Outcome.PASSED, Outcome.SKIPPED)


@dataclass
class ProveAttempts:
    """See `grader.workers.Job`.

    Attributes
    ----------
    fresh : bool
        Run again what was proven before.
    gpu : Slot or None
        This worker's own.
    """

    course_root: str
    profile: Profile
    backend: Backend
    fresh: bool
    gpu: Slot | None = None

    def begin(self) -> Callable[[tuple[str, Attempt]], bytes]:
        """Courses are loaded exercise by exercise, as attempts arrive."""
        self.backend.gpu = self.gpu

        @cache
        def course_with(exercise_id: str) -> Course:
            found = load_course(Path(self.course_root), [exercise_id])
            return found.model_copy(update={"profile": self.profile})

        @cache
        def hints_of(exercise_id: str) -> Mapping[str, Text | None]:
            return collect_hints(course_with(exercise_id).exercise(exercise_id))

        def do(payload: tuple[str, Attempt]) -> bytes:
            exercise_id, attempt = payload
            try:
                course, hints = course_with(exercise_id), hints_of(exercise_id)
                row = prove_attempt(course, course.exercise(exercise_id), attempt, hints, self.backend, self.fresh)
                return ROW.dumps(row).encode()
            except GraderError as error:
                return ROW.dumps(broken(attempt, storable(str(error)))).encode()
            except Exception:  # whatever breaks here must cost neither the proof nor the other attempts
                return ROW.dumps(broken(attempt, storable(traceback.format_exc()))).encode()

        return do


def broken(attempt: Attempt, why: str) -> Row:
    """The row of an attempt that came to nothing by a fault of our own."""
    return Row(attempt, False, "a verdict", why, 0.0, 0.0, 0.0, broken=True)


def prove_attempt(
    course: Course,
    exercise: Exercise,
    attempt: Attempt,
    hints: Mapping[str, Text | None],
    backend: Backend,
    fresh: bool,
) -> Row:
    """Run one attempt, or remember it, and judge it.

    Parameters
    ----------
    hints : mapping
        Of each check (`grader.checking.collect_hints`).
    """
    changed = ""
    course = course.as_run(exercise, backend.gpu is not None)
    try:
        if attempt.kind == "mutation":
            mutation = next((each for each in mutations(exercise) if each.name == attempt.name), None)
            if mutation is None:
                raise GraderError(f"{exercise.id}: there is no generated mutant {attempt.name!r} any more")
            changed = f"line {mutation.line}, {mutation.operator}\n" + _difference(mutation)
            exercise = _hurried(exercise)
        try:
            result, remembered = _outcome(course, exercise, attempt, backend, fresh)
        except SandboxLost:  # a template died, and its forks with it; there will be another
            result, remembered = _outcome(course, exercise, attempt, backend, fresh)
    except GraderError as error:
        return replace(broken(attempt, str(error)), max_points=exercise.points, changed=changed)
    expected, found, ok = judge(exercise, attempt, result, course.profile, hints)
    failing = [check for check in result.checks if check.points < check.max_points and check.outcome not in _FINE]
    return Row(
        attempt=attempt,
        ok=ok,
        expected=expected,
        found=found,
        points=result.points,
        max_points=result.possible,
        seconds=result.seconds,
        cpu_seconds=result.cpu_seconds,
        remembered=remembered,
        survived=survived(attempt, result),
        changed=changed,
        readings=result.readings,
        outcome=result.outcome,
        fails=tuple(check.name for check in failing),
        told=tuple(sentence for check in failing if (sentence := _first_sentence(check, hints.get(check.name)))),
        broken=any(check.outcome is Outcome.GRADER_ERROR for check in result.checks),
    )


def _first_sentence(check: CheckResult, hint: Text | None) -> str:
    return next((sentence for sentence in check.said if hint is None or sentence != hint["en"]), "")


def _outcome(
    course: Course, exercise: Exercise, attempt: Attempt, backend: Backend, fresh: bool
) -> tuple[AttemptResult, bool]:
    """What came of an attempt, and whether that was remembered."""
    card = load_card(exercise, course.profile)
    knowledge = None
    if attempt.kind == "adversary" and needs_attacker_knowledge(attempt.name):
        knowledge = attacker_knowledge(course, exercise, attempt.seed, card, backend)
    submitted = content(exercise, attempt, knowledge, course.only_language)
    conditions = Conditions.on(course, backend, seed=attempt.seed).of(exercise)
    digest = cache_key(course, exercise, submitted, conditions, card)
    results = ProofCache(course.root)
    result = None if fresh else results.get(digest)
    if result is not None:
        return result, True
    began = time.monotonic()
    solved = run_solution(course, exercise, submitted, attempt.seed, backend=backend, card=card)
    result = attempt_result(solved.run, solved.verdicts, time.monotonic() - began)
    if knowledge is not None:
        result = replace(result, free=knowledge.free, read_only=knowledge.read_only)
    results.put(digest, result)
    return result, False


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
