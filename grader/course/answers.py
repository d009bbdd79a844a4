"""``answers.json``: what the questions of visible checks are answered with, for students who have no reference to ask.

Making it runs the reference, so a release makes it only where the sources that it was made of have changed.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from grader.course.check_discovery import VISIBLE
from grader.course.models import Exercise
from grader.course.source import alternates, build_reference
from grader.errors import GraderError

ANSWERS_FILE = "answers.json"
AnswersProvider = Callable[[Exercise], Mapping[str, Any]]
"""Asks the reference and the known mistakes: ``grader.references.visible_answers``."""


def puts_questions(exercise: Exercise) -> bool:
    """Whether a visible check calls ``expect.agree``."""
    try:
        tree = ast.parse((exercise.source_dir / VISIBLE).read_bytes())
    except (OSError, SyntaxError, ValueError):
        return False  # loading says so
    return any(isinstance(node, ast.Attribute) and node.attr == "agree" for node in ast.walk(tree))


def released_answers(exercise: Exercise, provide: AnswersProvider | None) -> bytes | None:
    """The content of ``answers.json``: that which lies there while it belongs to the sources, else made anew.

    Returns
    -------
    bytes or None
        None where no visible check puts a question.

    Raises
    ------
    GraderError
        It must be made, and there is nobody to do so.
    """
    if not puts_questions(exercise):
        return None
    made_of = _digest(exercise)
    path = exercise.release_dir / ANSWERS_FILE
    try:
        content = path.read_bytes()
        if json.loads(content)["made_of"] == made_of:
            return content
    except (OSError, ValueError, KeyError, TypeError):
        pass
    if provide is None:
        raise GraderError(f"{path}: does not belong to the visible checks, the solution and the mutants as they are")
    document = {"made_of": made_of, **provide(exercise)}
    return (json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def _digest(exercise: Exercise) -> str:
    """Of all that answers depend on."""
    digest = hashlib.sha256()
    parts: list[object] = [exercise.id, build_reference(exercise), exercise.requires, exercise.keras_backend]
    parts += [path.read_bytes() for path in sorted(exercise.source_dir.glob("*.py")) if path.name != "test_hidden.py"]
    parts += [build_reference(exercise, alternate=name) for name in alternates(exercise)]
    parts += [
        (mutant.name, mutant.replace, mutant.alternate, mutant.told.model_dump(), mutant.costs)
        for mutant in exercise.mutant
        if mutant.told is not None
    ]
    for part in parts:
        digest.update(hashlib.sha256(repr(part).encode()).digest())
    return digest.hexdigest()
