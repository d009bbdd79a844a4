"""Otter: a generated ``autograder.zip`` and a folder of notebooks.

``otter grade`` needs Docker and installs an environment into an image; without containers there are ``otter run``, a
process for each submission, and the function behind it, which one process can call for many submissions.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from benchmarks.environments import Environment
from benchmarks.peers.tool import Round, WrongGradesError
from benchmarks.spent import run
from benchmarks.workloads import Check, Workload, computing_environment, notebook_of

_TEST_FILE = """\
from otter.test_files import test_case

OK_FORMAT = False

name = {name!r}
points = {points!r}

{imports}


@test_case()
{source}
"""
_RUN = """\
for notebook in submissions/*.ipynb; do
  out="results/$(basename "$notebook" .ipynb)"
  mkdir -p "$out"
  "$1" -m otter run --no-logo -a autograder.zip -o "$out" "$notebook" || exit 1
done
"""
_CALL = """\
import json, pathlib
from otter.api import grade_submission
print("grading begins", flush=True)
for notebook in sorted(pathlib.Path("submissions").glob("*.ipynb")):
    results = grade_submission(str(notebook), ag_path="autograder.zip", quiet=True)
    folder = pathlib.Path("results") / notebook.stem
    folder.mkdir(parents=True)
    (folder / "results.json").write_text(json.dumps({"tests": [{"score": results.total}]}))
    print("graded", flush=True)
"""


class Otter:
    """Otter without containers.

    Parameters
    ----------
    how : {"run", "api"}
        ``otter run`` for each submission, or one process that calls ``otter.api.grade_submission``.
    """

    def __init__(self, environment: Environment, how: Literal["run", "api"] = "run") -> None:
        self._environment, self._how = environment, how
        self.name = "otter" if how == "run" else "otter-api"
        self.version = environment.versions.get("otter-grader", "?")

    def prepare(self, workload: Workload, students: Sequence[str], folder: Path) -> None:
        (folder / "tests").mkdir(parents=True)
        (folder / "submissions").mkdir()
        for check in workload.checks:
            (folder / "tests" / f"{check.name}.py").write_text(test_file(check), "utf-8")
        for student in students:
            notebook = json.dumps(notebook_of(workload.exercise, student))
            (folder / "submissions" / f"{student}.ipynb").write_text(notebook, "utf-8")
        options = ["--no-config", "--no-requirements", "--no-environment", "-o", "autograder.zip"]
        self._run(workload, folder, [self._environment.python, "-m", "otter", "generate", "-t", "tests", *options])

    def grade(self, workload: Workload, folder: Path) -> Round:
        if self._how == "run":
            round_ = self._run(workload, folder, ["sh", "-c", _RUN, "sh", self._environment.python])
        else:
            round_ = self._run(workload, folder, [self._environment.python, "-c", _CALL])
        points = [
            sum(test.get("score", 0.0) for test in json.loads(path.read_text("utf-8"))["tests"])
            for path in sorted((folder / "results").glob("*/results.json"))
        ]
        if len(points) != round_.submissions or any(abs(p - workload.exercise.points) > 1e-6 for p in points):
            raise WrongGradesError(f"Otter gave {points} points to {round_.submissions} references of {workload.name}")
        return round_

    def _run(self, workload: Workload, folder: Path, command: list[str]) -> Round:
        env = {**self._environment.variables(folder / "home"), **computing_environment(workload.exercise)}
        begins, ends = ("grading begins", "graded") if self._how == "api" else (None, None)
        spent = run(command, env=env, cwd=folder, begins=begins, ends=ends)
        return Round(spent, len(list((folder / "submissions").iterdir())))


def test_file(check: Check) -> str:
    """A check as a file of Otter's exception-based tests."""
    return _TEST_FILE.format(name=check.name, points=check.points, imports=check.imports, source=check.source)
