"""One student's file, folder or archive becomes Submissions. Bad content becomes a refusal inside the value."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader.course.models import Exercise, IntakeLimits
from grader.errors import InvalidSubmission
from grader.intake import messages as m
from grader.intake.archives import archive_entries, archive_names
from grader.intake.content import clean_main
from grader.intake.entries import Entry, clean_name, file_entry, folder_entries, ignored, safe_parts
from grader.intake.messages import say, shown
from grader.intake.placing import Found, Placement, extra_path, place, under
from grader.intake.submission import Submission
from grader.vocabulary import Text


def read_submission(
    path: Path, exercise: Exercise, limits: IntakeLimits | None = None, student: str | None = None
) -> Submission:
    """One student's work for one exercise, from a notebook, a module, a folder or a ``.zip``.

    Parameters
    ----------
    student : str, optional
        By default the file's stem or the folder's name.

    Returns
    -------
    Submission
        With ``invalid`` set, and never an exception, where the content is bad or there is none.
    """
    limits = limits or IntakeLimits()
    name = clean_name(path.name)
    student = student if student is not None else (name if path.is_dir() else Path(name).stem)
    try:
        if path.is_symlink():
            raise InvalidSubmission(say(m.LINK, name=name))
        if path.is_dir() or path.suffix.lower() == ".zip":
            entries = folder_entries(path, limits) if path.is_dir() else archive_entries(path, limits)
            return from_entries(student, exercise, entries, limits)
        if not path.exists():
            raise InvalidSubmission(say(m.NOTHING, expected=expected_name(exercise)))
        if path.suffix.lower() != exercise.suffix:
            raise InvalidSubmission(say(m.WRONG_TYPE, name=name, expected=expected_name(exercise)))
        return build(student, exercise, Found(mains=[file_entry(path, limits)]), limits)
    except InvalidSubmission as refusal:
        return refused(student, exercise, refusal.reason)


def read_student(
    student: str, place_: Path, exercises: Sequence[Exercise], limits: IntakeLimits
) -> tuple[dict[str, Submission], list[str]]:
    """All of one student's submissions in a folder or archive, by exercise id, and warnings for the instructor."""
    name = clean_name(place_.name)
    try:
        if place_.is_symlink():
            raise InvalidSubmission(say(m.LINK, name=name))
        entries = folder_entries(place_, limits) if place_.is_dir() else archive_entries(place_, limits)
    except InvalidSubmission as refusal:
        return _refuse_all(student, place_, exercises, limits, refusal.reason)
    if not entries:
        return {}, [f"{shown(student)}: nothing in {shown(name)}"]
    placement = place(entries, exercises)
    submissions, warnings = _blocked(student, placement, exercises)
    for exercise in exercises:
        found = placement.by_exercise.get(exercise.id)
        if found is None or not (found.mains or found.wrong_type):
            continue
        submissions[exercise.id] = build(student, exercise, found, limits)
        if found.mains:
            others = [shown(entry.path) for entry in found.wrong_type]
            warnings += [f"{shown(student)}: {other} is not graded, {exercise.suffix} is" for other in others]
    for entry, ids in placement.ambiguous:
        warnings.append(
            f"{shown(student)}: {shown(entry.path)} could be {' or '.join(ids)}; put it into the folder of its unit"
        )
    files = [entry for entry in placement.unknown if entry.kind == "file"]
    warnings += [f"{shown(student)}: {shown(entry.path)} belongs to no exercise of this course" for entry in files[:20]]
    if len(files) > 20:
        warnings.append(f"{shown(student)}: {len(files) - 20} more files belong to no exercise")
    return submissions, warnings


