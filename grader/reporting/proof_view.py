"""The proof of a course's exercises as one page, for its authors."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from grader.course.models import Course
from grader.proving.rates import Rates
from grader.proving.validate import Validation
from grader.reporting.templates import render, write


def write_proof(course: Course, proofs: Sequence[Validation], path: Path) -> Path:
    """Write the page: the figures of the course, a table, and a section for each exercise.

    Raises
    ------
    GraderError
        It cannot be written.
    """
    total = sum((proof.rates for proof in proofs), start=Rates())
    page = render(
        "proof.html.j2", course, "en",
        title=course.title[course.languages[0]], proofs=list(proofs), total=total, date=datetime.date.today().isoformat(),
    )  # fmt: skip
    return write(path, page)
