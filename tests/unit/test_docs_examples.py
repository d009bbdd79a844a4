"""Examples in docstrings and on the pages for authors run, and the pages name what the code has."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grader.checking.band import Band
from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.written.concepts import concept
from grader.checking.plugin import MARKS, CheckPlugin
from grader.course.skeleton import KINDS
from grader.vocabulary import Text

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [DOCS / "authoring.md", *sorted((DOCS / "templates").glob("*.md"))]
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def namespace() -> dict[str, Any]:
    """What an example may use without importing it."""
    return {
        "expect": Expect(),
        "band": {"accuracy": Band("accuracy", "higher", (0.9, 1.0), baseline=0.5, edge=0.75, metric="accuracy")},
        "Expect": Expect,
        "CheckFailed": CheckFailed,
        "Text": Text,
        "np": np,
        "pd": pd,
        "concept": concept,
    }


def docstrings() -> Iterator[tuple[str, str]]:
    """Every public method of Expect, inherited ones too, with its docstring, and the class itself."""
    yield "Expect", inspect.getdoc(Expect) or ""
    for name, member in inspect.getmembers(Expect, callable):
        if not name.startswith("_") and not inspect.isclass(member):
            yield name, inspect.getdoc(member) or ""


EXAMPLES = [
    pytest.param(name, text, id=name) for name, text in docstrings() if doctest.DocTestParser().get_examples(text)
]


class Checker(doctest.OutputChecker):
    """What an example prints matters only where the docstring shows an output."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return not want or super().check_output(want, got, optionflags)


def failures(name: str, text: str) -> str:
    """What goes wrong in the examples of a docstring; as in any doctest they may use the names of its module."""
    module = getattr(inspect.unwrap(getattr(Expect, name, Expect)), "__globals__", {})
    example = doctest.DocTestParser().get_doctest(text, {**module, **namespace()}, name, None, 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(Checker(), optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    result = runner.run(example, out=said.append)  # one that needs a live model is marked +SKIP
    return "".join(said) if result.failed else ""


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_examples_of_expectations_run(name: str, text: str) -> None:
    assert failures(name, text) == ""


def test_an_example_that_is_wrong_is_noticed() -> None:
    assert failures("same", ">>> expect.same(1, 1)\n>>> 1 + 1\n") == ""
    assert "Expected" in failures("same", ">>> 1 + 1\n3\n")
    assert "CheckFailed" in failures("same", ">>> expect.same(1, 2)\n")


def test_every_expectation_says_what_it_demands() -> None:
    assert [name for name, text in docstrings() if not text.strip()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_python_on_the_pages_for_authors_runs(page: Path) -> None:
    blocks = _PYTHON.findall(page.read_text("utf-8"))
    if blocks:  # in a process of its own: the marks of checks are none of this test suite's
        code = "\n".join(["from grader.checking.expect import Expect\nexpect = Expect()", *blocks])
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
        assert done.returncode == 0, done.stderr


def test_the_pages_name_all_marks_kinds_and_fixtures() -> None:
    marks = (DOCS / "reference/marks.md").read_text("utf-8")
    assert {mark for mark in MARKS if f"`{mark}(" not in marks} == set()
    guide = (DOCS / "authoring.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z-]+)` \|", guide, re.MULTILINE)) == set(KINDS)
    fixtures = (DOCS / "reference/fixtures.md").read_text("utf-8")
    made = {name for name, member in vars(CheckPlugin).items() if "Fixture" in type(member).__name__}
    assert made
    assert {name for name in made if f"## `{name}`\n" not in fixtures} == set()


@pytest.mark.skipif(find_spec("mkdocs") is None, reason="mkdocs is not installed: pip install 'grader[docs]'")
@pytest.mark.slow
def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "site/reference/expectations.html").read_text("utf-8")
    assert [name for name, _ in docstrings() if f'id="expect{name}"' not in page and name != "Expect"] == []


def test_what_builds_the_site_can_be_installed() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert any(line.startswith("mkdocs>") for line in extras["docs"])


def test_the_reference_imports_what_checks_may_import() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs" / "reference").glob("*.md"))
    assert not [
        line for line in re.findall(r"(?:from|import) grader[\w.]*", pages) if line.split()[1] != "grader.checks"
    ]
