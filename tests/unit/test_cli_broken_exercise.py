"""A broken exercise.toml stops only its own exercise: every command does the rest, and names it where it is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader.cli.app import app
from grader.course import Course, check_release, init_course, load_course, write_new_exercise
from grader.course.release import release_pages
from grader.errors import CourseError
from tests.support import release_unasked

GOOD, BROKEN = "intro/unit1/good", "intro/unit1/half"
WRONG = r"half/exercise.toml:6: minuets: unknown key; did you mean 'minutes'?"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A released course of two exercises, one of which has been broken since."""
    root = init_course(tmp_path / "course")
    write_new_exercise(load_course(root), GOOD, "module")
    write_new_exercise(load_course(root), BROKEN, "module")
    release_unasked(load_course(root))
    path = root / "solutions" / BROKEN / "exercise.toml"
    path.write_text(path.read_text("utf-8").replace("minutes = 10", "minuets = 10"), "utf-8")
    return load_course(root)


def invoke(course: Course, *arguments: str) -> tuple[int, str]:
    """Exit code and output, without the breaks of a narrow terminal."""
    result = CliRunner().invoke(
        app, [*arguments, "--course", str(course.root)], env={"COLUMNS": "300", "NO_COLOR": "1"}
    )
    return result.exit_code, result.output


def test_a_release_writes_the_rest_and_leaves_what_was_released_of_it(course: Course) -> None:
    exercises = course.root / "exercises"
    before = {path: path.read_bytes() for path in exercises.rglob("*") if path.is_file()}
    spoiled = exercises / GOOD / "good.py"
    spoiled.write_text("", "utf-8")
    code, output = invoke(course, "release")
    assert code == 1 and WRONG in output and "the pages" in output
    assert {path: path.read_bytes() for path in exercises.rglob("*") if path.is_file()} == before


def test_a_release_of_another_exercise_is_not_held_up(course: Course) -> None:
    spoiled = course.root / "exercises" / GOOD / "good.py"
    spoiled.write_text("", "utf-8")
    code, output = invoke(course, "release", GOOD)
    assert code == 0 and WRONG not in output and spoiled.read_bytes()
    assert invoke(course, "release", BROKEN)[0] == 1


def test_a_mutant_that_cannot_be_made_is_named_before_anything_runs(course: Course) -> None:
    path = course.root / "solutions" / GOOD / "exercise.toml"
    mutant = """
[[mutant]]
name = "of the prompt"
replace = [["the mean of those entries", "the sum of those entries"]]
told = { en = "This is the sum: divide it by the count.", ko = "합을 구했어요. 개수로 나누세요." }
"""
    path.write_text(path.read_text("utf-8") + mutant, "utf-8")
    code, output = invoke(course, "release", GOOD)
    assert code == 2 and "of the prompt" in output and "the code of solution.py" in output and "Traceback" not in output


def test_pages_without_it_are_not_written(course: Course) -> None:
    with pytest.raises(CourseError, match="minuets"):
        release_pages(course)


def test_the_check_of_a_release_names_it_after_the_differences_of_the_rest(course: Course) -> None:
    (course.root / "exercises" / GOOD / "good.py").write_text("", "utf-8")
    (course.root / "exercises/old.txt").write_text("", "utf-8")
    found = check_release(course)
    assert [line.split("/course/")[-1].split(": ")[0] for line in found] == [
        f"solutions/{BROKEN}/exercise.toml:6",
        f"exercises/{GOOD}/good.py",
        "exercises/old.txt",
    ]
    code, output = invoke(course, "release", "--check")
    assert code == 1 and WRONG in output and "3 differences; mend what cannot be loaded, then run" in output


def test_validate_looks_at_the_rest(course: Course) -> None:
    code, output = invoke(course, "validate", "--check-records", "--json")
    rows = {row["exercise"]: row for row in json.loads(output)["records"]}
    assert code == 1 and rows.keys() == {GOOD, BROKEN}
    assert WRONG in rows[BROKEN]["why"] and WRONG not in rows[GOOD]["why"]
    assert WRONG not in invoke(course, "validate", "--check-records", GOOD)[1]


@pytest.mark.parametrize(
    "arguments", [("half.py",), ("work.py", "--exercise", BROKEN), (f"exercises/{BROKEN}/mine.py",)]
)
@pytest.mark.parametrize("command", ["grade", "check"])
def test_work_for_it_is_answered_with_what_is_wrong(course: Course, command: str, arguments: tuple[str, ...]) -> None:
    file = course.root / arguments[0]
    file.write_text("x = 1\n", "utf-8")
    code, output = invoke(course, command, str(file), *arguments[1:])
    assert code == 2 and WRONG in output


@pytest.mark.parametrize(
    ("command", "expected"), [(("try", BROKEN, "--starter"), 2), (("demo", BROKEN), 2), (("calibrate", BROKEN), 1)]
)
def test_other_commands_that_ask_for_it_name_it(course: Course, command: tuple[str, ...], expected: int) -> None:
    code, output = invoke(course, *command, "--trust-submissions")
    assert code == expected and WRONG in output


def test_a_student_in_its_folder_reads_what_is_wrong(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.root / "exercises" / BROKEN)
    code, output = invoke(course, "check")
    assert code == 2 and WRONG in output


def test_work_for_another_exercise_is_judged(course: Course) -> None:
    file = course.root / "good.py"
    file.write_text("", "utf-8")
    code, output = invoke(course, "grade", str(file), "--trust-submissions")
    assert code == 2 and "is empty" in output and WRONG not in output  # not judged, by its own fault


def test_a_class_is_graded_without_it(course: Course, tmp_path: Path) -> None:
    for student, names in {"kim": ["good.py", "half.py"], "lee": ["good.py"]}.items():
        for name in names:
            (tmp_path / "class" / student).mkdir(parents=True, exist_ok=True)
            (tmp_path / "class" / student / name).write_text("", "utf-8")
    arguments = ("--trust-submissions", "--workers", "1", "--out", str(tmp_path / "out"))
    code, output = invoke(course, "batch", str(tmp_path / "class"), *arguments)
    assert code == 1 and WRONG in output and f"kim: half.py is not graded, since {BROKEN} cannot be loaded" in output
    grades = json.loads((tmp_path / "out/grades.json").read_text("utf-8"))["grades"]
    assert {(grade["student"], grade["exercise"]) for grade in grades} == {("kim", GOOD), ("lee", GOOD)}
    (tmp_path / "class/kim/half.py").unlink()
    code, output = invoke(course, "batch", str(tmp_path / "class"), *arguments)
    assert code == 0 and WRONG not in output


def test_a_class_that_handed_in_nothing_else_gets_the_error(course: Course, tmp_path: Path) -> None:
    (tmp_path / "class/kim").mkdir(parents=True)
    (tmp_path / "class/kim/half.py").write_text("x = 1\n", "utf-8")
    code, output = invoke(course, "batch", str(tmp_path / "class"), "--out", str(tmp_path / "out"))
    assert code == 2 and WRONG in output


def test_the_doctor_counts_what_loads_and_names_the_rest(course: Course) -> None:
    code, output = invoke(course, "doctor", "--json")
    findings = [finding for finding in json.loads(output) if finding["topic"] in ("course", "exercise")]
    assert code == 1 and [finding["state"] for finding in findings] == ["ok", "missing"]
    assert "1 exercises" in findings[0]["found"] and WRONG in findings[1]["found"]


def test_a_new_exercise_can_be_written_beside_it(course: Course) -> None:
    code, output = invoke(course, "new", "exercise", "intro/unit1/third")
    assert code == 0 and WRONG not in output
