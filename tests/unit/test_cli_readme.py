"""What the README says about limits, commands, numbers and files is what the code, the course and the records say."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from grader.checking.runner import collect_points
from grader.cli.app import app
from grader.course import load_course
from grader.course.models import Course, Limits
from grader.course.proof_record import load_record
from grader.course.skeleton import KINDS
from grader.sandbox import box
from grader.sandbox.meter import INTERVAL
from tests import conftest
from tests.robustness import test_kill_at_random, test_memory

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
WORDS = {
    "two": 2, "four": 4, "fourth": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "tenth": 10, "twelve": 12, "fifteen": 15,
    "a hundred": 100, "two thousand": 2000,
}  # fmt: skip


@pytest.fixture(scope="module")
def course() -> Course:
    return load_course(ROOT)


def said(pattern: str, text: str = README) -> int:
    """The number that a page says in words or digits, where the pattern has its group."""
    found = re.findall(pattern, text, re.MULTILINE)
    assert len(found) == 1, (pattern, found)
    return WORDS[found[0].lower()] if found[0].lower() in WORDS else int(found[0])


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
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        targets = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8"))
        assert [target for target in targets if not (ROOT / target).exists()] == [], name
    assert {"LICENSE", "CONTRIBUTING.md", "CHANGELOG.md"} <= set(re.findall(r"\]\(([^)#:]+)\)", README))


def test_the_licence_is_the_declared_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert (project["license"], project["license-files"]) == ("Apache-2.0", ["LICENSE"])
    assert "Apache License" in licence and "Version 2.0, January 2004" in licence
    assert f"Copyright 2026 {project['authors'][0]['name']}" in licence
    assert f"[{project['license']}](LICENSE)" in README


def test_what_is_counted_in_words_is_there_so_many_times() -> None:
    points = README.partition(" things set it apart:\n")[2].partition("\n## ")[0]
    assert said(r"^(\w+) things set it apart") == len(re.findall(r"^\* \*\*", points, re.MULTILINE))
    commands = README.partition("\n## Two commands\n")[2].partition("\n## ")[0]
    assert said(r"^## (\w+) commands") == len(re.findall(r"^\$ ", commands, re.MULTILINE))
    kinds = README.partition("`--kind` picks one of")[2].partition(". ")[0]
    assert said(r"`--kind` picks one of (\w+)") == len(KINDS)
    assert re.findall(r"`([a-z-]+)`", kinds) == list(KINDS)


def test_numbers_are_those_of_settings_and_constants() -> None:
    python = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert python == f">=3.{said(r'with Python 3[.]([0-9]+) or newer')}"
    assert said(r"sandbox (\w+) times a second") == 1 / INTERVAL
    assert ["--size", str(said(r"\((\d+) in `/dev/shm`\)") << 20), "--tmpfs", "/dev/shm"] == box._scratch(1)[:4]
    minutes = said(r"grader validate --budget (\d+)")
    assert (
        minutes
        == said(r"what fits into (\w+) minutes")
        == said(r"^PROOF_MINUTES=(\d+)", (ROOT / ".ci/run").read_text())
    )
    title = said(r"^# Your first exercise in (\w+) minutes", (ROOT / "docs/tutorial.md").read_text("utf-8"))
    assert said(r"to a validated exercise in (\w+) minutes") == title


def test_numbers_about_tests_are_those_of_the_tests() -> None:
    assert said(r"of the slow tests the (\w+) whose turn") == conftest.TURNS
    rounds = said(r'"GRADER_KILL_ROUNDS", "(\d+)"', Path(test_kill_at_random.__file__).read_text("utf-8"))
    assert said(r"-m endurance +# (a hundred) kills") == rounds
    assert said(r"kills, (two thousand) submissions") == test_memory.STUDENTS


def test_a_warm_start_takes_what_the_benchmarks_measured() -> None:
    steps = (ROOT / "docs/benchmarks.md").read_text("utf-8").partition("| step | `trivial` |")[2].partition("\n\n")[0]
    rows = {
        row[0]: float(row[1])
        for row in re.findall(r"^\| ([a-z ]+) \| .* \| ([\d.]+) \| [\d.]+ \|$", steps, re.MULTILINE)
    }
    measured = sum(rows[step] for step in ("sandbox and fork", "kernel until it answers")) / 1000
    assert round(measured, 1) == 1 / said(r"A notebook with TensorFlow starts in a (\w+) of a second")


def test_the_chapters_that_are_whole_are_the_first_ones(course: Course) -> None:
    chapters = Counter(
        exercise_id.split("/")[1] for exercise_id in course.exercises if exercise_id.startswith("homl/ch")
    )
    whole = said(r"^The first (\w+) chapters of the Hands-On track")
    assert sorted(chapters)[:whole] == [f"ch{number:02}" for number in range(1, whole + 1)]
    assert all(chapters[chapter] > 1 for chapter in sorted(chapters)[:whole])
    assert all(chapters[chapter] == 1 for chapter in sorted(chapters)[whole:])


def test_the_grade_that_is_shown_is_in_the_proof_record(course: Course) -> None:
    exercise = course.exercises["dlstart/two-machines"]
    shown = README.partition("$ grader grade kim/two_machines.ipynb\n")[2].partition("```")[0]
    rows = re.findall(r"^│[✓✗◐] [^│]*│ (.+?) *│ +([\d.]+) / ([\d.]+)│$", shown, re.MULTILINE)
    points = {name: worth for name, (worth, _) in collect_points(exercise).items()}
    titles: dict[str, str] = {}
    for file in ("test_visible.py", "test_hidden.py"):
        for node in ast.parse((exercise.source_dir / file).read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name in points:
                titles[node.name] = (ast.get_docstring(node) or "").partition("\n")[0]
    assert len(rows) == len(titles) == len(points)
    names = [
        next(name for name, whole in titles.items() if whole.startswith(title)) for title, *_ in rows
    ]  # long ones are broken
    assert [float(worth) for *_, worth in rows] == [points[name] for name in names]
    record = load_record(exercise, "small")
    assert record is not None
    attempt = next(a for a in record.attempts if a.name == "precision and recall exchanged")
    assert f"Score: {attempt.points:g} / {exercise.points:g}\n" in shown
    assert sum(float(earned) for _, earned, _ in rows) == attempt.points
    assert {name for name, (_, earned, worth) in zip(names, rows) if earned != worth} == set(attempt.fails)
