"""What one student's report says, as plain values: the trust line of the reports.

Only what a student may know is copied over from a grade. ``Verdict.details`` and ``Grade.extra``, which may hold hidden
values, and the names of mistakes, which say how the reference goes, are not read in this module.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.checking.verdict import Verdict
from grader.course.models import Course, Exercise
from grader.grading.grade import Grade
from grader.reporting.cells import CellView, notebook_cells
from grader.reporting.messages import Messages
from grader.reporting.pictures import BandPicture, CurvePicture, band_picture, curve_picture
from grader.reporting.text import one_line, pick, plain, points
from grader.vocabulary import Outcome

MAX_DETAILS = 6_000
MAX_ASKS = 600

_LAST = {Outcome.SKIPPED: 1, Outcome.GRADER_ERROR: 2}  # where they stand among the checks that did not pass


@dataclass(frozen=True)
class CheckView:
    """One check as its student sees it. ``name`` is empty for a hidden check, ``asks`` where it quotes no prompt."""

    title: str
    name: str
    visible: bool
    outcome: Outcome
    points: float
    max_points: float
    feedback: tuple[str, ...]
    student_details: str
    bands: tuple[BandPicture, ...]
    asks: str = ""

    @property
    def judged(self) -> bool:
        return self.outcome is not Outcome.GRADER_ERROR

    @property
    def word(self) -> str:
        """Key of the message that says in a word or two how it ended."""
        if self.outcome is Outcome.PARTIAL and self.points >= self.max_points:
            return "check.same_mistake"  # all points: what is wrong here was charged elsewhere
        return f"outcome.{self.outcome}.name"


@dataclass(frozen=True)
class ChargeView:
    """A known mistake as its student sees it: the sentence, and its price in points."""

    told: str
    costs: float


@dataclass(frozen=True)
class ExerciseView:
    """One exercise of one student. ``share`` is points over possible points, 0 to 1."""

    anchor: str
    id: str
    title: str
    outcome: Outcome
    points: float
    max_points: float
    message: str
    not_passed: tuple[CheckView, ...]
    passed: tuple[CheckView, ...]
    curve: CurvePicture | None
    cells: tuple[CellView, ...]
    module: bool
    seconds: float
    notes: tuple[str, ...] = ()
    charges: tuple[ChargeView, ...] = ()

    @property
    def judged(self) -> bool:
        return self.outcome.judged

    @property
    def share(self) -> float:
        return min(1.0, max(0.0, self.points / self.max_points)) if self.max_points > 0 else 0.0

    @property
    def n_checks(self) -> int:
        return len(self.passed) + len(self.not_passed)

    @property
    def faulty_cells(self) -> tuple[CellView, ...]:
        return tuple(cell for cell in self.cells if cell.error or cell.traceback)

    @property
    def advised_cells(self) -> tuple[CellView, ...]:
        return tuple(cell for cell in self.cells if cell.advice)


@dataclass(frozen=True)
class StudentView:
    """The whole page of one student."""

    student: str
    course: str
    date: str
    points: float
    max_points: float
    exercises: tuple[ExerciseView, ...]
    went_well: str
    look_next: str
    next_anchor: str
    next_title: str

    @property
    def share(self) -> float:
        return min(1.0, max(0.0, self.points / self.max_points)) if self.max_points > 0 else 0.0

    @property
    def not_counted(self) -> tuple[ExerciseView, ...]:
        return tuple(exercise for exercise in self.exercises if not exercise.judged)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome that the page shows, in display order."""
        shown = {e.outcome for e in self.exercises}
        shown |= {c.outcome for e in self.exercises for c in (*e.passed, *e.not_passed)}
        return tuple(outcome for outcome in Outcome if outcome in shown)


def check_view(verdict: Verdict, exercise: Exercise | None, t: Messages) -> CheckView:
    """What a student sees of one verdict."""
    bands = []
    for reading in verdict.bands:
        metric = exercise.metrics.get(reading.metric) if exercise is not None else None
        title = pick(metric.title, t.lang) if metric is not None and metric.title else reading.metric.replace("_", " ")
        picture = band_picture(reading, title)
        if picture is not None:
            bands.append(picture)
    title = one_line(verdict.title[t.lang])
    return CheckView(
        title=title or (one_line(verdict.check) if verdict.visible else t("check.hidden")),
        name=one_line(verdict.check) if verdict.visible else "",
        visible=verdict.visible,
        outcome=verdict.outcome,
        points=verdict.points,
        max_points=verdict.max_points,
        feedback=tuple(dict.fromkeys(said for said in (plain(f[t.lang], 2_000) for f in verdict.feedback) if said)),
        student_details=plain(verdict.student_details, MAX_DETAILS).strip("\n"),
        bands=tuple(bands),
        asks=one_line(verdict.asks[t.lang], MAX_ASKS),
    )


