"""Checks on a submission that really runs: faults of its code become verdicts of the checks that met them."""

from __future__ import annotations

from pathlib import Path

from grader.checking import run_checks
from grader.running.session import open_session
from grader.sandbox import choose_backend
from grader.vocabulary import Outcome
from tests.support import make_exercise, make_notebook

CODE = """
import numpy as np
import time

def right(X):
    return np.asarray(X).sum(axis=0)

def slow(X):
    time.sleep(1000)

def wrong(X):
    raise ValueError("X is odd")

def stub(X):
    raise NotImplementedError

def liar(X):
    return np.array([["nan", None]], dtype=object)
"""
CHECKS = """
import numpy as np
import pytest

X = np.ones((2, 3))

def test_right(submission, expect):
    expect.close(submission.call("right", X), np.full(3, 2.0))

@pytest.mark.timeout(0.3)
def test_slow(submission):
    submission.call("slow", X)

def test_right_after_slow(submission, expect):
    assert submission.timeout is None
    expect.shape(submission.call("right", X), (3,))

def test_wrong(submission, expect):
    expect.finite(submission.call("wrong", X))

def test_raises(submission, expect):
    with expect.raises(ValueError):
        submission.call("wrong", X)
    with expect.raises((KeyError, "Exception")):
        submission.call("wrong", X)

def test_raises_nothing(submission, expect):
    with expect.raises(ValueError):
        submission.call("right", X)

def test_raises_another(submission, expect):
    with expect.raises(KeyError):
        submission.call("wrong", X)

def test_stub_raises(submission, expect):
    with expect.raises(Exception):
        submission.call("stub", X)

def test_stub(submission):
    submission.call("stub", X)

def test_liar(submission, expect):
    expect.close(submission.call("liar", X), np.ones((1, 2)))

def test_undefined(submission):
    submission.call("missing", X)

@pytest.fixture(scope="module")
def trained(submission):
    return submission.call("wrong", X)

def test_fault_in_a_fixture(trained):
    pass
"""


def test_faults_become_verdicts(tmp_path: Path) -> None:
    (tmp_path / "test_visible.py").write_text(CHECKS)
    exercise = make_exercise(points=11).model_copy(update={"source_dir": tmp_path})
    with open_session(exercise, make_notebook(CODE), backend=choose_backend(trust=True)) as session:
        verdicts = run_checks(exercise, session, seed=0, reference=None, card=None, visible_only=True)
    found = {verdict.check: verdict for verdict in verdicts}
    assert {name: verdict.outcome for name, verdict in found.items()} == {
        "test_right": Outcome.PASSED,
        "test_slow": Outcome.TIMEOUT,
        "test_right_after_slow": Outcome.PASSED,
        "test_wrong": Outcome.ERROR,
        "test_raises": Outcome.PASSED,
        "test_raises_nothing": Outcome.FAILED,
        "test_raises_another": Outcome.FAILED,
        "test_stub_raises": Outcome.FAILED,
        "test_stub": Outcome.FAILED,
        "test_liar": Outcome.FAILED,
        "test_undefined": Outcome.FAILED,
        "test_fault_in_a_fixture": Outcome.ERROR,
    }
    assert "X is odd" in found["test_wrong"].student_details
    assert "ValueError" in found["test_raises_another"].feedback[0].en
    assert all(verdict.feedback for verdict in verdicts if verdict.outcome is not Outcome.PASSED)


def test_hidden_check_repeats_no_word_that_the_submission_chose(tmp_path: Path) -> None:
    code = "def told(X):\n    raise ValueError(f'the input was {X}')\ndef named(X):\n    raise type(f'Input{X}', (Exception,), {})()\n"
    checks = (
        "def test_told(submission):\n    submission.call('told', 8675309)\n"
        "def test_named(submission):\n    submission.call('named', 8675309)\n"
        "def test_raises(submission, expect):\n    with expect.raises(KeyError):\n        submission.call('named', 8675309)\n"
    )
    (tmp_path / "test_visible.py").write_text("")
    (tmp_path / "test_hidden.py").write_text(checks)
    exercise = make_exercise(points=3).model_copy(update={"source_dir": tmp_path})
    with open_session(exercise, make_notebook(code), backend=choose_backend(trust=True)) as session:
        verdicts = run_checks(exercise, session, seed=0, reference=None, card=None)
    assert [verdict.outcome for verdict in verdicts] == [Outcome.ERROR, Outcome.ERROR, Outcome.FAILED]
    for verdict in verdicts:
        shown = verdict.student_details + "".join(text.en + text.ko for text in verdict.feedback)
        assert "8675309" not in shown, verdict.check
    assert "raise ValueError" in verdicts[0].student_details, "the line itself, as it was received, is shown"


SMUGGLING = """
import numpy as np
import pandas as pd

def number(x):
    return float(x)

def shape(x):
    return np.zeros(x, dtype=bool)

def text(x):
    return f"it was {x}"

def table(x):
    return pd.DataFrame({f"column {x}": [1]})

def kind(x):
    return np.zeros(0, dtype=f"U{x}")

def refuse(self):
    raise NotImplementedError

def thing(x):
    return type(f"Class{x}", (), {"__call__": refuse})()

def plant(x):
    globals()["planted"] = thing(x)
"""
ASKING = """
def test_number(submission, expect):
    expect.close(submission.call("number", 8675309), 1.0)

def test_bound(submission, expect):
    expect.at_most(submission.call("number", 8675309), 1.0)

def test_measured(submission, expect):
    expect.at_most(7654.0, 1.0, what="error", measured=True)

def test_shape(submission, expect):
    expect.shape(submission.call("shape", 8675309), (3,))

def test_text(submission, expect):
    expect.same(submission.call("text", 8675309), "it was not")

def test_table(submission, expect):
    expect.columns(submission.call("table", 8675309), [])

def test_dtype(submission, expect):
    expect.dtype(submission.call("kind", 8675309), "float")

def test_type(submission, expect):
    expect.type(submission.call("thing", 8675309), list)

def test_frame(submission, expect):
    submission.call("plant", 8675309)
    submission.frame("planted")

def test_fixture(asked):
    pass

def test_call(submission, expect):
    submission.call("thing", 8675309).invoke()
"""


def test_hidden_check_shows_nothing_that_an_answer_smuggles(tmp_path: Path) -> None:
    fixture = (
        "\nimport pytest\n@pytest.fixture\ndef asked(submission, expect):\n"
        "    expect.close(submission.call('number', 8675309), 1.0)\n"
    )
    (tmp_path / "test_visible.py").write_text(
        "def test_seen(submission, expect):\n    expect.close(submission.call('number', 8675309), 1.0)\n"
    )
    (tmp_path / "test_hidden.py").write_text(ASKING + fixture)
    exercise = make_exercise(points=11).model_copy(update={"source_dir": tmp_path})
    with open_session(exercise, make_notebook(SMUGGLING), backend=choose_backend(trust=True)) as session:
        seen, *hidden = run_checks(exercise, session, seed=0, reference=None, card=None)
    assert "8.67531e+06" in seen.feedback[0].en, "students may read what visible checks ask"
    assert {verdict.outcome for verdict in hidden} == {Outcome.FAILED}
    for verdict in hidden:
        shown = verdict.student_details + "".join(text.en + text.ko for text in verdict.feedback)
        assert not any(form in shown for form in ("8675309", "8.675", "8,675")), (verdict.check, shown)
        assert verdict.feedback, verdict.check
    assert "7654" in next(v for v in hidden if v.check == "test_measured").feedback[0].en
