"""What a sandbox uses, read from outside: its own /proc and the file systems that it may write to.

Everything is opened through process 1 of the sandbox and kept open, so that no name is looked up twice.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass

from grader.sandbox.box import WORK

_SCRATCH = ("tmp", WORK.lstrip("/"), "dev/shm")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_READ = 8192


@dataclass(frozen=True)
class Scratch:
    """What the writable file systems hold: ``size`` in bytes, ``files`` with folders counted."""

    size: int
    files: int


@dataclass(frozen=True)
class Processes:
    """What all processes hold together.

    Attributes
    ----------
    private, shared : int
        Bytes of memory of their own, and of memory that they may share; the latter is counted once for each process.
    threads : int
    """

    private: int
    shared: int
    threads: int


class Sandbox:
    """A sandbox seen from outside.

    Parameters
    ----------
    init : int
        Its process 1, by its number here.
    """

    def __init__(self, init: int) -> None:
        self._root = f"/proc/{init}/root"
        self._proc = -1
        self._scratch: list[int] = []
        self._times: dict[str, float] = {}  # of the processes seen last: CPU seconds of their own
        self._past = 0.0  # CPU seconds of those that were there before
        self._most = 0.0
        self._closed = False

    def open(self) -> bool:
        """Look in, as soon as everything is in its place; before that, process 1 still sees the machine's own files."""
        if self._closed or self._proc >= 0:
            return not self._closed
        opened: list[int] = []
        try:
            if os.stat(self._root).st_dev == os.stat("/").st_dev:
                return False
            for name in ("proc", *_SCRATCH):
                opened.append(os.open(f"{self._root}/{name}", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        except OSError:
            for fd in opened:
                os.close(fd)
            return False
        self._proc, *self._scratch = opened
        return True

    def close(self) -> None:
        """Let go; the file systems in memory end with it."""
        for fd in (self._proc, *self._scratch):
            if fd >= 0:
                os.close(fd)
        self._proc, self._scratch, self._closed = -1, [], True

    def scratch(self) -> Scratch:
        """What the writable file systems hold."""
        found = [os.fstatvfs(fd) for fd in self._scratch]
        return Scratch(
            sum((f.f_blocks - f.f_bfree) * f.f_frsize for f in found), sum(f.f_files - f.f_ffree for f in found)
        )

    def processes(self) -> Processes:
        """What the processes hold. Fast; memory that is shared between them is counted too often."""
        private = shared = threads = 0
        for pid in self._pids():
            found = _fields(self._read(pid, "status"))
            private += found.get("RssAnon", 0) + found.get("VmSwap", 0)
            shared += found.get("RssShmem", 0)
            threads += found.get("Threads", 0)
        return Processes(private * 1024, shared * 1024, threads)

    def proportional_memory(self) -> int:
        """Bytes that the processes and file systems hold, each page counted once. Slow where much is mapped."""
        private = shared = 0
        for pid in self._pids():
            found = _fields(self._read(pid, "smaps_rollup"))
            if not found:  # it may make itself unreadable: then nothing is taken off
                found = _fields(self._read(pid, "status"))
            private += found.get("Pss_Anon", found.get("RssAnon", 0)) + found.get("SwapPss", found.get("VmSwap", 0))
            shared += found.get("Pss_Shmem", found.get("RssShmem", 0))
        return private * 1024 + max(shared * 1024, self.scratch().size)

    def sockets(self) -> int:
        """How many sockets there are, also those that no process has open any more."""
        for pid in self._pids():
            found = _fields(self._read(pid, "net/sockstat"))  # of its namespace, which all of them share
            if "sockets" in found:
                return found["sockets"]
        return 0

    def cpu_seconds(self) -> float:
        """CPU time of all processes; those that began and ended unseen count as far as their parents waited for them."""
        waited = 0.0
        times: dict[str, float] = {}
        for pid in self._pids():
            stat = self._read(pid, "stat").rpartition(")")[2].split()
            if len(stat) > 19:
                times[f"{pid} {stat[19]}"] = (int(stat[11]) + int(stat[12])) / _TICKS  # number and start: no namesake
                waited += (int(stat[13]) + int(stat[14])) / _TICKS
        self._past += sum(time for key, time in self._times.items() if key not in times)
        self._times = times
        self._most = max(self._most, sum(times.values()) + max(waited, self._past))
        return self._most

    def _pids(self) -> list[str]:
        with suppress(OSError):
            return [name for name in os.listdir(self._proc) if name.isdigit()] if self._proc >= 0 else []
        return []

    def _read(self, pid: str, name: str) -> str:
        try:
            fd = os.open(f"{pid}/{name}", os.O_RDONLY, dir_fd=self._proc)
        except OSError:  # it has ended
            return ""
        try:
            return os.read(fd, _READ).decode(errors="replace")
        except OSError:
            return ""
        finally:
            os.close(fd)


def _fields(text: str) -> dict[str, int]:
    """``name: number`` of each line, or ``name: word number``; sizes are in KiB."""
    found = {}
    for line in text.splitlines():
        name, _, rest = line.partition(":")
        for word in rest.split()[:2]:
            if word.isdigit():
                found[name] = int(word)
                break
    return found
