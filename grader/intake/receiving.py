"""The way of an upload: find → open → place → read → Submission. One student's bad files never stop the others'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.course.loader import ID_PATTERN
from grader.course.models import Course, Exercise, IntakeLimits
from grader.intake import messages as m
from grader.intake.finding import find, find_class
from grader.intake.messages import say, shown
from grader.intake.opening import Contents, open_upload
from grader.intake.placing import Placement, expected_name, place_all, place_one
from grader.intake.reading import read
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
    broken : tuple of str
        Ids of exercises that cannot be loaded, and were handed in; a warning names the files.
    """

    submissions: tuple[Submission, ...]
    warnings: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


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
    upload = find(path, student)
    contents = open_upload(upload, limits)
    files = place_one(contents, exercise)
    return read(upload.student, exercise, files, limits)


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
    found: dict[tuple[str, str], list[Submission]] = {}
    warnings: list[str] = []
    broken: set[str] = set()
    for upload in find_class(directory, single_files=exercise is not None):
        if upload.kind == "other":
            hint = "" if exercise else "; to grade one file per student, name the exercise with --exercise"
            warnings.append(f"{shown(upload.name)}: not a student's folder or .zip{hint}")
            continue
        placement = _place(open_upload(upload, limits), course, exercise)
        warnings += placement.warnings
        broken |= set(placement.broken)
        for each in exercises:
            if each.id in placement.by_exercise:
                submission = read(upload.student, each, placement.by_exercise[each.id], limits)
                found.setdefault((upload.student, each.id), []).append(submission)
    for student in roster:
        for each in exercises:
            nothing = say(m.NOTHING, expected=expected_name(each))
            found.setdefault((student, each.id), [read(student, each, nothing, limits)])
    submissions = [
        _single(found[student, each.id], each, limits)
        for student in sorted({student for student, _ in found})
        for each in exercises
        if (student, each.id) in found
    ]
    return ClassIntake(tuple(submissions), tuple(warnings), tuple(sorted(broken)))


def _place(contents: Contents, course: Course, exercise: Exercise | None) -> Placement:
    broken = [each for each in course.broken if ID_PATTERN.fullmatch(each)]  # a path stands for no exercise
    if exercise is None:
        return place_all(contents, list(course.exercises.values()), broken)
    return Placement({exercise.id: place_one(contents, exercise, [*course.exercises, *broken])})


def _single(submissions: Sequence[Submission], exercise: Exercise, limits: IntakeLimits) -> Submission:
    """The one submission, or a refusal where a student's folder and archive (or file) both hold one."""
    if len(submissions) == 1:
        return submissions[0]
    names = ", ".join([expected_name(exercise)] * len(submissions))
    return read(submissions[0].student, exercise, say(m.TWICE, names=names), limits)
