"""Checks that are bad on purpose are caught: one that accepts anything, one that chance decides, one that trusts ``==``."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.models import Course
from grader.course.release import release
from grader.proving import prove, validate
from grader.proving.attempts import Attempt, content
from grader.proving.check_trace import trace_submission
from grader.proving.validate import Validation
from grader.references import calibrate
from grader.sandbox import Backend

COURSE = """name = "tiny"
title = { en = "Tiny", ko = "작은 과정" }
[tracks]
one = { en = "One", ko = "하나" }
"""
EXERCISE = """id = "one/u1/double"
title = { en = "Double", ko = "두 배" }
form = "module"
kind = ["function"]
points = 4
defines = ["double"]

[[mutant]]
name = "three times"
replace = [["2 * x", "3 * x"]]
costs = 4
"""
SOLUTION = """# %% [markdown] lang="en"
# Write `double`.

# %% [markdown] lang="ko"
# `double`을 작성하세요.

# %%
def double(x):
    # SOLUTION
    return 2 * x + 0
    # END SOLUTION
"""
ALTERNATE = """# %%
def double(x):
    return x + x
"""
VISIBLE = '''import numpy as np
import pytest

@pytest.mark.points(4)
def test_double(submission, expect, rng):
    """Twice as much.

    ko: 두 배.
    asks: Write `double`.
    asks-ko: `double`을 작성하세요.
    """
    x = rng.normal(size=5)
    expect.close(submission.call("double", x), 2 * x)
'''
HIDDEN_BY_LUCK = '''import pytest

@pytest.mark.points(2)
def test_luck(submission, expect, seed):
    """Luck.

    ko: 운.
    """
    expect.true(seed != 1, en="Not this time.", ko="이번에는 아니에요.")

@pytest.mark.points(2)
def test_anything(submission, expect):
    """Anything.

    ko: 무엇이든.
    """
    submission.has("double")

@pytest.mark.points(2)
def test_equal(submission, expect):
    """Equal.

    ko: 같다.
    """
    found = submission.call("double", 4)
    assert not found != 8 or type(found).__name__ == "Remote"
'''


@pytest.fixture
def backend(warm_backend: Backend) -> Backend:
    """As a proof runs, and by far the quickest."""
    return warm_backend


def course_with(tmp_path: Path, **changed: str) -> Course:
    folder = tmp_path / "solutions" / "one" / "u1" / "double"
    (folder / "alternates").mkdir(parents=True)
    files = {
        "exercise.toml": EXERCISE,
        "solution.py": SOLUTION,
        "alternates/sum.py": ALTERNATE,
        "test_visible.py": VISIBLE,
    }
    for name, text in {**files, **{key.replace("__", "."): text for key, text in changed.items()}}.items():
        (folder / name).write_text(text, "utf-8")
    (tmp_path / "course.toml").write_text(COURSE, "utf-8")
    release(load_course(tmp_path))
    return load_course(tmp_path)


def rows_of(proof: Validation) -> dict[str, bool]:
    return {f"{row.attempt.kind} {row.attempt.name} {row.attempt.seed}": row.ok for row in proof.rows}


def test_a_good_exercise_pays_no_adversary_and_is_remembered(tmp_path: Path, backend: Backend) -> None:
    course = course_with(tmp_path)
    exercise = course.exercise("double")
    calibrate(course, exercise, seeds=range(5), backend=backend)
    proof = validate(course, exercise, seeds=(0,), backend=backend, mutate=40)
    assert proof.ok, [row.found for row in proof.rows if not row.ok] + list(proof.problems)
    assert proof.rates.adversaries == 12
    assert proof.rates.remembered == 0
    copied = next(row for row in proof.rows if row.attempt.name == "copied visible")
    assert copied.points == 4  # it knows what the one visible check asks, and may
    assert {row.changed.split("\n")[-1] for row in proof.survivors} >= {"+ return (2 * x)"}  # `+ 0` does nothing
    assert proof.rates.generated > proof.rates.survived

    again = validate(course, exercise, seeds=(0, 1), backend=backend, mutate=40)
    fresh = [row.attempt for row in again.rows if not row.remembered]
    assert fresh == [Attempt("reference", "", 1), Attempt("alternate", "sum", 1)]
    assert not validate(course, exercise, seeds=(0,), backend=backend, mutate=40, strict_mutants=True).ok


def test_bad_checks_are_caught_and_a_broken_exercise_stops_no_other(tmp_path: Path, backend: Backend) -> None:
    toml = EXERCISE.replace("points = 4", "points = 10")
    course = course_with(tmp_path, exercise__toml=toml, test_hidden__py=HIDDEN_BY_LUCK)
    good = course.exercise("double")
    broken = good.model_copy(update={"id": "one/u1/gone", "source_dir": tmp_path / "solutions" / "gone"})
    events: list[str] = []
    first, second = prove(
        course, [broken, good], seeds=(0, 1), backend=backend, on_event=lambda done, total, event: events.append(event)
    )
    assert not first.ok
    assert first.rows == ()
    assert "solution.py" in first.problems[0]
    assert len(events) == len(second.rows)
    rows = rows_of(second)
    assert rows["reference  0"]
    assert not rows["reference  1"]  # refused under one seed, right under the other: chance
    assert (second.rates.refused, second.rates.flaky) == (2, 2)
    assert not rows["adversary equals everything 0"]
    assert not rows["adversary none 0"]
    assert rows["adversary zeros 0"] is False  # test_luck and test_anything pay four of ten points to anybody


def test_what_is_tried_is_shown_with_its_questions(tmp_path: Path, backend: Backend) -> None:
    course = course_with(tmp_path)
    exercise = course.exercise("double")
    submitted = content(exercise, Attempt("mutant", "three times", 0))
    trace = trace_submission(course, exercise, submitted, backend=backend)
    (tried,) = trace.checks
    assert trace.run.alive
    assert tried.verdict.points == 0
    ((asked, answer),) = tried.questions
    assert asked.startswith("call double(array (5,) float64 [")
    assert answer.startswith("array (5,) float64 [")
    assert tried.to_json()["questions"] == [{"asked": asked, "answer": answer}]
