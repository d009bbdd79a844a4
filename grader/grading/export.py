"""What a graded class is handed on as: ``grades.json`` (documented in docs/grades-json.md) and ``grades.csv``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

from grader import __version__
from grader.course.models import Course
from grader.errors import GraderError
from grader.files import write_whole
from grader.grading.grade import Grade
from grader.grading.serialize import grade_from_json, grade_to_json, plain

SCHEMA_VERSION = 1

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

# Outcomes that say nothing about the student's work: their cell shows the word, never a number that looks like a zero.


def grades_document(course: Course, grades: Sequence[Grade], *, created: datetime | None = None) -> dict[str, Any]:
    """Build the ``grades.json`` document.

    Parameters
    ----------
    course : Course
    grades : sequence of Grade
        At most one per student and exercise.
    created : datetime, optional
        Time to write into the document; now (UTC) by default.
    """
    moment = (created or datetime.now(UTC)).astimezone(UTC)
    return {
        "schema_version": SCHEMA_VERSION,
        "grader_version": __version__,
        "created": moment.isoformat(timespec="seconds"),
        "course": {
            "name": course.name,
            "title": {"en": course.title.en, "ko": course.title.ko},
            "exercises": [
                {
                    "id": exercise.id,
                    "title": {"en": exercise.title.en, "ko": exercise.title.ko},
                    "points": exercise.points,
                }
                for exercise in (course.exercises[key] for key in exercise_columns(course, grades))
            ],
        },
        "students": [
            plain({"student": student, "points": _total(own), "max_points": sum(grade.max_points for grade in own)})
            for student, own in _by_student(grades).items()
        ],
        "grades": [grade_to_json(grade, notebook=False) for grade in grades],
    }


def write_grades_json(course: Course, grades: Sequence[Grade], path: Path) -> None:
    """Write ``grades.json`` whole or not at all."""
    text = json.dumps(grades_document(course, grades), ensure_ascii=False, indent=1, allow_nan=False)
    # A lone surrogate (a file name that is not UTF-8) becomes the JSON escape \udcXX, which reads back as itself.
    write_whole(path, (text + "\n").encode("utf-8", "backslashreplace"))


def read_grades_json(path: Path) -> list[Grade]:
    """Read the grades of a ``grades.json`` (without the executed notebooks, which it does not hold).

    Raises
    ------
    GraderError
        The file is not JSON, or was written by a newer version.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
        version = document["schema_version"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GraderError(f"{path}: not a grades.json ({error}); give the file that `grader batch` wrote") from error
    if version != SCHEMA_VERSION:
        raise GraderError(
            f"{path}: schema_version is {version!r}, this version of grader reads {SCHEMA_VERSION}; "
            "use the version of grader that wrote the file"
        )
    return [grade_from_json(item) for item in document["grades"]]


def load_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of ``grades.json``."""
    text = resources.files("grader.grading").joinpath("grades.schema.json").read_text("utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def write_grades_csv(course: Course, grades: Sequence[Grade], path: Path) -> None:
    """Write ``grades.csv``: a row per student, a column per exercise and the total, safe to open in a spreadsheet."""
    # With a byte order mark spreadsheets read Korean names as UTF-8.
    write_whole(path, grades_csv(course, grades).encode("utf-8-sig", "backslashreplace"))


def grades_csv(course: Course, grades: Sequence[Grade]) -> str:
    """Return the text of ``grades.csv``. Numbers stay numbers; text that would begin a formula gets an apostrophe."""
    columns = exercise_columns(course, grades)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([defuse(cell) for cell in ("student", *columns, "total", "maximum")])
    for student, own in _by_student(grades).items():
        by_exercise = {grade.exercise_id: grade for grade in own}
        cells: list[str | float] = [defuse(student)]
        for exercise_id in columns:
            grade = by_exercise.get(exercise_id)
            cells.append("" if grade is None else _cell(grade))
        cells.append(_tidy(_total(own)))
        cells.append(_tidy(sum(grade.max_points for grade in own)))
        writer.writerow(cells)
    return out.getvalue()


def defuse(text: str) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula; control characters become spaces."""
    cleaned = "".join(" " if ord(char) < 32 or ord(char) == 127 else char for char in text)
    # The leading control character is judged before it is replaced, and a formula may hide behind blanks.
    if text.startswith(_FORMULA_STARTS) or cleaned.lstrip().startswith(_FORMULA_STARTS):
        return "'" + cleaned
    return cleaned


def exercise_columns(course: Course, grades: Iterable[Grade]) -> list[str]:
    """Ids of the exercises that occur in the grades, in the course's order."""
    present = {grade.exercise_id for grade in grades}
    return [exercise_id for exercise_id in course.exercises if exercise_id in present]


def _cell(grade: Grade) -> str | float:
    return _tidy(grade.points) if grade.outcome.judged else grade.outcome.value


def _by_student(grades: Iterable[Grade]) -> dict[str, list[Grade]]:
    students: dict[str, list[Grade]] = {}
    for grade in grades:
        students.setdefault(grade.student, []).append(grade)
    return dict(sorted(students.items()))


def _total(grades: Iterable[Grade]) -> float:
    return round(sum(grade.points for grade in grades if grade.outcome.judged), 6)


def _tidy(value: float) -> float | int:
    """Points without noise from sums: 7 rather than 7.0, 2.5 rather than 2.4999999999."""
    rounded = round(value, 4)
    return int(rounded) if rounded == int(rounded) else rounded
