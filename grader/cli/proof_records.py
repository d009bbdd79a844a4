"""What ``grader validate`` does with proof records: holds them against the files and against a proof, and writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.markup import escape

from grader.cli.calibrate import short_path
from grader.cli.common import EXIT_NOT_ALL, safe
from grader.cli.proof_tables import show_prices, show_records
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.models import Course, Exercise
    from grader.proving.known_mistakes import Price
    from grader.proving.validate import Validation


def hold_records(
    course: Course, chosen: Sequence[Exercise], broken: Mapping[str, str], screen: Console, as_json: bool
) -> int:
    """Say how records stand; the exit code."""
    from grader.proving.records import Found, Standing, find_record

    found = [find_record(course, exercise) for exercise in chosen]
    found += [Found(name, Standing.DAMAGED, error) for name, error in broken.items()]
    if as_json:
        rows = [{"exercise": f.exercise_id, "standing": f.standing.value, "why": f.why} for f in found]
        typer.echo(json.dumps({"ok": all(f.standing.ok for f in found), "records": rows}, ensure_ascii=False, indent=1))
    else:
        show_records(screen, found)
    return 0 if all(each.standing.ok for each in found) else EXIT_NOT_ALL


def tell_prices(
    course: Course, chosen: Sequence[Exercise], broken: Mapping[str, str], screen: Console, as_json: bool
) -> int:
    """Say what known mistakes cost, by the records; the exit code. An exercise without known mistakes is passed over."""
    from grader.course.proof_record import load_record
    from grader.proving.known_mistakes import recorded_prices

    prices: list[Price] = []
    problems = dict(broken)
    for exercise in chosen:
        known = sum(mutant.known for mutant in exercise.mutant)
        try:
            found = recorded_prices(exercise, load_record(exercise, course.profile))
        except GraderError as error:
            problems[exercise.id] = str(error)
            continue
        prices += found
        if len(found) < known:
            problems[exercise.id] = (
                f"{known - len(found)} of {known} known mistakes are in no record; run: grader validate --record {exercise.id}"
            )
    if as_json:
        rows = [{**asdict(price), "moved": price.moved} for price in prices]
        typer.echo(json.dumps({"ok": not problems, "problems": problems, "prices": rows}, ensure_ascii=False, indent=1))
    else:
        show_prices(screen, prices)
        for key, problem in problems.items():
            screen.print(f"[red]no price[/] {escape(key)}: {safe(problem, 1000)}", soft_wrap=True)
    return EXIT_NOT_ALL if problems else 0


def differences_of(course: Course, proof: Validation, has_gpu: bool) -> dict[str, str]:
    """Attempts that came out otherwise than the record says, each with what differs."""
    from grader.course.proof_record import load_record
    from grader.proving.records import difference

    try:
        exercise = course.exercise(proof.exercise_id)
        record = load_record(exercise, course.as_run(exercise, has_gpu).profile)
    except GraderError:
        return {}  # a damaged record is told by --check-records
    known = {attempt.key: attempt for attempt in record.attempts} if record is not None else {}
    found = {}
    for row in proof.rows:
        recorded = known.get((row.attempt.kind, row.attempt.name, row.attempt.seed))
        if recorded is not None and not row.broken and (told := difference(recorded, row)):
            found[str(row.attempt)] = told
    return found


def write_records(course: Course, proofs: Sequence[Validation], seeds: tuple[int, ...], screen: Console) -> None:
    """Write the records of what is proved, and the pages that show their figures."""
    from grader.course import load_course
    from grader.course.proof_record import load_record, save_record
    from grader.course.release import release_pages
    from grader.errors import CourseError
    from grader.proving.records import record_of

    written = 0
    for proof in proofs:
        exercise = course.exercise(proof.exercise_id)
        if not proof.ok or proof.unfinished:
            screen.print(f"[yellow]not recorded[/] {escape(exercise.id)}: it is not proved", soft_wrap=True)
            continue
        try:
            before = load_record(exercise, course.profile)
        except CourseError:
            before = None  # damaged, and written anew
        path = save_record(exercise, course.profile, record_of(course, exercise, seeds, proof.rows, before))
        written += 1
        screen.print(f"[green]wrote[/] {escape(short_path(path, course))}", soft_wrap=True)
    if not written:
        return
    try:
        release_pages(load_course(course.root))
    except CourseError as error:
        screen.print(
            f"[yellow]note:[/] the pages of the course are not refreshed: {escape(str(error))}; then run: "
            "grader release",
            soft_wrap=True,
        )
