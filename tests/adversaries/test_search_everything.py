"""A submission that searches everything it can reach finds nothing that it must not know."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest
from grader.running.proxy import SubmissionProxy

from grader.checking import run_checks
from grader.course import load_course
from grader.datasets.public import public_data
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.vocabulary import Outcome

EXERCISE = """
id = "hunt/u1/sample"
title = {{ en = "Sample", ko = "예제" }}
form = "module"
kind = ["function"]
points = 4
defines = ["predict"]
limits = {{ total_seconds = 120, cell_seconds = 60, call_seconds = 90 }}
data = [{{ name = "public.csv", source = "file" }}]

[[mutant]]
name = "sign"
replace = [["[:, 0] > 0", "[:, 0] < 0"]]
told = {{ en = "{mistake}: this is the other way round.", ko = "부호가 반대예요. 뒤집으세요." }}
costs = 3
"""
SOLUTION = """# %% [markdown] lang="en"
# Predict.
# %% [markdown] lang="ko"
# 예측하세요.
# %%
import numpy as np


def predict(X):
    # SOLUTION
    marker = "{reference}"
    return (np.asarray(X)[:, 0] > 0).astype(int)
    # END SOLUTION
"""
VISIBLE = '''
import numpy as np
import pytest


@pytest.mark.points(1)
def test_answers_have_the_right_length(submission, expect):
    """One answer per row.

    ko: 행마다 답이 하나씩 있다.
    """
    expect.shape(submission.call("predict", np.ones((3, 2))), (3,))
'''
HIDDEN = '''
import pytest

SECRET = "{check}"


@pytest.mark.points(3)
def test_predicts_unseen_rows(submission, reference, expect, hidden):
    """Unseen rows.

    ko: 처음 보는 행.
    hint: {hint}
    hint-ko: 힌트
    """
    assert len(SECRET) > 10
    expect.same(submission.call("predict", hidden.X), reference.call("predict", hidden.X))
'''
DATA = """
import numpy as np


def load(profile, data):
    return {{"X": np.array([[1.0, 2.0], [-1.0, 5.0]]), "y": np.array([1, 0]), "label": "{label}"}}
"""


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.sandbox
def test_nothing_secret_can_be_found(backend: Backend, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = ("label", "check", "hint", "mistake", "reference", "student", "environment", "control")
    planted = {kind: f"planted-{kind}-{secrets.token_hex(16)}" for kind in kinds}
    root = tmp_path / "course"
    folder = root / "solutions" / "hunt" / "u1" / "sample"
    _write(root / "course.toml", 'name = "hunt"\ntitle = { en = "Hunt", ko = "찾기" }\n')
    _write(folder / "exercise.toml", EXERCISE.format(**planted))
    _write(folder / "solution.py", SOLUTION.format(**planted))
    _write(folder / "test_visible.py", VISIBLE)
    _write(folder / "test_hidden.py", HIDDEN.format(**planted))
    _write(folder / "hidden.py", DATA.format(**planted))
    _write(folder / "data" / "public.csv", planted["control"])
    _write(tmp_path / "submissions" / "other" / "sample.py", planted["student"])
    monkeypatch.setenv("GRADER_TEST_SECRET", planted["environment"])
    os.environ["GRADER_TEST_SECRET_TOO"] = planted["environment"]

    course = load_course(root)
    exercise = course.exercise("hunt/u1/sample")
    hunter = (Path(__file__).parent / "F" / "search_everything.py").read_bytes()
    try:
        with (
            open_session(exercise, hunter, backend=backend, data_dir=public_data(course, exercise)) as session,
            open_session(
                exercise, (folder / "solution.py").read_bytes(), backend=backend, data_dir=public_data(course, exercise)
            ) as solved,
        ):
            verdicts = run_checks(exercise, session, seed=0, reference=SubmissionProxy(solved), card=None)
            found = SubmissionProxy(session).call("search")
    finally:
        del os.environ["GRADER_TEST_SECRET_TOO"]
    assert [v.outcome for v in verdicts] == [Outcome.PASSED, Outcome.FAILED]
    assert planted["control"] in found, "the search itself works"
    assert set(found) == {planted["control"]}
    shown = " ".join(t.en + t.ko for v in verdicts for t in v.feedback) + "".join(v.student_details for v in verdicts)
    assert planted["label"] not in shown and planted["check"] not in shown
