"""Files that the submission wrote into its working directory; links are never followed out of it."""

from __future__ import annotations

import contextlib
import os
import re
import stat

from . import WORK_DIR
from .bounds import TooLarge

MAX_FILES = 10_000


def list_files(pattern):
    """Relative POSIX names of regular files that match the glob `pattern` (``**`` for any folder), sorted.

    Public data and links are left out; at most 10 000 names.
    """
    wanted = re.compile(_translate(pattern))
    found = []
    for folder, folders, names in os.walk(WORK_DIR):  # does not follow links to folders
        if folder == WORK_DIR:
            folders[:] = [name for name in folders if name != "data"]
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            path = os.path.join(folder, name)
            relative = os.path.relpath(path, WORK_DIR).replace(os.sep, "/")
            with contextlib.suppress(OSError):  # a thread of the submission may have removed it meanwhile
                if wanted.fullmatch(relative) and stat.S_ISREG(os.lstat(path).st_mode):
                    found.append(relative)
        if len(found) >= MAX_FILES:
            break
    return sorted(found)[:MAX_FILES]


def _translate(pattern):
    """A glob as a regular expression: ``*`` and ``?`` stay within a folder, ``**/`` is any number of folders."""
    tokens = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.sub(r"\*\*/|\*\*|\*|\?|[^*?]+", lambda m: tokens.get(m[0]) or re.escape(m[0]), pattern)


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


def load_object(path):
    """The object that a file in the working directory holds; only the sandbox may do this.

    Raises
    ------
    FileNotFoundError
    ValueError
        Its name ends in another way than ``.joblib``, ``.pkl``, ``.pickle``, ``.keras`` or ``.h5``.
    """
    whole = os.path.join(WORK_DIR, path)
    if not os.path.isfile(whole):
        raise FileNotFoundError(path)
    suffix = os.path.splitext(path)[1]
    if suffix in (".keras", ".h5"):
        import keras

        return keras.models.load_model(whole)
    if suffix in (".joblib", ".pkl", ".pickle"):
        import joblib

        return joblib.load(whole)
    raise ValueError(f"nobody knows how to load {suffix} files")
