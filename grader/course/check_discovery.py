"""Finds the checks in an exercise's test files by reading them, never by importing them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError

VISIBLE, HIDDEN = "test_visible.py", "test_hidden.py"


@dataclass(frozen=True)
class CheckPlace:
    """Where a check stands."""

    name: str
    path: Path
    line: int

    @property
    def visible(self) -> bool:
        return self.path.name == VISIBLE


def find_checks(folder: Path) -> dict[str, CheckPlace]:
    """All checks of the exercise in ``folder``, by name, visible ones first.

    Raises
    ------
    CourseError
        A test file is not valid Python, or a name is used twice: the second check would hide the first.
    """
    found: dict[str, CheckPlace] = {}
    for path in (folder / VISIBLE, folder / HIDDEN):
        if not path.is_file():
            continue
        try:
            tree = ast.parse(path.read_bytes(), filename=str(path))
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            raise CourseError(path, f"is not valid Python: {getattr(error, 'msg', error)}", line=line) from error
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
                continue
            if node.name in found:
                first = found[node.name]
                raise CourseError(
                    path,
                    f"check {node.name!r} exists already in {first.path.name}:{first.line}; names are unique within "
                    "an exercise, so rename one",
                    line=node.lineno,
                )
            found[node.name] = CheckPlace(node.name, path, node.lineno)
    return found
