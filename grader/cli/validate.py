"""``grader validate``: prove that exercises judge rightly, and keep what was found in records."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from grader.cli.calibrate import (
    ProfileOption,
    SeedsOption,
    going_on_later,
    in_profile,
)
from grader.cli.common import (
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
)
from grader.cli.progress import ProgressBar
from grader.cli.proof_records import differences_of, hold_records, tell_prices, write_records
from grader.cli.proof_tables import figures, show_differences, show_proof
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.models import Course, Exercise
    from grader.proving.attempts import Attempt
    from grader.proving.budget import Choice
    from grader.proving.validate import Validation

_GENERATED = 10  # mutants that a record lists, where nobody says how many


def validate(
    ids: IdsArgument = None,
    record: Annotated[
        bool, typer.Option("--record", help="Write what is proved into proof records, beside the cards.")
    ] = False,
    check_records: Annotated[
        bool,
        typer.Option("--check-records", help="Run nothing: only say whether records belong to the files as they are."),
    ] = False,
    prices: Annotated[
        bool, typer.Option("--prices", help="Run nothing: show what known mistakes cost, by the proof records.")
    ] = False,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget",
            min=0.5,
            metavar="MINUTES",
            help="Run what fits: exercises that differ from their records, attempts of old records, then a sample.",
            show_default=False,
        ),
    ] = None,
    draw: Annotated[
        str | None,
        typer.Option(
            "--draw",
            metavar="TEXT",
            help="Decides the sample of --budget; the present git commit by default.",
            show_default=False,
        ),
    ] = None,
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
            help="Only exercises whose files differ from this git revision; with --budget, these first.",
            show_default=False,
        ),
    ] = None,
    seeds: SeedsOption = None,
    thorough: Annotated[bool, typer.Option("--thorough", help="The reference under 20 seeds.")] = False,
    mutate: Annotated[
        int | None,
        typer.Option(
            "--mutate",
            min=0,
            metavar="N",
            help=f"Also run N generated mutants of each reference; {_GENERATED} with --record, else none.",
            show_default=False,
        ),
    ] = None,
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

    The reference earns everything under several seeds, the starter (almost) nothing, every mutant loses its price and is
    told its sentence, every alternate passes all, no
    machine-made adversary earns more than the exercise states, the card and the release are up to date. What was proven
    before is remembered. Exit code 1 when something does not hold.

    Proof records (reference_models/<exercise>.proof.json) keep what was found. Where an attempt comes out otherwise than
    its record says, that is shown, and written only with --record.
    """
    from grader.proving import prove
    from grader.proving.validate import Validation as Proof
    from grader.sandbox import choose_backend, clean_up

    if record and (budget is not None or check_records):
        raise typer.BadParameter(
            "a record lists a whole proof; leave --budget and --check-records out", param_hint="--record"
        )
    for name, asked in (("--check-records", check_records), ("--prices", prices)):
        if asked and (budget is not None or (record and name == "--prices")):
            raise typer.BadParameter("it runs nothing; leave --budget and --record out", param_hint=name)
    if check_records and prices:
        raise typer.BadParameter("it goes alone; leave --check-records out", param_hint="--prices")
    course = in_profile(open_course(course_root, ids=ids), profile)
    broken = {name: str(error) for name, error in broken_among(course, ids).items()}
    if record and seeds is not None and seeds < course.seeds:
        raise typer.BadParameter(
            f"a record of this course needs {course.seeds} seeds (course.toml); leave --seeds out", param_hint="--seeds"
        )
    chosen = pick_exercises(course, ids)
    changed = changed_exercises(course, changed_since) if changed_since is not None else set()
    if changed_since is not None and budget is None:
        chosen = [exercise for exercise in chosen if exercise.id in changed]
    screen = console(stderr=as_json)
    if check_records:
        raise typer.Exit(hold_records(course, chosen, broken, screen, as_json))
    if prices:
        raise typer.Exit(tell_prices(course, chosen, broken, screen, as_json))
    skipped, chosen = _without_missing(chosen)
    for each in skipped:
        screen.print(f"[yellow]skipped[/] {each['exercise']}: {each['skipped']}")
    began = time.monotonic()
    workers = workers or len(os.sched_getaffinity(0))
    tried = range(20 if thorough and seeds is None else seeds or course.seeds)
    mutants = mutate if mutate is not None else _GENERATED if record else 0
    choice = None
    if budget is not None:
        choice = _choose(course, chosen, budget, workers, draw, changed, tried, mutants)
        _show_choice(screen, choice, budget)
        chosen = [exercise for exercise in chosen if exercise.id in choice.exercises]
    slot = first_gpu_slot(chosen)
    if record and course.profile == "full" and slot is None and (small := [each.id for each in chosen if each.gpu]):
        raise GraderError(
            f"{', '.join(small)}: the full profile cannot be recorded without a GPU; name other exercises"
        )
    backend = choose_backend(trust=trust, warm=chosen, gpu=slot)
    try:
        with going_on_later(), ProgressBar("Validating", 1) as progress:
            proofs = prove(
                course,
                chosen,
                backend=backend,
                seeds=tried,
                workers=workers,
                mutate=mutants,
                fresh=fresh,
                strict_mutants=strict_mutants,
                only=choice.jobs if choice is not None else None,
                until=began + 60 * budget if budget is not None else float("inf"),
                on_event=lambda done, total, event: progress.update(
                    progress.bar, completed=done, total=total, description=safe(event, 80)
                ),
                on_problem=lambda name, problem: progress.console.print(
                    f"[yellow]before anything is run[/] {safe(name)}: {safe(problem, 1000)}", soft_wrap=True
                ),
            )
    finally:
        backend.close()
        clean_up()  # after workers that were killed and could not do so themselves
    differences = {proof.exercise_id: differences_of(course, proof, slot is not None) for proof in proofs}
    proofs += [Proof(name, (), (error,), 0.0) for name, error in broken.items()]
    for proof in proofs:
        show_proof(screen, proof, verbose)
        show_differences(screen, differences.get(proof.exercise_id, {}))
    if record:
        write_records(
            course, [proof for proof in proofs if proof.exercise_id in course.exercises], tuple(tried), screen
        )
    if html is not None:
        from grader.reporting.proof_view import write_proof

        write_proof(course, proofs, html)
        screen.print(f"Page: {safe(str(html), 1000)}")
    _conclude(screen, proofs, skipped, differences, record, as_json)


