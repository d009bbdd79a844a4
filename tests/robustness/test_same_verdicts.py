"""The demo class gets the same verdicts from one worker and from four, every time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.errors import IsolationUnavailable
from grader.sandbox import check_isolation
from tests.robustness.classroom import ROOT, verdicts

RUNS = int(os.environ.get("GRADER_DEMO_RUNS", "3"))


def _differences(one: Any, other: Any, where: str = "") -> list[str]:
    """Where two documents differ, by path: a whole class is too much to read."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            d for key in sorted({*one, *other}) for d in _differences(one.get(key), other.get(key), f"{where}/{key}")
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [d for n, (a, b) in enumerate(zip(one, other)) for d in _differences(a, b, f"{where}/{n}")]
    return [] if one == other else [f"{where}: {str(one)[:200]} != {str(other)[:200]}"]


@pytest.mark.endurance
@pytest.mark.sandbox
def test_verdicts_are_the_same_at_one_worker_and_at_four(tmp_path: Path) -> None:
    try:
        check_isolation()
    except IsolationUnavailable as error:
        pytest.skip(str(error))
    found: dict[str, Any] = {}
    for run in range(RUNS):
        for workers in (1, 4):
            out = tmp_path / f"{run}-{workers}"
            command = [sys.executable, "-m", "grader.cli", "demo", "--out", str(out), "--workers", str(workers)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=1800, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            found[out.name] = verdicts(out)
    first = found["0-1"]
    assert len(first["grades"]) > 20
    assert {name: _differences(first, each) for name, each in found.items()} == {name: [] for name in found}
