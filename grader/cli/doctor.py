"""``grader doctor``: what this machine has, and what to do about what is missing."""

from __future__ import annotations

import importlib.util
import json
import platform
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.table import Table

from grader.cli.common import EXIT_NOT_ALL, CourseOption, console, open_course
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.sandbox import Finding

MARKS = {"ok": "[green]ok[/]", "warning": "[yellow]warning[/]", "missing": "[bold red]missing[/]"}


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    course_root: CourseOption = None,
) -> None:
    """Look at this machine: sandbox, namespaces, cgroups, GPU, TensorFlow, data.

    Exit code 1 when something is missing that grading a class needs.
    """
    with console(stderr=True).status("Looking"):
        findings = _findings(course_root if course_root is not None else Path.cwd(), course_root is not None)
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        table = Table(title="grader doctor", title_justify="left")
        for column in ("topic", "state", "found", "what to do"):
            table.add_column(column, overflow="fold")
        for finding in findings:
            table.add_row(finding.topic, MARKS[finding.state], escape(finding.found), escape(finding.remedy))
        console().print(table)
    if any(finding.state == "missing" for finding in findings):
        raise typer.Exit(EXIT_NOT_ALL)


def _findings(near: Path, course_expected: bool) -> list[Finding]:
    from grader.sandbox import describe

    return [_python(), *describe(), _tensorflow(), *_course(near, course_expected)]


def _python() -> Finding:
    from grader.sandbox import Finding

    found = f"{platform.python_implementation()} {platform.python_version()} on {platform.system()}"
    return Finding("python", "ok", found)


def _tensorflow() -> Finding:
    from grader.sandbox import Finding

    if importlib.util.find_spec("tensorflow") is None:
        return Finding(
            "tensorflow",
            "warning",
            "not installed: exercises that need it are skipped, never failed",
            'pip install "grader[tensorflow]"',
        )
    for name in ("tensorflow-cpu", "tensorflow"):
        try:
            return Finding("tensorflow", "ok", f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return Finding("tensorflow", "ok", "installed")


def _course(near: Path, expected: bool) -> list[Finding]:
    from grader.sandbox import Finding

    try:
        course = open_course(near if expected else None)
    except GraderError as error:
        # Outside a course there is nothing wrong with the machine.
        known = expected or any((folder / "course.toml").is_file() for folder in (near, *near.parents))
        return [Finding("course", "missing" if known else "warning", str(error), "" if known else "grader init DIR")]
    findings = [Finding("course", "ok", f"{course.name}: {len(course.exercises)} exercises, profile {course.profile}")]
    wrong = dict.fromkeys(str(error) for error in course.broken.values())
    findings += [Finding("exercise", "missing", message) for message in wrong]
    return findings + _data(course.profile)


def _data(profile: str) -> list[Finding]:
    from grader.cli.data import fetched
    from grader.datasets import DATASETS
    from grader.sandbox import Finding

    have = [name for name in DATASETS if fetched(name)]
    small = Finding("data: small", "ok", "bundled or generated; needs no network")
    if len(have) == len(DATASETS):
        return [small, Finding("data: full", "ok", f"all {len(have)} data sets are fetched")]
    found = f"{len(have)} of {len(DATASETS)} data sets are fetched"
    remedy = "grader data fetch (only the profile full needs it)"
    return [small, Finding("data: full", "missing" if profile == "full" else "ok", found, remedy)]
