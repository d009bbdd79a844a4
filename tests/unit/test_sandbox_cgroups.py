"""Making and removing control groups beside other graders, on a tree of plain folders."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.sandbox import cgroups
from grader.sandbox.cgroups import Place

ROUNDS = 300
# Version 1 writes no file to make a group or to remove it, so that plain folders do.
_MAKES_AND_REMOVES = """
import sys
from pathlib import Path
from grader.sandbox import cgroups
place = cgroups.Place(1, {name: Path(sys.argv[1]) / name / cgroups.PARENT for name in ("memory", "pids", "cpuacct")})
for _ in range(int(sys.argv[2])):
    cgroups._make(place).remove()
"""


@pytest.fixture
def place(tmp_path: Path) -> Place:
    for name in ("memory", "pids", "cpuacct"):
        (tmp_path / name).mkdir()
    return Place(1, {name: tmp_path / name / cgroups.PARENT for name in ("memory", "pids", "cpuacct")})


def test_graders_that_remove_the_parent_under_each_other_leave_nothing(tmp_path: Path, place: Place) -> None:
    command = [sys.executable, "-c", _MAKES_AND_REMOVES, str(tmp_path), str(ROUNDS)]
    graders = [subprocess.Popen(command) for _ in range(3)]
    assert [grader.wait() for grader in graders] == [0, 0, 0]
    assert [str(path) for folder in place.distinct for path in folder.glob("*")] == []


def test_a_parent_that_vanishes_while_a_group_is_made(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    real, vanished = Path.mkdir, []

    def mkdir(self: Path, *args: object, **options: object) -> None:
        if self.parent == place.folders["cpuacct"] and not vanished:
            vanished.append(self)
            self.parent.rmdir()  # as another grader does that removes its last group
        real(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", mkdir)
    group = cgroups._make(place)
    assert vanished
    assert [len(list(folder.iterdir())) for folder in place.distinct] == [1, 1, 1]
    group.remove()
    assert not any(folder.exists() for folder in place.distinct)