def from_entries(
    student: str, exercise: Exercise, entries: Sequence[Entry], limits: IntakeLimits, others: Sequence[Exercise] = ()
) -> Submission:
    """The submission for one exercise among a student's entries.

    Where no file has the exercise's name, the only file of its kind that belongs to no other exercise is taken.
    """
    exercises = [exercise, *(e for e in others if e.id != exercise.id)]
    placement = place(entries, exercises)
    found = placement.by_exercise.get(exercise.id, Found())
    blocked, _ = _blocked(student, placement, [exercise])
    if not (found.mains or found.wrong_type) and exercise.id in blocked:
        return blocked[exercise.id]
    loose = [e for e in placement.unknown if e.kind == "file" and e.name != "test_visible.py"]
    if not found.mains:
        fitting = [entry for entry in loose if entry.name.lower().endswith(exercise.suffix)]
        if len(fitting) == 1:
            found = Found(mains=fitting, extras=found.extras)
            loose.remove(fitting[0])
        elif len(fitting) > 1 and not found.wrong_type:
            names = ", ".join(shown(entry.path) for entry in fitting[:5])
            return refused(student, exercise, say(m.NOT_FOUND, expected=expected_name(exercise), found=names))
    if found.mains and len(found.mains) == 1:
        folder = found.mains[0].path.rpartition("/")[0]
        beside = [e for e in loose if not folder or e.path.startswith(folder + "/")]
        ours = ("exercise.json", "README.md")
        found.extras += [e for e in beside if "data" not in e.path.split("/")[:-1] and e.name not in ours]
    if not (found.mains or found.wrong_type):
        listed = ", ".join(shown(entry.path) for entry in entries[:5] if entry.kind == "file")
        if not listed:
            return refused(student, exercise, say(m.NOTHING, expected=expected_name(exercise)))
        return refused(student, exercise, say(m.NOT_FOUND, expected=expected_name(exercise), found=listed))
    return build(student, exercise, found, limits)


def build(student: str, exercise: Exercise, found: Found, limits: IntakeLimits) -> Submission:
    """A submission out of the entries for one exercise, read now and checked."""
    raw, extra = b"", dict[str, bytes]()
    try:
        if len(found.mains) > 1:
            names = ", ".join(shown(entry.path) for entry in found.mains[:5])
            raise InvalidSubmission(say(m.TWICE, names=names))
        if not found.mains:
            entry = found.wrong_type[0]
            if entry.kind == "link":
                raise InvalidSubmission(say(m.LINK, name=entry.path))
            raise InvalidSubmission(say(m.WRONG_TYPE, name=entry.path, expected=expected_name(exercise)))
        main = found.mains[0]
        raw = main.read()
        total = len(raw)
        for entry in found.extras:
            path = extra_path(entry, main)
            if safe_parts(path) is None or "\\" in path:
                raise InvalidSubmission(say(m.UNSAFE_NAME, name=path))
            if path.partition("/")[0] == "data":  # the course's own folder lies there
                continue
            extra[path] = entry.read()
            total += len(extra[path])
            if total > limits.total_mb * 1e6:
                raise InvalidSubmission(say(m.TOTAL_TOO_LARGE, limit=limits.total_mb))
        clean = clean_main(raw, main.name, exercise, limits)
    except InvalidSubmission as refusal:
        return refused(student, exercise, refusal.reason, raw, extra)
    return Submission(student, exercise.id, clean, digest(exercise.id, raw, extra), extra)


def refused(
    student: str, exercise: Exercise, reason: Text, raw: bytes = b"", extra: Mapping[str, bytes] | None = None
) -> Submission:
    """A submission that cannot be graded; its digest covers what was received and why it was refused."""
    told = {**(extra or {}), "\0reason": reason.en.encode("utf-8", "replace")}
    return Submission(student, exercise.id, b"", digest(exercise.id, raw, told), invalid=reason)


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


def expected_name(exercise: Exercise) -> str:
    """The file that a student hands in: ``softmax_regression.ipynb``."""
    return exercise.name + exercise.suffix


def _blocked(
    student: str, placement: Placement, exercises: Sequence[Exercise]
) -> tuple[dict[str, Submission], list[str]]:
    """Refusals for exercises that would lie behind a link, or in a folder that cannot be listed."""
    submissions: dict[str, Submission] = {}
    warnings: list[str] = []
    for entry in placement.unknown:
        if entry.kind == "file":
            continue
        reason = say(
            m.UNREADABLE if entry.kind == "unreadable" else m.LINK if entry.kind == "link" else m.NOT_A_FILE,
            name=entry.path,
        )
        warnings.append(f"{shown(student)}: {reason.en}")
        for exercise in under(entry.path, exercises):
            submissions[exercise.id] = refused(student, exercise, reason)
    return submissions, warnings


def _refuse_all(
    student: str, place_: Path, exercises: Sequence[Exercise], limits: IntakeLimits, reason: Text
) -> tuple[dict[str, Submission], list[str]]:
    """Refusals for the exercises that a bad folder or archive names, or for all where it names none."""
    names: list[str] = []
    if place_.is_file() and not place_.is_symlink():
        names = [name for name in archive_names(place_, limits) if not ignored(tuple(name.split("/")))]
    named = place([Entry(name, "file", bytes) for name in names], exercises).by_exercise
    concerned = [exercise for exercise in exercises if exercise.id in named] or list(exercises)
    submissions = {exercise.id: refused(student, exercise, reason) for exercise in concerned}
    return submissions, [f"{shown(student)}: {reason.en}"]
