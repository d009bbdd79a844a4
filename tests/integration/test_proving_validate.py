"""An exercise is measured and proven with real runs: what is right passes, what is wrong is named."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.models import Course, Exercise
from grader.course.release import release
from grader.errors import GraderError
from grader.proving import prove, validate
from grader.references import calibrate, load_card
from grader.sandbox import Backend
from tests.robustness.classroom import adopting, all_gone, descendants
from tests.tiny_course import write_tiny_course


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_tiny_course(tmp_path, "mean")
    return load_course(tmp_path)


@pytest.fixture
def backend(warm_backend: Backend) -> Backend:
    """As a proof runs, and by far the quickest."""
    return warm_backend


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
    wrong = edit(wrong, "exercise.toml", "costs = 2", "costs = 2.5")
    wrong = edit(wrong, "exercise.toml", '["int(x > 0)", "0"]', '["int(x > 0)", "int(0 < x)"]')
    wrong = edit(wrong, "alternates/loop.py", "total / len(x)", "total / (1 + len(x))")
    wrong = edit(wrong, "test_visible.py", "3.0)", "3.0)  # changed")
    told: list[str] = []
    (proof,) = prove(
        wrong,
        [only(wrong)],
        seeds=(0,),
        backend=backend,
        on_event=lambda done, total, event: told.append(event),
        on_problem=lambda name, problem: told.append(problem),
    )
    assert not proof.ok
    found = {f"{row.attempt.kind} {row.attempt.name}": row for row in proof.rows}
    assert "set points = 6" in found["reference "].found
    assert "test_mean" in found["alternate loop"].found
    few, none = found["mutant divides by n - 1"], found["mutant always zero"]
    assert (few.expected, few.found, few.ok) == ("loses at least 2.5", "loses 2", False)
    assert (none.expected, none.found, none.ok) == ("loses at least 3", "fails no check", False)
    for command in ("grader calibrate", "grader release"):
        assert any(command in problem for problem in proof.problems)
        assert any(command in problem for problem in told[:3])  # before anything is run


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
