"""A template that holds a GPU forks nothing: it refuses to start so, and begins anew where it comes to hold one later."""

from __future__ import annotations

import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from grader.running.probe import PROBE_DIR
from grader.sandbox.privileges import is_root
from grader.sandbox.template import TEMPLATE_DIR
from tests.gpu.machine import add_nvidia

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(not is_root(), reason="only root makes device nodes"),
]

HOLDS = "held = open('/dev/nvidiactl', 'rb', 0)\n"
LATER = "import signal\nheld = []\nsignal.signal(signal.SIGUSR1, lambda *args: held.append(open('/dev/nvidiactl', 'rb', 0)))\n"


@contextmanager
def template(folder: Path, module: str) -> Iterator[tuple[socket.socket, subprocess.Popen[bytes]]]:
    """A template on a machine with a (stand-in) GPU, which imports a library of this content and nothing else."""
    add_nvidia(folder / "machine", 1, real=True)
    packages = folder / "packages"
    packages.mkdir()
    (packages / "library.py").write_text(module)
    (packages / "grader_probe").symlink_to(PROBE_DIR)
    (packages / "grader_template").symlink_to(TEMPLATE_DIR)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(60)
    node = str(folder / "machine/dev/nvidiactl")
    room = ["bwrap", "--bind", "/", "/", "--dev", "/dev", "--dev-bind", node, "/dev/nvidiactl", "--die-with-parent"]
    popen = subprocess.Popen(
        [*room, sys.executable, "-m", "grader_template", str(theirs.fileno()), "100", "library"],
        env={"PYTHONPATH": str(packages), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        pass_fds=[theirs.fileno()],
        stderr=subprocess.PIPE,
    )
    theirs.close()
    try:
        yield ours, popen
    finally:
        ours.close()
        popen.kill()
        popen.communicate()


def holds_gpu(pid: int) -> bool:
    """Whether a process has a device node of the driver open."""
    folder = f"/proc/{pid}/fd"
    for name in os.listdir(folder):
        with suppress(FileNotFoundError):
            if os.readlink(f"{folder}/{name}").startswith("/dev/nvidia"):
                return True
    return False


def test_a_library_that_opens_a_gpu_when_it_is_imported_keeps_the_template_from_starting(tmp_path: Path) -> None:
    with template(tmp_path, HOLDS) as (control, popen):
        assert control.recv(1 << 16) == b"", "it never says that it is ready"
        _, said = popen.communicate(timeout=60)
        assert b"opened a GPU" in said.splitlines()[-1]


def test_a_template_that_comes_to_hold_a_gpu_begins_anew_before_it_forks(tmp_path: Path) -> None:
    with template(tmp_path, LATER) as (control, popen):
        assert json.loads(control.recv(1 << 16))["ready"]
        children = Path(f"/proc/{popen.pid}/task/{popen.pid}/children").read_text().split()
        template_pid = int(children[0]) if children else popen.pid
        os.kill(template_pid, signal.SIGUSR1)
        give_up = time.monotonic() + 60
        while not holds_gpu(template_pid) and time.monotonic() < give_up:
            time.sleep(0.01)
        assert holds_gpu(template_pid)
        mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with mine, its, open(tmp_path / "log", "wb") as log:
            mine.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
            mine.settimeout(60)
            socket.send_fds(control, [b"{}"], [its.fileno(), log.fileno()])
            said, ancillary, _, _ = mine.recvmsg(16, socket.CMSG_SPACE(12))
            fork = struct.unpack("3i", ancillary[0][2])[0]
            assert said == b"here", "the request was not lost"
            assert not holds_gpu(fork)
        assert json.loads(control.recv(1 << 16))["ready"], "it has imported everything again"
        assert not holds_gpu(template_pid)
