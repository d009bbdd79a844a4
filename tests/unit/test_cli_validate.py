"""Which exercises a change touches, told by git; and how a proof is shown."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from rich.console import Console

from grader.cli.proof_tables import show_proof
from grader.cli.validate import _choose, changed_exercises
from grader.course import init_course, load_course, write_new_exercise
from grader.course.models import Course, Exercise
from grader.course.proof_record import save_record
from grader.errors import GraderError
from grader.proving import Row, Validation
from grader.proving.attempts import Attempt
from grader.proving.budget import Choice
from grader.proving.records import record_of
from grader.proving.validate import plan
from grader.vocabulary import Outcome


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    init_course(tmp_path / "course")
    empty = load_course(tmp_path / "course")
    write_new_exercise(empty, "intro/unit1/first-steps", "module")
    write_new_exercise(empty, "intro/unit1/second", "notebook")
    git(empty.root, "init", "-q")
    git(empty.root, "add", ".")
    git(empty.root, "commit", "-q", "-m", "begin")
    return load_course(empty.root)


def test_nothing_is_touched_by_nothing(course: Course) -> None:
    assert changed_exercises(course, "HEAD") == set()


@pytest.mark.parametrize(
    "path", ["solutions/intro/unit1/second/test_hidden.py", "solutions/intro/unit1/second/alternates/new.py",
             "exercises/intro/unit1/second/x", "reference_models/intro/unit1/second.json",
             "reference_models/intro/unit1/second.proof.json"],
)  # fmt: skip
def test_source_release_and_card_belong_to_their_exercise(course: Course, path: str) -> None:
    (course.root / path).parent.mkdir(parents=True, exist_ok=True)
    (course.root / path).write_text("# changed\n")
    assert changed_exercises(course, "HEAD") == {"intro/unit1/second"}


def test_a_committed_change_counts_from_the_revision(course: Course) -> None:
    (course.root / "solutions/intro/unit1/first_steps/solution.py").write_text("# %%\nx = 1\n")
    git(course.root, "commit", "-q", "-a", "-m", "change")
    assert changed_exercises(course, "HEAD") == set()
    assert changed_exercises(course, "HEAD~1") == {"intro/unit1/first-steps"}


def test_an_unknown_revision_is_named(course: Course) -> None:
    with pytest.raises(GraderError, match="nowhere"):
        changed_exercises(course, "nowhere")


def chosen(course: Course) -> Choice:
    exercises = list(course.exercises.values())
    return _choose(course, exercises, 5, 2, "draw", set(), range(5), 3)


def proved(exercise: Exercise, generated: list[Attempt]) -> list[Row]:
    return [
        Row(attempt, True, "", "", 6.0, 6.0, 2.0, outcome=Outcome.PASSED)
        for attempt in [*plan(exercise, range(5)), *generated]
    ]


def test_a_budget_takes_generated_mutants_from_records_and_makes_those_of_changed_exercises(course: Course) -> None:
    first, second = course.exercises.values()
    listed = [Attempt("mutation", "0a1b", 0), plan(first, range(5), 1)[-1]]
    record = record_of(course, first, range(5), proved(first, listed))

    def mutations(exercise: Exercise) -> list[Attempt]:
        return [each for key, each in chosen(course).jobs if key == exercise.id and each.kind == "mutation"]

    save_record(first, "small", record)
    assert sorted(mutations(first), key=str) == sorted(listed, key=str)
    assert [each for key, each in chosen(course).jobs if key == second.id] == plan(second, range(5), 3)
    save_record(first, "small", record.model_copy(update={"grader": "other"}))
    assert mutations(first) == listed[1:]  # another grader may not make them all


def shown(validation: Validation) -> str:
    screen = Console(file=io.StringIO(), width=160)
    show_proof(screen, validation)
    assert isinstance(screen.file, io.StringIO)
    return screen.file.getvalue()


def wrong(name: str, found: str) -> Row:
    return Row(Attempt("mutant", name, 0), False, "fails test_a", found, 0.0, 5.0, 1.0)


def test_findings_that_are_the_same_share_a_row() -> None:
    rows = [*(wrong(f"m{n}", "test_b broke: NameError") for n in range(6)), wrong("other", "fails nothing")]
    text = shown(Validation("t/one", tuple(rows), (), 7.0))
    assert text.count("NameError") == 1
    assert "m0, seed 0" in text and "and 2 more" in text
    assert "fails nothing" in text


def test_a_sample_does_not_read_as_a_proof() -> None:
    right = Row(Attempt("reference", "", 0), True, "all", "all", 5.0, 5.0, 1.0)
    assert "t/one: proved" in shown(Validation("t/one", (right,), (), 1.0))
    assert "1 attempts as they should be" in shown(Validation("t/one", (right,), (), 1.0, unfinished=3, whole=False))
