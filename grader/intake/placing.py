"""Tells which exercise a file belongs to, by where it lies and what it is called. Names only; reads nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grader.course.models import Exercise
from grader.intake import messages as m
from grader.intake.entries import Entry
from grader.intake.messages import say, shown
from grader.intake.opening import Contents
from grader.vocabulary import Text

_OURS = {"test_visible.py", "exercise.json", "README.md"}  # what a release put beside the notebook


@dataclass(frozen=True)
class Files:
    """The files of one submission, not yet read."""

    main: Entry
    extras: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Placement:
    """What an upload holds for each exercise.

    Attributes
    ----------
    by_exercise : mapping of str to Files or Text
        By exercise id; a Text is the refusal that the student reads. Exercises that the upload does not touch are absent.
    warnings : tuple of str
        For the instructor; names in them are printable.
    broken : tuple of str
        Ids of exercises that cannot be loaded, and have files here.
    """

    by_exercise: Mapping[str, Files | Text] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def place_one(contents: Contents, exercise: Exercise, others: Iterable[str] = ()) -> Files | Text:
    """What an upload holds for one exercise, or the refusal.

    A file that was handed in by itself is for the exercise, whatever it is called. In a folder or archive where no file
    has the exercise's name, the only file of its kind that belongs to no other exercise is taken.

    Parameters
    ----------
    others : iterable of str
        Ids of the course's other exercises.
    """
    if contents.refusal is not None:
        return contents.refusal
    if contents.upload.kind == "file":
        fits = contents.upload.path.suffix.lower() == exercise.suffix
        return _chosen(exercise, contents.entries if fits else (), contents.entries)
    sorted_ = _sort(contents.entries, [exercise.id, *(each for each in others if each != exercise.id)])
    named = sorted_.by_id.get(exercise.id, _Named())
    mains, wrong_type = _by_type(named.files, exercise)
    blocked = [reason for entry, reason in _obstacles(sorted_) if _leads_to(entry.path, exercise.id)]
    if blocked and not named.files:
        return blocked[-1]
    loose = [entry for entry in sorted_.unknown if entry.kind == "file" and entry.name != "test_visible.py"]
    fitting = [entry for entry in loose if entry.name.lower().endswith(exercise.suffix)]
    if not mains and len(fitting) == 1:
        mains = fitting
    beside = _beside(mains[0], loose) if len(mains) == 1 else []
    there = fitting or [entry for entry in contents.entries[:5] if entry.kind == "file"]
    return _chosen(exercise, mains, wrong_type, [*named.extras, *beside], there)


def place_all(contents: Contents, exercises: Sequence[Exercise], broken: Iterable[str] = ()) -> Placement:
    """What an upload holds for each of these exercises.

    Parameters
    ----------
    broken : iterable of str
        Ids of exercises that cannot be loaded: their files belong to no other, and are told to the instructor.
    """
    student, broken = shown(contents.upload.student), list(broken)
    ids = [exercise.id for exercise in exercises]
    sorted_ = _sort(contents.entries, [*ids, *broken])
    if contents.refusal is not None:  # for the exercises that a bad archive names, or all where it names none
        concerned = [each for each in ids if each in sorted_.by_id] if sorted_.by_id else ids
        return Placement(dict.fromkeys(concerned, contents.refusal), (f"{student}: {contents.refusal.en}",))
    if not contents.entries:
        return Placement(warnings=(f"{student}: nothing in {shown(contents.upload.name)}",))
    placed: dict[str, Files | Text] = {}
    warnings: list[str] = []
    for entry, reason in _obstacles(sorted_):
        warnings.append(f"{student}: {reason.en}")
        placed |= {each: reason for each in ids if _leads_to(entry.path, each)}
    for exercise in exercises:
        named = sorted_.by_id.get(exercise.id, _Named())
        mains, wrong_type = _by_type(named.files, exercise)
        if named.files:
            placed[exercise.id] = _chosen(exercise, mains, wrong_type, named.extras)
        if mains:
            others = [shown(entry.path) for entry in wrong_type]
            warnings += [f"{student}: {other} is not graded, {exercise.suffix} is" for other in others]
    touched = [each for each in broken if each in sorted_.by_id and sorted_.by_id[each].files]
    for each in touched:
        files = sorted_.by_id[each].files
        warnings.append(f"{student}: {_names(files)} is not graded, since {each} cannot be loaded")
    for entry, fitting in sorted_.ambiguous:
        warnings.append(
            f"{student}: {shown(entry.path)} could be {' or '.join(fitting)}; put it into the folder of its unit"
        )
    files = [entry for entry in sorted_.unknown if entry.kind == "file"]
    warnings += [f"{student}: {shown(entry.path)} belongs to no exercise of this course" for entry in files[:20]]
    if len(files) > 20:
        warnings.append(f"{student}: {len(files) - 20} more files belong to no exercise")
    return Placement(placed, tuple(warnings), tuple(touched))


def expected_name(exercise: Exercise) -> str:
    """The file that a student hands in: ``softmax_regression.ipynb``."""
    return exercise.name + exercise.suffix


# --- choosing among the files of one exercise


def _chosen(
    exercise: Exercise,
    mains: Sequence[Entry],
    wrong_type: Sequence[Entry],
    extras: Sequence[Entry] = (),
    there: Sequence[Entry] = (),
) -> Files | Text:
    """The main file with its extras where there is exactly one; else the refusal, which names what is ``there``."""
    if len(mains) == 1:
        return Files(mains[0], tuple(extras))
    expected = expected_name(exercise)
    if mains:
        reason = say(m.TWICE, names=_names(mains))
    elif wrong_type and wrong_type[0].kind == "link":
        reason = say(m.LINK, name=wrong_type[0].path)
    elif wrong_type:
        reason = say(m.WRONG_TYPE, name=wrong_type[0].path, expected=expected)
    elif there:
        reason = say(m.NOT_FOUND, expected=expected, found=_names(there))
    else:
        reason = say(m.NOTHING, expected=expected)
    return reason


def _names(entries: Sequence[Entry]) -> str:
    return ", ".join(shown(entry.path) for entry in entries[:5])


def _by_type(files: Sequence[Entry], exercise: Exercise) -> tuple[list[Entry], list[Entry]]:
    """Files that have the exercise's name: those of its type, and the others."""
    pattern = re.compile(rf"[^.]*{re.escape(exercise.suffix)}", re.IGNORECASE)
    mains = [entry for entry in files if pattern.fullmatch(entry.name)]
    return mains, [entry for entry in files if not pattern.fullmatch(entry.name)]


