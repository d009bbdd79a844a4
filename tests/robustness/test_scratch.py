"""Scratch folders of a process that was killed are removed by the next one, and nobody else's are."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from grader.scratch import Scratch, scratch_folder, sweep

HOLD = """
import sys, time
from grader.scratch import Scratch
held = [Scratch("run"), Scratch("spool")]
(held[0].path / "deep").mkdir()
(held[0].path / "deep" / "file").write_text("x")
print(*(each.path for each in held), flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def holder(code: str = HOLD) -> tuple[subprocess.Popen[str], list[Path]]:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, [Path(name) for name in process.stdout.readline().split()]


def test_what_a_killed_process_leaves_is_swept_and_what_a_living_one_holds_is_not() -> None:
    (killed, left), (living, held) = holder(), holder()
    try:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert sorted(sweep()) == sorted(left)
        assert not any(path.exists() for path in left)
        assert all(path.exists() for path in held)
    finally:
        living.kill()
        living.wait()
    assert sorted(sweep()) == sorted(held)


def test_a_program_that_it_had_started_holds_nothing() -> None:
    process, left = holder(HOLD.replace("print(", "__import__('subprocess').Popen(['sleep', '5'], stdout=2)\nprint("))
    process.kill()
    process.wait()
    assert sorted(sweep()) == sorted(left)


def test_a_folder_in_use_by_this_process_stays() -> None:
    with scratch_folder("run") as folder:
        assert sweep() == []
        assert folder.is_dir()
    assert not folder.exists()


@pytest.mark.parametrize(
    "name", ["grader-run-results1", "grader-run-abcd1234.scratch.bak", "grader-mine", "grader-run-x.scratch"]
)
def test_folders_of_other_names_are_somebody_elses(place: Path, name: str) -> None:
    (place / name).mkdir()
    assert sweep() == []
    assert (place / name).is_dir()


def test_links_and_files_with_our_names_are_left_alone(place: Path) -> None:
    (place / "precious").mkdir()
    (place / "grader-run-abcdefg1.scratch").symlink_to(place / "precious")
    (place / "grader-run-abcdefg2.scratch").write_text("")
    assert sweep() == []
    assert (place / "precious").is_dir()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder of another user")
def test_another_users_folder_is_left_alone(place: Path) -> None:
    folder = place / "grader-run-abcdefg3.scratch"
    folder.mkdir()
    os.chown(folder, 1001, 1001)
    assert sweep() == []
    assert folder.is_dir()


def test_a_link_inside_is_removed_and_not_followed(place: Path) -> None:
    (place / "precious").mkdir()
    (place / "precious" / "file").write_text("kept")
    with scratch_folder("run") as folder:
        (folder / "link").symlink_to(place / "precious")
        (folder / "locked").mkdir()
        (folder / "locked" / "file").write_text("")
        (folder / "locked").chmod(0)
    assert not folder.exists()
    assert (place / "precious" / "file").read_text() == "kept"


def test_sweepers_and_makers_do_not_disturb_one_another(place: Path) -> None:
    def make(_: int) -> bool:
        scratch = Scratch("run")
        (scratch.path / "file").write_text("x")
        kept = (scratch.path / "file").is_file()
        scratch.remove()
        return kept

    with ThreadPoolExecutor(6) as pool:
        sweeping = [pool.submit(lambda: [sweep() for _ in range(300)]) for _ in range(3)]
        assert all(pool.map(make, range(600)))
        for each in sweeping:
            each.result()
    assert list(place.iterdir()) == []


def test_a_folder_that_was_swept_before_it_could_be_locked_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    real, swept = fcntl.flock, []

    def slow(descriptor: int, operation: int) -> None:
        if not swept:
            swept.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")))
            swept[0].rmdir()
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", slow)
    with scratch_folder("run") as folder:
        assert folder.is_dir()
        assert folder != swept[0]
