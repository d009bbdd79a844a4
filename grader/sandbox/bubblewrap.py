"""Every submission in namespaces of its own, built by bubblewrap and started without privileges."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from grader.course.models import Limits
from grader.errors import IsolationUnavailable
from grader.sandbox import seccomp
from grader.sandbox.box import KERNEL_MODULE, Box, bound_sources, bubblewrap_options
from grader.sandbox.gpu import Slot
from grader.sandbox.gpu_use import GpuMeter, GpuUse
from grader.sandbox.guarantees import WITH_ISOLATION
from grader.sandbox.helper_limits import limited
from grader.sandbox.meter import Meter
from grader.sandbox.privileges import charged, is_root, staged, unprivileged
from grader.sandbox.process import feed, memory_file, tail
from grader.vocabulary import Outcome


@dataclass
class SandboxProcess:
    """A program inside bubblewrap. ``popen`` is bubblewrap itself, ``init`` process 1 of the sandbox."""

    popen: subprocess.Popen[bytes]
    init: int  # pid of the sandbox's process 1, seen from here
    init_fd: int  # pidfd of the same: safe against reuse of the number
    exit_fd: int  # pidfd of bubblewrap itself, which ends last
    meter: Meter
    gpu: GpuMeter | None = None
    lost: bool = False

    def poll(self) -> int | None:
        return self.popen.poll()

    def _program(self) -> int | None:
        """Pid of the program, the first child of process 1."""
        try:
            children = Path(f"/proc/{self.init}/task/{self.init}/children").read_text().split()
        except OSError:
            return None
        return int(children[0]) if children else None

    def interrupt(self) -> None:
        pid = self._program()
        if pid is not None and self.poll() is None:
            try:
                os.kill(pid, signal.SIGINT)
            except ProcessLookupError:
                return

    def kill(self) -> None:
        if self.init_fd < 0:
            return
        self.strike()
        poller = select.poll()
        poller.register(self.init_fd, select.POLLIN)
        poller.poll(10_000)
        os.close(self.init_fd)
        self.init_fd = -1
        try:
            self.popen.wait(5)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
        self.meter.close()
        if self.gpu is not None:
            self.gpu.close()
        os.close(self.exit_fd)

    def strike(self) -> None:
        """Kill process 1, which takes its whole namespace with it, and wait for nothing."""
        try:
            signal.pidfd_send_signal(self.init_fd, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def breach(self) -> Outcome | None:
        return self.meter.breach() or (self.gpu.breach() if self.gpu is not None else None)

    def gpu_use(self) -> GpuUse | None:
        return self.gpu.use() if self.gpu is not None else None

    def cpu_seconds(self) -> float:
        return self.meter.cpu_seconds()


class BubblewrapBackend:
    """Every submission in namespaces of its own, built by bubblewrap and started by an unprivileged user."""

    name = "bubblewrap"
    isolated = True
    warm = False
    guarantees = WITH_ISOLATION
    gpu: Slot | None = None

    def __init__(self, why_cold: str = "") -> None:
        self.cold_starts = [why_cold] if why_cold else []  # what kept starts from being warm, where they were to be

    def start(self, box: Box, order: bytes, fds: Sequence[int], log: BinaryIO) -> SandboxProcess:
        return self.run(box, [sys.executable, "-P", "-s", "-m", KERNEL_MODULE], order, fds, log)

    def close(self) -> None:
        """Nothing is kept running."""

    def run(self, box: Box, argv: Sequence[str], stdin: bytes, fds: Sequence[int], log: BinaryIO) -> SandboxProcess:
        """Run any program in ``box``; ``stdin`` is all that it can read there."""
        stage = staged(bound_sources(box))
        info_read, info_write = os.pipe()
        filter_fd = memory_file(seccomp.program())
        # bubblewrap stays on as process 1 of the sandbox: its command line, which can be read there, names no host path
        options_fd = memory_file("\0".join(bubblewrap_options(box, source=stage)).encode())
        meter = Meter(box.limits)
        gpu = GpuMeter(box.gpu) if box.gpu is not None else None
        groups = box.gpu.gpu.groups if box.gpu is not None else ()
        try:
            command = ["bwrap", "--args", str(options_fd), "--info-fd", str(info_write), "--seccomp", str(filter_fd)]
            command = limited([*command, "--", *argv], box.limits, gpu=box.gpu is not None)
            popen = subprocess.Popen(
                charged(unprivileged(command, stage, groups), meter.procs_files),
                pass_fds=[*fds, info_write, filter_fd, options_fd],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            )
        except BaseException:
            os.close(info_read)
            meter.close()
            raise
        finally:
            for fd in (info_write, filter_fd, options_fd):
                os.close(fd)
        with open(info_read, "rb") as pipe:
            info = pipe.read()  # bubblewrap closes it as soon as it has written
        feed(popen, stdin)
        try:
            init = int(json.loads(info)["child-pid"])
            init_fd = os.pidfd_open(init)
        except (ValueError, KeyError, ProcessLookupError):
            popen.kill()
            popen.wait()
            meter.close()
            raise IsolationUnavailable("bubblewrap could not build a sandbox: " + tail(log)) from None
        process = SandboxProcess(popen, init, init_fd, os.pidfd_open(popen.pid), meter, gpu)
        meter.watch(init, process.strike)
        if gpu is not None:
            gpu.watch(init, process.strike)
        return process


def check_isolation() -> None:
    """Build one sandbox and run ``true`` in it.

    Raises
    ------
    IsolationUnavailable
        With the reason and the remedy.
    """
    if sys.platform != "linux":
        raise IsolationUnavailable(
            f"sandboxes need Linux, this is {sys.platform}. Grade on a Linux machine, or pass --trust-submissions "
            "for work that you have written or read yourself."
        )
    if shutil.which("bwrap") is None:
        raise IsolationUnavailable("bubblewrap is not installed. Install it: apt-get install bubblewrap")
    try:
        seccomp.program()
    except (ImportError, OSError, RuntimeError) as error:
        raise IsolationUnavailable(
            f"the system call filter cannot be built ({error}). Install libseccomp: apt-get install libseccomp2"
        ) from None
    with tempfile.TemporaryFile() as log:
        box = Box(Limits())
        try:
            process = BubblewrapBackend().run(box, ["/usr/bin/env", "true"], b"", [], log)
        except IsolationUnavailable as error:
            raise IsolationUnavailable(f"{error}{_remedy(str(error))}") from None
        try:
            status = process.popen.wait(20)
        finally:
            process.kill()
        if status:
            raise IsolationUnavailable(f"bubblewrap could not build a sandbox: {tail(log)}{_remedy(tail(log))}")


def _remedy(text: str) -> str:
    if Path("/.dockerenv").exists() or "Can't mount proc" in text:
        return (
            ". In a container, start it with --security-opt seccomp=unconfined --security-opt apparmor=unconfined "
            "--security-opt systempaths=unconfined"
        )
    if Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").exists() and not is_root():
        return (
            ". This system restricts user namespaces; allow them for bubblewrap: "
            "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0"
        )
    return ""
