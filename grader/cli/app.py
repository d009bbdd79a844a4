"""The ``grader`` command: its groups, its help, and how errors end it."""

from __future__ import annotations

import sys
import tempfile
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from typer.core import TyperGroup

from grader import __version__
from grader.cli import batch, calibrate, check, courses, data, demo, doctor, grade, try_submission, validate
from grader.cli.common import EXIT_ERROR, console
from grader.errors import GraderError
from grader.files import FULL, unwritable


class Commands(TyperGroup):
    """Ends a command that fails with one sentence and exit code 2; with ``--debug``, with a traceback.

    ``--debug`` counts before the command's name and after it.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        if "--debug" in args[:end]:
            args = ["--debug", *(each for each in args[:end] if each != "--debug"), *args[end:]]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (GraderError, FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError) as error:
            problem: Exception = error
        except OSError as error:
            if error.errno not in FULL:
                raise
            problem = unwritable(Path(error.filename or tempfile.gettempdir()), error)
        if ctx.params.get("debug"):
            traceback.print_exception(problem)
        console(stderr=True).print(f"[bold red]error:[/] {escape(str(problem))}")
        raise typer.Exit(EXIT_ERROR)


app = typer.Typer(
    name="grader",
    cls=Commands,
    help="Grade hands-on machine learning exercises: sandboxed, calibrated, and kind to beginners.",
    epilog="Start with `grader demo`, or `grader check` next to an exercise. `grader doctor` looks at this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

STUDENT, INSTRUCTOR, AUTHOR, SYSTEM = "For students", "For instructors", "For authors of exercises", "This machine"
app.command("check", rich_help_panel=STUDENT)(check.check)
app.command("grade", rich_help_panel=INSTRUCTOR)(grade.grade_file)
app.command("batch", rich_help_panel=INSTRUCTOR)(batch.batch)
app.command("demo", rich_help_panel=INSTRUCTOR)(demo.demo)
app.command("init", rich_help_panel=AUTHOR)(courses.init)
app.add_typer(courses.new, name="new", rich_help_panel=AUTHOR)
app.command("release", rich_help_panel=AUTHOR)(courses.release)
app.command("calibrate", rich_help_panel=AUTHOR)(calibrate.calibrate)
app.command("validate", rich_help_panel=AUTHOR)(validate.validate)
app.command("try", rich_help_panel=AUTHOR)(try_submission.try_one)
app.command("doctor", rich_help_panel=SYSTEM)(doctor.doctor)
app.add_typer(data.app, name="data", rich_help_panel=SYSTEM)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"grader {__version__}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show tracebacks of errors; also after the name of a command.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Grade hands-on machine learning exercises: sandboxed, calibrated, and kind to beginners."""


def main() -> None:
    """Run the command line; exit code 0 all well, 1 something did not pass, 2 usage or course error, 130 Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a terminal without Korean shows a question mark rather than ending the command
            reconfigure(errors="replace")
    app(prog_name="grader")
