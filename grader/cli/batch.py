"""``grader batch``: a class, with progress, safe to interrupt and to run again; then the reports and exports."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from grader.cli.common import (
    EXIT_INTERRUPTED,
    EXIT_NOT_ALL,
    CourseOption,
    LangOption,
    SeedOption,
    TrustOption,
    console,
    gpu_slots_for,
    open_course,
    pick_one,
    safe,
    stopped_kindly,
    tell_broken,
)
from grader.cli.grade import our_fault
from grader.cli.progress import ProgressBar
from grader.errors import GraderError
from grader.files import output_folder
from grader.vocabulary import Lang, Outcome

if TYPE_CHECKING:
    from grader.course.models import Course
    from grader.grading import BatchEvent, Grade
    from grader.intake.submission import Submission

GRADEBOOK_NAME = "gradebook.sqlite3"

STYLES = {
    Outcome.PASSED: "green",
    Outcome.PARTIAL: "yellow",
    Outcome.FAILED: "red",
    Outcome.SKIPPED: "dim",
    Outcome.INVALID: "magenta",
    Outcome.GRADER_ERROR: "bold white on red",
}


def batch(
    directory: Annotated[Path, typer.Argument(help="Folder with a folder (or .zip) per student.", metavar="DIR")],
    out: Annotated[Path, typer.Option("--out", help="Where the gradebook, grades and reports go.")],
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="Submissions graded at a time; one per core by default.", show_default=False
        ),
    ] = None,
    exercise_id: Annotated[
        str | None,
        typer.Option("--exercise", metavar="ID", help="Only this exercise; DIR may then hold a file per student."),
    ] = None,
    lang: LangOption = None,
    gpu_slots: Annotated[
        int,
        typer.Option(
            "--gpu-slots", min=0, help="Submissions that share a GPU, where exercises ask for one; 0: use no GPU."
        ),
    ] = 1,
    seed: SeedOption = 0,
    trust: TrustOption = False,
    course_root: CourseOption = None,
) -> None:
    """Grade a class.

    Each grade is kept as it arrives: after Ctrl-C or a crash the same command goes on where it stood. Work that was
    graded before, under the same checks and packages, is not run again.
    """
    from grader.intake import read_class

    course = open_course(course_root)  # whole: a file that belongs to another exercise is not one of this
    only = pick_one(course, exercise_id) if exercise_id else None
    read_in = course.language(lang.value if lang else None)
    if not directory.is_dir():
        raise GraderError(f"{directory}: not a folder; give the folder that holds a folder or .zip per student")
    with console(stderr=True).status("Reading submissions"):
        intake = read_class(directory, course, course.intake, exercise=only)
    show_warnings(intake.warnings)
    not_loaded = [course.broken[each] for each in intake.broken]
    if not intake.submissions:
        if not_loaded:
            raise not_loaded[0]
        raise GraderError(
            f"{directory}: no submission found; expected {directory}/<student>/<track>/<unit>/<exercise>.ipynb"
        )
    with output_folder(out):
        grades = grade_with_progress(
            course, intake.submissions, out, workers=workers, trust=trust, seed=seed, slots_per_gpu=gpu_slots
        )
        paths = write_everything(course, grades, out, read_in)
    show_summary(grades, paths)
    if tell_broken(not_loaded) or any(grade.outcome is Outcome.GRADER_ERROR for grade in grades):
        raise typer.Exit(EXIT_NOT_ALL)


def grade_with_progress(
    course: Course,
    submissions: Sequence[Submission],
    out: Path,
    *,
    workers: int | None = None,
    trust: bool = False,
    seed: int = 0,
    slots_per_gpu: int = 1,
) -> list[Grade]:
    """Grade submissions into the gradebook of ``out`` with a progress bar.

    Ctrl-C ends the command with 130, as do SIGTERM and the end of its terminal; what is done is kept. The grades come
    without their executed notebooks.
    """
    from grader.gradebook import Gradebook
    from grader.grading import BatchInterrupted, Conditions, grade_batch
    from grader.sandbox import choose_backend

    choose_backend(trust=trust)  # refuse before anything starts, with the reason
    slots = gpu_slots_for([course.exercises[each.exercise_id] for each in submissions], slots_per_gpu)
    bar = ProgressBar("Starting", len(submissions), remaining=True, stays=True)
    with Gradebook(out / GRADEBOOK_NAME) as book, bar, stopped_kindly():
        try:
            return grade_batch(
                course,
                submissions,
                book,
                workers=workers or max(1, os.cpu_count() or 1),
                conditions=Conditions.under(course, isolated=not trust, gpu=bool(slots), seed=seed),
                on_event=_shown_on(bar),
                gpu_slots=slots,
            )
        except BatchInterrupted as stopped:
            bar.stop()
            console().print(
                f"\nStopped. {len(stopped.grades)} grades are kept in {escape(str(out / GRADEBOOK_NAME))}, "
                f"{stopped.remaining} remain. Run the same command again to go on."
            )
            raise typer.Exit(EXIT_INTERRUPTED) from None


def show_warnings(warnings: Sequence[str]) -> None:
    """Print what intake has to say to the instructor."""
    for warning in warnings:
        console().print(f"[yellow]note:[/] {safe(warning, 400)}", soft_wrap=True)


def _shown_on(progress: ProgressBar) -> Callable[[BatchEvent], None]:
    from grader.grading import Arrived, Prepared, Retried

    def show(event: BatchEvent) -> None:
        match event:
            case Prepared(backend=backend, warm=warm):
                progress.update(progress.bar, description="Grading")
                if warm:
                    for reason in backend.cold_starts:
                        progress.console.print(f"[yellow]note:[/] starts are cold, which is slower: {escape(reason)}")
            case Arrived(grade=grade, done=done):
                progress.update(progress.bar, completed=done)
                if grade.outcome is Outcome.GRADER_ERROR:
                    progress.console.print(f"[bold red]grader_error:[/] {safe(grade.student)} · {grade.exercise_id}")
            case Retried(submission=submission):
                progress.console.print(
                    f"[yellow]note:[/] a worker died over {safe(submission.student)} · {submission.exercise_id}; "
                    "it is tried once more, alone, at the end"
                )

    return show


def write_everything(course: Course, grades: Sequence[Grade], out: Path, lang: Lang) -> dict[str, Path]:
    """Write ``grades.json``, ``grades.csv``, the class page and a page per student; return what lies where."""
    from grader.gradebook import Gradebook
    from grader.grading import write_grades_csv, write_grades_json
    from grader.reporting import write_reports

    write_grades_json(course, grades, out / "grades.json")
    write_grades_csv(course, grades, out / "grades.csv")
    with console(stderr=True).status("Writing reports"), Gradebook(out / GRADEBOOK_NAME) as book:
        class_page = write_reports(course, grades, out, lang, whole=book.whole)
    return {
        "class report": class_page,
        "student reports": out / "students",
        "grades": out / "grades.json",
        "table": out / "grades.csv",
        "gradebook": out / GRADEBOOK_NAME,
    }


def show_summary(grades: Sequence[Grade], paths: dict[str, Path]) -> None:
    """Print outcomes by exercise and where everything lies."""
    screen = console()
    outcomes = [outcome for outcome in Outcome if any(grade.outcome is outcome for grade in grades)]
    table = Table(
        title=f"{len(grades)} grades of {len({grade.student for grade in grades})} students", title_justify="left"
    )
    table.add_column("exercise", overflow="fold")
    for outcome in outcomes:
        table.add_column(outcome.value, justify="right", style=STYLES.get(outcome, ""))
    table.add_column("mean", justify="right")
    counts: dict[str, Counter[Outcome]] = {}
    for grade in grades:
        counts.setdefault(grade.exercise_id, Counter())[grade.outcome] += 1
    for exercise_id, counter in sorted(counts.items()):
        judged = [
            grade.points / grade.max_points
            for grade in grades
            if grade.exercise_id == exercise_id and grade.max_points and grade.outcome.judged
        ]
        mean = f"{100 * sum(judged) / len(judged):.0f} %" if judged else ""
        table.add_row(exercise_id, *(str(counter[outcome] or "") for outcome in outcomes), mean)
    screen.print(table)
    for grade in grades:
        if grade.outcome is Outcome.GRADER_ERROR:
            reason = our_fault(grade).strip().splitlines()[-1:] or ["no details"]
            screen.print(
                f"[bold red]grader_error:[/] {safe(grade.student)} · {grade.exercise_id}: {safe(reason[0], 300)}",
                soft_wrap=True,
            )
    for what, path in paths.items():
        screen.print(f"{what + ':':<17}{escape(str(path))}", soft_wrap=True)
