"""Writes the HTML pages: one per student, one for the class."""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

from grader.course.models import Course
from grader.grading.grade import Grade
from grader.reporting.class_view import class_view
from grader.reporting.student_view import price, score, student_view
from grader.reporting.templates import folders, messages_for, render, write
from grader.vocabulary import Lang

STUDENT_FOLDER = "students"
"""Folder of the students' pages, beside the class page."""


def student_filename(student: str) -> str:
    """A file name for a student's page that is safe on every system and differs for different students.

    Returns
    -------
    str
        A slug of ASCII letters, digits and hyphens, eight hex digits of the name's SHA-256, ``.html``.
    """
    ascii_name = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:40].strip("-") or "student"
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-{digest}.html"


def _shown_date(date: datetime.date | None) -> str:
    return (date or datetime.datetime.now().astimezone().date()).isoformat()


def write_student_report(
    course: Course,
    student: str,
    grades: Iterable[Grade],
    path: Path,
    lang: Lang = "en",
    *,
    date: datetime.date | None = None,
) -> Path:
    """Write the self-contained HTML page of one student.

    Parameters
    ----------
    grades : iterable of Grade
        The student's; those of others are left out.
    path : Path
        The file to write; folders above it are made. See :func:`student_filename`.
    date : datetime.date, optional
        Shown in the header; today by default.

    Returns
    -------
    Path
        ``path``.

    Raises
    ------
    CourseError
        When the course's own templates or messages are wrong.
    """
    t = messages_for(folders(course), lang)
    view = student_view(course, student, grades, _shown_date(date), t)
    words = {"score": lambda item: score(item, t), "price": lambda charge: price(charge, t)}
    return write(path, render("student.html.j2", course, lang, view=view, **words))


def write_class_report(
    course: Course,
    grades: Iterable[Grade],
    path: Path,
    lang: Lang = "en",
    *,
    student_folder: str = STUDENT_FOLDER,
    date: datetime.date | None = None,
) -> Path:
    """Write the HTML page of a class, for the instructor.

    Parameters
    ----------
    path : Path
        The file to write; folders above it are made.
    student_folder : str
        Where the students' pages lie, relative to the page's folder; ``"."`` for the same folder.

    Returns
    -------
    Path
        ``path``.
    """
    t = messages_for(folders(course), lang)

    def link(student: str) -> str:
        return quote(f"{student_folder}/{student_filename(student)}")

    view = class_view(course, grades, _shown_date(date), t, link)
    return write(path, render("class.html.j2", course, lang, view=view))


def write_reports(
    course: Course,
    grades: Iterable[Grade],
    out: Path,
    lang: Lang = "en",
    *,
    whole: Callable[[Grade], Grade] = lambda grade: grade,
) -> Path:
    """Write ``out/class.html`` and ``out/students/<student>.html`` for everybody; returns the class page.

    Parameters
    ----------
    whole : callable
        Gives a grade with its executed notebook, where ``grades`` come without; asked for one student at a time.
    """
    everything = list(grades)
    by_student: dict[str, list[Grade]] = {}
    for grade in everything:
        by_student.setdefault(grade.student, []).append(grade)
    for student, own in by_student.items():
        page = out / STUDENT_FOLDER / student_filename(student)
        write_student_report(course, student, map(whole, own), page, lang)
    return write_class_report(course, everything, out / "class.html", lang)
