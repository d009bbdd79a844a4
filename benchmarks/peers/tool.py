"""What the benchmark asks of every tool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from benchmarks.spent import Spent
from benchmarks.workloads import Workload


class WrongGradesError(RuntimeError):
    """A tool did not give all points to the reference solution, so that its speed says nothing."""


@dataclass(frozen=True)
class Round:
    """One batch that a tool has graded.

    Attributes
    ----------
    spent : Spent
    submissions : int
    details : dict
        What only this tool can tell.
    """

    spent: Spent
    submissions: int
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def seconds_each(self) -> float:
        """Seconds for one submission, without what the tool does once before the first and after the last."""
        return (self.spent.wall - self.once) / self.submissions

    @property
    def once(self) -> float:
        """Seconds before the first submission and after the last."""
        return self.spent.start + self.spent.end

    @property
    def cpu_each(self) -> float | None:
        """CPU seconds for one submission, counted likewise; None where nobody counts them."""
        spent = self.spent
        if spent.cpu is None or spent.start_cpu is None or spent.end_cpu is None:
            return None
        return (spent.cpu - spent.start_cpu - spent.end_cpu) / self.submissions


class Tool(Protocol):
    """One tool."""

    name: str
    version: str

    def prepare(self, workload: Workload, students: Sequence[str], folder: Path) -> None:
        """Lay out everything that is there before grading begins; not measured."""

    def grade(self, workload: Workload, folder: Path) -> Round:
        """Grade everything in a folder that :meth:`prepare` has laid out, measured; the folder is used up by it.

        Raises
        ------
        CommandFailedError, WrongGradesError
        """
