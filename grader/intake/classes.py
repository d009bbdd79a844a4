"""A folder of a whole class becomes a list of Submissions. One student's bad files never stop the others'."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.models import Course, Exercise, IntakeLimits
from grader.errors import GraderError, InvalidSubmission
from grader.intake import messages as m
from grader.intake.archives import archive_entries
from grader.intake.entries import Entry, clean_name, file_entry, folder_entries, ignored
from grader.intake.messages import say, shown
from grader.intake.placing import Found
from grader.intake.reading import build, expected_name, from_entries, read_student, refused
from grader.intake.submission import Submission


@dataclass(frozen=True)
class ClassIntake:
    """What a class handed in.

    Attributes
    ----------
    submissions : tuple of Submission
        By student, then in the course's order.
    warnings : tuple of str
        For the instructor: files that belong to no exercise, folders that are empty. Names in them are printable.
    """

    submissions: tuple[Submission, ...]
    warnings: tuple[str, ...] = ()


def read_class(
    directory: Path,
    course: Course,
    limits: IntakeLimits | None = None,
    *,
    exercise: Exercise | None = None,
    roster: Sequence[str] = (),
) -> ClassIntake:
    """Read a folder with a folder or a ``.zip`` per student; with ``exercise``, also a file per student.

    Parameters
    ----------
    exercise : Exercise, optional
        Read this one only.
    roster : sequence of str
        Students who should be there: each exercise that one of them did not hand in becomes an invalid submission.

    Raises
    ------
    GraderError
        ``directory`` itself cannot be listed. Nothing in it raises.
    """
    limits = limits or course.intake
    exercises = [exercise] if exercise else list(course.exercises.values())
    found: dict[str, dict[str, list[Submission]]] = {}
    warnings: list[str] = []
    for path in _listed(directory):
        name = clean_name(path.name)
        is_folder = path.is_dir()
        student = name if is_folder else Path(name).stem
        if is_folder or path.suffix.lower() == ".zip":
            if exercise:
                submissions, notes = {exercise.id: _one(student, path, exercise, course, limits)}, list[str]()
            else:
                submissions, notes = read_student(student, path, exercises, limits)
        elif exercise and path.suffix.lower() in (".ipynb", ".py"):
            entry = file_entry(path, limits)
            right = path.suffix.lower() == exercise.suffix
            submissions = {
                exercise.id: build(student, exercise, Found([entry]) if right else Found([], [entry]), limits)
            }
            notes = []
        else:
            hint = "" if exercise else "; to grade one file per student, name the exercise with --exercise"
            warnings.append(f"{shown(name)}: not a student's folder or .zip{hint}")
            continue
        warnings += notes
        for key, submission in submissions.items():
            found.setdefault(student, {}).setdefault(key, []).append(submission)
    for student in roster:
        mine = found.setdefault(student, {})
        for each in exercises:
            if each.id not in mine:
                mine[each.id] = [refused(student, each, say(m.NOTHING, expected=expected_name(each)))]
    return ClassIntake(
        tuple(
            _single(student, each, found[student][each.id])
            for student in sorted(found)
            for each in exercises
            if each.id in found[student]
        ),
        tuple(warnings),
    )


def _one(student: str, path: Path, exercise: Exercise, course: Course, limits: IntakeLimits) -> Submission:
    """A student's folder or archive, read for one exercise of the course."""
    try:
        if path.is_symlink():
            raise InvalidSubmission(say(m.LINK, name=clean_name(path.name)))
        entries: list[Entry] = folder_entries(path, limits) if path.is_dir() else archive_entries(path, limits)
    except InvalidSubmission as refusal:
        return refused(student, exercise, refusal.reason)
    return from_entries(student, exercise, entries, limits, list(course.exercises.values()))


def _single(student: str, exercise: Exercise, submissions: list[Submission]) -> Submission:
    """The one submission, or a refusal where a student's folder and archive (or file) both hold one."""
    if len(submissions) == 1:
        return submissions[0]
    name = expected_name(exercise)
    return refused(student, exercise, say(m.TWICE, names=", ".join([name] * len(submissions))))


def _listed(directory: Path) -> list[Path]:
    try:
        names = sorted(os.listdir(directory))
    except OSError as error:
        raise GraderError(f"{directory}: cannot be listed ({error.strerror}); give the folder of a class") from error
    return [directory / name for name in names if not ignored((name,))]