def _beside(main: Entry, loose: Sequence[Entry]) -> list[Entry]:
    """Files that belong to no exercise and lie where the main file does, or below."""
    folder = main.path.rpartition("/")[0]
    return [
        entry
        for entry in loose
        if entry is not main
        and (not folder or entry.path.startswith(folder + "/"))
        and "data" not in entry.path.split("/")[:-1]
        and entry.name not in _OURS
    ]


def _obstacles(sorted_: _Sorted) -> list[tuple[Entry, Text]]:
    """Links, folders that cannot be listed and the like, where exercises might lie behind them."""
    reasons = {"unreadable": m.UNREADABLE, "link": m.LINK}
    return [
        (entry, say(reasons.get(entry.kind, m.NOT_A_FILE), name=entry.path))
        for entry in sorted_.unknown
        if entry.kind != "file"
    ]


# --- sorting by names


@dataclass
class _Named:
    """What has the name of one exercise, or lies in its folder."""

    files: list[Entry] = field(default_factory=list)
    extras: list[Entry] = field(default_factory=list)


@dataclass
class _Sorted:
    """An upload's entries by exercise id, and those that belong to none."""

    by_id: dict[str, _Named] = field(default_factory=dict)
    unknown: list[Entry] = field(default_factory=list)
    ambiguous: list[tuple[Entry, list[str]]] = field(default_factory=list)

    def of(self, exercise_id: str) -> _Named:
        return self.by_id.setdefault(exercise_id, _Named())


def _sort(entries: Iterable[Entry], ids: Sequence[str]) -> _Sorted:
    """Sort entries to exercises.

    A file belongs to an exercise when its stem is the exercise's name and it lies in the exercise's unit (or in the
    exercise's own folder there, as a release lays it out), or when no other exercise has that name. Other files in an
    exercise's own folder come along as extras.
    """
    sorted_ = _Sorted()
    own = {each: _folders(each) for each in ids}
    for entry in entries:
        folders = _folders(entry.path)[:-1]
        owner = next((each for each in ids if _lies_in(folders, own[each])), None)
        candidates = [each for each in ids if own[each][-1] == _stem(entry.name)]
        if owner is not None and owner not in candidates:
            if entry.name not in _OURS and "data" not in folders:
                sorted_.of(owner).extras.append(entry)
            continue
        in_unit = [each for each in candidates if folders[1 - len(own[each]) :] == own[each][:-1]]
        fitting = [owner] if owner is not None else in_unit or candidates
        if not fitting:
            sorted_.unknown.append(entry)
        elif len(fitting) > 1:
            sorted_.ambiguous.append((entry, fitting))
        else:
            sorted_.of(fitting[0]).files.append(entry)
    return sorted_


def _stem(name: str) -> str:
    """A file name without its endings, as a folder of the course would be called: ``Softmax-Regression.ipynb.txt``
    gives ``softmax_regression``."""
    return name.split(".", 1)[0].strip().casefold().replace("-", "_")


def _folders(path: str) -> list[str]:
    """The parts of a path or an id, as folders of the course would be called."""
    return path.casefold().replace("-", "_").split("/")


def _lies_in(folders: list[str], wanted: list[str]) -> bool:
    """Whether an exercise's own folder, ``track/unit/name``, is among these folders."""
    return any(folders[start : start + len(wanted)] == wanted for start in range(len(folders) - len(wanted) + 1))


def _leads_to(path: str, exercise_id: str) -> bool:
    """Whether the exercise's submission could lie at or below ``path``, a link or an unreadable folder."""
    parts, wanted = _folders(path), _folders(exercise_id)
    return path == "." or any(wanted[: len(parts[start:])] == parts[start:] for start in range(len(parts)))
