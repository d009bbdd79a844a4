"""The grader: a folder with a notebook per student, graded by a batch in a process of its own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.tool import Round, WrongGradesError
from benchmarks.spent import Group, run
from benchmarks.workloads import Workload, notebook_of
from grader import __version__

ROOT = Path(__file__).parents[2]
BEGINS, ENDS = "grading begins", "graded"


class Ours:
    """``grade_batch`` into a gradebook on disk, from the folder to the last grade.

    Parameters
    ----------
    workers : int
    """

    version = __version__

    def __init__(self, workers: int = 1) -> None:
        self.workers = workers
        self.name = "grader" if workers == 1 else f"grader x{workers}"

    def prepare(self, workload: Workload, students: Sequence[str], folder: Path) -> None:
        for student in students:
            path = folder / "submitted" / f"{student}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(notebook_of(workload.exercise, student)), "utf-8")

    def grade(self, workload: Workload, folder: Path, *, memory_every: int = 0, group: Group | None = None) -> Round:
        """As for every tool.

        Parameters
        ----------
        memory_every : int
            Note the memory of the grader's own processes after so many grades; 0 for never.
        group : Group, optional
            What the batch is charged to, where somebody wants to look at its members.
        """
        command = [sys.executable, "-m", "benchmarks.batch", str(folder), workload.exercise.id]
        command += [str(self.workers), str(memory_every)]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        spent = run(command, env=env, cwd=ROOT, begins=BEGINS, ends=ENDS, group=group)
        details = json.loads((folder / "details.json").read_text("utf-8"))
        wrong = [each for each in details["grades"] if each["outcome"] != "passed"]
        if wrong:
            first = wrong[0]
            raise WrongGradesError(
                f"the grader judged {len(wrong)} references of {workload.name} as {first['outcome']}: {first['why']}"
            )
        return Round(spent, len(details["grades"]), details)
