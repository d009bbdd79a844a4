"""A disk without room, a folder that cannot be written, a clock that jumps, two graders in one place."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.robustness.classroom import Classroom, rows, verdicts

ROOT = os.geteuid() == 0
RIGHT = "def double(x):\n    return 2 * x\n"
needs_mounts = pytest.mark.skipif(not ROOT, reason="only root can mount a small disk")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    path = Path(tempfile.mkdtemp(prefix="place-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(scope="module")
def classroom(folder: Path) -> Classroom:
    """Three students, trusted: what is tested here lies outside of any sandbox."""
    (folder / "t").mkdir()
    return Classroom(folder, folder / "t", trust=True).build(3, RIGHT)


@pytest.fixture(scope="module")
def expected(classroom: Classroom) -> object:
    code, said = classroom.grade(classroom.folder / "expected")
    assert code == 0, said
    return verdicts(classroom.folder / "expected")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Mounts a small disk, or mounts it again with other options."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        again = "remount," if place.is_mount() else ""
        subprocess.run(["mount", "-t", "tmpfs", "-o", again + options, "none", str(place)], check=True)
        return place

    yield mount
    subprocess.run(["umount", "--lazy", str(place)], check=False, capture_output=True)


def fill(place: Path, leave: int = 0) -> Path:
    """Take all the room of a disk but so many bytes."""
    filler = place / "filler"
    size = os.statvfs(place).f_bavail * os.statvfs(place).f_frsize - leave
    with open(filler, "wb") as file:
        file.write(bytes(max(0, size)))
    return filler


def nothing_half_written(place: Path) -> None:
    assert [path.name for path in place.rglob("*") if path.name.endswith(".part")] == []


@needs_mounts
@pytest.mark.parametrize("room", [0, 30_000, 150_000])
def test_a_full_disk_is_named_and_the_batch_goes_on_when_there_is_room(
    classroom: Classroom, expected: object, disk: Callable[[str], Path], room: int
) -> None:
    out = disk("size=8m")
    filler = fill(out, room)
    code, said = classroom.grade(out)
    assert code == 2, said
    assert str(out) in said
    assert "free some space" in said
    assert "same command again" in said
    assert "Traceback" not in said
    nothing_half_written(out)
    kept = rows(out) if room and (out / "gradebook.sqlite3").stat().st_size > 10_000 else []
    filler.unlink()
    code, said = classroom.grade(out)
    assert code == 0, said
    assert verdicts(out) == expected
    assert len(rows(out)) == 6
    assert set(kept) <= set(rows(out))


@needs_mounts
def test_a_full_disk_leaves_earlier_results_as_they_were(
    classroom: Classroom, expected: object, disk: Callable[[str], Path]
) -> None:
    out = disk("size=8m")
    assert classroom.grade(out)[0] == 0
    before = {name: (out / name).read_bytes() for name in ("grades.json", "grades.csv", "class.html")}
    filler = fill(out)
    code, said = classroom.grade(out, "--seed", "1")
    assert code == 2, said
    assert "free some space" in said
    assert {name: (out / name).read_bytes() for name in before} == before
    assert verdicts(out) == expected
    filler.unlink()
    assert len(rows(out)) == 6


@needs_mounts
def test_a_folder_that_cannot_be_written_is_named(classroom: Classroom, disk: Callable[[str], Path]) -> None:
    out = disk("size=8m,ro")
    code, said = classroom.grade(out)
    assert code == 2, said
    assert str(out) in said
    assert "writable" in said
    disk("size=8m,rw")
    assert classroom.grade(out)[0] == 0
    before = sorted((path.name, path.stat().st_mtime_ns) for path in out.rglob("*"))
    disk("size=8m,ro")
    code, said = classroom.grade(out, "--seed", "1")
    assert code == 2, said
    assert str(out) in said
    assert "writable" in said
    assert sorted((path.name, path.stat().st_mtime_ns) for path in out.rglob("*")) == before


@pytest.mark.skipif(ROOT, reason="root may write everywhere")
def test_a_folder_without_permission_is_named(classroom: Classroom, tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    code, said = classroom.grade(tmp_path / "out")
    tmp_path.chmod(0o755)
    assert code == 2, said
    assert "writable" in said


@needs_mounts
def test_a_full_folder_for_temporary_files_costs_nothing_while_the_system_has_another(
    classroom: Classroom, expected: object, disk: Callable[[str], Path]
) -> None:
    small = disk("size=1m")
    fill(small)
    code, said = Classroom(classroom.folder, small, trust=True).grade(classroom.folder / "other")
    assert code == 0, said
    assert verdicts(classroom.folder / "other") == expected


def test_a_second_grader_in_the_same_place_is_refused(classroom: Classroom, expected: object) -> None:
    out = classroom.folder / "shared"
    first = classroom.start(out)
    while not (out / "gradebook.sqlite3").exists():
        assert first.poll() is None
    code, said = classroom.grade(out)
    assert code == 2, said
    assert "another grader is writing here" in said
    said, _ = first.communicate()
    assert first.returncode == 0, said
    assert verdicts(out) == expected


JUMPS = """
import random, time
real, dice = time.time, random.Random(7)
time.time = lambda: real() + dice.choice([0, 0, 3600, -3600, 1e8, -1e8])
time.time_ns = lambda: int(time.time() * 1e9)
"""


def test_a_clock_that_jumps_changes_no_verdict(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(JUMPS)
    (folder / "clock").mkdir()
    (folder / "clock" / "t").mkdir()
    limits = "[limits]\ncell_seconds = 3\ncall_seconds = 3\ntotal_seconds = 20\n"
    bodies = (RIGHT, "import time\ntime.sleep(1)\n" + RIGHT, "while True:\n    pass\n")
    classroom = Classroom(folder / "clock", folder / "clock" / "t", trust=True).build(3, *bodies, limits=limits)
    assert classroom.grade(folder / "steady")[0] == 0
    steps = os.pathsep.join([str(Path(__file__).resolve().parents[2]), str(tmp_path)])
    classroom.environment["PYTHONPATH"] = steps
    code, said = classroom.grade(folder / "jumping")
    assert code == 0, said
    assert verdicts(folder / "jumping") == verdicts(folder / "steady")
    assert sorted({outcome for _, _, outcome, _ in rows(folder / "jumping")}) == ["passed", "timeout"]
