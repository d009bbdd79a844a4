"""Every ``grader`` command that a message, a report, a page or a script names is one that the command line takes."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from grader.cli.app import app

ROOT = Path(__file__).parents[2]
ROOT_COMMAND: Any = get_command(app)
COMMANDS = "|".join(sorted(ROOT_COMMAND.commands))
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
SCRIPTS = [ROOT / name for name in ("Makefile", ".ci/run")]

QUOTED = re.compile(r"``?(grader [^`]+)``?")
ADVISED = re.compile(
    rf"(?:\brun:? |\bthen:? |&& |'|\bwith )(grader [^\n;`']+)|\b(grader (?:--debug )?(?:{COMMANDS})\b[^\n;`']*)"
)
SHELL = re.compile(r"^(?:\$ |\s*\$\(BIN\)/|\s*\$bin/)(grader .+)$", re.MULTILINE)
STANDS_FOR = {"COMMAND": "doctor", "KIND": "function", "$PROOF_MINUTES": "8"}
NO_COMMAND = "grader is"  # the head of a column
ARGUMENT = re.compile(r"-|[A-Z]+\b|.*[/.\d{]")


def texts(tree: ast.AST) -> Iterator[str]:
    """Strings of a module as they read, ``X`` in place of what is filled in."""
    inside: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            inside.update(ast.walk(node))
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in inside:
            yield node.value


def said_in_prose(text: str) -> Iterator[str]:
    """Commands among words: what follows the last argument is no part of them."""
    for match in ADVISED.finditer(text):
        words = re.split(r"(?<=[\w/])[,.:)](?:\s|$)|\s&&|\s\(|[“”\"]", (match[1] or match[2]).strip())[0].split()
        path = 2 + (words[1:2] == ["--debug"])
        if " ".join(words[path - 1 : path]) in ("new", "data"):
            path += 1
        kept = words[:path]
        for word in words[path:]:
            if not ARGUMENT.match(word):
                break
            kept.append(word)
        yield " ".join(kept)


def found() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "grader").rglob("*.py")):
        for text in texts(ast.parse(path.read_bytes())):
            quoted = QUOTED.findall(text)
            for command in [*quoted, *said_in_prose(QUOTED.sub("", text))]:
                yield path.relative_to(ROOT).as_posix(), command
    for path in sorted((ROOT / "reports").rglob("*")):
        if path.suffix in (".toml", ".html", ".md", ".j2"):
            for command in said_in_prose(path.read_text("utf-8").replace("`", "'")):
                yield path.relative_to(ROOT).as_posix(), command
    for path in dict.fromkeys(PAGES):
        text = path.read_text("utf-8")
        for command in [*QUOTED.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)), *SHELL.findall(text)]:
            yield path.relative_to(ROOT).as_posix(), command
    for path in SCRIPTS:
        for command in SHELL.findall(path.read_text("utf-8").replace("\\\n", " ")):
            yield path.relative_to(ROOT).as_posix(), command


def problem(written: str) -> str:
    """Why the command line does not take a command; empty where it does. A mention without arguments is none."""
    arguments = shlex.split(re.split(r"&&|\$\{", written, maxsplit=1)[0], comments=True)[1:]
    arguments = [STANDS_FOR.get(each, each) for each in arguments]
    command, parent = ROOT_COMMAND, None
    try:
        while True:
            parent = command.make_context("grader", arguments, parent=parent)
            if not hasattr(command, "commands"):
                return ""
            _, command, arguments = command.resolve_command(parent, [*parent._protected_args, *parent.args])
    except typer.Exit:
        return ""
    except Exception as error:
        if type(error).__name__ in ("MissingParameter", "NoArgsIsHelpError"):
            given = [each for each in arguments if not each.startswith("-")]
            return str(error) if given else ""
        return f"{type(error).__name__}: {error}"


ALL = sorted(each for each in set(found()) if each[1] != NO_COMMAND)


def test_commands_are_found_where_they_are_advised() -> None:
    by_place = {place: [command for where, command in ALL if where == place] for place, _ in ALL}
    assert "grader --debug grade FILE" in by_place["grader/workers/worker_pool.py"]
    assert "grader calibrate X" in by_place["grader/references/card.py"]
    assert "grader data fetch X" in by_place["grader/datasets/files.py"]
    assert "grader validate --record X" in by_place["grader/course/proof_record.py"]
    assert {"README.md", ".ci/run", "Makefile", "docs/tutorial.md", "docs/validate.md"} <= by_place.keys()


@pytest.mark.parametrize(("place", "command"), ALL)
def test_a_command_that_is_advised_is_one(place: str, command: str) -> None:
    assert problem(command) == "", f"{place}: {command}"


@pytest.mark.parametrize(
    "wrong",
    ["grader grad FILE", "grader grade FILE --verbose", "grader try", "grader data fetch --all", "grader check A B C"],
)
def test_what_is_no_command_is_seen(wrong: str) -> None:
    assert (problem(wrong) != "") == (wrong != "grader try")


@pytest.mark.parametrize("written", [["--debug", "release"], ["release", "--debug"]])
def test_a_traceback_is_shown_with_debug_on_either_side(written: list[str], tmp_path: Path) -> None:
    given = [*written, "--course", str(tmp_path)]
    shown = CliRunner().invoke(app, given)
    assert (shown.exit_code, "Traceback" in shown.stderr, "CourseError" in shown.stderr) == (2, True, True)
    without = CliRunner().invoke(app, [each for each in given if each != "--debug"])
    assert (without.exit_code, "Traceback" in without.stderr) == (2, False)
