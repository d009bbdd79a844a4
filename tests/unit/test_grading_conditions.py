"""A task is known by everything that decides its grade, and by nothing else."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import grader
from grader.course import init_course, load_course, write_new_exercise
from grader.course.models import Exercise
from grader.grading.conditions import Conditions, environment_digest, own_code_digest, task_digest
from grader.intake.submission import Submission

WORK = Submission("kim", "intro/first", b"x = 1", "0" * 64)
PACKAGE = Path(grader.__file__).parent
NOT_JUDGING = ("cli", "demo", "reporting")
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__")
DATA_FILES = sorted(
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*")
    if path.is_file() and path.suffix not in (".py", ".pyc") and path.relative_to(PACKAGE).parts[0] not in NOT_JUDGING
)  # fmt: skip


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    init_course(tmp_path / "c")
    write_new_exercise(load_course(tmp_path / "c"), "intro/first", "module")
    return load_course(tmp_path / "c").exercise("intro/first")


def digest(exercise: Exercise, work: Submission = WORK, conditions: Conditions = Conditions()) -> str:  # noqa: B008
    return task_digest(work, exercise, conditions)


def test_the_students_name_does_not_matter(exercise: Exercise) -> None:
    assert digest(exercise) == digest(exercise, replace(WORK, student="lee"))


def test_work_and_every_condition_matter(exercise: Exercise) -> None:
    others = {
        digest(exercise),
        digest(exercise, replace(WORK, digest="1" * 64)),
        digest(exercise, conditions=Conditions(seed=1)),
        digest(exercise, conditions=Conditions(profile="full")),
        digest(exercise, conditions=Conditions(visible_only=True)),
        digest(exercise, conditions=Conditions(backend="none")),
        digest(exercise.model_copy(update={"gpu": True}), conditions=Conditions(gpu=True)),
        digest(exercise.model_copy(update={"gpu": True})),
        digest(exercise.model_copy(update={"limits": exercise.limits.model_copy(update={"cell_seconds": 1})})),
    }
    assert len(others) == 9


def test_a_gpu_matters_only_to_exercises_that_ask_for_one(exercise: Exercise) -> None:
    assert digest(exercise) == digest(exercise, conditions=Conditions(gpu=True))
    wanting = exercise.model_copy(update={"gpu": True})
    assert Conditions(profile="full").of(wanting).profile == "small"
    assert Conditions(profile="full", gpu=True).of(wanting).profile == "full"
    assert Conditions(profile="full").of(exercise).profile == "full"


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


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("code") / "grader"
    shutil.copytree(PACKAGE, target, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def moves(copy: Path, path: Path) -> bool:
    """Whether one more byte in a file moves the digest."""
    own_code_digest.cache_clear()
    before, content = own_code_digest(copy), path.read_bytes()
    path.write_bytes(content + b"\n")
    own_code_digest.cache_clear()
    try:
        return own_code_digest(copy) != before
    finally:
        path.write_bytes(content)


@pytest.mark.parametrize("room", ROOMS)
def test_a_byte_in_any_package_that_judges_moves_the_digest(copy: Path, room: str) -> None:
    path = next(path for path in sorted((copy / room).rglob("*.py")))
    assert moves(copy, path) is (room not in NOT_JUDGING)


@pytest.mark.parametrize("name", [*DATA_FILES, "__init__.py", "vocabulary.py", "errors.py"])
def test_a_byte_in_any_data_file_moves_the_digest(copy: Path, name: str) -> None:
    assert moves(copy, copy / name)


def test_a_new_file_moves_the_digest_and_a_compiled_one_does_not(copy: Path) -> None:
    own_code_digest.cache_clear()
    before = own_code_digest(copy)
    (copy / "metrics" / "__pycache__").mkdir(exist_ok=True)
    (copy / "metrics" / "__pycache__" / "x.cpython-311.pyc").write_bytes(b"x")
    own_code_digest.cache_clear()
    assert own_code_digest(copy) == before
    new = copy / "metrics" / "another.py"
    new.write_text("")
    own_code_digest.cache_clear()
    assert own_code_digest(copy) != before
    new.unlink()


def test_the_digest_of_code_and_packages_is_the_same_within_a_process() -> None:
    assert len(environment_digest()) == 64
    assert environment_digest() == environment_digest()
