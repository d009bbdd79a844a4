"""An author's way: a new course, a new exercise, its card, its proof, its release, and a student who solves it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def grader(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200"}
    command = [sys.executable, "-m", "grader.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=environment)


@pytest.mark.slow
@pytest.mark.sandbox
@pytest.mark.parametrize("form", ["notebook", "module"])
def test_a_new_exercise_proves_right_as_it_stands(tmp_path: Path, form: str) -> None:
    course = tmp_path / "course"
    exercise_id = "intro/unit1/first-steps"
    assert grader("init", str(course), cwd=tmp_path).returncode == 0
    assert grader("new", "exercise", exercise_id, "--form", form, cwd=course).returncode == 0
    released = grader("release", cwd=course)
    assert released.returncode == 0, released.stderr
    assert grader("release", "--check", cwd=course).returncode == 0
    stale = grader("validate", exercise_id, "--seeds", "1", cwd=course)
    assert stale.returncode == 1
    assert "grader calibrate" in stale.stdout
    measured = grader("calibrate", exercise_id, cwd=course)
    assert measured.returncode == 0, measured.stderr
    proof = grader("validate", "--json", "--seeds", "2", "--workers", "2", cwd=course)
    assert proof.returncode == 0, proof.stdout + proof.stderr
    assert json.loads(proof.stdout)["ok"] is True

    # A student has this one folder and nothing else.
    student = tmp_path / "student"
    shutil.copytree(course / "exercises/intro/unit1/first_steps", student)
    untouched = grader("check", cwd=student)
    assert untouched.returncode == 1, untouched.stdout + untouched.stderr
    suffix = ".ipynb" if form == "notebook" else ".py"
    solved = course / "solved"
    code = (
        "from grader.course import build_reference, load_course; from pathlib import Path; import sys; "
        f"course = load_course(Path({str(course)!r})); "
        f"sys.stdout.buffer.write(build_reference(course.exercise({exercise_id!r})))"
    )
    solved.write_bytes(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT).stdout)
    shutil.copyfile(solved, student / f"first_steps{suffix}")
    done = grader("check", "--lang", "ko", cwd=student)
    assert done.returncode == 0, done.stdout + done.stderr

    # A spoiled release is noticed.
    (course / "exercises/intro/unit1/first_steps/test_visible.py").write_text("")
    assert grader("release", "--check", cwd=course).returncode == 1
