"""The demo class graded for real, as a user would: every grade is what must come of it."""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from grader.course import load_course
from grader.grading.export import DOCUMENT, read_grades_json
from grader.vocabulary import Outcome

ROOT = Path(__file__).parents[2]
OF_A_TURN = 16
FAST = ("dlstart/two-machines", "pyml/030-tree-entropy")


def grader(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "grader.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=environment)


@pytest.mark.sandbox
def test_a_small_demo_class_agrees_with_what_is_expected(tmp_path: Path) -> None:
    done = grader("demo", *FAST, "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "what was expected" in done.stdout
    document = json.loads((tmp_path / "grades.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(DOCUMENT.schema()).validate(document)
    rows = list(csv.reader((tmp_path / "grades.csv").read_text("utf-8-sig").splitlines()))
    assert [row[0] for row in rows if "cmd" in row[0]] == ["'=cmd|x"]
    assert (tmp_path / "class.html").is_file()
    assert len(list((tmp_path / "students").glob("*.html"))) == len(document["students"])

    again = grader("demo", *FAST, "--out", str(tmp_path))  # everything is known by its digest
    assert again.returncode == 0, again.stdout + again.stderr
    assert json.loads((tmp_path / "grades.json").read_text("utf-8"))["grades"] == document["grades"]


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_whole_demo_class_agrees_with_what_is_expected(tmp_path: Path, turn: str | None) -> None:
    exercises = sorted(load_course(ROOT).exercises)
    if turn is not None:  # the work of so many, however large the course has become
        exercises = random.Random(turn).sample(exercises, min(OF_A_TURN, len(exercises)))
    done = grader("demo", *exercises, "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    outcomes = {grade.outcome for grade in read_grades_json(tmp_path / "grades.json")}
    assert Outcome.GRADER_ERROR not in outcomes
    assert {Outcome.PASSED, Outcome.PARTIAL, Outcome.FAILED, Outcome.INVALID} <= outcomes


@pytest.mark.sandbox
def test_ctrl_c_keeps_what_is_done_and_the_same_command_goes_on(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    # the signal means what it means by default, also where these tests run under nohup or in the background
    command = ["env", "--default-signal=INT", sys.executable, "-m", "grader.cli", "demo", FAST[0]]
    command += ["--out", str(tmp_path), "--workers", "1"]
    book = tmp_path / "gradebook.sqlite3"
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    while process.poll() is None and kept(book) < 2:
        try:
            process.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert process.returncode == 130, out + err
    assert "Run the same command again" in out
    before = kept(book)
    assert before >= 2
    done = grader("demo", FAST[0], "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert kept(book) > before


def kept(book: Path) -> int:
    import sqlite3

    if not book.is_file():
        return 0
    try:
        with sqlite3.connect(f"file:{book}?mode=ro", uri=True) as connection:
            return int(connection.execute("select count(*) from grades").fetchone()[0])
    except sqlite3.OperationalError:  # its tables are just being made
        return 0


@pytest.mark.sandbox
def test_grade_and_check_tell_by_exit_code(tmp_path: Path) -> None:
    from grader.course import build_reference, build_starter, load_course

    exercise = load_course(ROOT).exercises[FAST[0]]
    right, untouched = tmp_path / "kim" / "two_machines.ipynb", tmp_path / "lee" / "two_machines.ipynb"
    for path, content in ((right, build_reference(exercise)), (untouched, build_starter(exercise))):
        path.parent.mkdir()
        path.write_bytes(content)
    done = grader("grade", str(right), "--out", str(tmp_path / "out"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "out" / "report.html").is_file()
    assert grader("grade", str(untouched)).returncode == 1
    assert grader("check", str(right)).returncode == 0
    assert grader("check", str(untouched), "--lang", "ko").returncode == 1
    missing = grader("check", str(tmp_path / "nothing.ipynb"))
    assert missing.returncode == 2
    assert "Traceback" not in missing.stderr
