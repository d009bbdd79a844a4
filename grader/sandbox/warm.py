"""Sandboxes whose kernels are forks of a process that has already imported the libraries.

Each submission still gets a sandbox of its own, built by bubblewrap from the same definition as a cold one
(``box.py``); ``template/`` tells how a fork gets into it. Templates serve every worker of a batch: their sockets can be
passed on, and each request carries a private socket for its own answers.
"""

from __future__ import annotations

import array
import base64
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import struct
import threading
import time
import weakref
from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from grader.course.models import Limits
from grader.errors import IsolationUnavailable, SandboxLost
from grader.sandbox import seccomp
from grader.sandbox.box import PROBE, PROBE_DIR, WORK, Box, bubblewrap_options, environment
from grader.sandbox.bubblewrap import BubblewrapBackend
from grader.sandbox.gpu import Slot
from grader.sandbox.gpu_use import GpuUse
from grader.sandbox.guarantees import WITH_ISOLATION
from grader.sandbox.helper_limits import limited
from grader.sandbox.meter import Meter
from grader.sandbox.process import Process, tail
from grader.sandbox.spool import Spool
from grader.sandbox.templates import MODES, Libraries, Mode, Template, seen_from, start_template
from grader.vocabulary import Outcome

_FORK_SECONDS = 60.0  # a template that renews itself imports anew first
_TEST_SECONDS = 30.0
_END_SECONDS = 15.0
_CREDENTIALS = struct.Struct("3i")
_ANCILLARY = socket.CMSG_SPACE(_CREDENTIALS.size) + socket.CMSG_SPACE(2 * array.array("i").itemsize)


class WarmProcess:
    """A kernel that was forked from a template.

    Attributes
    ----------
    exit_fd : int
        Becomes readable when the kernel has ended.
    """

    def __init__(self, control: socket.socket, init: int, kernel: int, meter: Meter, folder: Path) -> None:
        self._control, self._init, self.exit_fd = control, init, kernel
        self._meter, self._folder = meter, folder
        self._status: int | None = None
        self._lock = threading.Lock()
        self._ended = False
        self.lost = False
        control.setblocking(False)

    def poll(self) -> int | None:
        with self._lock:
            if self._status is None:
                self._read_status()
            return self._status

    def _read_status(self) -> None:
        try:
            message = self._control.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            message = b""
        if message:
            code = os.waitstatus_to_exitcode(json.loads(message)["status"])
            self._status = code if code >= 0 else 128 - code  # as bubblewrap says it
        else:
            self._status, self.lost = 137, not self._ended

    def interrupt(self) -> None:
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self.exit_fd, signal.SIGINT)

    def kill(self) -> None:
        if self._ended:
            return
        self.poll()
        self._ended = True
        self._strike()
        deadline = time.monotonic() + _END_SECONDS
        while self.poll() is None and time.monotonic() < deadline:
            select.select([self._control], [], [], max(0.0, deadline - time.monotonic()))
        self._meter.close()
        self._control.close()
        os.close(self._init)
        os.close(self.exit_fd)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _strike(self) -> None:
        """Kill process 1, and with it everything inside; its supervisor reports and ends by itself."""
        with contextlib.suppress(OSError):
            signal.pidfd_send_signal(self._init, signal.SIGKILL)

    def watch(self) -> None:
        """Put the sandbox under its meter's eyes."""
        init, kernel = _pid(self._init), _pid(self.exit_fd)
        if init > 0 and kernel > 0:
            self._meter.watch(init, self._strike)

    def breach(self) -> Outcome | None:
        return self._meter.breach()

    def cpu_seconds(self) -> float:
        return self._meter.cpu_seconds()

    def gpu_use(self) -> GpuUse | None:
        return None  # no template touches a GPU, so no fork of one is given any


@dataclass(frozen=True)
class Shared:
    """What another process of ours needs for starting kernels from our templates; can be sent to it.

    Attributes
    ----------
    mode : {"nested", "plain"}
    spool : str
    templates : dict
        Their sockets, by what they have imported.
    """

    mode: Mode
    spool: str
    templates: Mapping[Libraries, socket.socket] = field(default_factory=dict)


