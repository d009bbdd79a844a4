"""One grade as a table in the terminal. Text goes in as Rich ``Text``, so that nothing is taken for markup."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from grader.course.models import Exercise
from grader.grading.grade import Grade
from grader.reporting.class_view import gpu_line
from grader.reporting.student_view import CheckView, ExerciseView, exercise_view, price, score, stopped_at
from grader.reporting.templates import MARKS, TONES, folders, messages_for
from grader.reporting.text import one_line, plain, points
from grader.vocabulary import Lang, Outcome

_STYLES = {"good": "green", "part": "yellow", "poor": "red", "calm": "dim", "ours": "magenta"}


def _style(outcome: Outcome) -> str:
    return _STYLES[TONES.get(outcome, "poor")]


def print_grade(
    grade: Grade,
    console: Console,
    lang: Lang = "en",
    exercise: Exercise | None = None,
    *,
    instructor: bool = False,
    visible_only: bool = False,
) -> None:
    """Print one grade: a table of its checks with what to do next, and the score.

    Parameters
    ----------
    exercise : Exercise, optional
        For its title and the titles of its metrics.
    instructor : bool
        Also print ``Verdict.details``. Leave it off wherever a student may read the terminal.
    visible_only : bool
        Hidden checks are still to come: passing these is not everything yet.
    """
    t = messages_for(folders(None), lang)
    view = exercise_view(grade, exercise, t)
    table = Table(title=Line(view.title, style="bold"), title_justify="left", expand=False, pad_edge=False)
    table.add_column(t("table.outcome"), no_wrap=True)
    table.add_column(t("table.check"), overflow="fold")
    table.add_column(t("table.points"), justify="right", no_wrap=True)
    for check in (*view.passed, *view.not_passed):
        name = f"{MARKS[check.outcome]} {t(check.word)}"
        table.add_row(Line(name, style=_style(check.outcome)), _check(check, view, lang), Line(score(check, t)))
    if view.n_checks:
        console.print(table)
    else:
        console.print(Line(view.title, style="bold"))
    said = view.message or (
        t(f"outcome.{view.outcome}.meaning") if not view.n_checks or view.outcome is Outcome.PASSED else ""
    )
    if visible_only and view.outcome is Outcome.PASSED and exercise and view.max_points < exercise.points:
        said = t("score.visible", points=points(view.max_points), max_points=points(exercise.points))
    if said:
        console.print(Line(said, style=_style(view.outcome)))
    for note in view.notes:
        console.print(Line(note, style="dim"))
    for cell in view.faulty_cells:
        console.print(Line(stopped_at(view, cell, t), style="red"))
    for cell in view.advised_cells:
        place = t("cell.module") if view.module else t("cell.code", number=cell.number)
        for sentence in cell.advice:
            console.print(Line(f"{place}: {sentence}", style="yellow"))
    for charge in view.charges:
        console.print(Line(charge.told).append(f" ({price(charge, t)})", style="dim"))
    total = t("score.line", score=score(view, t)) if view.judged else t("score.not_judged")
    console.print(Line(f"{MARKS[view.outcome]} {total}", style=f"bold {_style(view.outcome)}"))
    if instructor and grade.run is not None and grade.run.gpu is not None:
        console.print(Line(gpu_line([grade.run.gpu], t), style="dim"))
    if instructor:
        for verdict in grade.verdicts:
            if verdict.details and verdict.outcome is not Outcome.PASSED:
                console.print(Line(one_line(verdict.check), style="bold"))
                console.print(Line(plain(verdict.details, 4_000), style="dim"))


def print_report_place(path: Path, console: Console, lang: Lang = "en") -> None:
    """Say where a report was written."""
    console.print(Line(messages_for(folders(None), lang)("terminal.report", path=one_line(str(path), 1000))))


def _check(check: CheckView, view: ExerciseView, lang: Lang) -> Line:
    """The middle column: title, what was said about it, the last lines of the student's own traceback."""
    t = messages_for(folders(None), lang)
    line = Line(check.title, style="" if check.outcome is Outcome.PASSED else "bold")
    if check.outcome is Outcome.PASSED:
        return line
    for sentence in check.feedback or (t(f"outcome.{check.outcome}.next"),):
        if sentence:
            line.append(f"\n{sentence}", style="not bold")
    if check.asks:
        line.append(f"\n{t('check.asks', asks=check.asks)}", style="not bold dim")
    shown = {cell.traceback.strip() for cell in view.faulty_cells}
    if check.student_details and check.student_details.strip() not in shown:
        line.append("\n" + "\n".join(check.student_details.split("\n")[-6:]), style="not bold dim")
    return line
