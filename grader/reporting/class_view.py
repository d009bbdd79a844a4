"""What the class report says, as plain values: who did what, how each check went, and what needs a human eye."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from grader.checking.verdict import Verdict
from grader.course.models import Course, Exercise
from grader.grading.grade import Grade
from grader.reporting.messages import Messages
from grader.reporting.pictures import Bar, histogram
from grader.reporting.text import one_line, pick, plain
from grader.sandbox import GpuUse
from grader.vocabulary import Outcome

NEEDS_EYE: tuple[Outcome, ...] = (Outcome.GRADER_ERROR, Outcome.VIOLATION, Outcome.TIMEOUT)
"""What an instructor should look at, most urgent first."""

_MOST_MISTAKES = 10  # of an exercise that are listed


@dataclass(frozen=True)
class ScoreCell:
    """One student in one exercise; None in the table where nothing was submitted."""

    outcome: Outcome
    points: float
    max_points: float
    judged: bool


@dataclass(frozen=True)
class StudentRow:
    """One line of the table. ``share`` is None where nothing of the student was judged."""

    student: str
    link: str
    cells: tuple[ScoreCell | None, ...]
    points: float
    max_points: float
    share: float | None


@dataclass(frozen=True)
class CheckRate:
    """How often a check passed. ``judged`` counts the verdicts that were neither skipped nor our fault."""

    title: str
    name: str
    visible: bool
    passed: int
    partial: int
    judged: int

    @property
    def rate(self) -> float:
        return self.passed / self.judged if self.judged else 0.0


@dataclass(frozen=True)
class MistakeCount:
    """How many students were charged for a known mistake; its name is for the instructor."""

    name: str
    told: str
    students: int


@dataclass(frozen=True)
class ExerciseSummary:
    """One exercise over the class. ``mean_share`` is None where nothing was judged."""

    anchor: str
    id: str
    short: str
    title: str
    submitted: int
    judged: int
    complete: int
    mean_share: float | None
    checks: tuple[CheckRate, ...]
    gpu: str = ""
    mistakes: tuple[MistakeCount, ...] = ()


@dataclass(frozen=True)
class Attention:
    """One thing that needs a human eye, with everybody whom it concerns: (student, link) pairs.

    ``message`` and ``details`` are those of the first student who has any.
    """

    outcome: Outcome
    exercise: str
    check: str
    students: tuple[tuple[str, str], ...]
    message: str
    details: str


@dataclass(frozen=True)
class ClassView:
    """The whole page of a class."""

    course: str
    date: str
    exercises: tuple[ExerciseSummary, ...]
    rows: tuple[StudentRow, ...]
    attention: tuple[Attention, ...]
    bars: tuple[Bar, ...]
    n_grades: int
    mean: float | None
    median: float | None
    full_marks: int

    @property
    def n_attention(self) -> int:
        """How many submissions' results need an eye."""
        return sum(len(item.students) for item in self.attention)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome in the table, in display order."""
        shown = {cell.outcome for row in self.rows for cell in row.cells if cell is not None}
        return tuple(outcome for outcome in Outcome if outcome in shown)


def natural(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """Sort key in which ``student10`` follows ``student9``."""
    parts = re.findall(r"([0-9]+)|([^0-9]+)", name.casefold())
    return [(0, int(digits[:18]), "") if digits else (1, 0, text) for digits, text in parts], name


def _share(grade: Grade) -> float:
    return min(1.0, max(0.0, grade.points / grade.max_points)) if grade.max_points > 0 else 0.0


def _rates(grades: Sequence[Grade], t: Messages) -> tuple[CheckRate, ...]:
    """Pass rates, in the order in which the checks stand in their file."""
    by_check: dict[str, list[Verdict]] = {}
    for grade in grades:
        for verdict in grade.verdicts:
            by_check.setdefault(verdict.check, []).append(verdict)
    rates = []
    for name, verdicts in by_check.items():
        judged = [v for v in verdicts if v.outcome not in (Outcome.SKIPPED, Outcome.GRADER_ERROR)]
        rates.append(
            CheckRate(
                title=one_line(verdicts[0].title[t.lang]) or one_line(name),
                name=one_line(name),
                visible=verdicts[0].visible,
                passed=sum(v.outcome is Outcome.PASSED for v in judged),
                partial=sum(v.outcome is Outcome.PARTIAL for v in judged),
                judged=len(judged),
            )
        )
    return tuple(rates)


def _mistakes(grades: Sequence[Grade], t: Messages) -> tuple[MistakeCount, ...]:
    """The known mistakes that most were charged for, the most frequent first."""
    charges = [charge for grade in grades for charge in {each.mistake: each for each in grade.charges}.values()]
    counted = Counter(charge.mistake for charge in charges).most_common(_MOST_MISTAKES)
    told = {charge.mistake: plain(charge.told[t.lang], 2_000) for charge in charges}
    return tuple(MistakeCount(one_line(name), told[name], students) for name, students in counted)


def _summary(
    exercise_id: str, exercise: Exercise | None, grades: Sequence[Grade], anchor: str, t: Messages
) -> ExerciseSummary:
    judged = [grade for grade in grades if grade.outcome.judged]
    return ExerciseSummary(
        anchor=anchor,
        id=one_line(exercise_id),
        short=one_line(exercise_id.rsplit("/", 1)[-1]),
        title=pick(exercise.title, t.lang) if exercise is not None else one_line(exercise_id),
        submitted=len(grades),
        judged=len(judged),
        complete=sum(grade.outcome is Outcome.PASSED for grade in judged),
        mean_share=statistics.fmean(map(_share, judged)) if judged else None,
        checks=_rates(grades, t),
        gpu=gpu_line([grade.run.gpu for grade in grades if grade.run is not None and grade.run.gpu is not None], t),
        mistakes=_mistakes(grades, t),
    )


def gpu_line(uses: Sequence[GpuUse], t: Messages) -> str:
    """One line on what runs had of GPUs, for an instructor: which, how long, how much memory. Empty without any."""
    if not uses:
        return ""
    names = ", ".join(sorted({one_line(use.name, 80) for use in uses}))
    said = t("class.gpu", n=len(uses), names=names, seconds=f"{statistics.median(use.seconds for use in uses):.0f}")
    known = [use.memory_mb for use in uses if use.memory_mb is not None]
    return f"{said} {t('class.gpu_memory', megabytes=f'{max(known):,.0f}')}" if known else said


def _row(student: str, link: str, cells: Sequence[Grade | None]) -> StudentRow:
    judged = [grade for grade in cells if grade is not None and grade.outcome.judged]
    possible = sum(grade.max_points for grade in judged)
    earned = sum(grade.points for grade in judged)
    return StudentRow(
        student=one_line(student, 120) or "?",
        link=link,
        cells=tuple(
            None if grade is None else ScoreCell(grade.outcome, grade.points, grade.max_points, grade.outcome.judged)
            for grade in cells
        ),
        points=earned,
        max_points=possible,
        share=min(1.0, max(0.0, earned / possible)) if possible > 0 else None,
    )


def _attention(
    course: Course, grades: Sequence[Grade], t: Messages, link: Callable[[str], str]
) -> tuple[Attention, ...]:
    """What needs an eye: our own faults first, the same trouble of many students in one item."""
    found: dict[tuple[Outcome, str, str], list[tuple[str, str, str]]] = {}  # -> student, message, details
    titles: dict[tuple[Outcome, str, str], str] = {}
    for grade in grades:
        verdicts = [verdict for verdict in grade.verdicts if verdict.outcome in NEEDS_EYE]
        for verdict in verdicts:
            key = (verdict.outcome, grade.exercise_id, verdict.check)
            titles[key] = one_line(verdict.title[t.lang]) or one_line(verdict.check)
            message = verdict.feedback[0][t.lang] if verdict.feedback else ""
            found.setdefault(key, []).append((grade.student, message, verdict.details))
        if grade.outcome in NEEDS_EYE and grade.outcome not in {verdict.outcome for verdict in verdicts}:
            message = grade.message[t.lang] or (grade.run.message[t.lang] if grade.run is not None else "")
            details = str(grade.extra.get("details", ""))
            found.setdefault((grade.outcome, grade.exercise_id, ""), []).append((grade.student, message, details))
    items = []
    for key, cases in sorted(found.items(), key=lambda pair: NEEDS_EYE.index(pair[0][0])):
        outcome, exercise_id, _ = key
        exercise = course.exercises.get(exercise_id)
        # An instructor's page: details say why our own check broke, or how a rule was broken.
        items.append(
            Attention(
                outcome=outcome,
                exercise=pick(exercise.title, t.lang) if exercise is not None else one_line(exercise_id),
                check=titles.get(key, ""),
                students=tuple((one_line(student, 120) or "?", link(student)) for student, _, _ in cases),
                message=plain(next((message for _, message, _ in cases if message), ""), 600),
                details=plain(next((details for _, _, details in cases if details), ""), 4_000).strip(),
            )
        )
    return tuple(items)


def class_view(
    course: Course, grades: Iterable[Grade], date: str, t: Messages, link: Callable[[str], str]
) -> ClassView:
    """Lay out the page of a class.

    Parameters
    ----------
    link : callable
        Relative address of a student's page, from the student's name.
    """
    table: dict[str, dict[str, Grade]] = {}
    for grade in grades:
        table.setdefault(grade.student, {})[grade.exercise_id] = grade
    place = {exercise_id: index for index, exercise_id in enumerate(course.exercises)}
    ids = sorted({i for row in table.values() for i in row}, key=lambda i: (place.get(i, len(place)), i))
    students = sorted(table, key=natural)
    rows = tuple(_row(student, link(student), [table[student].get(i) for i in ids]) for student in students)
    ordered = [table[student][i] for student in students for i in ids if i in table[student]]
    shares = [row.share for row in rows if row.share is not None]
    return ClassView(
        course=pick(course.title, t.lang),
        date=date,
        exercises=tuple(
            _summary(
                i,
                course.exercises.get(i),
                [table[student][i] for student in students if i in table[student]],
                f"exercise-{number}",
                t,
            )
            for number, i in enumerate(ids, start=1)
        ),
        rows=rows,
        attention=_attention(course, ordered, t, link),
        bars=histogram(shares),
        n_grades=len(ordered),
        mean=statistics.fmean(shares) if shares else None,
        median=statistics.median(shares) if shares else None,
        full_marks=sum(share >= 1.0 for share in shares),
    )
