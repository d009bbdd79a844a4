"""Runs a command and tells what it and everything under it used: wall time, and CPU time of a control group of its own.

What a process adds up of its children (``getrusage``) is not enough: a template does not wait for its forks, so their
CPU time would be lost. Version 2 of the control groups counts CPU time without any controller, beside whatever groups
the grader makes for its own sandboxes in version 1.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_REMOVE_SECONDS = 5.0
# Runs the command that comes after the first argument as a member of the group whose cgroup.procs that argument is.
_ENTER = 'echo 0 > "$1" || exit 125; shift; exec "$@"'


class CommandFailedError(RuntimeError):
    """A measured command ended with an error, or was ended for taking too long; the message tells what it said last."""


@dataclass(frozen=True)
class Spent:
    """What a command used.

    Attributes
    ----------
    wall : float
        Seconds from its start to its end.
    start, end : float
        Seconds of these until it said that it begins with the first submission, and after it was done with the last.
    cpu, start_cpu, end_cpu : float or None
        The same in CPU seconds of all processes; None where there is no control group.
    said : str
        Everything that it printed.
    """

    wall: float
    start: float
    end: float
    cpu: float | None
    start_cpu: float | None
    end_cpu: float | None
    said: str


class Group:
    """A control group of version 2, for counting CPU time alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def procs(self) -> str:
        return str(self.folder / "cgroup.procs")

    def cpu_seconds(self) -> float:
        """CPU time of all members so far, ended ones and those of groups below included."""
        for line in (self.folder / "cpu.stat").read_text().splitlines():
            if line.startswith("usage_usec "):
                return int(line.split()[1]) / 1e6
        return 0.0

    def members(self) -> list[int]:
        """Pids of all members, those of groups below included."""
        pids: list[int] = []
        with contextlib.suppress(OSError):  # it, or a group below, may be removed in this moment
            for path in self.folder.rglob("cgroup.procs"):
                with contextlib.suppress(OSError):
                    pids += map(int, path.read_text().split())
        return pids

    def remove(self) -> None:
        """End what is left of its members, and remove it."""
        end = time.monotonic() + _REMOVE_SECONDS
        while time.monotonic() < end:
            for pid in self.members():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            try:
                for folder in sorted((p for p in self.folder.rglob("*") if p.is_dir()), reverse=True):
                    folder.rmdir()
                self.folder.rmdir()
            except OSError:
                time.sleep(0.01)
            else:
                return


@contextlib.contextmanager
def counting_group() -> Iterator[Group | None]:
    """A new control group, removed at the end; None where this user may not make one."""
    group = _make_group()
    try:
        yield group
    finally:
        if group is not None:
            group.remove()


def _make_group() -> Group | None:
    try:
        lines = Path("/proc/self/mountinfo").read_text().splitlines()
        own = next(line[3:] for line in Path("/proc/self/cgroup").read_text().splitlines() if line.startswith("0::"))
        mount = next(Path(line.split()[4]) for line in lines if " - cgroup2 " in line)
    except (OSError, StopIteration):
        return None
    parent = mount / own.lstrip("/")
    group = Group(Path(parent if parent.is_dir() else mount) / f"benchmark-{os.getpid()}-{time.monotonic_ns()}")
    try:
        group.folder.mkdir()
    except OSError:
        return None
    with contextlib.suppress(OSError):  # where version 2 is all there is, the grader's own groups shall be made below
        (group.folder.parent / "cgroup.subtree_control").write_text("+memory +pids")
        os.setxattr(group.folder, "user.delegate", b"1")
    tried = subprocess.run(["sh", "-c", _ENTER, "sh", group.procs, "true"], capture_output=True, check=False)
    if tried.returncode != 0 or not (group.folder / "cpu.stat").exists():
        group.remove()
        return None
    return group


def run(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path,
    begins: str | None = None,
    ends: str | None = None,
    seconds: float = 3600.0,
    group: Group | None = None,
) -> Spent:
    """Run a command to its end.

    Parameters
    ----------
    env : mapping
        Its whole environment.
    begins, ends : str, optional
        Texts that it prints when it begins with the first submission, and when it is done with each: what comes before
        the first and after the last is counted apart.
    seconds : float
        It is ended after so long.
    group : Group, optional
        What it is charged to; a new one by default.

    Raises
    ------
    CommandFailedError
    """
    with contextlib.ExitStack() as stack:
        group = group or stack.enter_context(counting_group())
        argv = ["sh", "-c", _ENTER, "sh", group.procs, *command] if group is not None else list(command)
        clock = _Clock(group)
        popen = subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=dict(env),
            cwd=cwd,
            start_new_session=True,  # Ctrl-C reaches us, and we end the whole group
        )
        assert popen.stdout is not None
        late = threading.Timer(seconds, _end, (popen, group))  # all of it: whoever holds the pipe keeps us here
        late.start()
        said: list[str] = []
        first = last = None
        try:
            for line in popen.stdout:
                if begins is not None and begins in line and first is None:
                    first = clock.read()
                if ends is not None and ends in line:
                    last = clock.read()
                said.append(line)
            status = popen.wait()
        except BaseException:
            _end(popen, group)
            popen.wait()
            raise
        finally:
            late.cancel()
            popen.stdout.close()
        whole = clock.read()
        text = "".join(said)
        if status != 0:
            raise CommandFailedError(f"{' '.join(command[:4])} ... ended with status {status}: {text[-1500:].strip()}")
        start, start_cpu = first or (0.0, 0.0)
        wall, cpu = whole
        done, done_cpu = last or whole
        if group is None:
            return Spent(wall, start, wall - done, None, None, None, text)
        return Spent(wall, start, wall - done, cpu, start_cpu, cpu - done_cpu, text)


def _end(popen: subprocess.Popen[str], group: Group | None) -> None:
    """End a command with everything under it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(popen.pid, signal.SIGKILL)
    for pid in group.members() if group is not None else ():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


class _Clock:
    """Wall and CPU seconds since it was made; the latter stay 0 without a control group."""

    def __init__(self, group: Group | None) -> None:
        self._group = group
        self._cpu_began = group.cpu_seconds() if group is not None else 0.0
        self._began = time.perf_counter()

    def read(self) -> tuple[float, float]:
        wall = time.perf_counter() - self._began
        return wall, self._group.cpu_seconds() - self._cpu_began if self._group is not None else 0.0


def last_json(said: str) -> Any:
    """The last line of what a command printed that is a JSON list; libraries may say something after it."""
    return json.loads(next(line for line in reversed(said.splitlines()) if line.startswith("[")))


def scratch(cache: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for one measurement, on the same disk for every tool."""
    place = cache / "scratch"
    place.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(dir=place, ignore_cleanup_errors=True)
