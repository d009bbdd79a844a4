"""``grader calibrate`` and ``grader validate``: measure references, and prove that exercises judge rightly."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from grader.cli.common import (
    EXIT_INTERRUPTED,
    EXIT_NOT_ALL,
    CourseOption,
    IdsArgument,
    TrustOption,
    console,
    first_gpu_slot,
    open_course,
    pick_exercises,
    safe,
    stopped_kindly,
)
from grader.cli.proofs import figures, show_proof
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.models import Course, Exercise

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

    course = _in_profile(open_course(course_root, ids=ids), profile)
    chosen = pick_exercises(course, ids)
    backend = choose_backend(trust=trust, warm=chosen, gpu=first_gpu_slot(chosen))
    screen = console()
    with _going_on_later(), _progress("Calibrating", len(chosen)) as (progress, bar):
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
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Also write the proof as a page.", show_default=False),
    ] = None,
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
    thorough: Annotated[bool, typer.Option("--thorough", help="The reference under 20 seeds.")] = False,
    mutate: Annotated[
        int,
        typer.Option("--mutate", min=0, metavar="N", help="Also run N generated mutants of each reference."),
    ] = 0,
    strict_mutants: Annotated[
        bool, typer.Option("--strict-mutants", help="A generated mutant that survives is a failure.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Run again what was proven before.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show every attempt, also those that went as they should.")
    ] = False,
    profile: ProfileOption = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=1, help="Attempts run at a time; one per core by default.", show_default=False),
    ] = None,
    trust: TrustOption = False,
    course_root: CourseOption = None,
) -> None:
    """Prove that exercises judge rightly.

    The reference earns everything under several seeds, the starter (almost) nothing, every mutant fails exactly the
    checks that it names, every alternate passes all, no machine-made adversary earns more than the exercise states, the
    card and the release are up to date. What was proven before is remembered. Exit code 1 when something does not hold.
    """
    from grader.references import prove
    from grader.references.broken import load_each
    from grader.references.rates import Rates
    from grader.references.validate import Validation as Proof
    from grader.sandbox import choose_backend

    course, broken = load_each(course_root, ids)
    course = _in_profile(course, profile)
    chosen = [] if broken and not course.exercises else pick_exercises(course, ids if not broken else None)
    if changed_since is not None:
        changed = changed_exercises(course, changed_since)
        chosen = [exercise for exercise in chosen if exercise.id in changed]
    screen = console(stderr=as_json)
    skipped, chosen = _without_missing(chosen)
    for each in skipped:
        screen.print(f"[yellow]skipped[/] {each['exercise']}: {each['skipped']}")
    backend = choose_backend(trust=trust, warm=chosen, gpu=first_gpu_slot(chosen))
    with _going_on_later(), _progress("Validating", 1) as (progress, bar):
        proofs = prove(
            course,
            chosen,
            backend=backend,
            seeds=range(20 if thorough and seeds is None else seeds or course.seeds),
            workers=workers or len(os.sched_getaffinity(0)),
            mutate=mutate,
            fresh=fresh,
            strict_mutants=strict_mutants,
            on_event=lambda done, total, event: progress.update(
                bar, completed=done, total=total, description=safe(event, 80)
            ),
        )
    proofs += [Proof(name, (), (error,), 0.0) for name, error in broken.items()]
    for proof in proofs:
        show_proof(screen, proof, verbose)
    all_well = all(proof.ok for proof in proofs)
    total = sum((proof.rates for proof in proofs), start=Rates())
    if html is not None:
        from grader.reporting.proof_view import write_proof

        write_proof(course, proofs, html)
        screen.print(f"Page: {safe(str(html), 1000)}")
    if as_json:
        results = [*skipped, *(proof.to_json() for proof in proofs)]
        whole = {"ok": all_well, "rates": total.to_json(), "exercises": results}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    elif not proofs:
        screen.print("No exercise to validate.")
    else:
        screen.print(figures(total), soft_wrap=True)
        screen.print(
            f"{len(proofs)} exercises: " + ("[green]all prove right[/]" if all_well else "[bold red]not all right[/]")
        )
    if not all_well:
        raise typer.Exit(EXIT_NOT_ALL)


def _in_profile(course: Course, profile: str | None) -> Course:
    if profile not in (None, "small", "full"):
        raise typer.BadParameter(f"{profile!r} is not a profile; give small or full", param_hint="--profile")
    return course if profile is None else course.model_copy(update={"profile": profile})


def _without_missing(chosen: list[Exercise]) -> tuple[list[dict[str, object]], list[Exercise]]:
    """What this machine lacks packages for, as plain data, and the other exercises."""
    from grader.grading.grade_one import missing_packages

    skipped: list[dict[str, object]] = []
    kept = []
    for exercise in chosen:
        if missing := missing_packages(exercise):
            reason = f"this machine lacks {', '.join(missing)}"
            skipped.append({"exercise": exercise.id, "ok": True, "skipped": reason})
        else:
            kept.append(exercise)
    return skipped, kept


def _shown(progress: Progress, bar: TaskID, name: str) -> Callable[[str], None]:
    return lambda event: progress.update(bar, description=f"{name}: {safe(event, 80)}")


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
def _going_on_later() -> Iterator[None]:
    """Whoever is stopped is told that nothing of it is lost."""
    try:
        with stopped_kindly():
            yield
    except KeyboardInterrupt:
        console(stderr=True).print("Stopped. What has been run is remembered: the same command goes on from there.")
        raise typer.Exit(EXIT_INTERRUPTED) from None


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
