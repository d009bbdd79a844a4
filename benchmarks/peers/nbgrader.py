"""nbgrader: a course directory with a source notebook, and one ``nbgrader autograde`` for all students."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.environments import Environment
from benchmarks.peers.tool import Round, WrongGradesError
from benchmarks.spent import run
from benchmarks.workloads import Check, Workload, computing_environment, notebook_of

_ASSIGNMENT = "bench"
_BEGINS, _ENDS = (
    "Creating/updating student",
    "Setting destination file permissions",
)  # what its log says of each student
_CELL_SECONDS = 600  # its own default of 30 is too short for importing TensorFlow on a busy machine


class NbGrader:
    """``nbgrader autograde``, without feedback."""

    name = "nbgrader"

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.version = environment.versions.get("nbgrader", "?")

    def prepare(self, workload: Workload, students: Sequence[str], folder: Path) -> None:
        file = f"{workload.exercise.name}.ipynb"
        _write(folder / "source" / _ASSIGNMENT / file, source_notebook(workload, "instructor"))
        for student in students:
            _write(folder / "submitted" / student / _ASSIGNMENT / file, source_notebook(workload, student))
        self._run(workload, folder, ["generate_assignment", _ASSIGNMENT])  # makes the gradebook

    def grade(self, workload: Workload, folder: Path) -> Round:
        command = ["autograde", _ASSIGNMENT, f"--Execute.timeout={_CELL_SECONDS}"]
        round_ = self._run(workload, folder, command)
        with closing(sqlite3.connect(folder / "gradebook.db")) as book:
            count, points = book.execute("select count(auto_score), sum(auto_score) from grade").fetchone()
        if (
            count != round_.submissions * len(workload.checks)
            or points != round_.submissions * workload.exercise.points
        ):
            most = round_.submissions * workload.exercise.points
            raise WrongGradesError(f"nbgrader gave {points} of {most:g} points in {count} checks to {workload.name}")
        return round_

    def _run(self, workload: Workload, folder: Path, arguments: list[str]) -> Round:
        env = {**self._environment.variables(folder / "home"), **computing_environment(workload.exercise)}
        command = [self._environment.python, "-m", "nbgrader", *arguments]
        spent = run(command, env=env, cwd=folder, begins=_BEGINS, ends=_ENDS)
        return Round(spent, len(list((folder / "submitted").iterdir())))


def source_notebook(workload: Workload, student: str) -> dict[str, Any]:
    """The student's notebook with a locked, graded cell for each check."""
    notebook = notebook_of(workload.exercise, student)
    for number, check in enumerate(workload.checks, start=1):
        notebook["cells"].append(_check_cell(number, check))
    return notebook


def _check_cell(number: int, check: Check) -> dict[str, Any]:
    text = f"{check.imports}\n\n{check.source}\n\n{check.name}(globals())"
    return {
        "cell_type": "code",
        "id": f"check-{number:03d}",
        "metadata": {
            "nbgrader": {
                "schema_version": 3,
                "cell_type": "code",
                "grade": True,
                "grade_id": check.name,
                "locked": True,
                "points": check.points,
                "solution": False,
                "task": False,
            }
        },
        "source": text.splitlines(keepends=True),
        "execution_count": None,
        "outputs": [],
    }


def _write(path: Path, notebook: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), "utf-8")
