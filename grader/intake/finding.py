"""Finds what students handed in: a folder, an archive or a file each. Looks at names and kinds only; opens nothing."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.errors import GraderError
from grader.intake.entries import clean_name, ignored

UploadKind = Literal["folder", "archive", "file", "link", "nothing", "other"]


@dataclass(frozen=True)
class Upload:
    """What one student handed in.

    Attributes
    ----------
    student : str
        Hostile text.
    path : Path
    kind : str
        ``link`` is opened by nobody, ``nothing`` is not there, ``other`` (in a class) is no student's.
    """

    student: str
    path: Path
    kind: UploadKind

    @property
    def name(self) -> str:
        """The path's last part as text that can be stored; hostile."""
        return clean_name(self.path.name)


def find(path: Path, student: str | None = None) -> Upload:
    """The upload at ``path``; the student is by default the folder's name or the file's stem."""
    name = clean_name(path.name)
    is_folder = path.is_dir()
    kind: UploadKind = "file"
    if path.is_symlink():
        kind = "link"
    elif is_folder:
        kind = "folder"
    elif path.suffix.lower() == ".zip":
        kind = "archive"
    elif not path.exists():
        kind = "nothing"
    return Upload(student if student is not None else name if is_folder else Path(name).stem, path, kind)


def find_class(directory: Path, *, single_files: bool) -> list[Upload]:
    """The uploads of a class, by name; what tools leave behind is left out.

    Parameters
    ----------
    single_files : bool
        Whether a notebook or module by itself is a student's.

    Raises
    ------
    GraderError
        ``directory`` cannot be listed.
    """
    try:
        names = sorted(os.listdir(directory))
    except OSError as error:
        raise GraderError(f"{directory}: cannot be listed ({error.strerror}); give the folder of a class") from error
    found = []
    for path in (directory / name for name in names if not ignored((name,))):
        suffix = path.suffix.lower()
        upload = find(path)
        if not (path.is_dir() or suffix == ".zip"):
            # A link among files is refused when it is read, after its name has been looked at.
            kind: UploadKind = "file" if single_files and suffix in (".ipynb", ".py") else "other"
            upload = Upload(upload.student, path, kind)
        found.append(upload)
    return found
