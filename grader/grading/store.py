"""What grading needs of a place that keeps grades; ``grader.gradebook.Gradebook`` is one."""

from __future__ import annotations

from typing import Protocol

from grader.grading.grade import Grade


class GradeStore(Protocol):
    """Keeps grades by task digest."""

    def put(self, grade: Grade) -> None:
        """Keep a grade, committed when this returns."""

    def get(self, task: str) -> Grade | None:
        """Return a grade of that task, whoever's it is, or None."""


class MemoryStore:
    """A store that forgets when the process ends, for a single run without a gradebook."""

    def __init__(self) -> None:
        self._grades: dict[str, Grade] = {}

    def put(self, grade: Grade) -> None:
        self._grades[grade.task] = grade

    def get(self, task: str) -> Grade | None:
        return self._grades.get(task)
