"""Generated mutants: which lines they change, what they make of them, and that they are the same every time."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.course import init_course, load_course, write_new_exercise
from grader.course.models import Exercise, Harmless
from grader.proving.mutation import build_mutation, mutations
from grader.proving.operators import changes

SOLUTION = '''# %% [markdown] lang="en"
# Write it.

# %%
import numpy as np

GIVEN = 3 + 4

# %%
def scores(X, limit=0.5):
    """Says 1 + 1."""
    # SOLUTION
    가운데 = X.mean(axis=0) + 1; total = 0
    for row in range(10):
        if row < limit and row > 2:
            total += row
    return 가운데[1:5] * total
    # END SOLUTION
'''


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    root = init_course(tmp_path / "course")
    folder = write_new_exercise(load_course(root), "intro/unit1/scores", "module")
    (folder / "solution.py").write_text(SOLUTION, "utf-8")
    toml = folder / "exercise.toml"
    toml.write_text(toml.read_text("utf-8").partition("[[mutant]]")[0], "utf-8")
    return load_course(root).exercise("scores")


def made_of(code: str) -> set[str]:
    """What the rules make of the nodes of a code."""
    return {f"{change.operator}: {change.new}" for change in changes(ast.parse(code))}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x.sum(axis=0)", "swaps axis 0 and 1: x.sum(axis=1)"),
        ("x.sum(axis=0)", "leaves out axis: x.sum()"),
        ("x.sum(axis=0)", "mean for sum: x.mean(axis=0)"),
        ("x.std()", "ddof 1 for 0: x.std(ddof=1)"),
        ("a + b", "drops an added term: a"),
        ("a + b", "another operation: (a - b)"),
        ("a * b", "another operation: (a / b)"),
        ("a < b", "another comparison: (a <= b)"),
        ("a and b", "and for or, or for and: (a or b)"),
        ("range(n)", "a range one too short: range(n - 1)"),
        ("x[:n]", "a slice one too short: x[:n - 1]"),
        ("f(a, b)", "exchanges arguments: f(b, a)"),
        ("f(a, random_state=3)", "leaves out random_state: f(a)"),
        ("scaler.fit_transform(X)", "fit for fit_transform: scaler.fit(X)"),
        ("-a", "drops a sign: a"),
        ("x = 7", "a constant one too large: 8"),
        ("x = 7", "leaves out a statement: pass"),
        ("if a: b()", "condition negated: (not (a))"),
        ("def f():\n    return a", "returns nothing: return None"),
    ],
)
def test_each_rule_makes_its_mistake(code: str, expected: str) -> None:
    assert expected in made_of(code)


def test_what_does_not_run_is_left_alone() -> None:
    assert made_of("import numpy as np") == set()
    assert made_of('"""Adds 1 + 1."""') == set()
    assert not any("8" in made for made in made_of("def f(x: Literal[7]) -> None: ..."))


def test_only_lines_of_students_change_and_the_rest_stays(exercise: Exercise) -> None:
    found = mutations(exercise)
    assert found
    lines = SOLUTION.split("\n")
    for mutation in found:
        assert lines[mutation.line - 1].strip().startswith(mutation.was.split("\n")[0])
        assert 13 <= mutation.line <= 17
        changed = build_mutation(exercise, mutation.name).decode()
        ast.parse(changed)
        assert "GIVEN = 3 + 4" in changed
        assert mutation.now.split("\n")[0] in changed
    assert any(mutation.now == "가운데 = X.mean(axis=1) + 1; total = 0" for mutation in found)


def test_a_sample_is_the_same_every_time_and_part_of_the_whole(exercise: Exercise) -> None:
    names = [mutation.name for mutation in mutations(exercise, 5)]
    assert len(names) == 5
    assert names == [mutation.name for mutation in mutations(exercise, 5)]
    assert set(names) <= {mutation.name for mutation in mutations(exercise, 9)}


def test_what_is_declared_harmless_is_not_made(exercise: Exercise) -> None:
    gone = mutations(exercise)[0]
    rule = Harmless(was=gone.was, now=f"  {gone.now}", reason="the same for every input")
    left = mutations(exercise.model_copy(update={"harmless": [rule]}))
    assert gone.name not in {mutation.name for mutation in left}
    assert left
