"""F11: a student's folder that is a Git repository is read as files; nothing in it is a command, a filter or a check."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.models import Course
from grader.grading.grade_one import grade
from grader.intake import read_submission
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.adversaries.conftest import CANARY, Canaries

HONEST = "import numpy as np\nanswer = 42\ndef double(x):\n    return 2 * np.asarray(x)\n"
TOUCH = f"#!/bin/sh\necho touched > /tmp/{CANARY}\n"
FILES = {
    ".git/config": '[core]\n\tfsmonitor = /tmp/evil.sh\n\thooksPath = hooks\n[filter "x"]\n\tsmudge = /tmp/evil.sh\n',
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/hooks/post-checkout": TOUCH,
    "hooks/post-checkout": TOUCH,
    ".gitattributes": "*.py filter=x diff=x\n",
    ".gitmodules": '[submodule "data"]\n\tpath = data\n\turl = ext::sh -c touch% /tmp/evil\n',
    ".github/workflows/grade.yml": "on: push\njobs: {grade: {steps: [{run: 'exit 0'}]}}\n",
    "test_hidden.py": "def test_hidden(submission): pass\n",
    "test_visible.py": "def test_answer(submission): pass\n",
    "conftest.py": "import os; os._exit(0)\n",
    "exercise.toml": "points = 0\n",
    "hidden.py": "def load(profile, data): return {}\n",
}
POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"

pytestmark = pytest.mark.sandbox


def _repository(folder: Path, module: str) -> Path:
    for name, text in {**FILES, "unit.py": module}.items():
        path = folder / "repository" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    return folder / "repository"


@pytest.mark.parametrize(
    ("module", "outcome", "points"),
    [(HONEST, Outcome.PASSED, 4), ("answer = 41\n", Outcome.FAILED, 0), (POINTER, Outcome.INVALID, 0)],
    ids=["honest", "wrong", "pointer"],
)
def test_a_repository_earns_what_its_module_earns(
    module: str, outcome: Outcome, points: float, backend: Backend, target: Course, canaries: Canaries, tmp_path: Path
) -> None:
    exercise = target.exercise("target/u1/unit")
    submission = read_submission(_repository(tmp_path, module), exercise, target.intake, student="mallory")
    result = grade(target, exercise, submission, backend=backend)
    assert (result.outcome, result.points) == (outcome, points), (result.message.en, result.extra)
    assert outcome is not Outcome.INVALID or "Git LFS" in result.message.en
    assert not any(name.startswith(".git") for name in submission.extra)
    canaries.check()
