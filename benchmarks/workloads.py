"""What is graded: exercises of the benchmark's own course, handed in by students whose notebooks all differ a little."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course import build_reference, load_course
from grader.course.check_discovery import find_checks
from grader.course.models import Course, Exercise
from grader.sandbox.box import Box, environment

COURSE = Path(__file__).parent / "course"
PLAIN = "plain_checks.py"  # the checks in the form in which the other tools run them, beside the exercise
_COMPUTING = ("OMP_", "OPENBLAS_", "MKL_", "TF_", "LOKY_", "CUDA_", "PYTHONHASHSEED", "KERAS_BACKEND")


@dataclass(frozen=True)
class Check:
    """One check as the other tools run it.

    Attributes
    ----------
    name : str
    points : float
    imports : str
        What stands above the checks: imports and constants.
    source : str
        A function of the submission's names.
    """

    name: str
    points: float
    imports: str
    source: str


@dataclass(frozen=True)
class Workload:
    """One kind of notebook."""

    name: str
    title: str
    exercise: Exercise

    @property
    def checks(self) -> list[Check]:
        return plain_checks(self.exercise)


TITLES = {
    "trivial": "trivial NumPy",
    "scikit-learn": "NumPy, pandas, scikit-learn",
    "tensorflow-import": "imports TensorFlow too",
    "keras-training": "small Keras training",
}


def load_workloads() -> tuple[Course, dict[str, Workload]]:
    """The benchmark's course and its workloads by name, cheapest first."""
    course = load_course(COURSE)
    return course, {name: Workload(name, title, course.exercises[f"bench/{name}"]) for name, title in TITLES.items()}


def notebook_of(exercise: Exercise, student: str) -> dict[str, Any]:
    """The reference as a student's own notebook: a comment makes it different from all others."""
    notebook: dict[str, Any] = json.loads(build_reference(exercise))
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["source"] = [f"# handed in by {student}\n", *first["source"]]
    return notebook


def students(count: int) -> list[str]:
    """Names of so many students."""
    return [f"student{number:04d}" for number in range(1, count + 1)]


def plain_checks(exercise: Exercise) -> list[Check]:
    """The checks of an exercise for tools that run them in the submission's own process.

    Raises
    ------
    ValueError
        They are not the same, in number, name and order, as those that the grader runs.
    """
    path = exercise.source_dir / PLAIN
    text = path.read_text("utf-8")
    body = ast.parse(text, filename=str(path)).body[1:]  # after the docstring
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    above = "\n".join(ast.unparse(node) for node in body if not isinstance(node, ast.FunctionDef))
    ours = list(find_checks(exercise.source_dir))
    names = [function.name for function in functions]
    if names != ours:
        raise ValueError(f"{path}: the checks are {', '.join(names)}; the test files have {', '.join(ours)}")
    points = exercise.points / len(names)
    return [Check(function.name, points, above, ast.unparse(function)) for function in functions]


def computing_environment(exercise: Exercise) -> dict[str, str]:
    """The variables that decide how fast a student's own code computes (threads, above all), as in our sandboxes."""
    return {name: value for name, value in environment(Box(exercise.limits)).items() if name.startswith(_COMPUTING)}
