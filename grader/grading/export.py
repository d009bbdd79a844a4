"""What a graded class is handed on as: ``grades.json`` (documented in docs/grades-json.md) and ``grades.csv``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from grader import __version__
from grader.codec import Codec, Number
from grader.course.models import Bilingual, Course
from grader.errors import GraderError
from grader.files import write_whole
from grader.grading.grade import GRADE, Grade, without_notebook
from grader.vocabulary import Text

SCHEMA_VERSION: Final = 2
_READABLE = (1, 2)  # all that version 1 had more are tags of verdicts, which were always empty

# A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class ExerciseRow:
    """An exercise that occurs in the grades."""

    id: str
    title: Text
    points: Number


@dataclass(frozen=True)
class CourseSummary:
    """The course, with its exercises that occur in the grades, in its order."""

    name: str
    title: Text
    exercises: tuple[ExerciseRow, ...]


@dataclass(frozen=True)
class StudentRow:
    """A student's points over the grades that were judged, and the most over all that were handed in."""

    student: str
    points: Number
    max_points: Number


@dataclass(frozen=True)
class GradesDocument:
    """All grades of a class, written by `grader batch`. docs/grades-json.md explains every field."""

    schema_version: Literal[2]
    grader_version: str
    created: Annotated[str, Field(json_schema_extra={"format": "date-time"})]
    course: CourseSummary
    students: tuple[StudentRow, ...]
    grades: tuple[Grade, ...]


DOCUMENT = Codec(GradesDocument)
"""Writes ``grades.json``, and says what its JSON Schema is."""


def grades_document(course: Course, grades: Sequence[Grade], *, created: datetime | None = None) -> GradesDocument:
    """Build the ``grades.json`` document.

    Parameters
    ----------
    course : Course
    grades : sequence of Grade
        At most one per student and exercise; their executed notebooks are left out.
    created : datetime, optional
        Time to write into the document; now (UTC) by default.
    """
    moment = (created or datetime.now(UTC)).astimezone(UTC)
    exercises = (course.exercises[key] for key in exercise_columns(course, grades))
    return GradesDocument(
        schema_version=SCHEMA_VERSION,
        grader_version=__version__,
        created=moment.isoformat(timespec="seconds"),
        course=CourseSummary(
            course.name,
            _text(course.title),
            tuple(ExerciseRow(exercise.id, _text(exercise.title), exercise.points) for exercise in exercises),
        ),
        students=tuple(
            StudentRow(student, _total(own), sum(grade.max_points for grade in own))
            for student, own in _by_student(grades).items()
        ),
        grades=tuple(map(without_notebook, grades)),
    )


def write_grades_json(course: Course, grades: Sequence[Grade], path: Path) -> None:
    """Write ``grades.json`` whole or not at all."""
    data = DOCUMENT.to_data(grades_document(course, grades))
    text = json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False)
    # A lone surrogate (a file name that is not UTF-8) becomes the JSON escape \udcXX, which reads back as itself.
    write_whole(path, (text + "\n").encode("utf-8", "backslashreplace"))


def read_grades_json(path: Path) -> list[Grade]:
    """Read the grades of a ``grades.json`` (without the executed notebooks, which it does not hold).

    Raises
    ------
    GraderError
        The file is not JSON, or was written by a newer version.
    FormatError
        A grade lacks a field or holds a value of the wrong kind.
    """
    try:
        document = json.loads(path.read_text("utf-8"))
        version, grades = document["schema_version"], document["grades"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GraderError(f"{path}: not a grades.json ({error}); give the file that `grader batch` wrote") from error
    if version not in _READABLE:
        raise GraderError(
            f"{path}: schema_version is {version!r}, this version of grader reads up to {SCHEMA_VERSION}; "
            "use the version of grader that wrote the file"
        )
    return [GRADE.from_data(grade) for grade in grades]


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


def _text(title: Bilingual) -> Text:
    return Text(title.en, title.ko)


def _cell(grade: Grade) -> str | float:
    """Points; where the outcome says nothing about the student's work its word, never a number that looks like a zero."""
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
