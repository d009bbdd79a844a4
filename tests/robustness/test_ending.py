"""Whoever is killed, what he had started ends: at once, with the submission in the middle of a long cell."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import IsolationUnavailable
from grader.sandbox import check_isolation
from tests.robustness.classroom import ROOT, Classroom, Seen, adopting, all_gone, descendants, kill, rows, wait_for_end

SOON = 60.0  # seconds: a bound for a busy machine, far below the 600 that the cell takes
LIMITS = "[limits]\ncell_seconds = 900\ncall_seconds = 900\ntotal_seconds = 900\n"
# A process can be renamed from within, which is seen from outside of its sandbox.
SLEEPS = "import os, time\nopen(f'/proc/{os.getpid()}/comm', 'w').write('asleep')\ntime.sleep(600)\ndouble = abs\n"
# A grader that stands still as soon as it has told its kernel what to do, with the kernel stopped before it can do it.
STARTS_A_KERNEL = """
import os, signal
from grader.running import open_session
from grader.sandbox import PlainBackend
from tests.support import make_exercise, make_notebook

class Stopped(PlainBackend):
    def start(self, *args):
        process = super().start(*args)
        os.kill(process.popen.pid, signal.SIGSTOP)
        print(process.popen.pid, flush=True)
        signal.pause()

with open_session(make_exercise(), make_notebook("1"), backend=Stopped()):
    pass
"""


@pytest.fixture(params=["warm", "cold", "none"])
def classroom(request: pytest.FixtureRequest) -> Iterator[Classroom]:
    """Two students whose submissions sleep for ten minutes."""
    if request.param != "none":
        try:
            check_isolation()
        except IsolationUnavailable as error:
            pytest.skip(str(error))
    folder = Path(tempfile.mkdtemp(prefix="end-", dir="/tmp"))
    folder.chmod(0o755)
    (folder / "t").mkdir()
    try:
        yield Classroom(folder, folder / "t", request.param == "none", request.param == "warm").build(
            2, SLEEPS, limits=LIMITS
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kernels(below: list[Seen]) -> list[int]:
    """The submissions' own processes among these: deeper in namespaces than any of ours, or kernels without any."""
    templates = [each.depth for each in below if each.role == "template" and each.command.startswith("/")]
    ours = min(templates, default=1)
    return [each.pid for each in below if each.depth > ours or "grader_probe.kernel" in each.command]


def until_they_run(batch: subprocess.Popen[str], classroom: Classroom) -> list[Seen]:
    """Wait until both workers are in the middle of a submission."""
    end = time.monotonic() + 300
    while time.monotonic() < end:
        below = descendants(batch.pid)
        if sum(each.name == "asleep" for each in below) == 2:
            return below
        assert batch.poll() is None, batch.stdout.read() if batch.stdout else ""
        time.sleep(0.05)
    raise AssertionError("the batch did not get as far as running anything")


def test_nothing_outlives_the_batch(classroom: Classroom) -> None:
    before = {each.pid for each in descendants(os.getpid())}
    with adopting():
        batch = classroom.start(classroom.folder / "out", stdout=subprocess.DEVNULL)
        until_they_run(batch, classroom)
        began = time.monotonic()
        batch.kill()
        batch.wait()
        left = all_gone(before, SOON)
        print(f"all gone after {time.monotonic() - began:.2f} s")
        assert left == []


def test_a_sandbox_does_not_outlive_its_worker(classroom: Classroom) -> None:
    before = {each.pid for each in descendants(os.getpid())}
    with adopting():
        batch = classroom.start(classroom.folder / "out", stdout=subprocess.DEVNULL)
        try:
            running = until_they_run(batch, classroom)
            inside = kernels(running)
            assert len(inside) >= 2, running
            batch.send_signal(signal.SIGSTOP)  # nobody is there to clean up after the workers
            for worker in [each.pid for each in running if each.role == "worker"]:
                kill(worker)
            began = time.monotonic()
            left = wait_for_end(inside, SOON)
            print(f"all gone after {time.monotonic() - began:.2f} s")
            assert left == []
        finally:
            batch.kill()
            batch.wait()
        assert all_gone(before, SOON) == []


def test_a_kernel_does_not_outlive_a_grader_that_is_killed_while_it_starts(tmp_path: Path) -> None:
    before = {each.pid for each in descendants(os.getpid())}
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    with adopting():
        grader = subprocess.Popen(
            [sys.executable, "-c", STARTS_A_KERNEL], env=variables, stdout=subprocess.PIPE, text=True
        )
        assert grader.stdout is not None
        kernel = int(grader.stdout.readline())
        grader.kill()
        grader.communicate()
        os.kill(kernel, signal.SIGCONT)
        assert all_gone(before, SOON) == []


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, *(pytest.param(n, marks=pytest.mark.slow) for n in (signal.SIGHUP, signal.SIGINT))]
)
def test_asked_to_stop_it_ends_kindly_and_goes_on_later(classroom: Classroom, number: int) -> None:
    before = {each.pid for each in descendants(os.getpid())}
    with adopting():
        batch = classroom.start(classroom.folder / "out")
        until_they_run(batch, classroom)
        batch.send_signal(number)
        said, _ = batch.communicate(timeout=60)
        assert batch.returncode == 130, said
        assert "Run the same command again" in said
        assert all_gone(before, SOON) == []
    assert rows(classroom.folder / "out") == []
    assert list(classroom.scratch.iterdir()) == []
