"""An exercise is measured and proven with real runs: what is right passes, what is wrong is named."""

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
from grader.course.models import Course, Exercise
from grader.course.proof_record import load_record
from grader.course.release import release
from grader.errors import GraderError
from grader.proving import validate
from grader.references import calibrate, load_card
from grader.sandbox import Backend, choose_backend
from tests.robustness.classroom import adopting, all_gone, descendants

COURSE = """name = "tiny"
title = { en = "Tiny", ko = "작은 과정" }
[tracks]
one = { en = "One", ko = "하나" }
"""
EXERCISE = """id = "one/u1/mean"
title = { en = "Mean", ko = "평균" }
form = "module"
kind = ["function", "metric"]
points = 6
defines = ["mean", "guess"]
curve = "history"

[metrics.accuracy]
direction = "higher"

[[mutant]]
name = "divides by n - 1"
replace = [["/ len(x)", "/ (len(x) - 1)"]]
fails = ["test_mean"]
says = { test_mean = "4.5 is not the right value" }

[[mutant]]
name = "always zero"
replace = [["int(x > 0)", "0"]]
fails = ["test_accuracy"]
says = { test_accuracy = "You reached" }
"""
SOLUTION = """# %% [markdown] lang="en"
# Write `mean` and `guess`.

# %%
history = [3.0, 2.0, 1.0]

def mean(x):
    # SOLUTION
    return sum(x) / len(x)
    # END SOLUTION

def guess(x):
    # SOLUTION
    return int(x > 0)
    # END SOLUTION
"""
ALTERNATE = """# %%
history = []

def mean(x):
    total = 0
    for value in x:
        total += value
    return total / len(x)

def guess(x):
    return 1 if x > 0 else 0
"""
VISIBLE = '''import pytest

@pytest.mark.points(2)
def test_mean(submission, expect):
    """The mean.

    ko: 평균.
    """
    expect.close(submission.call("mean", [1, 2, 6]), 3.0)
'''
HIDDEN = '''import numpy as np
import pytest

@pytest.mark.points(4)
def test_accuracy(submission, reference, expect, band, rng):
    """The sign is guessed.

    ko: 부호를 맞힌다.
    """
    x = rng.normal(size=200)
    truth = (x + 0.1 * rng.normal(size=200) > 0).astype(int)
    found = np.array(submission.map("guess", x.tolist()))
    expect.metric(band["accuracy"], float(np.mean(found == truth)), baseline=max(truth.mean(), 1 - truth.mean()))
    assert reference.call("guess", 1.0) == 1
'''


@pytest.fixture
def course(tmp_path: Path) -> Course:
    folder = tmp_path / "solutions" / "one" / "u1" / "mean"
    (folder / "alternates").mkdir(parents=True)
    files = {"exercise.toml": EXERCISE, "solution.py": SOLUTION, "alternates/loop.py": ALTERNATE}
    files |= {"test_visible.py": VISIBLE, "test_hidden.py": HIDDEN}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    (tmp_path / "course.toml").write_text(COURSE, encoding="utf-8")
    return load_course(tmp_path)


@pytest.fixture
def backend() -> Backend:
    return choose_backend(trust=True)  # what is tested here runs the same with and without isolation


def only(course: Course) -> Exercise:
    return course.exercises["one/u1/mean"]


def edit(course: Course, name: str, old: str, new: str) -> Course:
    path = only(course).source_dir / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return load_course(course.root)


def test_a_right_exercise_is_proven_and_a_wrong_one_is_not(course: Course, backend: Backend) -> None:
    events: list[str] = []
    card = calibrate(course, only(course), seeds=range(5), backend=backend, on_event=events.append)
    assert len(events) == 5
    assert load_card(only(course), "small") == card
    accuracy = card.metrics["accuracy"]
    assert len(accuracy.values) == 5
    assert accuracy.baseline < accuracy.edge <= min(accuracy.values)
    assert card.curve == (3.0, 2.0, 1.0)
    release(course)

    proof = validate(course, only(course), seeds=(0, 1), backend=backend)
    assert proof.ok, [row.found for row in proof.rows if not row.ok] + list(proof.problems)
    kinds = [row.attempt.kind for row in proof.rows]
    assert kinds == ["reference"] * 2 + ["alternate"] * 2 + ["starter"] + ["mutant"] * 2 + ["adversary"] * 12
    assert proof.to_json()["ok"] is True

    wrong = edit(course, "exercise.toml", "points = 6", "points = 7")
    wrong = edit(wrong, "exercise.toml", 'says = { test_accuracy = "You reached" }', "")
    wrong = edit(wrong, "exercise.toml", 'fails = ["test_accuracy"]', 'fails = ["test_mean"]')
    wrong = edit(wrong, "exercise.toml", "4.5 is not the right value", "that was n - 1")
    wrong = edit(wrong, "alternates/loop.py", "total / len(x)", "total / (1 + len(x))")
    wrong = edit(wrong, "test_visible.py", "3.0)", "3.0)  # changed")
    proof = validate(wrong, only(wrong), seeds=(0,), backend=backend)
    assert not proof.ok
    found = {f"{row.attempt.kind} {row.attempt.name}": row for row in proof.rows}
    assert "set points = 6" in found["reference "].found
    assert "test_mean" in found["alternate loop"].found
    assert "does not say test_mean: that was n - 1" in found["mutant divides by n - 1"].found
    assert "fails test_mean" in found["mutant divides by n - 1"].found
    assert "fails test_accuracy" in found["mutant always zero"].found
    problems = " ".join(proof.problems)
    assert "grader calibrate" in problems
    assert "grader release" in problems


