"""Runs one of an exercise's own solutions and all checks on it: what calibration and validation are made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from grader.checking import run_checks
from grader.checking.verdict import Verdict
from grader.course import build_reference, build_starter
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.errors import CourseError
from grader.references.adversaries import Asked, build_adversary
from grader.references.card import Card
from grader.references.mutation import build_mutation
from grader.references.opening import open_reference
from grader.running.curve import learning_curve
from grader.running.run import Run
from grader.running.session import open_session
from grader.sandbox import Backend

Kind = Literal["reference", "starter", "mutant", "alternate", "adversary", "mutation"]


@dataclass(frozen=True)
class Attempt:
    """Which solution, under which seed. ``name`` is that of the mutant, alternate, adversary or generated mutant."""

    kind: Kind
    name: str
    seed: int

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip() + f", seed {self.seed}"


@dataclass(frozen=True)
class Outcomes:
    """What came of an attempt. ``curve`` is the learning curve, if the exercise has one."""

    run: Run
    verdicts: tuple[Verdict, ...]
    curve: tuple[float, ...] = ()


def content(exercise: Exercise, attempt: Attempt, asked: Asked | None = None) -> bytes:
    """The submission that an attempt hands in; ``asked`` is for adversaries that know what checks ask."""
    if attempt.kind == "adversary":
        return build_adversary(exercise, attempt.name, asked)
    if attempt.kind == "mutation":
        return build_mutation(exercise, attempt.name)
    if attempt.kind == "starter":
        return build_starter(exercise)
    if attempt.kind == "mutant":
        return build_reference(exercise, mutant=attempt.name)
    if attempt.kind == "alternate":
        return build_reference(exercise, alternate=attempt.name)
    return build_reference(exercise)


def run_attempt(
    course: Course,
    exercise: Exercise,
    attempt: Attempt,
    *,
    backend: Backend,
    card: Card | None,
    measuring: bool = False,
    submitted: bytes | None = None,
) -> Outcomes:
    """Run a solution in the sandbox and check it.

    With ``measuring``, metrics are recorded and not judged; the card is not needed then. ``submitted`` is handed in
    in place of what the attempt's kind and name stand for.
    """
    course = course.as_run(exercise, backend.gpu is not None)
    data_dir = public_data(course, exercise)
    with (
        open_session(
            exercise,
            content(exercise, attempt) if submitted is None else submitted,
            backend=backend,
            seed=attempt.seed,
            data_dir=data_dir,
        ) as session,
        open_reference(course, exercise, backend=backend, seed=attempt.seed) as reference,
    ):
        mode: Literal["grade", "calibrate"] = "calibrate" if measuring else "grade"
        verdicts = run_checks(
            exercise,
            session,
            seed=attempt.seed,
            reference=reference,
            card=card,
            mode=mode,
            profile=course.profile,
            data_dir=data_dir,
        )
        curve = learning_curve(session, exercise.curve) if measuring else ()
        if measuring and exercise.curve is not None and not curve:
            where = exercise.source_dir / "exercise.toml"
            raise CourseError(where, f"the reference has no list of finite numbers at {exercise.curve!r}", key="curve")
        return Outcomes(session.run, tuple(verdicts), curve)
