"""Files that the submission wrote into its working directory; links are never followed out of it."""

from __future__ import annotations

import glob
import os
import stat

from . import WORK_DIR
from .bounds import TooLarge

MAX_FILES = 10_000


def list_files(pattern):
    """Relative POSIX names of regular files that match the glob `pattern` (``**`` for any folder), sorted.

    Public data and links are left out; at most 10 000 names.
    """
    found = []
    for name in glob.iglob(pattern, root_dir=WORK_DIR, recursive=True):
        path = os.path.join(WORK_DIR, name)
        relative = os.path.relpath(path, WORK_DIR).replace(os.sep, "/")
        if relative.split("/")[0] in ("data", "..", "__pycache__") or not stat.S_ISREG(os.lstat(path).st_mode):
            continue
        found.append(relative)
        if len(found) >= MAX_FILES:
            break
    return sorted(found)


def read_file(path, limit):
    """Content of a regular file, at most `limit` bytes.

    Raises
    ------
    FileNotFoundError
        It is not there, not a regular file, or lies outside the working directory.
    TooLarge
    """
    whole = os.path.realpath(os.path.join(WORK_DIR, path))
    if os.path.commonpath([whole, os.path.realpath(WORK_DIR)]) != os.path.realpath(WORK_DIR):
        raise FileNotFoundError(f"{path} is outside the working directory")
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(whole, flags), "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            raise FileNotFoundError(f"{path} is not a regular file")
        if facts.st_size > limit:
            raise TooLarge(f"the file {path} holds {facts.st_size} bytes, more than {limit}")
        return file.read(limit)