def exercise_view(grade: Grade, exercise: Exercise | None, t: Messages, anchor: str = "") -> ExerciseView:
    """What a student sees of one grade."""
    checks = [check_view(verdict, exercise, t) for verdict in grade.verdicts]
    message = grade.message[t.lang] or (grade.run.message[t.lang] if grade.run is not None else "")
    open_checks = [check for check in checks if check.outcome is not Outcome.PASSED]
    return ExerciseView(
        anchor=anchor,
        id=one_line(grade.exercise_id),
        title=pick(exercise.title, t.lang) if exercise is not None else one_line(grade.exercise_id),
        outcome=grade.outcome,
        points=grade.points,
        max_points=grade.max_points,
        message=plain(message, 2_000),
        not_passed=tuple(sorted(open_checks, key=lambda check: _LAST.get(check.outcome, 0))),
        passed=tuple(check for check in checks if check.outcome is Outcome.PASSED),
        curve=curve_picture(grade.curve, grade.reference_curve) if grade.curve else None,
        cells=notebook_cells(grade.run, t.lang, silent_advice=grade.outcome is not Outcome.PASSED)
        if grade.run is not None
        else (),
        module=exercise is not None and exercise.form == "module",
        seconds=grade.run.seconds if grade.run is not None else 0.0,
        notes=tuple(plain(note[t.lang], 2_000) for note in grade.notes),
        charges=tuple(ChargeView(plain(charge.told[t.lang], 2_000), charge.costs) for charge in grade.charges),
    )


def in_course_order(course: Course, grades: Iterable[Grade]) -> list[Grade]:
    """The last grade of each exercise, as the course orders them; exercises it no longer has come last, by id."""
    latest = {grade.exercise_id: grade for grade in grades}
    place = {exercise_id: index for index, exercise_id in enumerate(course.exercises)}
    return sorted(latest.values(), key=lambda grade: (place.get(grade.exercise_id, len(place)), grade.exercise_id))


def _went_well(exercises: Sequence[ExerciseView], t: Messages) -> str:
    complete = [exercise for exercise in exercises if exercise.outcome is Outcome.PASSED]
    if exercises and len(complete) == len(exercises):
        return t("well.everything")
    passed = sum(len(exercise.passed) for exercise in exercises)
    total = sum(exercise.n_checks for exercise in exercises)
    if complete:
        return t("well.complete", title=complete[0].title, passed=passed, total=total, n=len(complete))
    if passed:
        first = next(exercise for exercise in exercises if exercise.passed)
        return t("well.some", check=first.passed[0].title, passed=passed, total=total)
    if any(exercise.points > 0 for exercise in exercises):
        return t("well.points")
    return t("well.start")


def stopped_at(exercise: ExerciseView, cell: CellView, t: Messages) -> str:
    """One sentence that says which cell stopped, or that the module did, and with which error."""
    error = one_line(cell.error, 160).rstrip(".")
    return t("next.module", error=error) if exercise.module else t("next.cell", number=cell.number, error=error)


def _look_next(exercises: Sequence[ExerciseView], t: Messages) -> tuple[str, str, str]:
    """The first thing to look at: a sentence, the exercise's anchor and title."""
    for exercise in exercises:
        if exercise.outcome in (Outcome.PASSED, Outcome.GRADER_ERROR, Outcome.SKIPPED):
            continue
        if exercise.outcome is Outcome.INVALID or not exercise.n_checks:
            return exercise.message or t(f"outcome.{exercise.outcome}.next"), exercise.anchor, exercise.title
        if exercise.faulty_cells:
            cell = exercise.faulty_cells[0]
            return stopped_at(exercise, cell, t), exercise.anchor, exercise.title
        for check in exercise.not_passed:
            if check.outcome not in _LAST:
                hint = check.feedback[0] if check.feedback else t(f"outcome.{check.outcome}.next")
                return t("next.check", check=check.title, hint=hint), exercise.anchor, exercise.title
        return exercise.message or t(f"outcome.{exercise.outcome}.next"), exercise.anchor, exercise.title
    if any(exercise.outcome is Outcome.GRADER_ERROR for exercise in exercises):
        return t("next.ours"), "", ""
    return t("next.nothing"), "", ""


def student_view(course: Course, student: str, grades: Iterable[Grade], date: str, t: Messages) -> StudentView:
    """Lay out the page of one student.

    Parameters
    ----------
    grades : iterable of Grade
        Those of other students are left out.
    date : str
        As it is to be shown.
    """
    own = in_course_order(course, (grade for grade in grades if grade.student == student))
    exercises = tuple(
        exercise_view(grade, course.exercises.get(grade.exercise_id), t, anchor=f"exercise-{place}")
        for place, grade in enumerate(own, start=1)
    )
    judged = [exercise for exercise in exercises if exercise.judged]
    look_next, anchor, title = _look_next(exercises, t)
    return StudentView(
        student=one_line(student, 120) or t("student.unnamed"),
        course=pick(course.title, t.lang),
        date=date,
        points=sum(exercise.points for exercise in judged),
        max_points=sum(exercise.max_points for exercise in judged),
        exercises=exercises,
        went_well=_went_well(exercises, t),
        look_next=look_next,
        next_anchor=anchor,
        next_title=title,
    )


def price(charge: ChargeView, t: Messages) -> str:
    """``−3 points, once``."""
    return t("charge.costs", n=charge.costs, points=points(charge.costs))


def score(view: CheckView | ExerciseView, t: Messages) -> str:
    """``2.5 / 3``, or the words for a score that there is none."""
    if not view.judged:
        return t("score.not_judged")
    own, full = points(view.points), points(view.max_points)
    if own == full and view.points < view.max_points - 1e-9:  # 1.999 of 2 must not read as full points
        own = points(math.floor(view.points * 100) / 100)
    return f"{own} / {full}"