def test_a_reference_that_fails_its_own_check_is_not_measured(course: Course, backend: Backend) -> None:
    wrong = edit(course, "test_visible.py", "3.0)", "4.0)")
    with pytest.raises(GraderError, match=r"test_mean"):
        calibrate(wrong, only(wrong), seeds=range(5), backend=backend)
    assert load_card(only(wrong), "small") is None


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_a_validation(course: Course, number: int) -> None:
    # a process can be renamed from within: that it got so far is seen from outside
    asleep = "import os, time\nopen(f'/proc/{os.getpid()}/comm', 'w').write('asleep')\n"
    asleep += f"time.sleep({600 if number == signal.SIGKILL else 3})\n"  # asked kindly, it waits for what runs
    edit(course, "solution.py", "history = [", asleep + "history = [")
    before = {each.pid for each in descendants(os.getpid())}
    command = [sys.executable, "-m", "grader.cli", "validate", "--workers", "2", "--trust-submissions"]
    with adopting():
        run = subprocess.Popen(
            [*command, "--course", str(course.root)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        end = time.monotonic() + 300
        while sum(each.name == "asleep" for each in descendants(run.pid)) < 2:
            assert run.poll() is None and time.monotonic() < end
            time.sleep(0.05)
        run.send_signal(number)
        _, said = run.communicate(timeout=300)
        assert run.returncode == (130 if number == signal.SIGTERM else -number)
        assert all_gone(before, 60) == []
    assert (b"is remembered" in said) is (number == signal.SIGTERM)


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
    for name in ("mean", "other"):
        folder = root / "solutions" / "one" / "u1" / name
        (folder / "alternates").mkdir(parents=True)
        files = {"exercise.toml": EXERCISE.replace("one/u1/mean", f"one/u1/{name}"), "solution.py": SOLUTION}
        files |= {"alternates/loop.py": ALTERNATE, "test_visible.py": VISIBLE, "test_hidden.py": HIDDEN}
        for file, content in files.items():
            (folder / file).write_text(content, encoding="utf-8")
    (root / "course.toml").write_text(COURSE, encoding="utf-8")
    assert grader("calibrate", "--trust-submissions", root=root)[0] == 0
    assert grader("release", root=root)[0] == 0
    code, said = grader("validate", "--record", "--mutate", "3", "--trust-submissions", root=root)
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
    assert grader("calibrate", "one/u1/other", "--trust-submissions", root=copy)[0] == 0
    code, said = grader("validate", "--budget", "1", "--draw", "x", "--trust-submissions", root=copy)
    assert "22 of 22 attempts of changed exercises" in said  # a whole proof of it
    assert code == 0, said
    assert grader("validate", "--check-records", root=copy)[0] == 1  # nothing is written without being asked
    code, said = grader("validate", "--record", "one/u1/other", "--trust-submissions", root=copy)
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
    budget = ("validate", "--budget", "0.5", "--draw", "x", "--trust-submissions")
    code, said = grader(*budget, root=copy, code=code_of_ours)
    assert code == 0, said
    assert "of 50 attempts of old records" in said
    assert "are not run" in said


def test_an_outcome_other_than_the_records_is_shown_and_not_written(copy: Path) -> None:
    path = copy / "reference_models/one/u1/mean.proof.json"
    change(path, '"points": 4.0, "fails": ["test_mean"]', '"points": 3.0, "fails": ["test_mean"]')
    before = path.read_bytes()
    code, said = grader("validate", "one/u1/mean", "--trust-submissions", root=copy)
    assert code == 0
    assert "differs from its record mutant divides by n - 1, seed 0: 3 -> 4 points" in said
    assert path.read_bytes() == before
    assert "3 -> 4 points" in grader("validate", "--record", "one/u1/mean", "--trust-submissions", root=copy)[1]
    assert path.read_bytes() != before


def test_what_is_not_proved_is_not_recorded(copy: Path) -> None:
    change(copy / "solutions/one/u1/mean/test_visible.py", "3.0)", "4.0)")
    before = (copy / "reference_models/one/u1/mean.proof.json").read_bytes()
    code, said = grader("validate", "--record", "one/u1/mean", "--trust-submissions", root=copy)
    assert code == 1
    assert "not recorded one/u1/mean" in said
    assert (copy / "reference_models/one/u1/mean.proof.json").read_bytes() == before


def test_a_check_that_breaks_for_everybody_is_told_once(copy: Path) -> None:
    change(copy / "solutions/one/u1/mean/test_hidden.py", "x = rng", "x = undefined(rng)")
    code, said = grader("validate", "one/u1/mean", "--workers", "1", "--trust-submissions", root=copy)
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
