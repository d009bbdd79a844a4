"""What every way of starting a program for a submission has in common: the interfaces, and how input is handed over."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from typing import BinaryIO, Protocol

from grader.sandbox.box import Box
from grader.sandbox.gpu import Slot
from grader.sandbox.gpu_use import GpuUse
from grader.sandbox.guarantees import Guarantee
from grader.vocabulary import Outcome

_LOG_SIZE = 64 << 10


class Process(Protocol):
    """A kernel that runs in a sandbox.

    Attributes
    ----------
    lost : bool
        Whether it was taken away while it ran, by no doing of the submission's.
    exit_fd : int or None
        Becomes readable when the program has ended; None where the system has nothing of that kind.
    """

    lost: bool

    @property
    def exit_fd(self) -> int | None: ...

    def poll(self) -> int | None:
        """Exit status, or None while it runs."""

    def interrupt(self) -> None:
        """Send SIGINT to the program inside."""

    def kill(self) -> None:
        """End the program and every descendant; returns when none is left."""

    def cpu_seconds(self) -> float:
        """CPU time that everything inside has used so far."""

    def breach(self) -> Outcome | None:
        """The limit that something inside has run into, where the sandbox noticed: the kernel may have survived it."""

    def gpu_use(self) -> GpuUse | None:
        """What it has used of its GPU slot so far; None where it has none."""


class Backend(Protocol):
    """A way to start the kernels of submissions.

    Attributes
    ----------
    gpu : Slot or None
        What exercises that ask for a GPU get of one. Set for each worker: a slot serves one submission at a time.
    """

    name: str
    isolated: bool
    warm: bool
    guarantees: frozenset[Guarantee]
    gpu: Slot | None

    @property
    def cold_starts(self) -> Sequence[str]:
        """Where starts were to be warm and are not: what kept them from it."""

    def start(self, box: Box, order: bytes, fds: Sequence[int], log: BinaryIO) -> Process:
        """Start a kernel in ``box``.

        Parameters
        ----------
        box : Box
        order : bytes
            Instructions for ``grader_probe.kernel`` (JSON). Where they name a descriptor, they mean one of ``fds``.
        fds : sequence of int
            Inherited by the kernel under the same numbers.
        log : file
            What the kernel says before it is ready.
        """

    def close(self) -> None:
        """End what the backend itself keeps running."""


def feed(popen: subprocess.Popen[bytes], data: bytes) -> None:
    """Hand ``data`` to a program that has just started; one that is gone already is noticed later."""
    assert popen.stdin is not None
    try:
        popen.stdin.write(data)
        popen.stdin.close()
    except OSError:
        return


def memory_file(content: bytes) -> int:
    """A descriptor that reads ``content`` from its start."""
    fd = os.memfd_create("grader", 0)
    with open(fd, "wb", closefd=False) as file:
        file.write(content)
    os.lseek(fd, 0, os.SEEK_SET)
    return fd


def bounded_log() -> BinaryIO:
    """A file in memory that takes the first 64 KiB of what is said, for a program that a submission may take over.

    Process 1 of a sandbox belongs to the submission's user: what it can write to, the submission can. Sealed at its
    size, this fills neither a disk nor memory.
    """
    import fcntl  # not where there is no isolation anyway

    fd = os.memfd_create("log", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
    os.ftruncate(fd, _LOG_SIZE)
    fcntl.fcntl(fd, fcntl.F_ADD_SEALS, fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL)
    return open(fd, "r+b")


def tail(log: BinaryIO) -> str:
    """The end of what a program said into ``log``."""
    log.flush()
    fd = os.open(f"/proc/self/fd/{log.fileno()}", os.O_RDONLY)
    with open(fd, "rb") as file:
        text = file.read().rstrip(b"\0")[-2000:].decode(errors="replace").strip()
    return text or "it said nothing"
