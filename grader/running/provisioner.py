"""Starts a submission's kernel through a sandbox backend, as a provisioner of ``jupyter_client``.

Theory of operation. The grader makes listening unix sockets for the kernel's channels and a socket pair for data, and
hands the kernel's ends to the sandbox as inherited descriptors; no path and no port leads in or out. Without a sandbox
(a student's own machine, any operating system) the channels are loopback TCP instead, signed with the session key.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import select
import socket
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, BinaryIO

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerBase

from grader.errors import GraderError
from grader.running.kernel_messages import WarySession
from grader.sandbox import Backend, Box, GpuUse, Process
from grader.sandbox.process import bounded_log, tail

CELL_OUTPUT = 256 << 10  # characters that one cell may print before the rest is cut
CUT_MARK = "[... output cut here: too much was printed ...]"
_TOLD_SECONDS = 2.0  # for the status of a kernel that has ended
_CHANNELS = {"shell": 1, "iopub": 2, "stdin": 3, "hb": 4, "control": 5}
_CONNECTION_KEYS = ("ip", "transport", "signature_scheme", *(f"{name}_port" for name in _CHANNELS))


class SandboxProvisioner(KernelProvisionerBase):  # type: ignore[misc]
    """One kernel in one sandbox. Set ``backend``, ``box`` and ``folder`` before the kernel is started."""

    backend: Backend
    box: Box
    folder: Path  # private, holds the sockets and the log
    process: Process | None = None
    data: socket.socket | None = None  # our end of the data channel; a listening socket where there is no sandbox
    log: BinaryIO | None = None  # what is said before the kernel is ready
    token: str = ""
    exit_status: int | None = None
    cpu_seconds: float = 0.0  # used by the time of its end
    lost: bool = False  # the sandbox was taken away by our own fault
    gpu_use: GpuUse | None = None  # by its end

    @property
    def has_process(self) -> bool:
        return self.process is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        prepared = await super().pre_launch(**kwargs)
        return {**prepared, "cmd": []}  # the backend knows what to run

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        manager = self.parent
        theirs: list[socket.socket] = []
        sockets: dict[str, int] = {}
        data_fd: int | None = None
        probe_tcp = ""
        try:
            if self.backend.isolated:
                for name, number in _CHANNELS.items():
                    setattr(manager, f"{name}_port", number)
                    if name == "hb":
                        continue
                    listening = socket.socket(socket.AF_UNIX)
                    theirs.append(listening)
                    listening.bind(f"{manager.ip}-{number}")
                    listening.listen(8)
                    sockets[str(number)] = listening.fileno()
                self.data, inner = socket.socketpair()
                theirs.append(inner)
                data_fd = inner.fileno()
            else:
                for name, port in zip(_CHANNELS, _free_ports(len(_CHANNELS)), strict=True):
                    setattr(manager, f"{name}_port", port)
                self.data = socket.create_server(("127.0.0.1", 0))
                self.token = secrets.token_hex(16)
                probe_tcp = f"127.0.0.1:{self.data.getsockname()[1]}:{self.token}"
            info = manager.get_connection_info()
            connection = {key: info[key] for key in _CONNECTION_KEYS}
            order = {
                "connection": {**connection, "key": info["key"].decode()},
                "sockets": sockets,
                "data_fd": data_fd,
                "probe_tcp": probe_tcp,
                "limits": self.box.limits.model_dump(),
                "gpu": self.box.gpu.for_kernel() if self.box.gpu is not None else None,
                "confine": self.backend.isolated,
                "quiet": True,
                "seed": self.box.seed,
                "cell_output": CELL_OUTPUT,
                "cut_mark": CUT_MARK,
            }
            self.log = bounded_log() if self.backend.isolated else open(self.folder / "log", "wb")  # noqa: SIM115
            fds = [s.fileno() for s in theirs]
            self.process = self.backend.start(self.box, json.dumps(order).encode(), fds, self.log)
        finally:
            for ours in theirs:
                ours.close()
        self.connection_info = info
        return info

    async def poll(self) -> int | None:
        if self.process is None:
            return self.exit_status if self.exit_status is not None else 0
        self.exit_status = self.process.poll()
        return self.exit_status

    async def wait(self) -> int | None:
        while (status := await self.poll()) is None:
            await asyncio.sleep(0.005)
        return status

    async def send_signal(self, signum: int) -> None:
        """Every signal but an interrupt ends the sandbox."""
        import signal

        if signum == signal.SIGINT:
            self.interrupt()
        else:
            self.end()

    async def kill(self, restart: bool = False) -> None:
        self.end()

    async def terminate(self, restart: bool = False) -> None:
        self.end()

    async def cleanup(self, restart: bool = False) -> None:
        self.end()

    def interrupt(self) -> None:
        """Send SIGINT to the kernel."""
        if self.process is not None:
            self.process.interrupt()

    def end(self) -> None:
        """End the sandbox with everything in it; may be called again."""
        self.was_lost()
        process, self.process = self.process, None
        if process is not None:
            before = process.poll()
            self.gpu_use = process.gpu_use()
            process.kill()
            self.cpu_seconds = process.cpu_seconds()
            self.exit_status = before if before is not None else -9
        for ours in (self.data, self.log):
            if ours is not None:
                ours.close()

    def was_lost(self) -> bool:
        """Whether the sandbox was taken away, by our own fault: what came of the submission then means nothing."""
        process = self.process
        if process is not None:
            end = time.monotonic() + _TOLD_SECONDS
            # what a killed template takes along ends in any order: whose doing it was may be known a little later
            while process.poll() is None and _over(process) and time.monotonic() < end:
                time.sleep(0.005)
            self.lost = process.lost
        return self.lost

    def log_text(self) -> str:
        """What the kernel said before it was ready, at most 2,000 characters. Text from the sandbox side."""
        path = self.folder / "log"
        if path.exists():
            return path.read_bytes()[-2000:].decode(errors="replace").strip()
        return "" if self.log is None or self.log.closed else tail(self.log)


def _over(process: Process) -> bool:
    """Whether the program has ended, told or not."""
    return process.exit_fd is not None and bool(select.select([process.exit_fd], [], [], 0)[0])


def _free_ports(count: int) -> list[int]:
    """Free ports below those that systems give to outgoing connections, no two the same.

    Until the kernel listens, our own client tries to connect again and again; from within that range one of these
    tries, or any other program's, would sooner or later take the port itself. Nothing keeps another program from taking
    one before the kernel does; see `port_was_taken`.
    """
    with ExitStack() as held:
        ports: list[int] = []
        while len(ports) < count:
            port = 20_000 + secrets.randbelow(12_000)
            with suppress(OSError):
                held.enter_context(socket.create_server(("127.0.0.1", port)))
                ports.append(port)
        return ports


def port_was_taken(said: str) -> bool:
    """Whether a kernel that did not start says that somebody else took one of its ports meanwhile."""
    return "ZMQError" in said and "in use" in said


def make_manager(backend: Backend, box: Box, folder: Path) -> AsyncKernelManager:
    """A kernel manager whose kernel is started by ``backend`` in ``box``; its sockets live in ``folder``."""
    spec = KernelSpec(argv=["grader"], display_name="Python 3", language="python")
    manager = AsyncKernelManager(connection_file=str(folder / "connection.json"))
    manager.session = WarySession(parent=manager)
    manager._kernel_spec = spec  # no kernel spec is installed for this kernel, on purpose
    manager.cache_ports = False
    if backend.isolated:
        manager.transport = "ipc"
        manager.ip = str(folder / "channel")
    provisioner = SandboxProvisioner(kernel_id=secrets.token_hex(4), kernel_spec=spec, parent=manager)
    provisioner.backend, provisioner.box, provisioner.folder = backend, box, folder
    manager.provisioner = provisioner
    return manager


def provisioner_of(manager: AsyncKernelManager) -> SandboxProvisioner:
    """The provisioner that :func:`make_manager` gave to ``manager``."""
    provisioner = manager.provisioner
    if not isinstance(provisioner, SandboxProvisioner):
        raise GraderError("this kernel manager was not made by make_manager")
    return provisioner
