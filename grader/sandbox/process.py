"""What every way of starting a program for a submission has in common: the interfaces, and how input is handed over."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from typing import BinaryIO, Protocol

from grader.sandbox.box import Box


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


def feed(popen: subprocess.Popen[bytes], data: bytes) -> None:
    """Hand ``data`` to a program that has just started; one that is gone already is noticed later."""
    assert popen.stdin is not None
    try:
        popen.stdin.write(data)
        popen.stdin.close()
    except OSError:
        return
