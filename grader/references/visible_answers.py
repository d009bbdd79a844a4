"""Asks the reference and the known mistakes all that visible checks ask, for students who have neither."""

from __future__ import annotations

from typing import Any

from grader.checking import run_checks
from grader.checking.asking.shipped import RecordingAnswers, shipped_document
from grader.course import build_reference
from grader.course.models import Course, Exercise
from grader.datasets.public import public_data
from grader.errors import GraderError
from grader.references.reference_session import open_answers
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.vocabulary import Outcome


def visible_answers(course: Course, exercise: Exercise, backend: Backend) -> dict[str, Any]:
    """What ``answers.json`` holds of an exercise, in the small profile under seed 0.

    Raises
    ------
    GraderError
        A visible check does not pass with the reference, or a mutant cannot be made.
    """
    for mutant in exercise.mutant:
        build_reference(exercise, mutant=mutant.name)  # one that cannot be made is named before anything runs
    course = course.model_copy(update={"profile": "small"})
    data_dir = public_data(course, exercise)
    with (
        open_session(exercise, build_reference(exercise), backend=backend, seed=0, data_dir=data_dir) as session,
        open_answers(course, exercise, backend=backend, seed=0) as live,
    ):
        answers = RecordingAnswers(live)
        verdicts = run_checks(
            exercise,
            session,
            seed=0,
            reference=live.reference,
            card=None,
            answers=answers,
            visible_only=True,
            data_dir=data_dir,
        )
    for verdict in verdicts:
        if verdict.outcome is not Outcome.PASSED:
            raise GraderError(
                f"{exercise.source_dir / 'test_visible.py'}: {verdict.check} does not pass with the reference, so that nothing "
                f"can be released for it: {' '.join(text.en for text in verdict.feedback)} {verdict.details}"
            )
    return shipped_document(exercise, answers)
