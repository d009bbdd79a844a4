"""What a worker of a proof does: run attempts, or remember what came of them. Their proof marks and judges them."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from grader.codec import Codec
from grader.course.loader import load_course
from grader.course.models import Course, Exercise, Profile
from grader.errors import GraderError, SandboxLost
from grader.grading.conditions import Conditions
from grader.proving.adversaries import needs_attacker_knowledge
from grader.proving.attacker_knowledge import attacker_knowledge
from grader.proving.attempts import Attempt, content
from grader.proving.mutation import Mutation, mutations
from grader.proving.proof_cache import AttemptResult, ProofCache, attempt_result, cache_key
from grader.references.card import load_card
from grader.references.solution_run import run_solution
from grader.sandbox import Backend, Slot
from grader.sanitize import storable

IMPORTS = ("pandas", "grader.proving.job", "grader.checking.plugin", "grader.checking.runner", "grader.running.session")


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

        def do(payload: tuple[str, Attempt]) -> bytes:
            exercise_id, attempt = payload
            try:
                course = course_with(exercise_id)
                tried = try_attempt(course, course.exercise(exercise_id), attempt, self.backend, self.fresh)
            except GraderError as error:
                tried = TriedAttempt(broken=storable(str(error)))
            except Exception:  # whatever breaks here must cost neither the proof nor the other attempts
                tried = TriedAttempt(broken=storable(traceback.format_exc()))
            return TRIED_ATTEMPT.dumps(tried).encode()

        return do


@dataclass(frozen=True)
class TriedAttempt:
    """What a worker found out about an attempt.

    Attributes
    ----------
    result : AttemptResult or None
        Unmarked; None where it came to nothing by a fault of our own.
    remembered : bool
        Whether it was proven before and not run again.
    changed : str
        Of a generated mutant: the operator, the line and the difference.
    broken : str
        Which fault it was.
    """

    result: AttemptResult | None = None
    remembered: bool = False
    changed: str = ""
    broken: str = ""


TRIED_ATTEMPT = Codec(TriedAttempt)
"""Writes and reads what a worker tells its parent."""


def try_attempt(course: Course, exercise: Exercise, attempt: Attempt, backend: Backend, fresh: bool) -> TriedAttempt:
    """Run one attempt, or remember it."""
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
        return TriedAttempt(changed=changed, broken=storable(str(error)))
    return TriedAttempt(result, remembered=remembered, changed=changed)


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
