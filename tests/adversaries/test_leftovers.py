"""Sixty hostile runs leave nothing of theirs on this machine: processes, mounts, cgroups, sockets, descriptors, files."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from grader.running.session import open_session
from grader.sandbox import Backend, choose_backend
from tests.gpu.machine import reachable_folder
from tests.robustness.classroom import adopting, descendants
from tests.support import make_exercise, make_notebook

RUNS = 60
LEFT_BEHIND = f"left-behind-{os.getpid()}"
HOSTILE = (
    # daemons that leave their session and their parent
    "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        os.setsid()\n"
    "        if os.fork() == 0:\n            time.sleep(600)\n        os._exit(0)",
    "import os; os._exit(0)",
    "import os; os.kill(-1, 9)",
    "import os; os.kill(os.getpid(), 9)",
    "import ctypes; ctypes.string_at(0)",
    "import os\nfor fd in range(3, 600):\n    try: os.close(fd)\n    except OSError: pass",
    "import socket\nkept = [socket.socket() for _ in range(200)]\nfor s in kept[:50]: s.bind(('127.0.0.1', 0)); s.listen()\n"
    f"u = socket.socket(socket.AF_UNIX); u.bind('\\0{LEFT_BEHIND}'); u.listen()",
    "import os\nos.mkfifo('/tmp/pipe')\nfor n in range(500): open(f'/tmp/left{n}', 'w').write('x' * 1000)\nos.symlink('/', 'root')",
    "import mmap, os\nheld = mmap.mmap(-1, 50 << 20); held[:] = bytes(50 << 20)\nopen('/dev/shm/left', 'wb').write(bytes(1 << 20))",
    "import signal, os\nfor n in range(1, 64):\n    try: signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError): pass\n"
    "os.fork() or os.fork() or __import__('time').sleep(600)",
    "import threading, time\nfor _ in range(20): threading.Thread(target=time.sleep, args=(600,)).start()",
    "raise SystemExit",
)  # fmt: skip


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files that nobody else knows: whatever appears in it is of this test's runs."""
    with reachable_folder() as folder:  # one that the sandbox's user can walk into; of pytest's it cannot
        monkeypatch.setenv("TMPDIR", str(folder))
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield folder


@pytest.fixture(params=["warm", pytest.param("cold", marks=pytest.mark.slow)])
def own_backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """A backend of this test's own, whose spool lies in its own folder."""
    # skips, saying why, where it cannot be had; first, so that the spool of all others does not lie there too
    request.getfixturevalue(f"{request.param}_backend")
    request.getfixturevalue("place")
    found = choose_backend(warm=[make_exercise()] if request.param == "warm" else [])
    yield found
    found.close()


def _state(place: Path) -> dict[str, list[str]]:
    """What a run could leave behind and this test's own process has brought forth, on a machine where others grade too.

    Processes count where they descend from this one, also those whose parent is gone (see ``adopting``); all else by them,
    by the numbers that names hold, or by the folder it lies in.
    """
    gc.collect()
    below = descendants(os.getpid())
    namespaces, sockets = set(), set()
    for pid in [os.getpid(), *(each.pid for each in below)]:
        with suppress(OSError):  # it may be gone by now
            namespaces.add(os.readlink(f"/proc/{pid}/ns/mnt"))
            sockets |= {os.readlink(entry.path) for entry in os.scandir(f"/proc/{pid}/fd")}
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines() if " 0A " in line]
    groups = [path for path in Path("/sys/fs/cgroup").glob("**/grader-[0-9]*") if path.is_dir()]
    own = {str(os.getpid()), *(str(each.pid) for each in below)}
    mounts = Path("/proc/self/mounts").read_text().splitlines()
    return {
        "processes": sorted(f"{each.pid} {each.command[:60]}" for each in below),
        "mount namespaces": sorted(namespaces),
        "mounts": [line for line in mounts if str(place) in line or "grader" in line],
        "cgroups": sorted(str(path) for path in groups if path.name.split("-")[1] in own),
        "tcp": sorted(fields[1] for fields in listening if f"socket:[{fields[9]}]" in sockets),
        "abstract sockets": [line for line in Path("/proc/net/unix").read_text().splitlines() if LEFT_BEHIND in line],
        "files": sorted(str(path) for path in [*place.glob("*"), *place.glob("grader-spool-*/run-*")]),
        "descriptors": [str(len(os.listdir("/proc/self/fd")))],
        "threads": [str(len(os.listdir("/proc/self/task")))],
    }


def _run_them(backend: Backend, runs: int) -> None:
    exercise = make_exercise()
    limits = exercise.limits.model_copy(update={"cell_seconds": 5, "call_seconds": 5, "total_seconds": 30})
    for number in range(runs):
        code = HOSTILE[number % len(HOSTILE)]
        with open_session(exercise, make_notebook("x = 1", code), backend=backend, limits=limits) as session:
            assert session.run.cells[0].outcome.value == "passed"


@pytest.mark.sandbox
def test_nothing_is_left(own_backend: Backend, place: Path) -> None:
    with adopting():
        _run_them(own_backend, len(HOSTILE))  # what a first run sets up once is not left behind by it
        before = _state(place)
        _run_them(own_backend, RUNS)
        deadline = time.monotonic() + 60  # supervisors report, then end
        while (after := _state(place)) != before and time.monotonic() < deadline:
            time.sleep(0.05)
        for what, was in before.items():
            left = sorted(set(after[what]) - set(was))
            assert not left, f"{what}: {left}"
