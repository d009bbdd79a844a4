"""Known mistakes of a small course: proved, recorded, held against the record, and charged once when one is tried."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.course import load_course
from grader.course.proof_record import AttemptRecord, load_record
from tests.tiny_course import COURSE

pytestmark = pytest.mark.slow

EXERCISE = """id = "one/u1/spread"
title = { en = "Spread", ko = "흩어진 정도" }
form = "module"
kind = ["function"]
points = 16
defines = ["mean", "spread", "scaled"]

[[mutant]]
name = "mean over n - 1"
replace = [["return sum(x) / len(x)", "return sum(x) / (len(x) - 1)"]]
told = { en = "The mean divides by one less than there are.", ko = "평균을 개수보다 하나 적은 수로 나눴어요." }
costs = 3

[[mutant]]
name = "spread is not rooted"
replace = [["** 0.5", "** 1.0"]]
told = { en = "This is the variance: take its root.", ko = "분산이에요. 제곱근을 구하세요." }
costs = 5

[[mutant]]
name = "the values come back in order"
replace = [["for v in x]", "for v in sorted(x)]"]]
told = { en = "The values are sorted: keep their order.", ko = "값이 정렬되었어요. 순서를 그대로 두세요." }
"""
SOLUTION = """# %% [markdown] lang="en"
# Write `mean`, `spread` and `scaled`.

# %% [markdown] lang="ko"
# `mean`, `spread`, `scaled`를 작성하세요.

# %%
def mean(x):
    # SOLUTION
    return sum(x) / len(x)
    # END SOLUTION

def spread(x):
    # SOLUTION
    middle = mean(x)
    return (sum((value - middle) ** 2 for value in x) / len(x)) ** 0.5
    # END SOLUTION

def scaled(x):
    # SOLUTION
    return [(v - mean(x)) / spread(x) for v in x]
    # END SOLUTION
"""
ALTERNATE = """# %%
import statistics

def mean(x):
    return statistics.fmean(x)

def spread(x):
    return statistics.pstdev(x)

def scaled(x):
    middle, width = mean(x), spread(x)
    return [(value - middle) / width for value in x]
