"""The memory of a batch does not grow with the class: executed notebooks go to the gradebook and are read one at a time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.checking.verdict import Verdict
from grader.course import load_course
from grader.course.models import Course
from grader.gradebook import Gradebook
from grader.grading import Arrived, BatchEvent, grade_batch
from grader.grading.conditions import Conditions, task_digest
from grader.grading.grade import Grade
from grader.intake.submission import Submission
from grader.reporting import write_reports
from grader.running.run import Run
from grader.vocabulary import Outcome, Text
from tests.robustness.classroom import Classroom

TRUSTED = Conditions(backend="none")
STUDENTS = 2_000
NOTEBOOK_BYTES = 40_000
SETTLED = 200  # grades after which what is imported and cached late is there
MEBIBYTE = 1 << 20
# Kept of each grade: its verdicts, for the tables, a few KiB. Kept whole, notebooks alone would take 80 MiB.
MOST_BYTES_EACH = 8_192


def a_class(n: int) -> list[Submission]:
    names = [f"student-{number:04}" for number in range(n)]
    return [Submission(name, "t/u/notebook", b"{}", hashlib.sha256(name.encode()).hexdigest()) for name in names]


def filled(book: Gradebook, course: Course, submissions: list[Submission]) -> None:
    """Put a grade of each, as a worker would have made it."""
    exercise = course.exercises["t/u/notebook"]
    for number, submission in enumerate(submissions):
        task = task_digest(submission, exercise, TRUSTED)
        text = f"{number}: ".ljust(NOTEBOOK_BYTES, "x")
        cell = {"cell_type": "code", "source": "print(x)", "metadata": {}, "execution_count": 1}
        output = {"output_type": "stream", "name": "stdout", "text": text}
        notebook = {"cells": [{**cell, "outputs": [output]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        verdict = Verdict("test_a", Text("A", "가"), Outcome.PASSED, 3.0, 3.0, True)
        run = Run(Outcome.PASSED, Text(""), True, (), notebook, 1.0)
        book.put(
            Grade(
                submission.student, exercise.id, submission.digest, task, Outcome.PASSED, 3.0, 3.0, (verdict,), run=run
            )
        )


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def measure(folder: Path) -> None:
    """Take a class through a batch and its reports, and say by how many bytes this process has grown in each."""
    course = load_course(folder / "course")
    submissions = a_class(STUDENTS)
    marks: list[int] = []

    def note(event: BatchEvent) -> None:
        if isinstance(event, Arrived) and event.done in (SETTLED, STUDENTS):
            marks.append(resident())

    with Gradebook(folder / "g.sqlite3") as book:
        filled(book, course, submissions)
        grades = grade_batch(course, submissions, book, conditions=TRUSTED, on_event=note)
        write_reports(course, grades[:SETTLED], folder / "out", whole=book.whole)
        marks.append(resident())
        write_reports(course, grades, folder / "out", whole=book.whole)
        marks.append(resident())
    assert len(list((folder / "out/students").iterdir())) == STUDENTS
    print(marks[1] - marks[0], marks[3] - marks[2])


@pytest.mark.endurance
def test_memory_stays_flat_over_two_thousand_submissions(tmp_path: Path) -> None:
    Classroom(tmp_path, tmp_path, trust=True).build(1)
    code = "import sys, pathlib, tests.robustness.test_memory as t; t.measure(pathlib.Path(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    batch, reports = (int(each) for each in done.stdout.split())
    print(f"grown by {batch / MEBIBYTE:.1f} MiB in the batch, by {reports / MEBIBYTE:.1f} MiB in the reports")
    assert batch < (STUDENTS - SETTLED) * MOST_BYTES_EACH
    assert reports < (STUDENTS - SETTLED) * MOST_BYTES_EACH
