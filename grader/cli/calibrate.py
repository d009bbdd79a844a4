"""``grader calibrate``: measure references; and what ``grader validate`` shares with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from grader.cli.common import (
    EXIT_INTERRUPTED,
    EXIT_NOT_ALL,
    CourseOption,
    IdsArgument,
    TrustOption,
    broken_among,
    console,
    first_gpu_slot,
    open_course,
    pick_exercises,
    safe,
    stopped_kindly,
    tell_broken,
)
from grader.cli.progress import ProgressBar

if TYPE_CHECKING:
    from grader.course.models import Course

SeedsOption = Annotated[
    int | None,
    typer.Option("--seeds", min=1, help="How many seeds; the course's own number by default.", show_default=False),
]


ProfileOption = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="small|full",
        help="Which data and sizes; the course's own profile where left out. full needs: grader data fetch.",
        show_default=False,
    ),
]


def calibrate(
    ids: IdsArgument = None,
    seeds: SeedsOption = None,
    profile: ProfileOption = None,
    trust: TrustOption = False,
    course_root: CourseOption = None,
) -> None:
    """Run references over seeds and write their cards (reference_models/).

    Without --seeds, seeds are added (twenty at most) until the edge of every band is known well enough. What an
    interrupted calibration has finished is used by the next.
    """
    from grader.grading.grade_one import missing_packages
    from grader.references import calibrate as measure
    from grader.sandbox import choose_backend

    course = in_profile(open_course(course_root, ids=ids), profile)
    chosen = pick_exercises(course, ids)
    backend = choose_backend(trust=trust, warm=chosen, gpu=first_gpu_slot(chosen))
    screen = console()
    with going_on_later(), ProgressBar("Calibrating", len(chosen)) as progress:
        for exercise in chosen:
            progress.update(progress.bar, description=exercise.id)
            if missing := missing_packages(exercise):
                screen.print(f"[yellow]skipped[/] {exercise.id}: this machine lacks {', '.join(missing)}")
            else:
                measure(
                    course,
                    exercise,
                    seeds=range(seeds) if seeds else None,
                    backend=backend,
                    profile=course.profile,
                    on_event=_shown(progress, exercise.id),
                )
                screen.print(f"[green]wrote[/] {escape(short_path(exercise.card_path, course))}", soft_wrap=True)
            progress.advance(progress.bar)
    if tell_broken(broken_among(course, ids).values()):
        raise typer.Exit(EXIT_NOT_ALL)


def in_profile(course: Course, profile: str | None) -> Course:
    if profile not in (None, "small", "full"):
        raise typer.BadParameter(f"{profile!r} is not a profile; give small or full", param_hint="--profile")
    return course if profile is None else course.model_copy(update={"profile": profile})


def _shown(progress: ProgressBar, name: str) -> Callable[[str], None]:
    return lambda event: progress.update(progress.bar, description=f"{name}: {safe(event, 80)}")


@contextmanager
def going_on_later() -> Iterator[None]:
    """Whoever is stopped is told that nothing of it is lost."""
    try:
        with stopped_kindly():
            yield
    except KeyboardInterrupt:
        console(stderr=True).print("Stopped. What has been run is remembered: the same command goes on from there.")
        raise typer.Exit(EXIT_INTERRUPTED) from None


def short_path(path: Path, course: Course) -> str:
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)
