"""Measures what one sandbox uses, all of its processes and files together, and ends it when that is too much.

Limits of a single process (its own memory, CPU time, file sizes) are set inside, where they come back as ordinary
exceptions; a meter holds what children, shared memory and files in memory add up to. Control groups count exactly where
there are any; otherwise the processes are looked at ten times a second.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

from grader.course.models import Limits
from grader.sandbox.cgroups import create_group
from grader.sandbox.usage import Sandbox
from grader.vocabulary import Outcome

INTERVAL = 0.1  # seconds between two looks
# Bytes on top of `memory_mb` for Python itself: the submission's own process meets its own limit first, as an exception.
OWN_MEMORY = 256 << 20
# Forks that are refused at so many looks are a bomb, which costs the machine more than it may. A program that is refused
# one and copes with it, or stops, is left alone.
_PATIENCE = 5
_NEARLY = 3  # seen from outside, a full sandbox has so much room left: a fork is being refused at every moment
_END_SECONDS = 5.0


class Meter:
    """What one sandbox uses.

    Parameters
    ----------
    limits : Limits
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._memory = (limits.memory_mb << 20) + OWN_MEMORY
        self._group = create_group(self._memory, limits.processes)
        self._sandbox: Sandbox | None = None
        self._struck: Outcome | None = None  # a limit that ends the sandbox
        self._refused = 0  # forks; where nobody counts them, whether there was no room for another
        self._refusals = 0  # looks at which there were more of them than before
        self._cpu = 0.0
        self._lock = threading.RLock()
        self._thread: threading.Thread | None = None
        self._wake = -1
        self._closed = False

    @property
    def procs_files(self) -> list[str]:
        """Files that the sandbox's first process is written into before it starts anything; empty without groups."""
        return self._group.procs_files if self._group is not None else []

    def watch(self, init: int, kill: Callable[[], None]) -> None:
        """Start watching, until the sandbox has ended or :meth:`close` is called.

        Parameters
        ----------
        init : int
            Process 1 of the sandbox, by its number here.
        kill : callable
            Ends the sandbox; called from another thread, at most once.
        """
        try:
            watched = os.pidfd_open(init)
        except ProcessLookupError:  # it has ended already
            return
        wake, self._wake = os.pipe2(os.O_CLOEXEC)
        self._sandbox = Sandbox(init)
        self._thread = threading.Thread(target=self._watch, args=(watched, wake, kill), name="meter", daemon=True)
        self._thread.start()

    def _watch(self, watched: int, wake: int, kill: Callable[[], None]) -> None:
        poller = select.poll()
        poller.register(watched, select.POLLIN)
        poller.register(wake, select.POLLIN)
        try:
            while not poller.poll(INTERVAL * 1000):
                if self._look() is not None:
                    kill()
                    return
        finally:
            with self._lock:
                if self._sandbox is not None:
                    self._sandbox.close()
            os.close(watched)
            os.close(wake)

    def breach(self) -> Outcome | None:
        """The limit that has been reached so far, the worst where there are several.

        Refused forks count too: a program may survive them, so they do not end it, but what fails then failed by them.
        """
        with self._lock:
            struck = self._look()
            return Outcome.PROCESSES if struck is None and self._refused else struck

    def cpu_seconds(self) -> float:
        """CPU time of all processes so far, ended ones included."""
        with self._lock:
            self._look()
            return self._cpu

    def close(self) -> None:
        """Stop watching and remove the groups; for after the end of the sandbox. May be called again."""
        if self._thread is not None:
            if self._wake >= 0:
                os.close(self._wake)  # the watching thread notices
                self._wake = -1
            self._thread.join(_END_SECONDS)
        with self._lock:
            self._look()  # what remains to be known
            self._closed = True
            group, self._group = self._group, None
        if group is not None:
            group.remove()

    def _look(self) -> Outcome | None:
        """Measure, and say which limit ends the sandbox, where one does."""
        with self._lock:
            if self._struck is None and not self._closed:
                sandbox = self._sandbox if self._sandbox is not None and self._sandbox.open() else None
                self._struck = self._judge(sandbox)
                if self._refused and self._struck in (Outcome.MEMORY, Outcome.TIMEOUT):
                    self._struck = Outcome.PROCESSES  # what a bomb's processes use up is not the cause
            return self._struck

    def _judge(self, sandbox: Sandbox | None) -> Outcome | None:
        if self._group is not None:
            refused = self._group.refused_forks()
            self._refusals += refused > self._refused
            self._refused = refused
            cpu = self._group.cpu_seconds()
            if self._refusals >= _PATIENCE:
                return Outcome.PROCESSES
            if self._group.memory_kills():
                return Outcome.MEMORY
        else:
            cpu = None
        if sandbox is not None:
            scratch = sandbox.scratch()
            if self._group is None:
                found = sandbox.processes()
                self._refused = max(self._refused, found.threads >= self._limits.processes - _NEARLY)
                queues = sandbox.sockets() * _room_of_a_socket()
                at_most = found.private + max(found.shared, scratch.size) + queues
                if at_most > self._memory and sandbox.proportional_memory() + queues > self._memory:
                    return Outcome.MEMORY
            if scratch.files > self._limits.files:
                return Outcome.DISK
            cpu = sandbox.cpu_seconds() if cpu is None else cpu
        self._cpu = self._cpu if cpu is None else cpu
        return Outcome.TIMEOUT if self._cpu > self._limits.cpu_seconds else None


@cache
def _room_of_a_socket() -> int:
    """Bytes that the queue of one socket may hold.

    They count for no process and cannot be seen from outside, so every queue is taken as full. A submission cannot make
    room for more than the system's usual size (see `seccomp`).
    """
    try:
        return int(Path("/proc/sys/net/core/wmem_default").read_text())
    except (OSError, ValueError):
        return 208 << 10
