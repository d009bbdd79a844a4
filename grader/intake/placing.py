"""Tells which exercise a file belongs to, by where it lies and what it is called. Names only; reads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grader.course.models import Exercise
from grader.intake.entries import Entry

_OURS = {"test_visible.py", "exercise.json", "README.md"}  # what a release put beside the notebook


@dataclass
class Found:
    """What a student's files hold for one exercise."""

    mains: list[Entry] = field(default_factory=list)
    wrong_type: list[Entry] = field(default_factory=list)
    extras: list[Entry] = field(default_factory=list)


@dataclass
class Placement:
    """All of a student's files by exercise id, and those that belong to none."""

    by_exercise: dict[str, Found] = field(default_factory=dict)
    unknown: list[Entry] = field(default_factory=list)
    ambiguous: list[tuple[Entry, list[str]]] = field(default_factory=list)

    def of(self, exercise: Exercise) -> Found:
        return self.by_exercise.setdefault(exercise.id, Found())


def stem_of(name: str) -> str:
    """A file name without its endings, as a folder of the course would be called: ``Softmax-Regression.ipynb.txt``
    gives ``softmax_regression``."""
    return name.split(".", 1)[0].strip().casefold().replace("-", "_")


def place(entries: Iterable[Entry], exercises: Sequence[Exercise]) -> Placement:
    """Sort entries to exercises.

    A file belongs to an exercise when its stem is the exercise's name and it lies in the exercise's unit (or in the
    exercise's own folder there, as a release lays it out), or when no other exercise has that name. Other files in an
    exercise's own folder come along as extras.
    """
    placement = Placement()
    by_name: dict[str, list[Exercise]] = {}
    for exercise in exercises:
        by_name.setdefault(exercise.name.casefold(), []).append(exercise)
    for entry in entries:
        parts = [part.casefold().replace("-", "_") for part in entry.path.split("/")]
        owner = _owner(parts[:-1], exercises)
        candidates = by_name.get(stem_of(entry.name), [])
        if owner is not None and owner not in candidates:
            if entry.name not in _OURS and "data" not in parts[:-1]:
                placement.of(owner).extras.append(entry)
            continue
        in_unit = [e for e in candidates if _ends_with(parts[:-1], e.unit.replace("-", "_").split("/"))]
        fitting = [owner] if owner is not None else in_unit or candidates
        if not fitting:
            placement.unknown.append(entry)
        elif len(fitting) > 1:
            placement.ambiguous.append((entry, [e.id for e in fitting]))
        else:
            found = placement.of(fitting[0])
            (found.mains if _right_type(entry, fitting[0]) else found.wrong_type).append(entry)
    return placement


def extra_path(entry: Entry, main: Entry) -> str:
    """Where an extra lies as seen from the main file's folder."""
    folder = main.path.rpartition("/")[0]
    return entry.path[len(folder) + 1 :] if folder and entry.path.startswith(folder + "/") else entry.path


def under(path: str, exercises: Sequence[Exercise]) -> list[Exercise]:
    """Exercises whose submission could lie at or below ``path``, a link or an unreadable folder."""
    parts = [] if path == "." else [part.casefold().replace("-", "_") for part in path.split("/")]
    return [
        exercise
        for exercise in exercises
        if any(exercise.folder.split("/")[: len(parts[start:])] == parts[start:] for start in range(len(parts)))
        or not parts
    ]


def _right_type(entry: Entry, exercise: Exercise) -> bool:
    return re.fullmatch(rf"[^.]*{re.escape(exercise.suffix)}", entry.name, re.IGNORECASE) is not None


def _owner(folders: list[str], exercises: Sequence[Exercise]) -> Exercise | None:
    """The exercise whose own folder, ``track/unit/name``, is among these folders."""
    for exercise in exercises:
        wanted = exercise.folder.split("/")
        for start in range(len(folders) - len(wanted) + 1):
            if folders[start : start + len(wanted)] == wanted:
                return exercise
    return None


def _ends_with(parts: list[str], wanted: list[str]) -> bool:
    return parts[-len(wanted) :] == wanted
