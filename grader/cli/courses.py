"""``grader init``, ``grader new exercise``, ``grader release``: a course and what students get of it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from grader.cli.common import (
    EXIT_NOT_ALL,
    CourseOption,
    IdsArgument,
    Language,
    broken_among,
    console,
    open_course,
    pick_exercises,
    tell_broken,
)
from grader.errors import GraderError, IsolationUnavailable
from grader.vocabulary import Lang

if TYPE_CHECKING:
    from grader.course.models import Exercise
    from grader.sandbox import Backend

new = typer.Typer(help="Write the skeleton of something new.", no_args_is_help=True)


class FormChoice(StrEnum):
    """What students hand in."""

    notebook = "notebook"
    module = "module"


class KindChoice(StrEnum):
    """What a new exercise is about; the keys of ``grader.course.skeleton.KINDS``."""

    function = "function"
    estimator = "estimator"
    pipeline = "pipeline"
    plot = "plot"
    metric = "metric"
    keras = "keras"
    short_answer = "short-answer"
    module = "module"
    agent = "agent"
    generator = "generator"
    service = "service"
    data_cleaning = "data-cleaning"


@new.callback()
def _new() -> None:
    """Write the skeleton of something new."""


@new.command("exercise")
def new_exercise(
    exercise_id: Annotated[str, typer.Argument(metavar="ID", help="Such as mytrack/unit1/first-steps.")],
    kind: Annotated[KindChoice, typer.Option("--kind", help="What the exercise is about.")] = KindChoice.function,
    form: Annotated[
        FormChoice | None,
        typer.Option("--form", help="What students hand in; the kind decides by default.", show_default=False),
    ] = None,
    course_root: CourseOption = None,
) -> None:
    """Write a small exercise that works: prompts in both languages, a reference, checks, mutants, an alternate."""
    from grader.course import load_exercise, write_new_exercise
    from grader.grading.grade_one import missing_packages

    course = open_course(course_root)
    folder = write_new_exercise(course, exercise_id, form.value if form else None, kind.value)
    screen = console()
    screen.print(f"Wrote {escape(str(folder))}")
    if missing := missing_packages(load_exercise(folder, course)):
        screen.print(
            f"note: this machine lacks {escape(', '.join(missing))}; until it is installed, the exercise is skipped here"
        )
    screen.print(f"Edit it, then: grader calibrate {exercise_id} && grader release && grader validate {exercise_id}")


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make the course in.")],
) -> None:
    """Make a new, empty course."""
    from grader.course import init_course

    if (directory / "course.toml").exists():
        raise GraderError(f"{directory / 'course.toml'}: there is a course already; choose another folder")
    init_course(directory)
    screen = console()
    screen.print(f"Made a course in {escape(str(directory))}")
    screen.print(f"Next: cd {escape(str(directory))} && grader new exercise intro/unit1/first-steps")


def release(
    ids: IdsArgument = None,
    lang: Annotated[
        Language | None,
        typer.Option("--lang", help="Keep one language only; all of the course by default.", show_default=False),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 when exercises/ is not what the sources build.")
    ] = False,
    course_root: CourseOption = None,
) -> None:
    """Build what students get (exercises/) from the sources (solutions/)."""
    from grader.course import check_release
    from grader.course import release as build
    from grader.datasets.public import provide_data

    course = open_course(course_root)
    chosen = [exercise.id for exercise in pick_exercises(course, ids)]
    screen = console()
    only: Lang | None = lang.value if lang else None
    if check:
        with console(stderr=True).status("Comparing"):
            differences = check_release(course, chosen if ids else None, lang=only, provide_data=provide_data)
        for difference in differences:
            screen.print(escape(str(difference)), soft_wrap=True)
        not_loaded = tell_broken(broken_among(course, ids).values()) if ids else False  # else among the differences
        if differences:
            remedy = "mend what cannot be loaded, then run" if course.broken else "run"
            command = " ".join(["grader release", *(ids or ()), *(["--lang", only] if only else ())])
            screen.print(f"{len(differences)} difference{'s' * (len(differences) > 1)}; {remedy}: {command}")
        if differences or not_loaded:
            raise typer.Exit(EXIT_NOT_ALL)
        screen.print(f"{'What is there of them' if ids else 'exercises/'} is what the sources build.")
        return
    with console(stderr=True).status("Building") as status, ExitStack() as stack:
        backend: Backend | None = None

        def provide_answers(exercise: Exercise) -> Mapping[str, Any]:
            from grader.references.visible_answers import visible_answers

            nonlocal backend
            status.update(f"Asking the reference of {escape(exercise.id)} what its visible checks ask")
            if backend is None:
                backend = _own_backend([course.exercises[each] for each in chosen])
                stack.callback(backend.close)
            return visible_answers(course, exercise, backend)

        written = build(
            course, chosen if ids else None, lang=only, provide_data=provide_data, provide_answers=provide_answers
        )
    if written or not ids:
        screen.print(
            f"Wrote {len(written)} files ({', '.join(chosen) if ids or course.broken else 'all exercises'}) under {escape(str(course.root / 'exercises'))}"
        )
    if course.broken:
        screen.print(
            f"[yellow]note:[/] {escape(', '.join(course.broken))} cannot be loaded: what was released of it stays, "
            "and so do the pages that list exercises",
            soft_wrap=True,
        )
    if tell_broken(broken_among(course, ids).values()):
        raise typer.Exit(EXIT_NOT_ALL)


def _own_backend(exercises: list[Exercise]) -> Backend:
    """What an author's own code runs in: warm where a sandbox can be had, without one elsewhere."""
    from grader.sandbox import choose_backend

    try:
        return choose_backend(warm=exercises)
    except IsolationUnavailable:
        return choose_backend(trust=True)