class WarmBackend:
    """Every submission in namespaces of its own, built by bubblewrap, its kernel forked from a template.

    Parameters
    ----------
    mode : {"nested", "plain"}
    shared : Shared, optional
        Templates that another process has started; what is not among them, or has died, is started here.
    """

    name = "bubblewrap"
    isolated = True
    warm = True
    guarantees = WITH_ISOLATION
    gpu: Slot | None = None

    def __init__(self, mode: Mode, shared: Shared | None = None) -> None:
        self.mode: Mode = shared.mode if shared is not None else mode
        self._cold = BubblewrapBackend()
        self._spool = Spool(Path(shared.spool) if shared is not None else None)
        given = shared.templates if shared is not None else {}
        self._templates = {libraries: Template(control, self.mode) for libraries, control in given.items()}
        self.refused: dict[Libraries, str] = {}  # what cannot be had, and why: such kernels start cold
        self._lock = threading.Lock()  # of the table above
        self._starting: dict[Libraries, threading.Lock] = {}
        self._finalizer = weakref.finalize(self, _close, self._templates, self._spool)

    def close(self) -> None:
        self._finalizer()

    def __reduce__(self) -> tuple[type[WarmBackend], tuple[Mode, Shared]]:
        """Sent to another process of ours, it uses the templates that run now."""
        with self._lock:
            running = {libraries: t.control for libraries, t in self._templates.items() if t is not None and t.alive}
        return WarmBackend, (self.mode, Shared(self.mode, str(self._spool.path), running))

    def prepare(self, wanted: Iterable[Libraries]) -> None:
        """Start and test templates now, at the same time; ``refused`` then tells which cannot be had."""
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._template, wanted))

    @property
    def cold_starts(self) -> list[str]:
        return [f"{libraries}: {reason}" for libraries, reason in self.refused.items()]

    def start(self, box: Box, order: bytes, fds: Sequence[int], log: BinaryIO) -> Process:
        libraries = Libraries.of(box.requires, box.limits)
        template = self._template(libraries) if box.like_template else None
        if template is None:
            return self._cold.start(box, order, fds, log)
        return self._fork(template, box, {"order": json.loads(order), "fds": list(fds)}, fds, log)

    def _template(self, libraries: Libraries) -> Template | None:
        """The one to fork from, started where there is none; None where it cannot be had: then starts are cold."""
        with self._lock:
            turn = self._starting.setdefault(libraries, threading.Lock())
        with turn:
            known = self._templates.get(libraries)
            if libraries in self.refused or (known is not None and known.alive):
                return known
            if known is not None:
                known.close()
            template = None
            try:
                template = start_template(libraries, self.mode, self._spool)
                self._test(template, libraries)
            except IsolationUnavailable as error:
                if template is not None:
                    template.close()
                template, self.refused[libraries] = None, str(error)
            with self._lock:
                self._templates.pop(libraries, None)
                if template is not None:
                    self._templates[libraries] = template
            return template

    def _test(self, template: Template, libraries: Libraries) -> None:
        """Let a fork of ``template`` do what forks are known to hang in."""
        box = Box(Limits(threads=libraries.threads), requires=libraries.frameworks)
        with open(self._spool.path / f"test-{os.getpid()}-{threading.get_ident()}", "w+b") as log:
            try:
                process = self._fork(template, box, {"run": "grader_template.selftest", "fds": []}, [], log)
            except SandboxLost as error:
                raise IsolationUnavailable(str(error)) from None
            finally:
                os.unlink(log.name)
            try:
                ended, _, _ = select.select([process.exit_fd], [], [], _TEST_SECONDS)
                status = None
                deadline = time.monotonic() + _END_SECONDS
                while ended and (status := process.poll()) is None and time.monotonic() < deadline:
                    time.sleep(0.005)
            finally:
                process.kill()
            if status != 0:
                said = tail(log)
                how = "hangs" if not ended else f"ended with status {status}: {said}"
                raise IsolationUnavailable(f"a fork of the template with {libraries} {how}")

    def _fork(
        self, template: Template, box: Box, what: Mapping[str, object], fds: Sequence[int], log: BinaryIO
    ) -> WarmProcess:
        with contextlib.ExitStack() as undo:
            meter = Meter(box.limits)
            undo.callback(meter.close)
            places, folder = self._spool.share(box)
            undo.callback(shutil.rmtree, folder, ignore_errors=True)
            source = {path: seen_from(template.mode, self._spool, place) for path, place in places.items()}
            if template.mode == "nested":
                source[PROBE_DIR] = f"{PROBE}/grader_probe"
            request = {
                "options": _text("\0".join(bubblewrap_options(box, source=source)).encode()),
                "filter": _text(seccomp.program()),
                "environment": environment(box),
                "work": WORK,
                "builder": limited(["bwrap"], box.limits),
                **what,
            }
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            undo.callback(ours.close)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)  # before the other end can say anything
            ours.settimeout(_FORK_SECONDS)
            with theirs:
                template.request(request, [theirs.fileno(), log.fileno(), *fds])
            supervisor, _ = _hear(ours, b"here", log)
            for file in meter.procs_files:
                Path(file).write_text(str(supervisor))
            ours.send(b"go")
            _, (init, kernel) = _hear(ours, b"started", log)
            undo.pop_all()
        process = WarmProcess(ours, init, kernel, meter, folder)
        process.watch()
        return process


def _hear(control: socket.socket, expected: bytes, log: BinaryIO) -> tuple[int, list[int]]:
    """The sender's pid as seen from here, and the descriptors that came along."""
    try:
        message, ancillary, _, _ = control.recvmsg(4096, _ANCILLARY)
    except OSError as error:
        raise SandboxLost(f"the template does not answer ({error})") from None
    pid, descriptors = 0, array.array("i")
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_CREDENTIALS):
            pid = _CREDENTIALS.unpack(data[: _CREDENTIALS.size])[0]
        elif (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    if message != expected:
        raise SandboxLost(f"the template could not start a kernel: {tail(log)}")
    return pid, list(descriptors)


def _pid(pidfd: int) -> int:
    """The process behind a pidfd by its number here; -1 when it is gone."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return -1


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _close(templates: dict[Libraries, Template], spool: Spool) -> None:
    for template in templates.values():
        template.close()
    templates.clear()
    spool.remove()


def warm_backend(wanted: Collection[Libraries] = (Libraries(),)) -> WarmBackend:
    """The best way to start warm that works here: the templates are started, and a fork of each is tried.

    Raises
    ------
    IsolationUnavailable
        None does; the message says why of each.
    """
    reasons = []
    for mode in MODES:
        backend = WarmBackend(mode)
        backend.prepare(wanted)
        if len(backend.refused) < len(wanted):
            return backend
        backend.close()
        reasons += backend.cold_starts
    raise IsolationUnavailable("; ".join(reasons))
