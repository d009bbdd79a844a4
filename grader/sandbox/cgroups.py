"""Control groups: what the system itself counts and limits for all processes of one sandbox together.

Version 2 where a subtree is delegated to this user, version 1 where its hierarchies can be written to (as root),
otherwise none; the meter then looks at the processes one by one.
"""

from __future__ import annotations

import errno
import fcntl
import functools
import itertools
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.privileges import charged

PARENT = "grader"  # the group that holds those of all graders on this machine
_SELF = "grader-self"  # where the processes of a delegated group go, which may not stay beside groups of their own
_NEEDED = ("memory", "pids")
_HAND_ON = "+memory +pids"  # what a group of version 2 is told, so that its children can have limits
_REMOVE_SECONDS = 5.0
_SOCKET_BYTES = 64 << 20  # in the queues of TCP and UDP sockets, which version 1 counts apart: there is only a loopback
_numbers = itertools.count()


@dataclass(frozen=True)
class Place:
    """Where groups can be made.

    Attributes
    ----------
    version : {1, 2}
    folders : dict
        Controller -> folder in which a group is made; one folder for all in version 2.
    """

    version: int
    folders: Mapping[str, Path]

    @property
    def main(self) -> Path:
        """The folder whose groups are locked, made first and removed last."""
        return self.folders["memory"]

    @property
    def distinct(self) -> list[Path]:
        """Every folder once, ``main`` first."""
        return list(dict.fromkeys([self.main, *self.folders.values()]))


class Group:
    """What one sandbox is charged to. It holds a lock, so that other graders see that its owner lives."""

    def __init__(self, place: Place, name: str, lock: int) -> None:
        self._place, self._name, self._lock = place, name, lock

    def _file(self, controller: str, name: str) -> Path:
        return self._place.folders[controller] / self._name / name

    @property
    def procs_files(self) -> list[str]:
        """Files that a process must be written into to be a member."""
        return [str(folder / self._name / "cgroup.procs") for folder in self._place.distinct]

    def limit(self, memory: int, processes: int) -> None:
        """Set the limits.

        Parameters
        ----------
        memory : int
            Bytes of everything: heap, shared memory, files in memory, page tables.
        processes : int
            Processes and threads.
        """
        if self._place.version == 2:
            _write(self._file("memory", "memory.max"), memory)
            _write(self._file("memory", "memory.oom.group"), 1)
            with suppress(OSError):  # absent without swap accounting
                _write(self._file("memory", "memory.swap.max"), 0)
        else:
            _write(self._file("memory", "memory.limit_in_bytes"), memory)
            with suppress(OSError):
                _write(self._file("memory", "memory.memsw.limit_in_bytes"), memory)
            with suppress(OSError):  # version 2 counts these as memory
                _write(self._file("memory", "memory.kmem.tcp.limit_in_bytes"), _SOCKET_BYTES)
        _write(self._file("pids", "pids.max"), processes)

    def memory_kills(self) -> int:
        """Members that the system has killed because memory was used up."""
        events = "memory.events" if self._place.version == 2 else "memory.oom_control"
        return _field(self._file("memory", events), "oom_kill")

    def refused_forks(self) -> int:
        """How often a process or thread was refused because there were too many."""
        return _field(self._file("pids", "pids.events"), "max")

    def cpu_seconds(self) -> float | None:
        """CPU time of all members, ended ones included; None where nobody counts it."""
        if self._place.version == 2:
            return _field(self._file("memory", "cpu.stat"), "usage_usec") / 1e6
        if "cpuacct" not in self._place.folders:
            return None
        return int(self._file("cpuacct", "cpuacct.usage").read_text()) / 1e9

    def remove(self) -> None:
        """Remove it once its last process is reaped, and the parent group with the last of its children."""
        end = time.monotonic() + _REMOVE_SECONDS
        for folder in reversed(self._place.distinct):
            _remove(folder / self._name, end)
        os.close(self._lock)
        for folder in self._place.distinct:
            with suppress(OSError):
                folder.rmdir()


def create_group(memory: int, processes: int) -> Group | None:
    """A new group with these limits, or None where this user may not make any, or no more at this moment.

    Parameters
    ----------
    memory : int
        Bytes.
    processes : int
    """
    place = find_place()
    if place is None:
        return None
    try:
        group = _make(place)
    except OSError:
        return None
    try:
        group.limit(memory, processes)
    except OSError:
        group.remove()
        return None
    return group


def describe() -> str:
    """What limits all processes of a sandbox together on this machine."""
    place = find_place()
    if place is None:
        return "none that this user can use: the grader itself looks at the processes of a sandbox, ten times a second"
    return f"version {place.version}: limits for all processes of a sandbox together, in {place.main}"


@functools.cache
def find_place() -> Place | None:
    """Where groups can be made and processes moved into them: tried once, after removing what dead graders left."""
    for place in _candidates():
        try:
            remove_stale(place)
            group = _make(place)
        except OSError:
            continue
        try:
            group.limit(1 << 30, 64)
            if subprocess.run(charged(["true"], group.procs_files), capture_output=True, check=False).returncode == 0:
                return place
        except OSError:
            continue
        finally:
            group.remove()
    return None


