"""Loads a course: TOML files become models, and every mistake in them a CourseError with file, key and line.

Nothing of a course is executed here. Which dataset names exist is left to ``grader validate``, since the catalogue
lies above this package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from grader.course.check_discovery import VISIBLE, find_checks
from grader.course.ids import clean_id, stands_for
from grader.course.mistakes import check_mistakes, with_other_forms, with_sentences
from grader.course.models import (
    COURSE_FILE,
    Bilingual,
    Course,
    Exercise,
    Limits,
    Model,
    Mutant,
    OtherForm,
    Unit,
)
from grader.course.regions import without_markers
from grader.course.toml_positions import KeyPath
from grader.course.tomlfile import Document, read_json, read_toml
from grader.errors import CourseError, GraderError
from grader.vocabulary import LANGS, Lang

EXERCISE_FILE, RELEASED_FILE = "exercise.toml", "exercise.json"
UNIT_FILE = "unit.toml"

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_SET_BY_LOADER = {"source_dir", "release_dir", "card_path", "root", "exercises", "units", "broken"}
_M = TypeVar("_M", bound=Model)
_IN_RECORD = "where a mistake shows stands in the proof record; remove it, and say in `told` what the student reads"
_REMOVED = {
    "fails": _IN_RECORD,
    "fails_full": _IN_RECORD,
    "says": _IN_RECORD,
    "signatures": "make it a [[mutant]] with `told`, which knows the value by asking",
}


def find_course(start: Path) -> Path:
    """The nearest folder with a ``course.toml``, from ``start`` upwards.

    Raises
    ------
    GraderError
        There is none up to the root of the file system.
    """
    start = start.resolve()
    for folder in [start, *start.parents]:
        if (folder / COURSE_FILE).is_file():
            return folder
    raise GraderError(
        f"no {COURSE_FILE} in {start} or above it; go to a course, name it with --course, or make one with grader init"
    )


def load_course(root: Path, ids: Sequence[str] | None = None) -> Course:
    """Load ``course.toml`` and every exercise under it, or only those with these ids (a unit or track stands for all
    in it).

    An exercise that cannot be loaded stops no other: what is wrong with it stands in ``broken``, and whoever asks for it
    by ``Course.exercise`` gets the error. A ``unit.toml`` that cannot be read breaks the exercises of its unit.

    Where ``solutions/`` exists, it is the truth. A student's copy has only ``exercises/``: its exercises come from
    the ``exercise.json`` that a release writes, with ``source_dir`` the same as ``release_dir``. A folder with an
    ``exercise.json`` of its own and no ``course.toml`` is a course of that exercise alone.

    Raises
    ------
    CourseError
        ``course.toml``, or the file of a course of one exercise, is missing or wrong; the message names file, key and
        line.
    """
    root = root.resolve()
    if not (root / COURSE_FILE).is_file() and (root / RELEASED_FILE).is_file():
        return _course_of_one(root)
    document = read_toml(root / COURSE_FILE)
    course = _fill(Course, document)
    _check_languages(course, document, course.languages)
    _fill(Limits, document, course.limits, ("limits",))
    has_sources = (root / "solutions").is_dir()
    top, name = (root / "solutions", EXERCISE_FILE) if has_sources else (root / "exercises", RELEASED_FILE)
    exercises: list[Exercise] = []
    unreadable: dict[Path, CourseError] = {}
    paths = set(top.rglob(name))
    if has_sources:  # a solution beside which there is no exercise.toml, or a link to nothing
        folders = {path.parent for path in paths}
        paths |= {
            path.with_name(name)
            for path in top.rglob("solution.py")
            if folders.isdisjoint((path.parent, *path.parents))
        }
    for path in sorted(paths):
        folder = path.parent.relative_to(top)
        if _wanted(folder, ids):
            try:
                exercises.append(_from_source(path, root, course) if has_sources else _from_release(path, root))
            except CourseError as error:
                unreadable[path] = error
            except OSError as error:
                unreadable[path] = CourseError(Path(error.filename or path), f"cannot be read ({error.strerror})")
    broken: dict[str, CourseError] = {}
    for path, problem in unreadable.items():  # a copy beside the exercise whose id it bears must not take its place
        key = clean_id(path.parent.relative_to(top).as_posix())
        taken = key in broken or any(exercise.id == key for exercise in exercises)
        broken[path.relative_to(root).as_posix() if taken else key] = problem
    units: dict[str, Unit] = {}
    for unit in dict.fromkeys(exercise.unit for exercise in exercises):
        path = root / "solutions" / unit.replace("-", "_") / UNIT_FILE
        try:
            if path.is_file():
                units[unit] = _unit(path, course)
        except CourseError as error:
            broken |= {exercise.id: error for exercise in exercises if exercise.unit == unit}
            exercises = [exercise for exercise in exercises if exercise.unit != unit]
    tracks = list(course.tracks)  # the order of course.toml; a track without a title comes last
    exercises.sort(key=lambda e: (tracks.index(e.track) if e.track in tracks else len(tracks), e.id))
    by_id = {exercise.id: exercise for exercise in exercises}
    return course.model_copy(update={"root": root, "exercises": by_id, "units": units, "broken": broken})


def load_exercise(folder: Path, course: Course) -> Exercise:
    """Load and check the exercise whose sources lie in ``folder``; raises CourseError where a file of it is wrong."""
    return _from_source(folder.resolve() / EXERCISE_FILE, course.root, course)


def _wanted(folder: Path, ids: Sequence[str] | None) -> bool:
    return ids is None or any(stands_for(each, clean_id(folder.as_posix())) for each in ids)


def _from_source(path: Path, root: Path, course: Course) -> Exercise:
    document = read_toml(path)
    own = document.data.get("limits", {})
    if isinstance(own, dict):
        _fill(Limits, document, own, ("limits",))
        document.data["limits"] = {**course.limits, **own}
    document.data = {"gpu": course.gpu, "keras_backend": course.keras_backend, **document.data}
    exercise = with_sentences(_fill(Exercise, document), document)
    _check_languages(exercise, document, course.languages)
    folder = path.parent
    expected = folder.relative_to(root / "solutions").as_posix()
    _check_id(exercise, document, expected)
    exercise = _placed(exercise, root, folder)
    _check_names(exercise, document)
    check_mistakes(exercise, document, course.languages)
    _check_files(exercise, document)
    return with_other_forms(exercise)


def _unit(path: Path, course: Course) -> Unit:
    document = read_toml(path)
    unit = _fill(Unit, document)
    _check_languages(unit, document, course.languages)
    return unit


def _from_release(path: Path, root: Path) -> Exercise:
    exercise = _fill(Exercise, read_json(path))
    expected = path.parent.relative_to(root / "exercises").as_posix()
    if exercise.folder != expected:
        raise CourseError(path, f"{exercise.id!r} lies in {expected!r}; expected {exercise.folder!r}", key="id")
    return _placed(exercise, root, path.parent)


def _course_of_one(folder: Path) -> Course:
    document = read_json(folder / RELEASED_FILE)
    exercise = _placed(_fill(Exercise, document), folder, folder)
    exercise = exercise.model_copy(update={"release_dir": folder})
    written = [lang for lang in document.data["title"] if lang in LANGS]  # in the order of the course
    return Course(
        name=exercise.name,
        title=exercise.title,
        languages=written or list(LANGS),
        root=folder,
        exercises={exercise.id: exercise},
    )


def _check_languages(found: object, document: Document, languages: Sequence[Lang], at: KeyPath = ()) -> None:
    """See that every text is written in every language of the course."""
    if isinstance(found, Bilingual):
        for lang in languages:
            if lang not in found.model_fields_set:
                raise document.error((*at, lang), f"is missing; {COURSE_FILE} says languages = {list(languages)}")
    parts: list[tuple[str | int, object]] = []
    if isinstance(found, Model):
        parts = [(name, getattr(found, name)) for name in type(found).model_fields]
    elif isinstance(found, dict):
        parts = list(found.items())
    elif isinstance(found, list):
        parts = list(enumerate(found))
    for key, part in parts:
        _check_languages(part, document, languages, (*at, key))


def _placed(exercise: Exercise, root: Path, folder: Path) -> Exercise:
    places = {
        "source_dir": folder,
        "release_dir": root / "exercises" / exercise.folder,
        "card_path": root / "reference_models" / f"{exercise.folder}.json",
    }
    return exercise.model_copy(update=places)


def _check_id(exercise: Exercise, document: Document, expected: str) -> None:
    if not ID_PATTERN.fullmatch(exercise.id):
        raise document.error(
            ("id",),
            f"{exercise.id!r} is not an id; expected lower-case words with hyphens, such as 'homl/ch04/softmax-regression'",
        )
    if exercise.folder != expected:
        raise document.error(
            ("id",),
            f"{exercise.id!r} belongs into solutions/{exercise.folder}, found in solutions/{expected}; "
            "rename the folder or the id",
        )


def _check_names(exercise: Exercise, document: Document) -> None:
    """Names that must be unique, and names that must be Python's or a file's."""
    _unique(document, "mutant", [mutant.name for mutant in exercise.mutant])
    _unique(document, "data", [item.name for item in exercise.data])
    for index, name in enumerate(exercise.defines):
        if not _IDENTIFIER.fullmatch(name):
            raise document.error(("defines", index), f"{name!r} is not a Python name")
    for index, item in enumerate(exercise.data):
        if Path(item.name).is_absolute() or ".." in Path(item.name).parts:
            raise document.error(("data", index, "name"), f"{item.name!r} must be a plain name under data/")
        kept = exercise.source_dir / "data" / item.name
        if item.source == "file" and not kept.is_file():
            raise document.error(("data", index), f"there is no file {kept}; put it there, or name a dataset as source")


def _unique(document: Document, table: str, names: Sequence[str]) -> None:
    for index, name in enumerate(names):
        if name in names[:index]:
            raise document.error((table, index, "name"), f"{name!r} is used twice; rename one")


def _check_files(exercise: Exercise, document: Document) -> None:
    """The files beside ``exercise.toml``, and what the mutants say about them."""
    folder = exercise.source_dir
    solution = folder / "solution.py"
    if not solution.is_file():
        raise CourseError(solution, "there is no such file; write the worked solution here")
    if not (folder / VISIBLE).is_file():
        raise CourseError(folder / VISIBLE, "there is no such file; students need checks that they can run")
    find_checks(folder)
    others = {path.stem: path for path in sorted((folder / "alternates").glob("*.py"))}
    for index, mutant in enumerate(exercise.mutant):
        _check_form(document, ("mutant", index), mutant, mutant.name, solution, others)
        for place, form in enumerate(mutant.also):
            _check_form(document, ("mutant", index, "also", place), form, mutant.name, solution, others)


def _check_form(
    document: Document, at: KeyPath, form: Mutant | OtherForm, name: str, solution: Path, others: Mapping[str, Path]
) -> None:
    """See that what a mutant, or another form of it, replaces is there."""
    if not form.replace:
        raise document.error((*at, "replace"), f"mutant {name!r} replaces nothing")
    if form.alternate and form.alternate not in others:
        raise document.error(
            (*at, "alternate"),
            f"mutant {name!r}: there is no alternates/{form.alternate}.py; name one of "
            f"{', '.join(others) or 'none'}, or leave the key out to change solution.py",
        )
    text = _code(others[form.alternate] if form.alternate else solution)
    file = f"alternates/{form.alternate}.py" if form.alternate else solution.name
    for place, (old, new) in enumerate(form.replace):
        if old not in text:
            raise document.error(
                (*at, "replace", place),
                f"mutant {name!r}: {old!r} is not in {file}; copy the text exactly, without marker lines",
            )
        text = text.replace(old, new)


def _code(path: Path) -> str:
    """A solution's text without its markers."""
    try:
        return without_markers(path.read_text("utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(path, "is not UTF-8 text; save it as UTF-8", line=line) from error


def _fill(model: type[_M], document: Document, data: dict[str, Any] | None = None, at: KeyPath = ()) -> _M:
    """A model out of (a part of) a document; pydantic's complaints become a CourseError at the first one's line."""
    data = document.data if data is None else data
    if not at:
        for key in sorted(_SET_BY_LOADER & data.keys() & model.model_fields.keys()):
            raise document.error((key,), "unknown key; remove it")
    try:
        # As JSON would be read: a float stays out of an int, and text is not made a number.
        return model.model_validate(data)
    except ValidationError as error:
        problems = [_problem(model, entry) for entry in error.errors()]
        first, *others = problems
        message = first[1] + "".join(f"\n  also {document.place((*at, *path))}: {text}" for path, text in others[:5])
        raise document.error((*at, *first[0]), message) from error


def _problem(model: type[Model], entry: Any) -> tuple[KeyPath, str]:
    """Key path and sentence for one of pydantic's errors."""
    import difflib

    path: KeyPath = tuple(entry["loc"])
    if entry["type"] == "extra_forbidden":
        known = list(model.model_fields) if len(path) == 1 else [*Bilingual.model_fields]
        near = difflib.get_close_matches(str(path[-1]), known, 1)
        if path[-1] in _REMOVED:
            return path, f"is no key any more: {_REMOVED[str(path[-1])]}"
        return path, "unknown key" + (f"; did you mean {near[0]!r}?" if near else "; remove it")
    if entry["type"] == "missing":
        return path, "is missing"
    found = json.dumps(entry["input"], ensure_ascii=False, default=str)
    message = str(entry["msg"])
    return path, f"{message[0].lower()}{message[1:]}, found {found[:80]}"
