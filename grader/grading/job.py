"""What a worker of a batch does: grade the submissions that it is handed, and say what came of each as JSON."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from grader.grading.conditions import Conditions
from grader.intake.submission import Submission
from grader.sandbox import Backend, Slot

# What grading imports when it is first needed: half a second that the first submission would wait for.
IMPORTS = (
    "pandas",
    "grader.checking.plugin",
    "grader.checking.runner",
    "grader.references.reference_session",
    "grader.running.session",
    "grader.grading.grade_one",
)


@dataclass
class GradeSubmissions:
    """See `grader.workers.Job`.

    Attributes
    ----------
    exercises : tuple of str
        Ids; the others of the course are not loaded.
    gpu : Slot or None
        This worker's own.
    """

    course_root: str
    exercises: tuple[str, ...]
    backend: Backend
    conditions: Conditions
    gpu: Slot | None = None

    def begin(self) -> Callable[[Submission], bytes]:
        """Load the course."""
        from grader.course import load_course
        from grader.grading.grade import GRADE
        from grader.grading.grade_one import grade

        course = load_course(Path(self.course_root), self.exercises)
        course = course.model_copy(update={"profile": self.conditions.profile})
        self.backend.gpu = self.gpu

        def do(submission: Submission) -> bytes:
            exercise = course.exercise(submission.exercise_id)
            result = grade(course, exercise, submission, backend=self.backend, conditions=self.conditions)
            return GRADE.dumps(result).encode()

        return do
