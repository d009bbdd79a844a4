"""The ways of starting a kernel: in a bubblewrap sandbox, or (only where the user says so) without one."""

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
from typing import BinaryIO, Protocol

from grader.course.models import Limits
from grader.errors import IsolationUnavailable
from grader.sandbox import seccomp
from grader.sandbox.box import Box, bound_sources, bubblewrap_options
from grader.sandbox.privileges import is_root, staged, unprivileged


class Process(Protocol):
    """A started sandbox."""

    def poll(self) -> int | None:
        """Exit status, or None while it runs."""

    def interrupt(self) -> None:
        """Send SIGINT to the program inside."""

    def kill(self) -> None:
        """End the program and every descendant; returns when none is left."""

    def cpu_seconds(self) -> float:
        """CPU time that the program and its finished children have used so far."""


class Backend(Protocol):
    """A way to start programs for submissions."""

    name: str
    isolated: bool

    def start(self, box: Box, argv: Sequence[str], stdin: bytes, fds: Sequence[int], log: BinaryIO) -> Process:
        """Start ``argv`` in ``box``.

        ``stdin`` is all that it can read there, the descriptors ``fds`` are inherited, output goes to the file ``log``.
        """


@dataclass
class SandboxProcess:
    """A program inside bubblewrap. ``popen`` is bubblewrap itself, ``init`` process 1 of the sandbox."""

    popen: subprocess.Popen[bytes]
    init: int  # pid of the sandbox's process 1, seen from here
    init_fd: int  # pidfd of the same: safe against reuse of the number

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
        try:
            signal.pidfd_send_signal(self.init_fd, signal.SIGKILL)  # process 1 takes its whole namespace with it
        except ProcessLookupError:
            pass
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

    def cpu_seconds(self) -> float:
        pid = self._program()
        if pid is None:
            return 0.0
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


class BubblewrapBackend:
    """Every submission in namespaces of its own, built by bubblewrap and started by an unprivileged user."""

    name = "bubblewrap"
    isolated = True

    def start(self, box: Box, argv: Sequence[str], stdin: bytes, fds: Sequence[int], log: BinaryIO) -> SandboxProcess:
        stage = staged(bound_sources(box))
        info_read, info_write = os.pipe()
        filter_fd = _memory_file(seccomp.program())
        # bubblewrap stays on as process 1 of the sandbox: its command line, which can be read there, names no host path
        options_fd = _memory_file("\0".join(bubblewrap_options(box, source=stage)).encode())
        try:
            command = ["bwrap", "--args", str(options_fd), "--info-fd", str(info_write), "--seccomp", str(filter_fd)]
            popen = subprocess.Popen(
                unprivileged([*command, "--", *argv], stage),
                pass_fds=[*fds, info_write, filter_fd, options_fd],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            )
        except BaseException:
            os.close(info_read)
            raise
        finally:
            for fd in (info_write, filter_fd, options_fd):
                os.close(fd)
        with open(info_read, "rb") as pipe:
            info = pipe.read()  # bubblewrap closes it as soon as it has written
        _feed(popen, stdin)
        try:
            init = int(json.loads(info)["child-pid"])
            return SandboxProcess(popen, init, os.pidfd_open(init))
        except (ValueError, KeyError, ProcessLookupError):
            popen.kill()
            popen.wait()
            raise IsolationUnavailable("bubblewrap could not build a sandbox: " + _tail(log)) from None


@dataclass
class PlainProcess:
    """A program started without isolation, leader of its own process group."""

    popen: subprocess.Popen[bytes]
    scratch: tempfile.TemporaryDirectory[str]

    def poll(self) -> int | None:
        return self.popen.poll()

    def interrupt(self) -> None:
        if os.name == "posix" and self.popen.poll() is None:  # elsewhere a stuck cell ends with its kernel
            self.popen.send_signal(signal.SIGINT)

    def kill(self) -> None:
        if os.name == "posix":
            try:
                os.killpg(self.popen.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass
        self.popen.kill()
        self.popen.wait()
        self.scratch.cleanup()

    def cpu_seconds(self) -> float:
        return 0.0


class PlainBackend:
    """No isolation: a student's own machine, or submissions that the user has said to trust.

    The program gets a fresh working folder and a fixed hash seed, and nothing keeps it from the rest of the machine.
    """

    name = "none"
    isolated = False

    def start(self, box: Box, argv: Sequence[str], stdin: bytes, fds: Sequence[int], log: BinaryIO) -> PlainProcess:
        scratch = tempfile.TemporaryDirectory(prefix="grader-", ignore_cleanup_errors=True)
        work = Path(scratch.name) / "work"
        work.mkdir()
        for name, path in box.files.items():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, work / name)
        if box.data_dir is not None and box.data_dir.is_dir():
            shutil.copytree(box.data_dir, work / "data")
        package = Path(scratch.name) / "probe" / "grader_probe"
        shutil.copytree(box.probe_dir, package, ignore=shutil.ignore_patterns("__pycache__"))
        threads = str(box.limits.threads)
        env = {
            **os.environ,
            "PYTHONPATH": str(package.parent),
            "PYTHONHASHSEED": str(box.seed % 2**32),
            "PYTHONDONTWRITEBYTECODE": "1",
            "IPYTHONDIR": str(Path(scratch.name) / "ipython"),
            "MPLBACKEND": "module://matplotlib_inline.backend_inline",
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "OMP_NUM_THREADS": threads,
            "GRADER_WORK": str(work),
        }
        posix = os.name == "posix"
        popen = subprocess.Popen(
            list(argv),
            pass_fds=list(fds) if posix else (),
            start_new_session=posix,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            cwd=work,
            env=env,
        )
        _feed(popen, stdin)
        return PlainProcess(popen, scratch)


def _memory_file(content: bytes) -> int:
    """A descriptor that reads ``content`` from its start."""
    fd = os.memfd_create("grader", 0)
    with open(fd, "wb", closefd=False) as file:
        file.write(content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def _feed(popen: subprocess.Popen[bytes], data: bytes) -> None:
    """Hand ``data`` to a program that has just started; one that is gone already is noticed later."""
    assert popen.stdin is not None
    try:
        popen.stdin.write(data)
        popen.stdin.close()
    except OSError:
        return


def _tail(log: BinaryIO) -> str:
    log.flush()
    with open(log.name, "rb") as file:
        text = file.read()[-2000:].decode(errors="replace").strip()
    return text or "it said nothing"


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
    with tempfile.TemporaryDirectory(prefix="grader-") as folder, open(Path(folder) / "log", "wb") as log:
        os.chmod(folder, 0o755)
        probe = Path(folder) / "probe"
        probe.mkdir(mode=0o755)
        box = Box(Limits(), probe)
        try:
            process = BubblewrapBackend().start(box, ["/usr/bin/env", "true"], b"", [], log)
        except IsolationUnavailable as error:
            raise IsolationUnavailable(f"{error}{_remedy(str(error))}") from None
        try:
            status = process.popen.wait(20)
        finally:
            process.kill()
        if status:
            raise IsolationUnavailable(f"bubblewrap could not build a sandbox: {_tail(log)}{_remedy(_tail(log))}")


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


def choose_backend(trust: bool = False) -> Backend:
    """The backend to grade with.

    Parameters
    ----------
    trust : bool
        The user's explicit word that the submissions may run without isolation.

    Raises
    ------
    IsolationUnavailable
        Where no sandbox can be had and ``trust`` is false.
    """
    if trust:
        return PlainBackend()
    check_isolation()
    return BubblewrapBackend()
