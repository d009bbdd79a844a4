"""What the README says about limits and commands is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from grader.cli.app import app
from grader.course.models import Limits

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_the_table_of_limits_is_the_codes() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", README, re.MULTILINE))
    assert {key: float(value) for key, value in rows.items()} == {
        key: float(value) for key, value in Limits().model_dump().items()
    }


def test_every_command_that_is_named_exists() -> None:
    known = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}
    named = set(re.findall(r"(?:\$ |`)grader ([a-z]+)", README))
    assert named <= known
    assert {"batch", "check", "demo", "doctor", "grade", "validate"} <= named


def test_what_the_readme_points_to_is_there() -> None:
    root = Path(__file__).parents[2]
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (root / target).exists(), target
