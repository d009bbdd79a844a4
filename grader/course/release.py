"""Builds ``exercises/``, what students get, from ``solutions/``, and tells where the two differ.

What goes out is chosen by name here: starter, visible checks, public metadata, public data. Nothing else can leak.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.course.answers import ANSWERS_FILE, AnswersProvider, released_answers
from grader.course.check_discovery import VISIBLE
from grader.course.loader import RELEASED_FILE
from grader.course.models import Course, Exercise, Profile
from grader.course.pages import PAGE, build_pages
from grader.course.source import build_starter
from grader.errors import CourseError, GraderError
from grader.scratch import scratch_folder
from grader.vocabulary import LANGS, Lang

DataProvider = Callable[[Exercise, Profile, Path], object]
"""Writes an exercise's public files into a folder: ``grader.datasets.public.provide_data``."""

PUBLIC_FIELDS = ("id", "title", "form", "kind", "points", "minutes", "requires", "defines", "limits", "data")
PUBLIC_WHERE_SET = ("gpu", "keras_backend")


def release(
    course: Course,
    ids: Sequence[str] | None = None,
    lang: Lang | None = None,
    out: Path | None = None,
    *,
    provide_data: DataProvider | None = None,
    provide_answers: AnswersProvider | None = None,
) -> list[Path]:
    """Write what students get, and remove what no longer belongs there.

    What was released of an exercise that cannot be loaded stays as it is, and with it the pages that list exercises.

    Parameters
    ----------
    ids : sequence of str, optional
        Only these exercises; the pages that lead to them always list all.
    lang : {"en", "ko"}, optional
        Prompts in one language; all of the course by default.
    out : Path, optional
        A folder other than the course's ``exercises/``; in it, only folders of released exercises are cleared.
    provide_data : callable, optional
        Writes an exercise's public data; needed where exercises use generated datasets.
    provide_answers : callable, optional
        Asks the reference what visible checks ask; needed where that has changed since the last release.

    Returns
    -------
    list of Path
        Every file of the release, whether it changed or not.

    Raises
    ------
    CourseError
        A source is wrong.
    GraderError
        The course is a released copy, or data or answers are needed and no provider was given.
    """
    target = out if out is not None else course.root / "exercises"
    _must_have_sources(course)
    lang = _language(course, lang)
    chosen = list(course.exercises.values()) if ids is None else [course.exercise(each) for each in ids]
    written: list[Path] = []
    for exercise in chosen:
        folder = target / exercise.folder
        files = _files(exercise, lang, course.languages, provide_data)
        if (answers := released_answers(exercise, provide_answers)) is not None:
            files[ANSWERS_FILE] = answers
        for path in _present(folder):
            if path.relative_to(folder).as_posix() not in files:
                path.unlink()
        _drop_empty(folder)
        written += [_write(folder / name, content) for name, content in files.items()]
    pages = {} if course.broken else {target / name: content for name, content in build_pages(course, lang).items()}
    written += [_write(path, content) for path, content in pages.items()]
    if ids is None and out is None:
        kept = [target / exercise.folder for exercise in chosen]
        for path in _present(target):
            is_kept = any(path.is_relative_to(folder) for folder in kept) or _of_broken(path, target, course)
            if path not in pages and not is_kept:
                path.unlink()
        _drop_empty(target)
    return written


def release_pages(course: Course, lang: Lang | None = None) -> list[Path]:
    """Write only the pages that lead to exercises; see `release`.

    Raises
    ------
    CourseError
        An exercise cannot be loaded, and pages without it would be wrong.
    """
    _must_have_sources(course)
    for error in course.broken.values():
        raise error
    target = course.root / "exercises"
    lang = _language(course, lang)
    return [_write(target / name, content) for name, content in build_pages(course, lang).items()]


