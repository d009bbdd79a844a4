"""Writes a new course, and a new exercise that is small and already works: its author changes it, step by step."""

from __future__ import annotations

import re
from pathlib import Path

from grader.course.loader import COURSE_FILE, EXERCISE_FILE, ID_PATTERN
from grader.course.models import Course, Form
from grader.errors import CourseError, GraderError

COURSE = """\
name = "{name}"
title = {{ en = "{title}", ko = "{title}" }}
languages = ["en", "ko"]
profile = "small"  # "full" grades with the real data sets: grader data fetch
seeds = 5          # how many seeds calibrate and validate use

[tracks]
# intro = {{ en = "First steps", ko = "첫걸음" }}

[units]
# "intro/unit1" = {{ en = "Unit 1: arrays", ko = "1단원: 배열" }}

[limits]
# cell_seconds = 60
# memory_mb = 2048

[intake]
file_mb = 20
total_mb = 100
files = 200
cells = 1000
"""

EXERCISE = """\
id = "{id}"
title = {{ en = "Mean of the positive entries", ko = "양수의 평균" }}
form = "{form}"
kind = ["function"]
points = 5  # the sum over all checks
minutes = 10
requires = []
defines = ["mean_positive"]

[limits]
cell_seconds = 20
call_seconds = 10
total_seconds = 60

[[mutant]]
name = "mean of all entries"
replace = [["positive = values[values > 0]", "positive = values"]]
fails = ["test_mean_of_three_numbers", "test_mean_of_other_numbers", "test_no_positive_entry"]
"""

SOLUTION = '''\
# %% [markdown] lang="en"
# # Mean of the positive entries
#
# Write `mean_positive(values) -> float`: the mean of those entries of the array `values` that are greater than 0.
# Where there are none, the result is 0.0.
#
# Example: `mean_positive(np.array([1.0, -2.0, 3.0]))` is `2.0`.

# %% [markdown] lang="ko"
# # 양수의 평균
#
# `mean_positive(values) -> float`를 작성하세요. 배열 `values`에서 0보다 큰 값들의 평균을 돌려줍니다.
# 0보다 큰 값이 없으면 결과는 0.0입니다.
#
# 예: `mean_positive(np.array([1.0, -2.0, 3.0]))`은 `2.0`입니다.

# %%
import numpy as np


# %%
def mean_positive(values):
    """Mean of the entries greater than 0, or 0.0 where there are none."""
    # SOLUTION
    positive = values[values > 0]
    return float(positive.mean()) if positive.size else 0.0
    # END SOLUTION
'''

ALTERNATE = '''\
# %%
import numpy as np


# %%
def mean_positive(values):
    """Mean of the entries greater than 0, or 0.0 where there are none."""
    chosen = [value for value in values.tolist() if value > 0]
    return sum(chosen) / len(chosen) if chosen else 0.0
'''

TEST_VISIBLE = '''\
"""Checks that students have too."""

import numpy as np
import pytest


@pytest.mark.points(2)
@pytest.mark.hint(
    en="values > 0 is an array of True and False; use it as an index.",
    ko="values > 0은 True와 False로 된 배열이에요. 이것을 인덱스로 써 보세요.",
)
def test_mean_of_three_numbers(submission, expect):
    """The mean of two positive numbers among three.

    ko: 세 수 가운데 양수 둘의 평균을 구한다.
    """
    expect.close(submission.call("mean_positive", np.array([1.0, -2.0, 3.0])), 2.0)
'''

TEST_HIDDEN = '''\
"""Checks that students do not have."""

import numpy as np
import pytest


@pytest.mark.points(2)
def test_mean_of_other_numbers(submission, expect, rng):
    """The mean of other arrays.

    ko: 다른 배열에서도 평균을 구한다.
    """
    values = rng.normal(size=50)
    expect.close(submission.call("mean_positive", values), values[values > 0].mean())


@pytest.mark.points(1)
@pytest.mark.hint(
    en="What is the mean of an empty array? Decide before you divide.",
    ko="빈 배열의 평균은 무엇일까요? 나누기 전에 먼저 확인하세요.",
)
def test_no_positive_entry(submission, expect):
    """Without a positive entry the result is 0.

    ko: 양수가 없으면 결과는 0이다.
    """
    expect.close(submission.call("mean_positive", np.array([-1.0, -2.0])), 0.0)
'''


def write_new_exercise(course: Course, id: str, form: Form = "notebook") -> Path:
    """Write the sources of a small, complete exercise under ``solutions/`` and return its folder.

    It passes ``grader validate`` as it stands.

    Raises
    ------
    CourseError
        The id is not one, or there is such a folder already.
    """
    wanted = id.strip("/").replace("_", "-")
    if not ID_PATTERN.fullmatch(wanted):
        raise CourseError(
            course.root / "solutions",
            f"{id!r} is not an id; expected lower-case words with hyphens, such as 'intro/unit1/first-steps'",
        )
    folder = course.root / "solutions" / wanted.replace("-", "_")
    if folder.exists():
        raise CourseError(folder, "exists already; choose another id")
    files = {
        EXERCISE_FILE: EXERCISE.format(id=wanted, form=form),
        "solution.py": SOLUTION,
        "test_visible.py": TEST_VISIBLE,
        "test_hidden.py": TEST_HIDDEN,
        "alternates/plain_python.py": ALTERNATE,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return folder


def init_course(directory: Path) -> Path:
    """Make an empty course in ``directory`` and return its root; existing files are never overwritten.

    Raises
    ------
    GraderError
        There is a course already.
    """
    root = directory.resolve()
    if (root / COURSE_FILE).exists():
        raise GraderError(f"{root / COURSE_FILE}: there is a course already; choose another folder")
    title = re.sub(r'["\\]|[^\w .,:()-]', "", root.name).replace("_", " ").strip() or "My course"
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "course"
    for folder in ("exercises", "solutions", "reference_models", "reports"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / COURSE_FILE).write_text(COURSE.format(name=name, title=title), "utf-8", newline="\n")
    ignore = root / ".gitignore"
    if not ignore.exists():
        ignore.write_text(".grader/\n.ipynb_checkpoints/\n__pycache__/\n", "utf-8", newline="\n")
    return root
