"""A course with one small exercise, or the same one under several names, for tests that measure and prove it."""

from __future__ import annotations

from pathlib import Path

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
costs = 2

[[mutant]]
name = "always zero"
replace = [["int(x > 0)", "0"]]
costs = 3
"""
SOLUTION = """# %% [markdown] lang="en"
# Write `mean` and `guess`.

# %% [markdown] lang="ko"
# `mean`과 `guess`를 작성하세요.

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
    asks: Write `mean`
    asks-ko: `mean`과
    """
    expect.close(submission.call("mean", [1, 2, 6]), 3.0)
'''
HIDDEN = '''import numpy as np
import pytest

@pytest.mark.points(4)
def test_accuracy(submission, reference, expect, band, rng):
    """The sign is guessed.

    ko: 부호를 맞힌다.
    asks: `guess`
    asks-ko: `guess`를 작성하세요.
    """
    x = rng.normal(size=200)
    truth = (x + 0.1 * rng.normal(size=200) > 0).astype(int)
    found = np.array(submission.map("guess", x.tolist()))
    expect.metric(band["accuracy"], float(np.mean(found == truth)), baseline=max(truth.mean(), 1 - truth.mean()))
    assert reference.call("guess", 1.0) == 1
'''


def write_tiny_course(root: Path, *names: str) -> None:
    """Write the course with the exercises ``one/u1/<name>``, neither measured nor released."""
    for name in names:
        folder = root / "solutions" / "one" / "u1" / name
        (folder / "alternates").mkdir(parents=True)
        files = {"exercise.toml": EXERCISE.replace("one/u1/mean", f"one/u1/{name}"), "solution.py": SOLUTION}
        files |= {"alternates/loop.py": ALTERNATE, "test_visible.py": VISIBLE, "test_hidden.py": HIDDEN}
        for file, content in files.items():
            (folder / file).write_text(content, encoding="utf-8")
    (root / "course.toml").write_text(COURSE, encoding="utf-8")