def check_release(
    course: Course,
    ids: Sequence[str] | None = None,
    *,
    lang: Lang | None = None,
    provide_data: DataProvider | None = None,
) -> list[str]:
    """Where ``exercises/`` is not what the sources build: one line per file, none when all is well.

    An exercise that cannot be loaded has a line, with what is wrong; neither its folder nor pages are then compared.

    Parameters
    ----------
    ids : sequence of str, optional
        Compare these exercises and the pages, and nothing else that lies there; all by default.
    """
    _must_have_sources(course)
    target = course.root / "exercises"
    lang = _language(course, lang)
    chosen = list(course.exercises.values()) if ids is None else [course.exercise(each) for each in ids]
    expected = {} if course.broken else build_pages(course, lang)
    differences = list(dict.fromkeys(str(error) for error in course.broken.values())) if ids is None else []
    for exercise in chosen:
        name = f"{exercise.folder}/{ANSWERS_FILE}"
        try:
            if (answers := released_answers(exercise, None)) is not None:
                expected[name] = answers
        except GraderError:
            there = (target / name).is_file()
            expected[name] = (target / name).read_bytes() if there else b""  # else it is missing, as any other file
            if there:
                differences.append(f"exercises/{name}: was made of other checks, another solution or other mutants")
        for name, content in _files(exercise, lang, course.languages, provide_data).items():
            expected[f"{exercise.folder}/{name}"] = content
    for name, content in expected.items():
        path = target / name
        if not path.is_file() or path.is_symlink():
            differences.append(f"exercises/{name}: missing")
        elif (found := path.read_bytes()) != content:
            differences.append(
                f"exercises/{name}: differs from its source from line {_first_difference(found, content)}"
            )
    for path in _present(target):
        name = path.relative_to(target).as_posix()
        is_meant = ids is None or any(path.is_relative_to(target / exercise.folder) for exercise in chosen)
        if is_meant and name not in expected and not _of_broken(path, target, course):
            differences.append(f"exercises/{name}: does not belong to any exercise")
    return sorted(differences)


def _language(course: Course, lang: Lang | None) -> Lang | None:
    """The one language of a release; None where it has several."""
    return course.language(lang) if lang is not None else course.only_language


def public_metadata(exercise: Exercise, lang: Lang | None = None, languages: Sequence[Lang] = LANGS) -> bytes:
    """``exercise.json``: what a student's own check needs to know, and nothing about answers.

    Parameters
    ----------
    lang : {"en", "ko"}, optional
        The title in one language; in all that it has by default.
    languages : sequence of {"en", "ko"}
        Of the course, in its order, which the title keeps.
    """
    fields = (*PUBLIC_FIELDS, *(name for name in PUBLIC_WHERE_SET if getattr(exercise, name)))
    data = exercise.model_dump(mode="json", include=set(fields))
    title = {key: data["title"][key] for key in dict.fromkeys((*languages, *LANGS))}
    data["title"] = {key: text for key, text in title.items() if text and lang in (None, key)} or title
    ordered = {key: data[key] for key in fields}
    return (json.dumps(ordered, ensure_ascii=False, indent=2) + "\n").encode()


def _files(
    exercise: Exercise, lang: Lang | None, languages: Sequence[Lang], provide_data: DataProvider | None
) -> dict[str, bytes]:
    """All files of one released exercise by relative path."""
    files = {
        exercise.name + exercise.suffix: build_starter(exercise, lang),
        VISIBLE: (exercise.source_dir / VISIBLE).read_bytes().replace(b"\r\n", b"\n"),
        RELEASED_FILE: public_metadata(exercise, lang, languages),
    }
    if not exercise.data:
        return files
    if provide_data is None:
        raise GraderError(f"{exercise.id}: has public data; pass provide_data=grader.datasets.public.provide_data")
    with scratch_folder("release") as place:
        provide_data(exercise, "small", place)
        for item in exercise.data:
            made = place / item.name
            if not made.is_file():
                raise CourseError(
                    exercise.source_dir / "exercise.toml",
                    f"dataset {item.source!r} makes no file {item.name!r}",
                    key="data",
                )
            files[f"data/{item.name}"] = made.read_bytes()
    return files


def _of_broken(path: Path, target: Path, course: Course) -> bool:
    """Whether a released file cannot be judged while exercises are broken: it is of one of them, or a page."""
    folders = [target / each.replace("-", "_") for each in course.broken]
    return any(path.is_relative_to(folder) for folder in folders) or (bool(folders) and path.name == PAGE)


def _must_have_sources(course: Course) -> None:
    if not (course.root / "solutions").is_dir():
        raise GraderError(f"{course.root}: has no solutions/; a release is built by those who have the sources")


def _write(path: Path, content: bytes) -> Path:
    """Write a file if it differs; a link in its place is replaced, not followed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        path.unlink()
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)
    return path


def _present(folder: Path) -> list[Path]:
    """Files under a folder, but not what tools keep there (hidden files, caches)."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.rglob("*")
        if (path.is_symlink() or not path.is_dir())
        and not any(part.startswith(".") or part == "__pycache__" for part in path.relative_to(folder).parts)
    )


def _drop_empty(folder: Path) -> None:
    """Remove folders that hold nothing any more, deepest first."""
    if not folder.is_dir():
        return
    for path in sorted((p for p in folder.rglob("*") if p.is_dir() and not p.is_symlink()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _first_difference(found: bytes, expected: bytes) -> int:
    pairs = zip(found.split(b"\n"), expected.split(b"\n"))
    same = next((number for number, (a, b) in enumerate(pairs, 1) if a != b), None)
    return same or min(found.count(b"\n"), expected.count(b"\n")) + 1
