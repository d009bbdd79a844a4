"""``grader check``: a student's own look at their work. Visible checks only, no sandbox, nothing leaves the machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.common import (
    CourseOption,
    LangOption,
    console,
    exercise_of_file,
    first_gpu_slot,
    open_course,
    pick_one,
    safe,
)
from grader.cli.grade import exit_code, show_our_fault
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.models import Course, Exercise

NOT_HERE = (
    "no exercise file here: go to the folder of an exercise, or name the file: grader check softmax_regression.ipynb"
)


def check(
    file: Annotated[
        Path | None,
        typer.Argument(help="Your notebook or module; the one in this folder by default.", show_default=False),
    ] = None,
    exercise_id: Annotated[
        str | None, typer.Option("--exercise", metavar="ID", help="Which exercise; told by the file by default.")
    ] = None,
    lang: LangOption = None,
    course_root: CourseOption = None,
) -> None:
    """Check your own work with the checks that you can see.

    Runs your code on this computer without a sandbox, as if you had run it yourself.
    Exit code 0: everything passed; 1: not yet; 2: it could not be checked.
    """
    from grader.grading import Conditions, grade
    from grader.intake import read_submission
    from grader.reporting import print_grade
    from grader.sandbox import choose_backend

    course, exercise, path = _find(file, exercise_id, course_root)
    read_in = course.language(lang.value if lang else None)
    submission = read_submission(path, exercise, course.intake, student=path.stem)
    backend = choose_backend(trust=True, gpu=first_gpu_slot([exercise]))
    with console(stderr=True).status(f"{safe(path.name)}: starting") as status:
        result = grade(
            course,
            exercise,
            submission,
            backend=backend,
            conditions=Conditions.on(course, backend, visible_only=True),
            on_cell=lambda cell, cells: status.update(f"{safe(path.name)}: cell {cell} of {cells}"),
        )
    print_grade(result, console(), read_in, exercise, visible_only=True)
    show_our_fault(result)
    raise typer.Exit(exit_code(result))


def _find(file: Path | None, exercise_id: str | None, root: Path | None) -> tuple[Course, Exercise, Path]:
    """The course, the exercise and the file to check."""
    near = file.parent if file is not None else Path.cwd()
    if file is not None and not file.exists():
        raise GraderError(f"{file}: there is no such file; check the name, or go to its folder first")
    course = _course_around(near, root)
    if exercise_id is not None:
        exercise = pick_one(course, exercise_id)
    elif file is not None:
        exercise = exercise_of_file(course, file)
    else:
        exercise = _exercise_here(course, near)
    path = file or near / f"{exercise.name}{exercise.suffix}"
    if not path.exists():
        raise GraderError(f"{path}: there is no such file; name yours: grader check FILE --exercise {exercise.id}")
    return course, exercise, path


def _course_around(near: Path, root: Path | None) -> Course:
    """The course around a file, or, for a copy of a single exercise's folder, a course of that exercise alone."""
    from grader.course import load_course

    if root is None and not _in_course(near):
        if (near / "exercise.json").is_file():
            return load_course(near.resolve())
        if _in_course(Path.cwd()):  # a file somewhere else, checked from within the course
            return open_course(None)
    return open_course(root, near)


def _in_course(folder: Path) -> bool:
    from grader.course import find_course

    try:
        find_course(folder)
    except GraderError:
        return False
    return True


def _exercise_here(course: Course, near: Path) -> Exercise:
    here = near.resolve()
    for exercise in course.exercises.values():
        if exercise.release_dir != Path() and here == exercise.release_dir.resolve():
            return exercise
    for key, error in course.broken.items():
        if here == course.root.resolve() / "exercises" / key.replace("-", "_"):
            raise error
    found = [e for e in course.exercises.values() if (here / f"{e.name}{e.suffix}").is_file()]
    if len(found) == 1:
        return found[0]
    if found:
        raise GraderError(
            f"several exercises here ({', '.join(e.name + e.suffix for e in found)}); name one of the files"
        )
    raise GraderError(NOT_HERE)
