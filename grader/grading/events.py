"""What a batch tells about its progress, to whoever shows it."""

from __future__ import annotations

from dataclasses import dataclass

from grader.grading.grade import Grade
from grader.intake.submission import Submission
from grader.sandbox import Backend


@dataclass(frozen=True)
class Prepared:
    """How the submissions will be started. ``warm`` tells that templates were wanted."""

    backend: Backend
    warm: bool


@dataclass(frozen=True)
class Started:
    """A submission was handed to a worker."""

    submission: Submission


@dataclass(frozen=True)
class Arrived:
    """A grade is known and kept. ``remembered`` tells that it was not run now but known by its digest.

    ``grade`` comes without its executed notebook.
    """

    grade: Grade
    done: int
    total: int
    remembered: bool = False


@dataclass(frozen=True)
class Retried:
    """A worker died over this submission; it is tried once more, alone."""

    submission: Submission


BatchEvent = Prepared | Started | Arrived | Retried


class BatchInterrupted(KeyboardInterrupt):
    """Ctrl-C stopped a batch. ``grades`` are those that are done and kept."""

    def __init__(self, grades: list[Grade], remaining: int) -> None:
        super().__init__(f"stopped; {len(grades)} grades are kept, {remaining} remain")
        self.grades, self.remaining = grades, remaining
