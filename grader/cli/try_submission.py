"""``grader try``: what each check saw and said, to the student and to the author."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.rule import Rule
from rich.text import Text as Styled

from grader.cli.common import (
    EXIT_NOT_ALL,
    CourseOption,
    Language,
    SeedOption,
    TrustOption,
    console,
    first_gpu_slot,
    open_course,
    pick_exercises,
    pick_one,
)
from grader.errors import GraderError
from grader.vocabulary import Lang, Outcome

if TYPE_CHECKING:
    from rich.console import Console

    from grader.course.models import Course, Exercise
    from grader.proving.check_trace import CheckTrace

LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang", help="Only what students read in this language; all of the course by default.", show_default=False
    ),
]


def try_one(
    exercise_id: Annotated[str, typer.Argument(metavar="ID", help="The exercise.")],
    file: Annotated[
        Path | None, typer.Argument(help="A submission: a notebook, a module, a folder or a .zip.", show_default=False)
    ] = None,
    mutant: Annotated[str | None, typer.Option("--mutant", metavar="NAME", help="A mutant of exercise.toml.")] = None,
    alternate: Annotated[str | None, typer.Option("--alternate", metavar="NAME", help="An alternate.")] = None,
    reference: Annotated[bool, typer.Option("--reference", help="The worked solution.")] = False,
    starter: Annotated[bool, typer.Option("--starter", help="What students begin with.")] = False,
    check: Annotated[str | None, typer.Option("--check", metavar="NAME", help="Show this check only.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
    lang: LangOption = None,
    seed: SeedOption = 0,
    trust: TrustOption = False,
    course_root: CourseOption = None,
) -> None:
    """Show what each check asked, got and said, both to the student and to the author.

    What is tried is a FILE or one of --reference, --starter, --mutant and --alternate. Exit code 1: not all points.
    """
    from grader.proving.check_trace import trace_submission
    from grader.running.text import plain_text
    from grader.sandbox import choose_backend

    course = open_course(course_root, ids=[exercise_id])
    chosen = pick_exercises(course, [exercise_id])
    if len(chosen) > 1:
        raise GraderError(f"{exercise_id} stands for {len(chosen)} exercises; name one")
    exercise = pick_one(course, exercise_id)
    submitted, extra = _submitted(course, exercise, file, mutant, alternate, reference, starter)
    backend = choose_backend(trust=trust, gpu=first_gpu_slot([exercise]))
    trace = trace_submission(course, exercise, submitted, extra, backend=backend, seed=seed)
    run, tried = trace.run, list(trace.checks)
    if check is not None:
        names = ", ".join(each.verdict.check for each in tried)
        tried = [each for each in tried if check in (each.verdict.check, each.verdict.check.split("[")[0])]
        if not tried:
            raise GraderError(f"{exercise.id} has no check {check!r}; there are: {names}")
    earned, possible = (sum(getattr(each.verdict, name) for each in tried) for name in ("points", "max_points"))
    if as_json:
        whole = {
            "exercise": exercise.id, "seed": seed, "points": earned, "max_points": possible,
            "run": run.outcome.value, "message": run.message.en, "checks": [each.to_json() for each in tried],
            "charges": [asdict(charge) for charge in trace.charges],
        }  # fmt: skip
        typer.echo(json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        screen = console()
        if run.outcome is not Outcome.PASSED:
            screen.print(f"The run ended with {run.outcome.value}: {plain_text(run.message.en, 500)}", markup=False)
        for each in tried:
            _show(each, screen, tuple(course.languages if lang is None else [course.language(lang.value)]))
        for charge in trace.charges:
            where = ", ".join(charge.checks)
            screen.print(
                f"Charged once: {charge.mistake}, {charge.costs:g} points for {where}", markup=False, soft_wrap=True
            )
        screen.print(f"{round(earned, 2):g} of {possible:g} points")
    if earned < possible:
        raise typer.Exit(EXIT_NOT_ALL)


def _submitted(
    course: Course,
    exercise: Exercise,
    file: Path | None,
    mutant: str | None,
    alternate: str | None,
    reference: bool,
    starter: bool,
) -> tuple[bytes, dict[str, bytes]]:
    """The file to try and those beside it; exactly one source must be named."""
    from grader.course import build_reference, build_starter
    from grader.intake import read_submission

    named = [file is not None, mutant is not None, alternate is not None, reference, starter]
    if sum(named) != 1:
        raise GraderError("name one thing to try: a file, --reference, --starter, --mutant NAME or --alternate NAME")
    if file is not None:
        if not file.exists():
            raise GraderError(f"{file}: there is no such file; give a notebook, a module, a folder or a .zip")
        submission = read_submission(file, exercise, course.intake, student=file.stem)
        if submission.invalid is not None:
            raise GraderError(f"{file}: cannot be graded: {submission.invalid.en}")
        return submission.main, submission.extra
    if starter:
        return build_starter(exercise, course.only_language), {}
    return build_reference(exercise, mutant=mutant, alternate=alternate), {}


def _show(tried: CheckTrace, screen: Console, langs: tuple[Lang, ...]) -> None:
    """One check; everything in it may be hostile text and is shown plain."""
    from grader.running.text import plain_text

    verdict = tried.verdict
    body = Styled()

    def say(label: str, text: str, style: str = "") -> None:
        body.append(f"{label}: ", style="bold")
        body.append(plain_text(text, 4000) + "\n", style=style)

    for asked, answer in tried.questions[:20]:
        say("asked", asked)
        say("  got", answer)
    if len(tried.questions) > 20:
        say("asked", f"{len(tried.questions) - 20} more questions")
    for sentence in verdict.feedback:
        for lang in langs:
            say(f"student reads ({lang})", sentence[lang], "yellow")
    if verdict.student_details:
        say("student reads", verdict.student_details, "yellow")
    for reading in verdict.bands:
        say(
            "band",
            f"{reading.metric} {reading.value:.6g} between baseline {reading.baseline:.6g} and edge {reading.edge:.6g}, "
            f"{reading.direction} is better",
        )
    if verdict.mistakes:
        say("known mistake", ", ".join(verdict.mistakes))
    if verdict.details:
        say("only you read", verdict.details, "dim")
    where = "visible" if verdict.visible else "hidden"
    alone = f", {round(verdict.alone, 2):g} by itself" if verdict.alone is not None else ""
    points = f"{round(verdict.points, 2):g} of {verdict.max_points:g}{alone}"
    head = f"{verdict.check}: {verdict.outcome.value}, {points} ({where})"
    screen.print(Rule(Styled(f"{head}, {verdict.seconds:.2f} s"), align="left"))
    screen.print(body, soft_wrap=not screen.is_terminal)
