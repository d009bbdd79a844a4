"""Files that are there whole or not at all, whenever the writer is killed and whether or not the disk has room."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from grader.errors import GraderError

_DRAFTS = re.compile(r"\.grader-[a-z0-9_]{8}\.part")
FULL = (errno.ENOSPC, errno.EDQUOT)  # no room left on the disk, or for this user
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file through a temporary neighbour and a rename, so that no reader ever sees half of it.

    Parameters
    ----------
    mode : int
        Its permissions.

    Raises
    ------
    GraderError
        It cannot be written; what was there before is unharmed. The message names the file and the remedy.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".grader-", suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            os.chmod(draft, mode)
            os.replace(draft, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> GraderError:
    """What to tell a user when ``path`` could not be written."""
    if error.errno in FULL:
        remedy = "free some space on that disk"
    elif error.errno in _FORBIDDEN:
        remedy = "make that folder writable, or name another one"
    else:
        remedy = "look at that place, or name another one"
    return GraderError(
        f"{path}: cannot be written ({error.strerror or error}); {remedy}, then run the same command again"
    )


@contextlib.contextmanager
def output_folder(out: Path) -> Iterator[Path]:
    """Make a folder for results and keep it to this process for the time of a ``with`` block.

    Drafts that a killed process has left in it and in the folders directly under it are removed.

    Raises
    ------
    GraderError
        It cannot be made, or another process is writing there.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = _lock(out)
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        for folder in (out, *(each for each in out.iterdir() if each.is_dir() and not each.is_symlink())):
            for path in folder.iterdir():
                if _DRAFTS.fullmatch(path.name):
                    with contextlib.suppress(OSError):
                        path.unlink()
        yield out
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _lock(folder: Path) -> int | None:
    """A descriptor that holds the lock of a folder until it is closed; None where there are no locks."""
    try:
        import fcntl
    except ImportError:  # not a POSIX system
        return None
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise GraderError(
            f"{folder}: another grader is writing here; wait until it has finished, or name another folder with --out"
        ) from None
    except OSError:  # a file system without locks
        os.close(descriptor)
        return None
    return descriptor
