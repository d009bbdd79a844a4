"""Grades one submission: intake → run → checks → grade. Our own faults become a grade of their own, never a zero."""

from __future__ import annotations

import importlib.util
import math
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.checking.verdict import Verdict
from grader.course.models import Course, Exercise, Limits
from grader.course.proof_record import load_record
from grader.errors import SandboxLost
from grader.grading.conditions import Conditions, task_digest
from grader.grading.grade import Grade
from grader.intake.submission import Submission
from grader.running.run import Run
from grader.sandbox import Backend
from grader.vocabulary import Outcome, Text

if TYPE_CHECKING:
    from grader.checking.asking.answers import KnownAnswers

GRADER_ERROR_MESSAGE = Text(
    "Something went wrong on our side, so this was not graded. It does not count against you; your instructor knows.",
    "채점 시스템 쪽의 문제로 채점하지 못했습니다. 감점되지 않으며, 선생님께서 확인하실 거예요.",
)
MISSING_PACKAGES_MESSAGE = Text(
    "Not graded here: this machine lacks {packages}. Your work is fine to hand in.",
    "이 컴퓨터에 {packages} 패키지가 없어 여기서는 채점하지 않았습니다. 제출하는 데에는 문제가 없어요.",
)

WITHOUT_GPU_NOTE = Text(
    "This exercise is made for a GPU. There is none here, so your code ran on the CPU with less data. "
    "Your result is judged by what can be reached that way.",
    "이 과제는 GPU에서 실행하도록 만들어졌습니다. 여기에는 GPU가 없어서 더 적은 데이터로 CPU에서 실행했어요. "
    "그 조건에서 얻을 수 있는 결과를 기준으로 채점합니다.",
)

# Import names whose package on the index is called something else.
_INSTALL_NAMES = {"sklearn": "scikit-learn", "tensorflow": "grader[tensorflow]", "keras": "grader[tensorflow]"}


def grade(
    course: Course,
    exercise: Exercise,
    submission: Submission,
    *,
    backend: Backend,
    conditions: Conditions | None = None,
    limits: Limits | None = None,
    on_cell: Callable[[int, int], None] | None = None,
) -> Grade:
    """Run a submission and every check on it.

    Parameters
    ----------
    course : Course
    exercise : Exercise
    submission : Submission
        As intake left it; an invalid one is not run.
    backend : Backend
        From ``grader.sandbox.choose_backend``.
    conditions : Conditions, optional
        Those of the course with this backend by default.
    limits : Limits, optional
        Instead of the exercise's own.
    on_cell : callable, optional
        Progress: called with (number of the code cell, how many there are).

    Returns
    -------
    Grade
        Always; what goes wrong on our side is a ``grader_error`` with our traceback in ``extra["details"]``.
    """
    conditions = conditions or Conditions.on(course, backend)
    if limits is not None:
        exercise = exercise.model_copy(update={"limits": limits})
    blank = Grade(
        student=submission.student,
        exercise_id=exercise.id,
        submission_digest=submission.digest,
        task="",
        outcome=Outcome.GRADER_ERROR,
        points=0.0,
        max_points=exercise.points,
    )
    began = time.monotonic()
    try:
        task = task_digest(submission, exercise, conditions)
        blank = replace(blank, task=task)
        if submission.invalid is not None:
            return replace(blank, outcome=Outcome.INVALID, message=submission.invalid)
        if missing := missing_packages(exercise):
            message = MISSING_PACKAGES_MESSAGE.format(packages=", ".join(missing))
            return replace(blank, outcome=Outcome.SKIPPED, message=message, extra={"missing": list(missing)})
        try:
            return _run_and_check(course, exercise, submission, blank, backend, conditions.of(exercise), on_cell)
        except SandboxLost:  # a template died, and its forks with it; there will be another
            return _run_and_check(course, exercise, submission, blank, backend, conditions.of(exercise), on_cell)
    except Exception:  # whatever breaks on our side must cost neither the batch nor the student
        return replace(
            blank,
            message=GRADER_ERROR_MESSAGE,
            seconds=time.monotonic() - began,
            grader_seconds=time.monotonic() - began,
            extra={"details": traceback.format_exc()},
        )


def missing_packages(exercise: Exercise) -> tuple[str, ...]:
    """Names to install of the packages that the exercise needs and this machine lacks."""
    absent = [name for name in exercise.requires if importlib.util.find_spec(name) is None]
    return tuple(dict.fromkeys(_INSTALL_NAMES.get(name, name) for name in absent))


