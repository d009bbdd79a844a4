"""``grader demo``: grade a made-up class for real and compare with what must come of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from grader.cli.batch import STYLES, grade_with_progress, show_summary, show_warnings, write_everything
from grader.cli.common import (
    EXIT_NOT_ALL,
    CourseOption,
    IdsArgument,
    LangOption,
    TrustOption,
    broken_among,
    console,
    open_course,
    pick_exercises,
    safe,
    tell_broken,
)
from grader.errors import GraderError
from grader.files import output_folder


def demo(
    ids: IdsArgument = None,
    out: Annotated[Path, typer.Option("--out", help="Where the class, its grades and reports go.")] = Path("demo-out"),
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", min=1, help="Submissions graded at a time; one per core by default.", show_default=False
        ),
    ] = None,
    lang: LangOption = None,
    trust: TrustOption = False,
    course_root: CourseOption = None,
) -> None:
    """Build a demo class, grade it in the sandbox, and compare with the verdicts that must come of it.

    Exit code 1 when a grade is not what was expected.
    """
    from grader.demo import build_class, compare
    from grader.intake import read_class

    course = open_course(course_root, ids=ids)
    chosen = pick_exercises(course, ids)
    broken = broken_among(course, ids)
    if broken and not chosen:
        raise next(iter(broken.values()))
    if not chosen or not any(exercise.source_dir != Path() for exercise in chosen):
        raise GraderError("the demo class is made from solutions/, and this course has none")
    course = course.model_copy(update={"exercises": {exercise.id: exercise for exercise in chosen}})
    read_in = course.language(lang.value if lang else None)
    screen = console()
    with output_folder(out):
        with console(stderr=True).status("Building the class"):
            expected = build_class(course, out)
        screen.print(f"The class: {len({item.student for item in expected}) + 1} students, {len(expected)} submissions")
        intake = read_class(out / "submissions", course, course.intake)
        show_warnings(intake.warnings)
        grades = grade_with_progress(course, intake.submissions, out, workers=workers, trust=trust)
        paths = write_everything(course, grades, out, read_in)

    found = {(grade.student, grade.exercise_id): grade for grade in grades}
    table = Table(title="Demo class", title_justify="left")
    table.add_column("student", overflow="fold")
    table.add_column("exercise", overflow="fold")
    table.add_column("handed in", overflow="fold")
    table.add_column("outcome", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    for item in expected:
        grade = found.get((item.student, item.exercise_id))
        if grade is not None:
            style = STYLES.get(grade.outcome, "red")
            points = f"{round(grade.points, 2):g}/{grade.max_points:g}"
            table.add_row(
                safe(item.student), item.exercise_id, safe(item.work), f"[{style}]{grade.outcome.value}[/]", points
            )
    screen.print(table)
    show_summary(grades, paths)
    differences = compare(expected, grades)
    for difference in differences:
        screen.print(f"[bold red]not as expected:[/] {safe(difference, 600)}", soft_wrap=True)
    if tell_broken(broken.values()) or differences:
        raise typer.Exit(EXIT_NOT_ALL)
    screen.print(f"[green]All {len(expected)} grades are what was expected[/] (expected.json).")
