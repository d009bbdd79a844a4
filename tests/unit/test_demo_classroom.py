"""The demo class is the same every time, covers every exercise from both sides, and the comparison sees differences."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from grader.checking.verdict import Verdict
from grader.course import load_course
from grader.course.models import Course
from grader.demo.classroom import EMPTY, Expected, build_class, compare, failing_checks
from grader.grading.grade import Grade
from grader.intake import read_class
from grader.vocabulary import Outcome, Text

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


@pytest.fixture(scope="module")
def built(course: Course, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Expected]]:
    out = tmp_path_factory.mktemp("demo")
    return out, build_class(course, out)


def contents(out: Path) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_the_class_is_the_same_every_time(course: Course, built: tuple[Path, list[Expected]], tmp_path: Path) -> None:
    assert build_class(course, tmp_path) == built[1]
    assert contents(tmp_path) == contents(built[0])


def test_there_are_at_least_24_students_with_hostile_and_korean_names(built: tuple[Path, list[Expected]]) -> None:
    names = {item.student for item in built[1]}
    assert len(names | {EMPTY}) >= 24
    assert {"<script>", "=cmd|x", "김하늘"} <= names


def test_every_exercise_gets_a_right_and_a_wrong_submission(course: Course, built: tuple[Path, list[Expected]]) -> None:
    for exercise_id in course.exercises:
        works = {item.work for item in built[1] if item.exercise_id == exercise_id}
        assert "reference" in works
        assert any(work.startswith("mutant") for work in works)


def test_intake_reads_back_what_is_expected(course: Course, built: tuple[Path, list[Expected]]) -> None:
    out, expected = built
    found = {(s.student, s.exercise_id): s for s in read_class(out / "submissions", course).submissions}
    for item in expected:
        invalid = found[item.student, item.exercise_id].invalid
        assert (invalid is not None) == (item.outcomes == (Outcome.INVALID,)), item
    assert any(zipfile.is_zipfile(path) for path in (out / "submissions").glob("*.zip"))


def test_expectations_are_written_down(built: tuple[Path, list[Expected]]) -> None:
    written = json.loads((built[0] / "expected.json").read_text("utf-8"))
    assert written == [item.to_json() for item in built[1]]


def a_grade(outcome: Outcome, **checks: Outcome) -> Grade:
    verdicts = tuple(Verdict(name, Text(name), result, 0, 1, True) for name, result in checks.items())
    return Grade("kim", "t/one", "", "", outcome, 0, 1, verdicts)


def test_the_comparison_sees_every_kind_of_difference() -> None:
    expected = Expected("kim", "t/one", "mutant: x", (Outcome.FAILED,), frozenset({"test_a"}))
    good = a_grade(Outcome.FAILED, test_a=Outcome.FAILED, test_b=Outcome.SKIPPED)
    assert compare([expected], [good]) == []
    assert "expected failed, found partial" in compare([expected], [a_grade(Outcome.PARTIAL, test_a=Outcome.ERROR)])[0]
    (other,) = compare([expected], [a_grade(Outcome.FAILED, test_b=Outcome.FAILED)])
    assert "expected failing checks test_a, found test_b" in other
    assert "was not graded" in compare([expected], [])[0]
    assert "never handed in" in compare([], [good])[0]


def test_cases_of_a_check_count_as_one() -> None:
    grade = a_grade(Outcome.FAILED, **{"test_a[x]": Outcome.FAILED, "test_a[y]": Outcome.PASSED})
    assert failing_checks(grade) == {"test_a"}