def judge(run: Run, verdicts: Sequence[Verdict]) -> tuple[Outcome, Text]:
    """The outcome of a whole submission and the sentence that goes with it, from its run and verdicts."""
    if any(verdict.outcome is Outcome.GRADER_ERROR for verdict in verdicts):
        return Outcome.GRADER_ERROR, GRADER_ERROR_MESSAGE
    points = math.fsum(min(verdict.points, verdict.max_points) for verdict in verdicts)  # no bonus makes up for a loss
    most = math.fsum(verdict.max_points for verdict in verdicts)
    if verdicts and points >= most - 1e-9:
        return Outcome.PASSED, run.message
    if points > 0:
        return Outcome.PARTIAL, run.message
    if run.outcome is not Outcome.PASSED and not _stopped_at_a_stub(run):
        return run.outcome, run.message
    # The cells ran, but every answer to a check ended the same way: a loop inside the function, for example.
    faults = {verdict.outcome for verdict in verdicts} - {Outcome.SKIPPED}
    if len(faults) == 1 and (only := faults.pop()) not in (Outcome.PASSED, Outcome.PARTIAL, Outcome.FAILED):
        return only, run.message
    return Outcome.FAILED, run.message


def _stopped_at_a_stub(run: Run) -> bool:
    """Whether the first fault is only that something is not written yet, which is no error of the student's."""
    first = next((cell for cell in run.cells if cell.outcome is not Outcome.PASSED), None)
    return first is not None and first.outcome is Outcome.ERROR and first.error.startswith("NotImplementedError")


def _run_and_check(
    course: Course,
    exercise: Exercise,
    submission: Submission,
    blank: Grade,
    backend: Backend,
    conditions: Conditions,
    on_cell: Callable[[int, int], None] | None,
) -> Grade:
    from grader.checking import run_checks
    from grader.checking.asking.shipped import load_shipped
    from grader.checking.marking import mark, mistakes_of, shows_of
    from grader.datasets.public import public_data
    from grader.references import load_card, open_answers
    from grader.running.learning_curve import learning_curve
    from grader.running.session import open_session

    began = time.monotonic()
    seed = conditions.seed
    course = course.model_copy(update={"profile": conditions.profile})
    card = load_card(exercise, course.profile)
    with ExitStack() as stack:
        data_dir = public_data(course, exercise)
        session = stack.enter_context(
            open_session(
                exercise,
                submission.main,
                submission.extra,
                backend=backend,
                seed=seed,
                data_dir=data_dir,
                on_cell=on_cell,
            )
        )
        mistakes, shows = mistakes_of(exercise), shows_of(load_record(exercise, course.profile))
        live = stack.enter_context(open_answers(course, exercise, backend=backend, seed=seed, shows=shows))
        answers: KnownAnswers = live
        if live.reference is None:  # a student's copy
            answers = shipped = load_shipped(exercise.release_dir)
            mistakes, shows = shipped.mistakes, {}
        verdicts = run_checks(
            exercise,
            session,
            seed=seed,
            reference=live.reference,
            card=card,
            answers=answers,
            visible_only=conditions.visible_only,
            profile=course.profile,
            data_dir=data_dir,
        )
        run = session.finished_run()
        curve = learning_curve(session, exercise.curve)
        if session.lost:
            raise SandboxLost("the template that started the submission's kernel died while it ran")
        waited = session.link.waited if session.link is not None else 0.0
    marked = mark(verdicts, mistakes, shows, once=exercise.charge_once)
    outcome, message = judge(run, marked.verdicts)
    seconds = time.monotonic() - began
    own = math.fsum(cell.seconds for cell in run.cells) + waited
    return replace(
        blank,
        outcome=outcome,
        points=math.fsum(verdict.points for verdict in marked.verdicts),
        max_points=math.fsum(verdict.max_points for verdict in marked.verdicts) if verdicts else exercise.points,
        verdicts=marked.verdicts,
        charges=marked.charges,
        message=message,
        run=run,
        seconds=seconds,
        grader_seconds=max(0.0, seconds - own),
        curve=curve,
        notes=(WITHOUT_GPU_NOTE,) if exercise.gpu and backend.gpu is None else (),
        reference_curve=tuple(card.curve if card is not None else ()),
    )
