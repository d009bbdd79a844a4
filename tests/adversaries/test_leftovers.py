"""After a hundred hostile runs this machine is as it was: processes, mounts, cgroups, sockets, descriptors, files."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from pathlib import Path

import pytest

from grader.running.session import open_session
from grader.sandbox import Backend
from tests.support import make_exercise, make_notebook

RUNS = 100
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
    "u = socket.socket(socket.AF_UNIX); u.bind('\\0left-behind'); u.listen()",
    "import os\nos.mkfifo('/tmp/pipe')\nfor n in range(500): open(f'/tmp/left{n}', 'w').write('x' * 1000)\nos.symlink('/', 'root')",
    "import mmap, os\nheld = mmap.mmap(-1, 50 << 20); held[:] = bytes(50 << 20)\nopen('/dev/shm/left', 'wb').write(bytes(1 << 20))",
    "import signal, os\nfor n in range(1, 64):\n    try: signal.signal(n, signal.SIG_IGN)\n    except (OSError, ValueError): pass\n"
    "os.fork() or os.fork() or __import__('time').sleep(600)",
    "import threading, time\nfor _ in range(20): threading.Thread(target=time.sleep, args=(600,)).start()",
    "raise SystemExit",
)  # fmt: skip


def _state() -> dict[str, list[str]]:
    """What this machine and this process hold that a run could leave behind."""
    gc.collect()
    processes, namespaces = [], set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            uid = folder.stat().st_uid
            namespaces.add(os.readlink(folder / "ns" / "mnt"))
        except OSError:
            continue
        if "bwrap" in command or "grader_" in command or uid == 61184:
            processes.append(f"{folder.name} {command[:60]}")
    return {
        "processes": sorted(processes),
        "mount namespaces": sorted(namespaces),
        "mounts": Path("/proc/self/mounts").read_text().splitlines(),
        "cgroups": sorted(str(p) for p in Path("/sys/fs/cgroup").glob("**/grader-*") if p.is_dir()),
        "tcp": sorted(line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines() if " 0A " in line),
        "abstract sockets": [line for line in Path("/proc/net/unix").read_text().splitlines() if "left-behind" in line],
        "files": sorted(str(p) for p in Path(tempfile.gettempdir()).glob("grader-run-*")),
        "spooled": sorted(str(p) for p in Path(tempfile.gettempdir()).glob("grader-spool-*/run-*")),
        "descriptors": [str(len(os.listdir("/proc/self/fd")))],
        "threads": [str(len(os.listdir("/proc/self/task")))],
    }


def _run_them(backend: Backend, runs: int) -> None:
    exercise = make_exercise()
    limits = exercise.limits.model_copy(update={"cell_seconds": 0.5, "call_seconds": 1, "total_seconds": 3})
    for number in range(runs):
        code = HOSTILE[number % len(HOSTILE)]
        with open_session(exercise, make_notebook("x = 1", code), backend=backend, limits=limits) as session:
            assert session.run.cells[0].outcome.value == "passed"


@pytest.mark.sandbox
@pytest.mark.parametrize("way", ["warm", pytest.param("cold", marks=pytest.mark.slow)])
def test_nothing_is_left(way: str, request: pytest.FixtureRequest) -> None:
    backend: Backend = request.getfixturevalue(f"{way}_backend")
    _run_them(backend, len(HOSTILE))  # what a first run sets up once is not left behind by it
    before = _state()
    _run_them(backend, RUNS)
    deadline = time.monotonic() + 5  # supervisors report, then end
    while (after := _state()) != before and time.monotonic() < deadline:
        time.sleep(0.05)
    for what, was in before.items():
        left = sorted(set(after[what]) - set(was))
        assert not left, f"{what}: {left}"
