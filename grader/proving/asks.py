"""Whether checks rest on what students read: the piece of the prompt that a check quotes must stand in the starter."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from grader.checking.docstrings import read_docstring
from grader.course.check_discovery import find_checks
from grader.course.models import Exercise
from grader.course.source import build_starter
from grader.vocabulary import LANGS, Lang, Text

_LANGUAGE: dict[Lang, str] = {"en": "English", "ko": "Korean"}
_ENTRY: dict[Lang, str] = {"en": "asks", "ko": "asks-ko"}
_HEADER = re.compile(r"^# ?%%.*$", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*#[ \t]?", re.MULTILINE)


def unasked(exercise: Exercise, languages: Sequence[Lang]) -> list[str]:
    """Where checks quote what no prompt says; of an exercise with mutants, also where they quote nothing.

    Nothing is imported or run: docstrings are read from the source, a parametrised check's once.

    Returns
    -------
    list of str
        For each: file, line, check, and what to do.

    Raises
    ------
    CourseError
        A starter cannot be built.
    """
    prompts: dict[Lang, str] = {}
    found = []
    for check in find_checks(exercise.source_dir).values():
        asks = read_docstring(check.docstring).asks
        if asks is None and not exercise.mutant:
            continue
        for lang in (lang for lang in LANGS if lang in languages):
            if lang not in prompts:
                prompts[lang] = read_by_students(exercise, lang)
            said = _problem(asks, lang, prompts[lang])
            if said:
                found.append(f"{check.path}:{check.line}: check {check.name!r}: {said}")
    return found


def _problem(asks: Text | None, lang: Lang, prompt: str) -> str:
    """What is wrong with a quotation in one language; empty where nothing is."""
    quoted = "" if asks is None else asks.ko if lang == "ko" else asks.en
    entry, language = _ENTRY[lang], _LANGUAGE[lang]
    if not quoted:
        return f"{entry}: is missing; quote the piece of the {language} prompt that the check rests on"
    if _plain(quoted) not in prompt:
        return f"{entry}: “{quoted}” is not in the {language} prompt; quote the prompt"
    return ""


def read_by_students(exercise: Exercise, lang: Lang) -> str:
    """The text of the starter in one language: prompts, comments, docstrings and given code, each space a single one.

    Raises
    ------
    CourseError
        The starter cannot be built.
    """
    return _plain("\n".join(_texts(exercise, build_starter(exercise, lang).decode())))


def _texts(exercise: Exercise, starter: str) -> Iterator[str]:
    if exercise.form == "module":
        yield _COMMENT.sub("", _HEADER.sub("", starter))
        return
    for cell in json.loads(starter)["cells"]:
        text = "".join(cell["source"])
        yield text if cell["cell_type"] == "markdown" else _COMMENT.sub("", text)


def _plain(text: str) -> str:
    return " ".join(text.split())
