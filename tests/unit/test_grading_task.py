"""A task is known by everything that decides its grade, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course import init_course, load_course, write_new_exercise
from grader.course.models import Exercise
from grader.grading.task import environment_digest, task_digest
from grader.intake.submission import Submission

WORK = Submission("kim", "intro/first", b"x = 1", "0" * 64)


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    init_course(tmp_path / "c")
    write_new_exercise(load_course(tmp_path / "c"), "intro/first", "module")
    return load_course(tmp_path / "c").exercise("intro/first")


def digest(exercise: Exercise, work: Submission = WORK, seed: int = 0, visible_only: bool = False) -> str:
    return task_digest(work, exercise, profile="small", seed=seed, visible_only=visible_only, backend="sandbox")


def test_the_students_name_does_not_matter(exercise: Exercise) -> None:
    assert digest(exercise) == digest(exercise, replace(WORK, student="lee"))


def test_work_seed_and_kind_of_checking_matter(exercise: Exercise) -> None:
    others = {
        digest(exercise),
        digest(exercise, replace(WORK, digest="1" * 64)),
        digest(exercise, seed=1),
        digest(exercise, visible_only=True),
        digest(exercise.model_copy(update={"limits": exercise.limits.model_copy(update={"cell_seconds": 1})})),
    }
    assert len(others) == 5


@pytest.mark.parametrize(
    "change",
    [
        lambda e: (e.source_dir / "test_hidden.py").write_text("# other checks\n"),
        lambda e: (e.source_dir / "hidden.py").write_text("# other data\n"),
        lambda e: (e.card_path.parent.mkdir(parents=True, exist_ok=True), e.card_path.write_text("{}")),
    ],
)
def test_checks_hidden_data_and_card_matter(exercise: Exercise, change: Callable[[Exercise], object]) -> None:
    before = digest(exercise)
    change(exercise)
    assert digest(exercise) != before


def test_compiled_files_do_not_matter(exercise: Exercise) -> None:
    before = digest(exercise)
    (exercise.source_dir / "__pycache__").mkdir()
    (exercise.source_dir / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert digest(exercise) == before
    assert len(environment_digest()) == 64
