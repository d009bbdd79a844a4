"""``grader calibrate`` and ``grader validate``: measure references, and prove that exercises judge rightly."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from grader.cli.common import (
    EXIT_NOT_ALL,
    CourseOption,
    IdsArgument,
    TrustOption,
    console,
    first_gpu_slot,
    open_course,
    pick_exercises,
    safe,
)
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.models import Course, Exercise
    from grader.references import Validation

SeedsOption = Annotated[
    int | None,
    typer.Option("--seeds", min=1, help="How many seeds; the course's own number by default.", show_default=False),
]


def calibrate(
    ids: IdsArgument = None,
    seeds: SeedsOption = None,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="small|full",
            help="Which data and sizes to measure; the course's own profile where left out.",
            show_default=False,
        ),
    ] = None,
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

    if profile not in (None, "small", "full"):
        raise typer.BadParameter(f"{profile!r} is not a profile; give small or full", param_hint="--profile")
    course = open_course(course_root, ids=ids)
    if profile is not None:
        course = course.model_copy(update={"profile": profile})
    chosen = pick_exercises(course, ids)
    backend = choose_backend(trust=trust, warm=chosen, gpu=first_gpu_slot(chosen))
    screen = console()
    with _progress("Calibrating", len(chosen)) as (progress, bar):
        for exercise in chosen:
            progress.update(bar, description=exercise.id)
            if missing := missing_packages(exercise):
                screen.print(f"[yellow]skipped[/] {exercise.id}: this machine lacks {', '.join(missing)}")
            else:
                measure(
                    course,
                    exercise,
                    seeds=range(seeds) if seeds else None,
                    backend=backend,
                    profile=course.profile,
                    on_event=_shown(progress, bar, exercise.id),
                )
                screen.print(f"[green]wrote[/] {escape(_short(exercise.card_path, course))}", soft_wrap=True)
            progress.advance(bar)


def validate(
    ids: IdsArgument = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    changed_since: Annotated[
        str | None,
        typer.Option(
            "--changed-since",
            metavar="REV",
            help="Only exercises whose files differ from this git revision.",
            show_default=False,
        ),
    ] = None,
    seeds: SeedsOption = None,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Attempts run at a time.")] = 1,
    trust: TrustOption = False,
    course_root: CourseOption = None,
) -> None:
    """Prove that exercises judge rightly.

    The reference earns everything under several seeds, the starter (almost) nothing, every mutant fails exactly the
    checks that it names, every alternate passes all, the card and the release are up to date. Exit code 1 when not.
    """
    from grader.grading.grade_one import missing_packages
    from grader.references import validate as prove
    from grader.sandbox import choose_backend

    course = open_course(course_root, ids=ids)
    chosen = pick_exercises(course, ids)
    if changed_since is not None:
        changed = changed_exercises(course, changed_since)
        chosen = [exercise for exercise in chosen if exercise.id in changed]
    backend = choose_backend(trust=trust, warm=chosen, gpu=first_gpu_slot(chosen))
    screen = console(stderr=as_json)
    results: list[object] = []
    all_well = True
    with _progress("Validating", len(chosen)) as (progress, bar):
        for exercise in chosen:
            progress.update(bar, description=exercise.id)
            if missing := missing_packages(exercise):
                reason = f"this machine lacks {', '.join(missing)}"
                screen.print(f"[yellow]skipped[/] {exercise.id}: {reason}")
                results.append({"exercise": exercise.id, "ok": True, "skipped": reason})
            else:
                validation = prove(
                    course,
                    exercise,
                    backend=backend,
                    seeds=range(seeds or course.seeds),
                    workers=1 if exercise.gpu and backend.gpu is not None else workers,  # one at a time on a slot
                    on_event=_shown(progress, bar, exercise.id),
                )
                all_well &= validation.ok
                results.append(validation.to_json())
                screen.print(_table(validation))
            progress.advance(bar)
    if as_json:
        typer.echo(json.dumps({"ok": all_well, "exercises": results}, ensure_ascii=False, indent=1))
    elif not chosen:
        screen.print("No exercise to validate.")
    else:
        screen.print(
            f"{len(chosen)} exercises: " + ("[green]all prove right[/]" if all_well else "[bold red]not all right[/]")
        )
    if not all_well:
        raise typer.Exit(EXIT_NOT_ALL)


def _shown(progress: Progress, bar: TaskID, name: str) -> Callable[[str], None]:
    return lambda event: progress.update(bar, description=f"{name}: {safe(event, 80)}")


def _table(validation: Validation) -> Table:
    """One exercise's proof: every attempt with what was expected and, where it differs, what was found."""
    mark = "[green]proved[/]" if validation.ok else "[bold red]not proved[/]"
    table = Table(title=f"{validation.exercise_id}: {mark}, {validation.seconds:.0f} s", title_justify="left")
    table.add_column("attempt", overflow="fold")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("s", justify="right", no_wrap=True)
    table.add_column("expected", overflow="fold")
    table.add_column("found", overflow="fold")
    for row in validation.rows:
        found = "[green]so it is[/]" if row.ok else f"[red]{safe(row.found, 2000)}[/]"
        points = f"{round(row.points, 2):g}/{row.max_points:g}"
        table.add_row(escape(str(row.attempt)), points, f"{row.seconds:.1f}", escape(row.expected), found)
    for problem in validation.problems:
        table.add_row("[red]problem[/]", "", "", "", f"[red]{escape(problem)}[/]")
    return table


def changed_exercises(course: Course, revision: str) -> set[str]:
    """Ids of exercises whose source, release or card differs from a git revision, uncommitted changes included.

    Raises
    ------
    GraderError
        The course is not in a git repository, or does not know the revision.
    """
    command = ["git", "-C", str(course.root)]
    names: list[str] = []
    for arguments in (
        ["diff", "--name-only", "--relative", "-z", revision, "--"],
        ["ls-files", "--others", "--exclude-standard", "-z"],
    ):
        try:
            done = subprocess.run([*command, *arguments], capture_output=True, check=True)
        except FileNotFoundError:
            raise GraderError("--changed-since needs git on the PATH; install git, or name the exercises") from None
        except subprocess.CalledProcessError as error:
            reason = error.stderr.decode(errors="replace").strip().splitlines()[:1]
            raise GraderError(
                f"--changed-since {revision}: {' '.join(reason) or 'git failed'}; give a revision that exists"
            ) from None
        names += done.stdout.decode(errors="replace").split("\0")
    return {exercise.id for exercise in course.exercises.values() if _touches(exercise, names)}


def _touches(exercise: Exercise, names: list[str]) -> bool:
    folders = (f"solutions/{exercise.folder}/", f"exercises/{exercise.folder}/")
    return any(name.startswith(folders) or name == f"reference_models/{exercise.folder}.json" for name in names)


@contextmanager
def _progress(what: str, total: int) -> Iterator[tuple[Progress, TaskID]]:
    columns = (
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        yield progress, progress.add_task(what, total=total)


def _short(path: Path, course: Course) -> str:
    return str(path.relative_to(course.root)) if path.is_relative_to(course.root) else str(path)
