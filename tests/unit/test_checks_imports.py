"""What the files of exercises import: everything that `grader.checks` promises, cheaply, and nothing else of the grader."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader import checks
from grader.course import init_course, load_course, write_new_exercise
from grader.course.check_discovery import inner_imports
from grader.proving.validate import prove
from grader.sandbox import choose_backend

ROOT = Path(__file__).parents[2]
REMEDY = "an inner module of the grader, which may move; write: from grader.checks import ..."


def test_every_name_for_authors_is_there_and_no_other() -> None:
    for name in checks.__all__:
        assert getattr(checks, name) is not None
    assert checks.__all__ == sorted(checks.__all__)
    with pytest.raises(AttributeError, match="no attribute 'runner'"):
        checks.runner  # noqa: B018


def test_names_loaded_later_are_those_that_editors_and_type_checkers_see() -> None:
    tree = ast.parse(Path(checks.__file__).read_text("utf-8"))
    (guarded,) = (node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in guarded.body
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    assert set(seen) == set(checks._LOADED_LATER)
    for name, (module, attribute) in seen.items():
        assert getattr(checks, name) is getattr(importlib.import_module(module), attribute)


def test_text_and_outcomes_load_no_library() -> None:
    code = "import sys; from grader.checks import CheckFailed, Outcome, SubmissionRaised, Text; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    heavy = {"numpy", "scipy", "pandas", "sklearn", "tensorflow", "keras", "matplotlib", "pydantic", "pytest"}
    assert heavy & set(done.stdout.split()) == set()


def test_the_page_for_authors_names_all_of_them() -> None:
    page = (ROOT / "docs/reference/checks.md").read_text("utf-8")
    named = re.findall(r"^\| `(\w+)", page, re.MULTILINE)
    assert sorted(named) == sorted(checks.__all__)


@pytest.mark.parametrize("folder", ["solutions", "exercises", "reference_models", "grader/course/skeletons"])
def test_the_course_imports_nothing_else(folder: str) -> None:
    assert inner_imports(ROOT / folder) == []


@pytest.mark.parametrize(
    ("line", "module"),
    [
        ("from grader.vocabulary import Text", "grader.vocabulary"),
        ("from grader.checks.inner import Text", "grader.checks.inner"),
        ("from grader import vocabulary as v", "grader.vocabulary"),
        ("import numpy, grader.running.remote as r", "grader.running.remote"),
        ("import grader", "grader"),
        ("def load(): \n    from grader.datasets import load", "grader.datasets"),
    ],
)
def test_an_inner_import_is_named_with_its_line_and_remedy(tmp_path: Path, line: str, module: str) -> None:
    file = tmp_path / "deeper" / "hidden.py"
    file.parent.mkdir()
    file.write_text(f'"""Hidden."""\n\n{line}\n', "utf-8")
    number = 3 + line.count("\n")
    assert inner_imports(tmp_path) == [f"{file}:{number}: imports {module}, {REMEDY}"]


@pytest.mark.parametrize(
    "text",
    [
        "from grader.checks import Text\nimport grader.checks\nfrom grader import checks\n",
        "import graders, numpy.grader\nfrom . import grader\nfrom .grader import vocabulary\n",
        "from grader.vocabulary import (\n",  # not Python: whoever loads it says so
        "x = 'from grader.vocabulary import Text'\n",
    ],
)
def test_other_imports_are_left_alone(tmp_path: Path, text: str) -> None:
    (tmp_path / "test_hidden.py").write_text(text, "utf-8")
    assert inner_imports(tmp_path) == []


def test_a_proof_holds_an_inner_import_against_an_exercise(tmp_path: Path) -> None:
    root = init_course(tmp_path / "course")
    write_new_exercise(load_course(root), "intro/unit1/first-steps", kind="function")
    course = load_course(root)
    (exercise,) = course.exercises.values()

    def problems() -> list[str]:
        (proof,) = prove(course, [exercise], backend=choose_backend(trust=True), only=[])
        return [line for line in proof.problems if REMEDY in line]

    assert problems() == []
    hidden = exercise.source_dir / "test_hidden.py"
    hidden.write_text("from grader.vocabulary import Text\n" + hidden.read_text("utf-8"), "utf-8")
    assert problems() == [f"{hidden}:1: imports grader.vocabulary, {REMEDY}"]
