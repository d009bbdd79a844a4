"""Submissions that answer checks with lies instead of work: each earns nothing, and none becomes our fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import load_course
from grader.grading import grade
from grader.intake import read_submission
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.support import make_notebook

NAMES = "scores = metrics = choice = expected_cost = break_even = "
EVIL = """
class Evil:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    __hash__ = None
    def __call__(self, *a, **k): return self
    def __getattr__(self, name): return self
    def __getitem__(self, key): return self
    def __iter__(self): return iter([self] * 4)
    def __len__(self): return 4
    def __float__(self): return 0.6
    def __array__(self, *a, **k):
        import numpy as np
        return np.array([0.6, 0.5, 0.75, 0.6])
    def __instancecheck__(self, other): return True
    __class__ = dict
"""
PATCHED_PROBE = """
import grader_probe.server as s, grader_probe.operations as o
class Always(dict):
    def __missing__(self, key): return lambda *a, **k: True
    def __getitem__(self, key): return lambda *a, **k: True
s.OPERATIONS = o.OPERATIONS = Always()
"""
FORGED_FRAMES = """
import json, os, struct
for number in range(1, 200):
    header = json.dumps({"id": number, "ok": 0.6, "buffers": []}).encode()
    os.write(250, struct.pack(">I", len(header)) + header)
"""

# family and attack -> (cells, outcomes that are right)
LIES = {
    "P3 equals everything": ([EVIL, f"{NAMES}Evil()"], {Outcome.FAILED, Outcome.ERROR}),
    "P4 exception whose text hangs or raises": (
        [
            "class Bad(Exception):\n    def __str__(self):\n        while True: pass\n    __repr__ = __str__",
            "def scores(*a, **k): raise Bad()\nexpected_cost = break_even = scores\nmetrics = choice = {}",
        ],
        {Outcome.FAILED, Outcome.ERROR, Outcome.TIMEOUT},
    ),
    "P5 leaves the process when asked": (
        ["import os", "def scores(*a): os._exit(0)", "expected_cost = break_even = scores\nmetrics = choice = {}"],
        {Outcome.ERROR, Outcome.FAILED},
    ),
    "P7 puts another probe in place": ([f"{NAMES}None", PATCHED_PROBE], {Outcome.FAILED, Outcome.VIOLATION}),
    "P7 writes answers before they are asked for": (
        [f"{NAMES}None", FORGED_FRAMES],
        {Outcome.VIOLATION, Outcome.FAILED, Outcome.ERROR},
    ),
    "P7 closes every descriptor": (
        [f"{NAMES}None", "import os\nos.closerange(3, 300)"],
        {Outcome.ERROR, Outcome.FAILED, Outcome.TIMEOUT},
    ),
    "M3 nonsense of every type": (
        [
            "import numpy as np",
            "metrics = {'A': [float('nan')] * 4, 'B': 'NaN'}\nchoice = {'stock': ['A', 'B'], 'counter': np.ones(9)}",
            "def scores(cm): return [1e308, -1j, None, 'x']\ndef expected_cost(*a): return {1: set()}\n"
            "def break_even(*a): return np.array([['a', None]], dtype=object)",
        ],
        {Outcome.FAILED},
    ),
}


@pytest.mark.sandbox
@pytest.mark.parametrize("attack", LIES)
def test_a_lie_earns_nothing(attack: str, backend: Backend, root: Path, tmp_path: Path) -> None:
    cells, right = LIES[attack]
    course = load_course(root, ["dlstart/two-machines"])
    exercise = course.exercise("dlstart/two-machines")
    path = tmp_path / "two_machines.ipynb"
    path.write_bytes(make_notebook(*cells))
    limits = exercise.limits.model_copy(update={"cell_seconds": 5, "call_seconds": 2, "total_seconds": 20})
    submission = read_submission(path, exercise, course.intake, student="liar")
    result = grade(course, exercise, submission, backend=backend, limits=limits)
    assert result.outcome in right, (result.outcome, [(v.check, v.outcome, v.details[-400:]) for v in result.verdicts])
    assert result.points == 0
    assert all(v.outcome is not Outcome.GRADER_ERROR for v in result.verdicts)
