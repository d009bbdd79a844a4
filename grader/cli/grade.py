"""``grader grade``: one submission, all checks, in the sandbox."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.common import (
    EXIT_ERROR,
    EXIT_NOT_ALL,
    EXIT_OK,
    CourseOption,
    LangOption,
    SeedOption,
    TrustOption,
    console,
    exercise_of_file,
    first_gpu_slot,
    open_course,
    pick_one,
    safe,
)
from grader.errors import GraderError
from grader.vocabulary import Outcome

if TYPE_CHECKING:
    from grader.grading import Grade


def grade_file(
    file: Annotated[Path, typer.Argument(help="The submission: a notebook, a module, a folder or a .zip.")],
    exercise_id: Annotated[
        str | None, typer.Option("--exercise", metavar="ID", help="Which exercise; told by the file's name by default.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for report.html and grades.json.", show_default=False)
    ] = None,
    student: Annotated[
        str | None, typer.Option("--student", help="Name on the report; the file's name by default.")
    ] = None,
    details: Annotated[
        bool, typer.Option("--details", help="Also print what only instructors may see: values, tracebacks of checks.")
    ] = False,
    lang: LangOption = None,
    seed: SeedOption = 0,
    trust: TrustOption = False,
    course_root: CourseOption = None,
) -> None:
    """Grade one submission with all its checks, in a sandbox.

    Exit code 0: all points; 1: not all; 2: it could not be judged.
    """
    from grader.grading import Conditions, grade
    from grader.intake import read_submission
    from grader.reporting import print_grade
    from grader.sandbox import choose_backend

    if not file.exists():
        raise GraderError(f"{file}: there is no such file; give the notebook, module, folder or .zip to grade")
    course = open_course(course_root, ids=[exercise_id] if exercise_id else None)
    exercise = pick_one(course, exercise_id) if exercise_id else exercise_of_file(course, file)
    read_in = course.language(lang.value if lang else None)
    name = student or file.stem
    submission = read_submission(file, exercise, course.intake, student=name)
    backend = choose_backend(trust=trust, gpu=first_gpu_slot([exercise]))
    screen = console()
    with console(stderr=True).status(f"{safe(name)} · {exercise.id}: starting") as status:
        result = grade(
            course,
            exercise,
            submission,
            backend=backend,
            conditions=Conditions.on(course, backend, seed=seed),
            on_cell=lambda cell, cells: status.update(f"{safe(name)} · {exercise.id}: cell {cell} of {cells}"),
        )
    print_grade(result, screen, read_in, exercise, instructor=details)
    show_our_fault(result)
    if out is not None:
        from grader.grading import write_grades_json
        from grader.reporting import print_report_place, write_student_report

        out.mkdir(parents=True, exist_ok=True)
        write_student_report(course, name, [result], out / "report.html", read_in)
        write_grades_json(course, [result], out / "grades.json")
        print_report_place(out / "report.html", screen, read_in)
    raise typer.Exit(exit_code(result))


def exit_code(result: Grade) -> int:
    """0 all points, 1 not all, 2 not judged."""
    if not result.outcome.judged:
        return EXIT_ERROR
    return EXIT_OK if result.outcome is Outcome.PASSED else EXIT_NOT_ALL


def show_our_fault(result: Grade) -> None:
    """Print what an instructor needs to see of a ``grader_error``, loudly."""
    if result.outcome is not Outcome.GRADER_ERROR:
        return
    screen = console(stderr=True)
    screen.print("[bold red]grader_error:[/] this is our fault or a check's, not the student's:")
    screen.print(our_fault(result), markup=False)


def our_fault(result: Grade) -> str:
    """What is known about a ``grader_error``, for the instructor."""
    from grader.running.text import plain_text

    details = [str(result.extra.get("details", ""))]
    details += [f"{v.check}: {v.details}" for v in result.verdicts if v.outcome is Outcome.GRADER_ERROR]
    return plain_text("\n".join(filter(None, details)), 20_000)