def remove_stale(place: Place) -> None:
    """Remove the groups of graders that have died, with what still runs in them."""
    if not place.main.is_dir():
        return
    with _locked(place.main):
        for group in [path for path in place.main.iterdir() if path.is_dir()]:
            with suppress(OSError):
                lock = os.open(group, os.O_RDONLY | os.O_DIRECTORY)
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:  # its grader lives
                    os.close(lock)
                    continue
                for pid in (group / "cgroup.procs").read_text().split():
                    with suppress(ProcessLookupError):
                        os.kill(int(pid), signal.SIGKILL)
                Group(place, group.name, lock).remove()


def _candidates() -> Iterator[Place]:
    if not Path("/proc/self/mountinfo").exists():
        return
    mounts = _hierarchies(Path("/proc/self/mountinfo").read_text())
    if all(name in mounts for name in _NEEDED):
        wanted = [name for name in (*_NEEDED, "cpuacct") if name in mounts]
        yield Place(1, {name: mounts[name] / PARENT for name in wanted})
    elif "" in mounts:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
        own = next((line[3:] for line in lines if line.startswith("0::")), "/")
        folder = delegated(mounts[""], mounts[""] / own.lstrip("/"))
        if folder is not None:
            yield Place(2, dict.fromkeys(_NEEDED, folder / PARENT))


def _hierarchies(mountinfo: str) -> dict[str, Path]:
    """Mount points by controller; that of version 2 under the empty name."""
    found: dict[str, Path] = {}
    for line in mountinfo.splitlines():
        mount, _, rest = line.partition(" - ")
        kind, _, options = rest.partition(" ")
        if kind == "cgroup2":
            found.setdefault("", Path(mount.split()[4]))
        elif kind == "cgroup":
            for option in options.split()[-1].split(","):
                found.setdefault(option, Path(mount.split()[4]))
    return found


def delegated(mount: Path, own: Path) -> Path | None:
    """The nearest group of version 2 in which this user can make groups with limits.

    Parameters
    ----------
    mount : Path
        Where the hierarchy is mounted.
    own : Path
        The group of this process, below ``mount``.
    """
    if not own.is_dir():  # a container that sees only a part
        own = mount
    for folder in (own, *own.parents):
        if os.access(folder, os.W_OK) and os.access(folder / "cgroup.procs", os.W_OK):
            with suppress(OSError):
                if folder in (own, mount):
                    _divide(folder)
                if _words(folder / "cgroup.subtree_control") >= set(_NEEDED):
                    return folder
        if folder == mount:
            break
    return None


def _divide(folder: Path) -> None:
    """Hand the controllers of a group on to its children, where that is ours to decide and not done yet."""
    if _words(folder / "cgroup.subtree_control") >= set(_NEEDED):
        return
    if _is_given_to_us(folder):  # limits are only given to groups beside which no process stands
        (folder / _SELF).mkdir(exist_ok=True)
        for pid in (folder / "cgroup.procs").read_text().split():
            with suppress(ProcessLookupError):
                _write(folder / _SELF / "cgroup.procs", pid)
    _write(folder / "cgroup.subtree_control", _HAND_ON)


def _is_given_to_us(folder: Path) -> bool:
    """Whether a group is meant to be divided by us: owned by this ordinary user, or marked so by systemd."""
    if os.geteuid() != 0:
        return folder.stat().st_uid == os.geteuid()
    for name in ("trusted.delegate", "user.delegate"):
        with suppress(OSError):
            if os.getxattr(folder, name) == b"1":
                return True
    return False


def _make(place: Place) -> Group:
    """A group of a name that nobody has, locked."""
    for _ in range(100):
        name = f"grader-{os.getpid()}-{next(_numbers)}"
        with ExitStack() as undo, suppress(FileExistsError, FileNotFoundError):
            # a namesake; or a parent was removed as empty in this moment: what was made up to there goes again
            for folder in place.distinct:
                folder.mkdir(exist_ok=True)
            if place.version == 2:
                _write(place.main / "cgroup.subtree_control", _HAND_ON)
            with _locked(place.main):
                (place.main / name).mkdir()
                undo.callback(_remove, place.main / name, time.monotonic())
                lock = os.open(place.main / name, os.O_RDONLY | os.O_DIRECTORY)
                undo.callback(os.close, lock)
                fcntl.flock(lock, fcntl.LOCK_EX)
                for folder in place.distinct[1:]:
                    folder.mkdir(exist_ok=True)
                    (folder / name).mkdir(exist_ok=True)
                    undo.callback(_remove, folder / name, time.monotonic())
            undo.pop_all()
            return Group(place, name, lock)
    raise OSError(errno.EAGAIN, f"no control group can be made in {place.main}")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other graders from making or cleaning groups in ``folder``."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _remove(folder: Path, end: float) -> None:
    """Remove one group; it is busy until its last process is reaped."""
    pause = 0.001
    while True:
        try:
            folder.rmdir()
        except FileNotFoundError:
            return
        except OSError:
            if time.monotonic() > end:
                return  # the next grader that starts removes it
            time.sleep(pause)
            pause = min(0.05, 2 * pause)
        else:
            return


def _write(path: Path, value: int | str) -> None:
    fd = os.open(path, os.O_WRONLY)  # never creates: a group has every file that it may have
    try:
        os.write(fd, str(value).encode())
    finally:
        os.close(fd)


def _field(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(f"{name} "):
            return int(line.split()[1])
    return 0


def _words(path: Path) -> set[str]:
    try:
        return set(path.read_text().split())
    except OSError:
        return set()
