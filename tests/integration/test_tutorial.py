"""The tutorial, done as it says: its files are written, its commands run, and what they print is compared."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial.md"
_BLOCK = re.compile(
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.MULTILINE | re.DOTALL
)
_BOX = str.maketrans(dict.fromkeys("┏━┳┓┃┡╇┩│└─┴┘┼┤├", " "))


@dataclass(frozen=True)
class Block:
    language: str
    title: str | None
    body: str


def blocks() -> list[Block]:
    found = _BLOCK.finditer(PAGE.read_text("utf-8"))
    return [Block(each["language"], each["title"], each["body"]) for each in found]


def commands(body: str) -> list[tuple[str, str]]:
    """Each command of a console block with what it should print."""
    parts = re.split(r"^\$ (.*)$", body, flags=re.MULTILINE)
    return [(command, wanted.strip("\n")) for command, wanted in zip(parts[1::2], parts[2::2], strict=True)]


def plain(text: str) -> str:
    """Text without table borders, spaces run together."""
    return " ".join(text.translate(_BOX).split())


def says(wanted: str, got: str) -> bool:
    checker = doctest.OutputChecker()
    return checker.check_output(plain(wanted) + "\n", plain(got) + "\n", doctest.ELLIPSIS)


def run(command: str, folder: Path) -> str:
    arguments = shlex.split(command)
    assert arguments[0] == "grader", command
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "300"}
    done = subprocess.run(
        [sys.executable, "-m", "grader.cli", *arguments[1:]],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment,
    )
    assert done.returncode in (0, 1), done.stderr  # 1: something is not right yet, which the page may well show
    return done.stdout


def test_outputs_are_compared() -> None:
    assert says("Wrote ...a_file\nDone", "Wrote /tmp/x/a_file\nDone\n")
    assert not says("Wrote ...a_file", "Wrote nothing")
    assert not says("1 exercises: all prove right", "1 exercises: not all right")


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_tutorial_is_true(tmp_path: Path) -> None:
    folder = tmp_path
    course = tmp_path / "mycourse"
    ran = 0
    for block in blocks():
        if block.title is not None:
            path = course / block.title
            assert path.exists() or not block.title.startswith("solutions/"), f"the skeleton has no {block.title}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.body, "utf-8")
            continue
        assert block.language == "console", f"a block without a file name: {block.body[:60]}"
        for command, wanted in commands(block.body):
            if command.startswith("cd "):
                folder = folder / command.removeprefix("cd ")
                assert folder.is_dir()
                continue
            got = run(command, folder)
            assert says(wanted, got), f"$ {command}\n{got}\n--- but the page says\n{wanted}"
            ran += 1
    assert ran >= 7