"""
VISIBLE = '''import pytest

@pytest.mark.points(4)
def test_mean(submission, expect):
    """The mean.

    ko: 평균.
    asks: `mean`
    asks-ko: `mean`
    """
    expect.agree(lambda code: code.call("mean", [1.37, 2.91, 6.53]), 10.81 / 3)
    expect.agree(lambda code: code.call("mean", [5.293, -2.571]), 1.361)
'''
HIDDEN = '''import pytest

@pytest.mark.points(6)
def test_spread(submission, expect, rng):
    """The spread.

    ko: 흩어진 정도.
    asks: `spread`
    asks-ko: `spread`
    """
    for size in (4, 9):
        values = rng.normal(size=size).tolist()
        expect.agree(lambda code: code.call("spread", values))

@pytest.mark.points(3)
@pytest.mark.needs("test_mean")
def test_scaled(submission, expect, rng):
    """Scaled values.

    ko: 크기를 맞춘 값.
    asks: `scaled`
    asks-ko: `scaled`
    """
    values = rng.normal(size=6).tolist()
    expect.agree(lambda code: code.call("scaled", values))

@pytest.mark.points(3)
def test_scaled_values_are_small(submission, expect, rng):
    """They have the mean 0.

    ko: 평균이 0이다.
    asks: `scaled`
    asks-ko: `scaled`
    """
    values = rng.normal(size=6).tolist()
    expect.agree(lambda code: sum(code.call("scaled", values)) + code.call("spread", values))
'''
FILES = {
    "exercise.toml": EXERCISE, "solution.py": SOLUTION, "alternates/statistics_module.py": ALTERNATE,
    "test_visible.py": VISIBLE, "test_hidden.py": HIDDEN,
}  # fmt: skip


def run(*arguments: str, root: Path) -> subprocess.CompletedProcess[str]:
    """The command; what is tested here runs the same with and without isolation."""
    trusting = [] if arguments[0] == "release" else ["--trust-submissions"]  # it asks the exercise's own code only
    command = [sys.executable, "-m", "grader.cli", *arguments, *trusting, "--course", str(root)]
    environment = {**os.environ, "COLUMNS": "240"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False)


def grader(*arguments: str, root: Path) -> tuple[int, str]:
    done = run(*arguments, root=root)
    return done.returncode, done.stdout + done.stderr


def as_data(*arguments: str, root: Path) -> Any:
    return json.loads(run(*arguments, "--json", root=root).stdout)


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("known") / "course"
    folder = root / "solutions" / "one" / "u1" / "spread"
    (folder / "alternates").mkdir(parents=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, "utf-8")
    (root / "course.toml").write_text(COURSE, "utf-8")
    assert grader("calibrate", root=root)[0] == 0
    code, said = grader("release", root=root)
    assert code == 0, said
    code, said = grader("validate", "--record", "--mutate", "2", root=root)
    assert code == 0, said
    return root


@pytest.fixture
def copy(proved: Path, tmp_path: Path) -> Path:
    shutil.copytree(proved, tmp_path / "course")
    return tmp_path / "course"


def recorded(root: Path) -> dict[str, AttemptRecord]:
    record = load_record(load_course(root).exercise("one/u1/spread"), "small")
    assert record is not None
    return {attempt.name: attempt for attempt in record.attempts if attempt.kind == "mutant"}


def change(root: Path, old: str, new: str, name: str = "exercise.toml") -> None:
    path = root / "solutions/one/u1/spread" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_each_loses_its_price_and_the_record_has_where_it_shows(proved: Path) -> None:
    by_name = recorded(proved)
    mean = by_name["mean over n - 1"]
    assert (mean.alone, mean.points) == (0, 13)
    assert {show.check: show.questions for show in mean.shows} == {
        "test_mean": (0, 1), "test_spread": (0, 1), "test_scaled": (0,), "test_scaled_values_are_small": (0,),
    }  # fmt: skip
    assert all(show.telling and not show.otherwise for show in mean.shows)
    assert mean.told[0] == "The mean divides by one less than there are."
    spread = by_name["spread is not rooted"]
    assert (spread.alone, spread.points) == (4, 11)
    order = by_name["the values come back in order"]
    assert (order.alone, order.points, len(order.shows)) == (13, 13, 1)


def test_nothing_depends_on_the_record_that_there_was(copy: Path) -> None:
    path = copy / "reference_models/one/u1/spread.proof.json"
    before = json.loads(path.read_text("utf-8"))
    path.unlink()
    shutil.rmtree(copy / ".grader")
    code, said = grader("validate", "--record", "--mutate", "2", root=copy)
    assert code == 0, said
    after = json.loads(path.read_text("utf-8"))
    for section in (before["small"], after["small"]):
        section.pop("figures")
        for attempt in section["attempts"]:
            attempt.pop("seconds"), attempt.pop("cpu_seconds")
    assert after == before


def test_a_price_or_a_sentence_is_judged_anew_without_running_anything(copy: Path) -> None:
    change(copy, "costs = 5", "costs = 4.5")
    change(copy, "This is the variance: take its root.", "The root is missing.")
    assert grader("release", root=copy)[0] == 0
    found = as_data("validate", root=copy)
    assert found["ok"], found
    (exercise,) = found["exercises"]
    assert exercise["rates"]["remembered"] == exercise["rates"]["attempts"]
    assert "11 -> 11.5 points" in exercise["differs_from_record"]["mutant spread is not rooted, seed 0"]


def test_a_mutant_that_is_made_otherwise_runs_everything_again(copy: Path) -> None:
    change(copy, "(len(x) - 1)", "(len(x) - 1.5)")
    assert grader("release", root=copy)[0] == 0
    (exercise,) = as_data("validate", root=copy)["exercises"]
    assert exercise["ok"], exercise
    assert exercise["rates"]["remembered"] == 0


def test_prices_that_nobody_gave_or_that_nobody_can_lose_are_named(copy: Path) -> None:
    change(copy, "costs = 5\n", "")
    change(copy, 'name = "the values come back in order"', 'name = "the values come back in order"\ncosts = 4')
    found = as_data("validate", root=copy)
    assert not found["ok"]
    problems = " ".join(each for each in found["exercises"][0]["problems"] if "exercise.toml: mutant" in each)
    for said in (
        "'spread is not rooted': costs: it would cost 6 of 16 points, a quarter or more",
        "'the values come back in order': costs: 4 is more than the 3 points of all checks that it fails or that need these: the checks are too soft",
    ):
        assert said in problems


def test_the_prices_are_told_from_the_records_alone(copy: Path) -> None:
    shutil.rmtree(copy / ".grader")
    code, said = grader("validate", "--prices", root=copy)
    assert code == 0, said
    cells = [[cell.strip() for cell in line.split("│")] for line in said.splitlines() if line.startswith("│")]
    assert ["", "mean over n - 1", "0", "13", "3", ""] in cells
    assert "3 known mistakes; 2 change the marks by more than a tenth of the points." in said
    found = as_data("validate", "--prices", root=copy)
    assert found["prices"][1] == {
        "exercise": "one/u1/spread", "mutant": "spread is not rooted", "points": 16, "alone": 4, "marked": 11, "price": 5,
        "moved": True,
    }  # fmt: skip
    (copy / "reference_models/one/u1/spread.proof.json").unlink()
    code, said = grader("validate", "--prices", root=copy)
    assert code == 1
    assert "3 of 3 known mistakes are in no record; run: grader validate --record one/u1/spread" in said


def test_a_sample_is_marked_by_the_record(copy: Path) -> None:
    code, said = grader("validate", "--budget", "1", "--draw", "x", root=copy)
    assert code == 0, said
    assert "differs from its record" not in said


def test_what_is_tried_is_marked_as_a_submission_is(copy: Path) -> None:
    code, said = grader("try", "one/u1/spread", "--mutant", "mean over n - 1", root=copy)
    assert code == 1
    assert "Charged once: mean over n - 1, 3 points for test_mean, test_spread" in said
    assert "13 of 16 points" in said
    assert "0 by itself" in said
    found = as_data("try", "one/u1/spread", "--mutant", "spread is not rooted", root=copy)
    assert found["points"] == 11
    assert [(charge["mistake"], charge["costs"]) for charge in found["charges"]] == [("spread is not rooted", 5)]


PLANTED = """import math

