"""Runs an exercise's worked solution, or what was made from it, and all checks on it."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

from grader.checking import run_checks
from grader.checking.verdict import Verdict
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.errors import CourseError, SandboxLost
from grader.references.card import Card
from grader.references.reference_session import open_answers
from grader.running.learning_curve import learning_curve
from grader.running.run import Run
from grader.running.session import open_session
from grader.sandbox import Backend


@dataclass(frozen=True)
class SolutionRun:
    """What came of a solution.

    Attributes
    ----------
    run : Run
    verdicts : tuple of Verdict
    curve : tuple of float
        The learning curve, if the exercise has one.
    """

    run: Run
    verdicts: tuple[Verdict, ...]
    curve: tuple[float, ...] = ()


def run_solution(
    course: Course,
    exercise: Exercise,
    submitted: bytes,
    seed: int,
    *,
    backend: Backend,
    card: Card | None,
    measuring: bool = False,
) -> SolutionRun:
    """Run a solution in the sandbox and check it, each check for itself.

    Parameters
    ----------
    submitted : bytes
        What is handed in.
    measuring : bool
        Metrics are recorded and not judged; the card is not needed then. Else all known mistakes are asked wherever an
        answer differs, whatever a record says of them: records are made from what is found here.

    Raises
    ------
    SandboxLost
        The sandbox was taken away by our own fault; what came of it means nothing, and another try may do.
    """
    course = course.as_run(exercise, backend.gpu is not None)
    data_dir = public_data(course, exercise)
    with ExitStack() as stack:
        session = stack.enter_context(open_session(exercise, submitted, backend=backend, seed=seed, data_dir=data_dir))
        answers = stack.enter_context(open_answers(course, exercise, backend=backend, seed=seed))
        mode: Literal["grade", "calibrate"] = "calibrate" if measuring else "grade"
        verdicts = run_checks(
            exercise,
            session,
            seed=seed,
            reference=answers.reference,
            card=card,
            answers=None if measuring else answers,
            mode=mode,
            profile=course.profile,
            data_dir=data_dir,
        )
        curve = learning_curve(session, exercise.curve) if measuring else ()
        if measuring and exercise.curve is not None and not curve:
            where = exercise.source_dir / "exercise.toml"
            raise CourseError(where, f"the reference has no list of finite numbers at {exercise.curve!r}", key="curve")
        if session.lost:
            raise SandboxLost("the template that started the solution's kernel died while it ran")
        return SolutionRun(session.finished_run(), tuple(verdicts), curve)
