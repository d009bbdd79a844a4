"""Temporary folders that do not outlive their process for long: one killed with SIGKILL is cleaned up after by the next.

Theory of operation. A folder is locked (``flock`` on the folder itself) as long as the process that made it lives; the
system lets go of the lock however that process ends. ``sweep`` removes what nobody holds. A lock says more than a pid
in the name could: it holds across containers that share a ``/tmp``, and no number is ever used again.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

SUFFIX = ".scratch"  # no name that a user would give to a folder of theirs
_NAMES = re.compile(r"grader-[a-z]+-[a-z0-9_]{8}" + re.escape(SUFFIX))


class Scratch:
    """A new private folder, locked until it is removed or its process ends.

    Parameters
    ----------
    kind : str
        Lower-case letters; part of the folder's name.

    Attributes
    ----------
    path : Path

    Raises
    ------
    OSError
        The folder for temporary files is full, read-only or missing.
    """

    def __init__(self, kind: str) -> None:
        self._lock: int | None = None
        while self._lock is None:
            self.path = Path(tempfile.mkdtemp(prefix=f"grader-{kind}-", suffix=SUFFIX))
            try:
                self._lock = _lock(self.path)
            except OSError:  # no locks on this system or this file system: then nobody sweeps either
                return

    def remove(self) -> None:
        """Remove the folder with all that is in it; may be called again."""
        remove_tree(self.path)
        lock, self._lock = self._lock, None
        if lock is not None:
            os.close(lock)


@contextlib.contextmanager
def scratch_folder(kind: str) -> Iterator[Path]:
    """A new private folder for the time of a ``with`` block; see :class:`Scratch`."""
    scratch = Scratch(kind)
    try:
        yield scratch.path
    finally:
        scratch.remove()


def sweep() -> list[Path]:
    """Remove the scratch folders of processes of this user that have ended without doing so.

    Returns
    -------
    list of Path
        What was removed.
    """
    removed = []
    for path in _left_behind():
        try:
            lock = _lock(path)
        except OSError:
            continue
        if lock is None:
            continue
        try:
            remove_tree(path)
        finally:
            os.close(lock)
        if not path.exists():
            removed.append(path)
    return removed


def remove_tree(path: Path) -> None:
    """Remove a folder that a submission may have written to: a folder made unreadable is in nobody's way."""

    def unlock(_function: Callable[..., Any], name: str, _error: object) -> None:
        folder = name if os.path.isdir(name) and not os.path.islink(name) else os.path.dirname(name)
        with contextlib.suppress(OSError):
            os.chmod(folder, stat.S_IRWXU)

    if os.path.isdir(path):
        shutil.rmtree(path, onerror=unlock)
        shutil.rmtree(path, ignore_errors=True)


def _left_behind() -> Iterator[Path]:
    """Folders with our names that belong to this user."""
    with contextlib.suppress(OSError), os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            with contextlib.suppress(OSError):
                if (
                    _NAMES.fullmatch(entry.name)
                    and entry.is_dir(follow_symlinks=False)
                    and entry.stat(follow_symlinks=False).st_uid == _user()
                ):
                    yield Path(entry.path)


def _user() -> int:
    return os.geteuid() if hasattr(os, "geteuid") else 0


def _lock(path: Path) -> int | None:
    """A descriptor that holds the lock on a folder; None when somebody else holds it or has removed the folder.

    Raises
    ------
    OSError
        There are no locks here.
    """
    try:
        import fcntl
    except ImportError:
        raise OSError("this system has no flock") from None
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(folder), os.lstat(path)):
            return folder
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(folder)
        raise
    os.close(folder)
    return None
