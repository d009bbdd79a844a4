"""A new exercise works as it stands: the real reference, starter, mutant and alternate in the real sandbox."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import init_course, load_course, release, write_new_exercise
from grader.references import calibrate, validate
from grader.sandbox import Backend


@pytest.mark.sandbox
@pytest.mark.parametrize("form", ["notebook", "module"])
def test_a_skeleton_passes_validation_as_it_stands(tmp_path: Path, form: str, backend: Backend) -> None:
    root = init_course(tmp_path / "course")
    write_new_exercise(load_course(root), "intro/unit1/first-steps", form)  # type: ignore[arg-type]
    course = load_course(root)
    release(course)
    exercise = course.exercise("first-steps")
    calibrate(course, exercise, backend=backend)
    outcome = validate(course, exercise, backend=backend, seeds=[0])
    assert outcome.problems == ()
    assert [(row.attempt, row.found) for row in outcome.rows if not row.ok] == []
    assert len(outcome.rows) == 4 + 12  # reference, alternate, starter, mutant; adversaries