def mean(x):
    return math.fsum(x) / (len(x) - 1)

def spread(x):
    around = mean(x)
    return math.sqrt(sum((value - around) ** 2 for value in x) / len(x))

def scaled(x):
    return [(value - mean(x)) / spread(x) for value in x]
"""


def test_a_submission_that_makes_it_in_its_own_way_is_charged_once(proved: Path, tmp_path: Path) -> None:
    path = tmp_path / "spread.py"
    path.write_text(PLANTED, "utf-8")
    assert run("grade", str(path), "--out", str(tmp_path / "out"), root=proved).returncode == 1
    (grade,) = json.loads((tmp_path / "out/grades.json").read_text("utf-8"))["grades"]
    assert (grade["points"], grade["outcome"]) == (13, "partial")
    assert [(each["mistake"], each["costs"]) for each in grade["charges"]] == [("mean over n - 1", 3)]
    verdicts = {each["check"]: each for each in grade["verdicts"]}
    assert verdicts["test_mean"]["feedback"][0]["ko"] == "평균을 개수보다 하나 적은 수로 나눴어요."
    assert sum(each["max_points"] - each["points"] for each in verdicts.values()) == 3
    assert verdicts["test_mean"]["alone"] == 0


def test_students_read_it_in_their_own_copy(proved: Path, tmp_path: Path) -> None:
    released = proved / "exercises/one/u1/spread"
    assert "n - 1" not in (released / "answers.json").read_text("utf-8")
    folder = shutil.copytree(released, tmp_path / "mine")
    (folder / "spread.py").write_text(PLANTED, "utf-8")
    command = [sys.executable, "-m", "grader.cli", "check", "spread.py"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert "The mean divides by one less than there are." in " ".join(done.stdout.split())
    assert done.returncode == 1
    right = PLANTED.replace("(len(x) - 1)", "len(x)")
    (folder / "spread.py").write_text(right, "utf-8")
    assert subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False).returncode == 0
    (folder / "answers.json").unlink()  # what is asked there has a worked value
    assert subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False).returncode == 0


def test_answers_of_other_checks_are_not_what_the_sources_build(copy: Path) -> None:
    assert grader("release", "--check", root=copy)[0] == 0
    change(copy, "5.293, -2.571]), 1.361", "5.293, -2.573]), 1.36", "test_visible.py")
    code, said = grader("release", "--check", root=copy)
    assert code == 1
    assert "exercises/one/u1/spread/answers.json: was made of other checks, another solution or other mutants" in said
    assert grader("release", root=copy)[0] == 0
    assert grader("release", "--check", root=copy)[0] == 0
