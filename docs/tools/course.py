"""What the pages say about this repository's course: its size by track, and what ``grader demo`` prints about its class."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from grader.course import load_course
from grader.course.check_discovery import find_checks
from grader.course.models import Course
from grader.course.proof_record import AttemptKind, load_record
from grader.course.source import alternates
from grader.demo import Expected, build_class

ROOT = Path(__file__).parents[2]
_ROWS, _WIDTH = 6, 110  # of the demo class's table


def size() -> str:
    """A table of the course: a row for each track with its exercises, checks, known mistakes and other right answers."""
    course = load_course(ROOT)
    heads = ("track", "exercises", "checks", "known mistakes", "other right answers")
    rows = ["| " + " | ".join(heads) + " |", "| --- " + "| ---: " * (len(heads) - 1) + "|"]
    total = [0] * (len(heads) - 1)
    for track, title in course.tracks.items():
        exercises = [exercise for exercise in course.exercises.values() if exercise.id.split("/")[0] == track]
        counts = [
            len(exercises),
            sum(len(find_checks(exercise.source_dir)) for exercise in exercises),
            sum(len(exercise.mutant) for exercise in exercises),
            sum(len(alternates(exercise)) for exercise in exercises),
        ]
        rows.append(f"| {title.en} | " + " | ".join(map(str, counts)) + " |")
        total = [whole + part for whole, part in zip(total, counts)]
    return "\n".join([*rows, "| **all** | " + " | ".join(map(str, total)) + " |"])


def demo() -> str:
    """What ``grader demo`` prints, in part: the size of the class, and rows whose grades are in the proof records."""
    course = load_course(ROOT)
    with TemporaryDirectory() as folder:
        expected = build_class(course, Path(folder))
    students = len({item.student for item in expected})
    shown = [(item, points) for item in expected if (points := _recorded(course, item))][:_ROWS]
    lines = [
        "$ grader demo",
        f"The class: {students + 1} students, {len(expected)} submissions",
        _class_table(shown),
        "  ...",
        f"All {len(expected)} grades are what was expected (expected.json).",
    ]
    return "```console\n" + "\n".join(lines) + "\n```"


def _class_table(shown: list[tuple[Expected, tuple[str, str]]]) -> str:
    table = Table(title="Demo class", title_justify="left")
    for head in ("student", "exercise", "handed in", "outcome"):
        table.add_column(head)
    table.add_column("points", justify="right")
    for item, (outcome, points) in shown:
        table.add_row(item.student, item.exercise_id, item.work, outcome, points)
    screen = Console(file=io.StringIO(), width=_WIDTH, color_system=None, legacy_windows=False)
    with screen.capture() as captured:
        screen.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _recorded(course: Course, item: Expected) -> tuple[str, str] | None:
    """Outcome and points of this work, where the proof record has them."""
    kind, _, name = item.work.partition(": ")
    kinds: dict[str, AttemptKind] = {"reference": "reference", "mutant": "mutant", "alternate": "alternate"}
    exercise = course.exercises[item.exercise_id]
    record = load_record(exercise, course.profile)
    for attempt in record.attempts if record and kind in kinds else ():
        if (attempt.kind, attempt.name) == (kinds[kind], name):
            return attempt.outcome.value, f"{attempt.points:g}/{exercise.points:g}"
    return None
