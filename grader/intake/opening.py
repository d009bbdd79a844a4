"""Opens an upload: a flat list of what lies in it, or why it cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass

from grader.course.models import IntakeLimits
from grader.errors import InvalidSubmission
from grader.intake import messages as m
from grader.intake.archives import archive_entries, archive_names
from grader.intake.entries import Entry, file_entry, folder_entries
from grader.intake.finding import Upload
from grader.vocabulary import Text


@dataclass(frozen=True)
class Contents:
    """What lies in an upload.

    Attributes
    ----------
    upload : Upload
    entries : tuple of Entry
        Sorted by path; beside a refusal only names, as far as they can be told.
    refusal : Text or None
        Why the upload cannot be opened, for the student.
    """

    upload: Upload
    entries: tuple[Entry, ...] = ()
    refusal: Text | None = None


def open_upload(upload: Upload, limits: IntakeLimits) -> Contents:
    """List an upload's files; what is bad about the upload as a whole becomes a refusal, and nothing raises."""
    entries: list[Entry] = []
    try:
        match upload.kind:
            case "folder":
                entries = folder_entries(upload.path, limits)
            case "archive":
                entries = archive_entries(upload.path, limits)
            case "file":
                entries = [file_entry(upload.path, limits)]
            case "link":
                raise m.refusal(m.LINK, name=upload.name)
    except InvalidSubmission as refused:
        names = archive_names(upload.path, limits) if upload.kind == "archive" else []
        return Contents(upload, tuple(Entry(name, "file", bytes) for name in names), refused.reason)
    return Contents(upload, tuple(entries))