def _conclude(
    screen: Console,
    proofs: Sequence[Validation],
    skipped: Sequence[dict[str, object]],
    differences: dict[str, dict[str, str]],
    recorded: bool,
    as_json: bool,
) -> None:
    """The figures of the whole, and the exit code."""
    from grader.proving.rates import Rates

    nothing_ran = bool(proofs) and not any(proof.rows or proof.problems for proof in proofs)
    all_well = all(proof.ok for proof in proofs) and not nothing_ran
    total = sum((proof.rates for proof in proofs), start=Rates())
    if as_json:
        results = [
            {**proof.to_json(), "differs_from_record": differences.get(proof.exercise_id, {})} for proof in proofs
        ]
        whole = {"ok": all_well, "rates": total.to_json(), "exercises": [*skipped, *results]}
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    elif not proofs:
        screen.print("No exercise to validate.")
    else:
        screen.print(figures(total), soft_wrap=True)
        if unfinished := sum(proof.unfinished for proof in proofs):
            screen.print(f"{unfinished} planned attempts were not run.")
        if moved := sum(map(len, differences.values())):
            remedy = "" if recorded else "; write them with --record"
            screen.print(f"{moved} attempts came out otherwise than their records said{remedy}.")
        well = "all prove right" if all(proof.whole for proof in proofs) else "what was run is as it should be"
        wrong = "nothing was run in time" if nothing_ran else "not all right"
        screen.print(f"{len(proofs)} exercises: " + (f"[green]{well}[/]" if all_well else f"[bold red]{wrong}[/]"))
    if not all_well:
        raise typer.Exit(EXIT_NOT_ALL)


def _choose(
    course: Course,
    chosen: Sequence[Exercise],
    minutes: float,
    workers: int,
    draw: str | None,
    first: set[str],
    seeds: Sequence[int],
    mutate: int,
) -> Choice:
    from grader.proving.budget import choose
    from grader.proving.records import Standing, find_record
    from grader.proving.validate import plan, plan_again, vanished

    found = [find_record(course, exercise) for exercise in chosen]
    planned = {}
    for exercise, each in zip(chosen, found, strict=True):
        if each.standing.ok and each.record is not None:
            planned[exercise.id] = plan_again(exercise, each.record)
        else:
            planned[exercise.id] = plan(exercise, seeds, mutate)
    draw = draw if draw is not None else _commit(course.root)
    choice = choose(found, planned, minutes=minutes, workers=workers, draw=draw, first=first)
    gone: set[tuple[str, Attempt]] = set()
    for each in found:
        if each.standing is Standing.OLD and each.exercise_id in choice.exercises:
            attempts = [attempt for exercise_id, attempt in choice.jobs if exercise_id == each.exercise_id]
            exercise = course.exercises[each.exercise_id]
            gone |= {(exercise.id, attempt) for attempt in vanished(exercise, attempts)}
    return choice.without(gone)


def _commit(root: Path) -> str:
    """The present commit, or an empty text where there is none."""
    try:
        done = subprocess.run(["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.decode().strip()


def _show_choice(screen: Console, choice: Choice, minutes: float) -> None:
    names = {"changed": "of changed exercises", "old": "of old records", "sample": "of current records"}
    parts = [f"{run} of {total} attempts {names[why]}" for why, (run, total) in choice.counts.items() if total]
    left = sum(total - run for run, total in choice.counts.values())
    screen.print(
        f"A budget of {minutes:g} minutes: {', '.join(parts) or 'nothing to run'}; {left} are not run. "
        f"Expected: {choice.seconds:.0f} s of all workers together.",
        soft_wrap=True,
    )


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
    files = {f"reference_models/{exercise.folder}{suffix}" for suffix in (".json", ".proof.json")}
    return any(name.startswith(folders) or name in files for name in names)
