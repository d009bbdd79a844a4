"""Records of a small course in use: written, held against edits, sampled, and what a proof does when something breaks."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import grader as grader_package
from grader.course import load_course
from grader.course.proof_record import load_record
from tests.robustness.classroom import descendants
from tests.tiny_course import write_tiny_course

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


def grader(*arguments: str, root: Path, code: Path | None = None) -> tuple[int, str]:
    """Exit code and output of the command, of this package or of a copy of it."""
    command = [sys.executable, "-m", "grader.cli", *arguments, "--course", str(root)]
    environment = {**os.environ, "COLUMNS": "200"} | ({"PYTHONPATH": str(code)} if code is not None else {})
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False)
    return run.returncode, run.stdout + run.stderr


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with two exercises, measured, released and recorded."""
    root = tmp_path_factory.mktemp("proved") / "course"
    write_tiny_course(root, "mean", "other")
    assert grader("calibrate", root=root)[0] == 0
    assert grader("release", root=root)[0] == 0
    code, said = grader("validate", "--record", "--mutate", "3", root=root)
    assert code == 0, said
    return root


@pytest.fixture
def copy(proved: Path, tmp_path: Path) -> Path:
    shutil.copytree(proved, tmp_path / "course")
    return tmp_path / "course"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_was_recorded_holds_and_its_figures_are_shown(copy: Path) -> None:
    code, said = grader("validate", "--check-records", root=copy)
    assert code == 0
    assert "2 proof records: 2 current" in said
    page = (copy / "exercises" / "README.md").read_text("utf-8")
    assert "| `one/u1/mean` | 2 / 2 | 0 / 7 | 0 / 12 |" in page
    assert grader("release", "--check", root=copy)[0] == 0
    record = load_record(load_course(copy).exercise("one/u1/mean"), "small")
    assert record is not None
    by_name = {attempt.name: attempt for attempt in record.attempts if attempt.kind == "mutant"}
    assert by_name["divides by n - 1"].fails == ("test_mean",)
    assert by_name["divides by n - 1"].points == 4
    assert "4.5 is not the right value" in by_name["divides by n - 1"].told[0]
    assert record.figures.generated == 3


def test_an_edit_of_one_exercise_is_named_and_run_first(copy: Path) -> None:
    change(copy / "solutions/one/u1/other/test_hidden.py", "size=200", "size=210")
    code, said = grader("validate", "--check-records", root=copy)
    assert code == 1
    assert "of other files one/u1/other: " in said
    assert "one/u1/mean" not in said
    assert grader("calibrate", "one/u1/other", root=copy)[0] == 0
    code, said = grader("validate", "--budget", "1", "--draw", "x", root=copy)
    assert "22 of 22 attempts of changed exercises" in said  # a whole proof of it
    assert code == 0, said
    assert grader("validate", "--check-records", root=copy)[0] == 1  # nothing is written without being asked
    code, said = grader("validate", "--record", "one/u1/other", root=copy)
    assert code == 0, said
    assert grader("validate", "--check-records", root=copy)[0] == 0


def test_an_edit_of_a_card_is_named(copy: Path) -> None:
    change(copy / "reference_models/one/u1/mean.json", '"direction": "higher"', '"direction": "lower"')
    code, said = grader("validate", "--check-records", root=copy)
    assert code == 1
    assert "of other files one/u1/mean: its files, settings or card have changed since" in said


def test_an_edit_of_the_graders_metrics_makes_records_old(copy: Path, tmp_path: Path) -> None:
    code_of_ours = tmp_path / "code"
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(grader_package.__file__).parent, code_of_ours / "grader", ignore=ignored)
    shutil.copytree(Path(grader_package.__file__).parents[1] / "reports", code_of_ours / "reports")
    path = code_of_ours / "grader" / "metrics" / "formulas.py"
    path.write_text(path.read_text("utf-8") + "# changed\n", "utf-8")
    code, said = grader("validate", "--check-records", root=copy, code=code_of_ours)
    assert code == 0
    assert "old 2, made with other code of the grader: one/u1/mean, one/u1/other" in said
    budget = ("validate", "--budget", "0.5", "--draw", "x")
    code, said = grader(*budget, root=copy, code=code_of_ours)
    assert code == 0, said
    assert "of 50 attempts of old records" in said
    assert "are not run" in said


def test_an_outcome_other_than_the_records_is_shown_and_not_written(copy: Path) -> None:
    path = copy / "reference_models/one/u1/mean.proof.json"
    change(path, '"points": 4.0, "fails": ["test_mean"]', '"points": 3.0, "fails": ["test_mean"]')
    before = path.read_bytes()
    code, said = grader("validate", "one/u1/mean", root=copy)
    assert code == 0
    assert "differs from its record mutant divides by n - 1, seed 0: 3 -> 4 points" in said
    assert path.read_bytes() == before
    assert "3 -> 4 points" in grader("validate", "--record", "one/u1/mean", root=copy)[1]
    assert path.read_bytes() != before


def test_what_is_not_proved_is_not_recorded(copy: Path) -> None:
    change(copy / "solutions/one/u1/mean/test_visible.py", "3.0)", "4.0)")
    before = (copy / "reference_models/one/u1/mean.proof.json").read_bytes()
    code, said = grader("validate", "--record", "one/u1/mean", root=copy)
    assert code == 1
    assert "not recorded one/u1/mean" in said
    assert (copy / "reference_models/one/u1/mean.proof.json").read_bytes() == before


def test_a_check_that_breaks_for_everybody_is_told_once(copy: Path) -> None:
    change(copy / "solutions/one/u1/mean/test_hidden.py", "x = rng", "x = undefined(rng)")
    code, said = grader("validate", "one/u1/mean", "--workers", "1", root=copy)
    assert code == 1
    assert said.count("NameError") == 1
    assert "21 other attempts were not run: on the reference itself, a check or our own side fails" in " ".join(
        said.split()
    ).replace("│ ", "")


def test_a_killed_worker_does_not_end_a_proof(copy: Path) -> None:
    change(copy / "solutions/one/u1/mean/solution.py", "history = [", "import time; time.sleep(1)\nhistory = [")
    command = [sys.executable, "-m", "grader.cli", "validate", "one/u1/mean", "--json", "--workers", "2"]
    run = subprocess.Popen(
        [*command, "--fresh", "--trust-submissions", "--course", str(copy)], stdout=subprocess.PIPE, text=True
    )
    end = time.monotonic() + 60
    victims: list[int] = []
    while not victims and time.monotonic() < end:  # a worker at work has a kernel of its own
        assert run.poll() is None
        workers = [each.pid for each in descendants(run.pid) if each.role == "worker"]
        victims = [pid for pid in workers if any(True for _ in descendants(pid))]
    os.kill(victims[0], signal.SIGKILL)
    said, _ = run.communicate(timeout=120)
    (found,) = json.loads(said)["exercises"]
    assert len(found["attempts"]) == 22
    assert not [attempt for attempt in found["attempts"] if attempt["outcome"] == "grader_error"]
