"""Reads the files of one submission and checks them. Bad content becomes a refusal inside the value."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from grader.course.models import Exercise, IntakeLimits
from grader.errors import InvalidSubmission
from grader.intake import messages as m
from grader.intake.content import clean_main
from grader.intake.entries import Entry, safe_parts
from grader.intake.messages import refusal
from grader.intake.placing import Files
from grader.intake.submission import Submission
from grader.vocabulary import Text


def read(student: str, exercise: Exercise, found: Files | Text, limits: IntakeLimits) -> Submission:
    """A submission out of the files that were found for one exercise.

    Where it is refused, before (``found`` is then the refusal) or here, the digest covers what was received until then
    and why it was refused.
    """
    raw, extra = b"", dict[str, bytes]()
    try:
        if isinstance(found, Text):
            raise InvalidSubmission(found)
        raw = found.main.read()
        total = len(raw)
        for entry in found.extras:
            path = _extra_path(entry, found.main)
            if safe_parts(path) is None or "\\" in path:
                raise refusal(m.UNSAFE_NAME, name=path)
            if path.partition("/")[0] == "data":  # the course's own folder lies there
                continue
            extra[path] = entry.read()
            total += len(extra[path])
            if total > limits.total_mb * 1e6:
                raise refusal(m.TOTAL_TOO_LARGE, limit=limits.total_mb)
        clean = clean_main(raw, found.main.name, exercise, limits)
    except InvalidSubmission as refused:
        told = {**extra, "\0reason": refused.reason.en.encode("utf-8", "replace")}
        return Submission(student, exercise.id, b"", digest(exercise.id, raw, told), invalid=refused.reason)
    return Submission(student, exercise.id, clean, digest(exercise.id, raw, extra), extra)


def digest(exercise_id: str, main: bytes, extra: Mapping[str, bytes]) -> str:
    """SHA-256 (hex) over exercise, main file as received and extras, each with its length, so that no two lists of
    files read alike."""
    total = hashlib.sha256()
    parts = [exercise_id.encode(), main]
    for name in sorted(extra):
        parts += [name.encode("utf-8", "replace"), extra[name]]
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def _extra_path(entry: Entry, main: Entry) -> str:
    """Where an extra lies as seen from the main file's folder."""
    folder = main.path.rpartition("/")[0]
    return entry.path[len(folder) + 1 :] if folder and entry.path.startswith(folder + "/") else entry.path
