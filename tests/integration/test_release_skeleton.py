"""A new exercise works as it stands: the real reference, starter, mutants and alternate in the real sandbox."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.courses import KindChoice
from grader.course import init_course, load_course, release, write_new_exercise
from grader.course.models import Form
from grader.course.skeleton import KINDS, SKELETONS
from grader.datasets.public import provide_data
from grader.errors import GraderError
from grader.proving import validate
from grader.references import calibrate
from grader.references.visible_answers import visible_answers
from grader.sandbox import Backend

ROOT = Path(__file__).parents[2]
ALWAYS = [("function", "notebook")]  # of the others those whose turn it is
CASES = [(kind, form) for kind, forms in KINDS.items() for form in forms[: 2 if kind == "function" else 1]]


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("kind", "form"), [pytest.param(*case, marks=[pytest.mark.slow] * (case not in ALWAYS)) for case in CASES]
)
def test_a_skeleton_passes_validation_as_it_stands(
    tmp_path: Path, kind: str, form: Form, warm_backend: Backend
) -> None:
    if kind == "keras":
        pytest.importorskip("tensorflow")
    root = init_course(tmp_path / "course")
    write_new_exercise(load_course(root), "intro/unit1/first-steps", form, kind)
    course = load_course(root)
    release(course, provide_data=provide_data, provide_answers=lambda each: visible_answers(course, each, warm_backend))
    exercise = course.exercise("first-steps")
    assert exercise.form == form
    calibrate(course, exercise, backend=warm_backend)
    outcome = validate(course, exercise, backend=warm_backend, seeds=[0, 1])
    assert outcome.problems == ()
    assert [(str(row.attempt), row.expected, row.found) for row in outcome.rows if not row.ok] == []
    kinds = [row.attempt.kind for row in outcome.rows]
    assert kinds.count("mutant") >= 2
    assert kinds.count("alternate") >= 1


def test_every_folder_of_templates_can_be_chosen() -> None:
    folders = {path.name for path in SKELETONS.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert folders == set(KINDS) == {kind.value for kind in KindChoice}


@pytest.mark.parametrize(("kind", "form"), [("plot", "module"), ("module", "notebook"), ("sonnet", None)])
def test_what_a_kind_cannot_be_is_refused(tmp_path: Path, kind: str, form: Form | None) -> None:
    course = load_course(init_course(tmp_path / "course"))
    with pytest.raises(GraderError, match=kind):
        write_new_exercise(course, "intro/unit1/first-steps", form, kind)
    assert not (course.root / "solutions/intro").exists()


def test_keras_without_tensorflow_is_written_with_a_note(tmp_path: Path) -> None:
    root = init_course(tmp_path / "course")
    code = "import sys; sys.modules['tensorflow'] = None; from grader.cli import main; main()"
    command = [sys.executable, "-c", code, "new", "exercise", "intro/unit1/net", "--kind", "keras"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "this machine lacks grader[tensorflow]" in done.stdout
    assert load_course(root).exercise("net").requires == ["tensorflow"]
