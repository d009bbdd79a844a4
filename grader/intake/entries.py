"""What lies in a student's folder or archive, as a flat list: nothing is followed, nothing is written to disk."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.course.models import IntakeLimits
from grader.errors import InvalidSubmission
from grader.intake import messages as m
from grader.intake.messages import refusal, say
from grader.vocabulary import Text

EntryKind = Literal["file", "link", "special", "folder", "unreadable"]
MAX_DEPTH = 12  # of folders; the deepest right place is student/track/unit/exercise/file

_IGNORED = {"__macosx", "__pycache__", "thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Entry:
    """One thing with a name.

    Attributes
    ----------
    path : str
        Relative, POSIX, NFC; hostile text.
    kind : str
        ``folder`` stands only for a folder that is named like a submission.
    read : callable
        Returns the contents; raises InvalidSubmission when they cannot be had within the limits.
    """

    path: str
    kind: EntryKind
    read: Callable[[], bytes]

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]


def ignored(parts: tuple[str, ...]) -> bool:
    """Whether a path is one of those that tools leave behind: hidden files, checkpoints, resource forks, caches."""
    return any(p.startswith(".") or p.casefold() in _IGNORED or p.endswith((".pyc", "~")) for p in parts)


def clean_name(name: str) -> str:
    """A name from the file system as text that can be stored: NFC, undecodable bytes replaced."""
    return unicodedata.normalize("NFC", os.fsencode(name).decode("utf-8", "replace"))


def read_regular(path: Path, name: str, limit_mb: float) -> bytes:
    """Contents of an ordinary file.

    The last component is never followed if it is a link, and opening never waits, whatever the file turns out to be.
    Sizes are counted while reading.

    Raises
    ------
    InvalidSubmission
        It is a link, not an ordinary file, larger than ``limit_mb`` (MB of 10^6 bytes), or cannot be read.
    """
    if path.is_symlink():
        raise refusal(m.LINK, name=name)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    limit = int(limit_mb * 1e6)
    try:
        if not stat.S_ISREG(path.stat(follow_symlinks=False).st_mode):  # opening a device can have effects
            raise refusal(m.FOLDER if path.is_dir() else m.NOT_A_FILE, name=name)
        with open(os.open(path, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise refusal(m.NOT_A_FILE, name=name)
            data = file.read(limit + 1)
    except InvalidSubmission:  # is a ValueError too
        raise
    except (OSError, ValueError) as error:
        raise refusal(m.UNREADABLE, name=name) from error
    if len(data) > limit:
        raise refusal(m.FILE_TOO_LARGE, name=name, limit=limit_mb)
    return data


def folder_entries(folder: Path, limits: IntakeLimits) -> list[Entry]:
    """Everything under a folder, sorted by path; links are listed and not followed.

    Raises
    ------
    InvalidSubmission
        There are more files than ``limits.files``, or folders are nested too deeply.
    """
    found: list[Entry] = []
    waiting: list[tuple[Path, tuple[str, ...]]] = [(folder, ())]
    seen = 0
    while waiting:
        place, parts = waiting.pop()
        try:
            with os.scandir(place) as listing:
                for item in listing:
                    seen += 1
                    if seen > 20 * limits.files:  # hidden ones count too: a million dot files shall not hold up a class
                        raise refusal(m.TOO_MANY_FILES, limit=limits.files)
                    path = (*parts, clean_name(item.name))
                    if ignored(path[-1:]):
                        continue
                    if item.is_dir(follow_symlinks=False) and not item.is_symlink():
                        if len(path) > MAX_DEPTH:
                            raise refusal(m.TOO_DEEP, name="/".join(path))
                        if not item.name.endswith((".ipynb", ".py")):
                            waiting.append((Path(item.path), path))
                            continue
                    found.append(_disk_entry(item, "/".join(path), limits))
                    if len(found) > limits.files:
                        raise refusal(m.TOO_MANY_FILES, limit=limits.files)
        except OSError:
            found.append(
                Entry("/".join(parts) or ".", "unreadable", _refuse(say(m.UNREADABLE, name="/".join(parts) or ".")))
            )
    return sorted(found, key=lambda entry: entry.path)


def file_entry(path: Path, limits: IntakeLimits) -> Entry:
    """One file that was handed in by itself."""
    name = clean_name(path.name)
    return Entry(name, "file", lambda: read_regular(path, name, limits.file_mb))


def _disk_entry(item: os.DirEntry[str], path: str, limits: IntakeLimits) -> Entry:
    kind: EntryKind = "special"
    if item.is_symlink():
        kind = "link"
    elif item.is_dir(follow_symlinks=False):
        kind = "folder"
    elif item.is_file(follow_symlinks=False):
        kind = "file"
    place = Path(item.path)
    return Entry(path, kind, lambda: read_regular(place, path, limits.file_mb))


def _refuse(reason: Text) -> Callable[[], bytes]:
    def read() -> bytes:
        raise InvalidSubmission(reason)

    return read


def safe_parts(name: str) -> tuple[str, ...] | None:
    """The parts of an archive member's name, or None where the name leads out of the archive or cannot be used.

    Backslashes separate as on Windows; ``.`` and empty parts fall away; the result is NFC.
    """
    text = unicodedata.normalize("NFC", name).replace("\\", "/")
    if text.startswith("/") or re.match(r"[A-Za-z]:", text) or len(text) > 1000:
        return None
    if any(ord(c) < 32 or ord(c) == 127 or 0xD800 <= ord(c) <= 0xDFFF for c in text):
        return None
    parts = tuple(part for part in text.split("/") if part not in ("", "."))
    if not parts or len(parts) > MAX_DEPTH or any(p == ".." or len(p.encode()) > 255 for p in parts):
        return None
    return parts
