"""Reads an exercise's Python files, never importing them: which checks there are, and what of the grader they import."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path

from grader.errors import CourseError

VISIBLE, HIDDEN = "test_visible.py", "test_hidden.py"
FOR_AUTHORS = "grader.checks"
MARKS = ("points", "needs", "timeout")  # ours
_PYTEST_MARKS = ("parametrize", "usefixtures", "filterwarnings")


@dataclass(frozen=True)
class CheckPlace:
    """Where a check stands, and what it says of itself there."""

    name: str
    path: Path
    line: int
    docstring: str = ""

    @property
    def visible(self) -> bool:
        return self.path.name == VISIBLE


def find_checks(folder: Path) -> dict[str, CheckPlace]:
    """All checks of the exercise in ``folder``, by name, visible ones first.

    Raises
    ------
    CourseError
        A test file is not valid Python, a mark is unknown, or a name is used twice: the second check would hide the first.
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
        helpers = {name for node in tree.body for name in _no_test(node)}
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_") or node.name in helpers:
                continue
            if node.name in found:
                first = found[node.name]
                raise CourseError(
                    path,
                    f"check {node.name!r} exists already in {first.path.name}:{first.line}; names are unique within "
                    "an exercise, so rename one",
                    line=node.lineno,
                )
            _know_marks(path, node)
            found[node.name] = CheckPlace(node.name, path, node.lineno, ast.get_docstring(node) or "")
    return found


def _know_marks(path: Path, check: ast.FunctionDef) -> None:
    """Refuse marks that mean nothing here: pytest would take no notice of them."""
    for decorator in check.decorator_list:
        prefix, _, name = ast.unparse(decorator).partition("(")[0].rpartition(".")
        if prefix != "pytest.mark" or name in (*MARKS, *_PYTEST_MARKS):
            continue
        known = ", ".join((*MARKS, *_PYTEST_MARKS))
        remedy = "write it into the docstring, as hint: and hint-ko:" if name == "hint" else f"there are: {known}"
        raise CourseError(path, f"check {check.name!r}: unknown mark {name!r}; {remedy}", line=decorator.lineno)


def _no_test(node: ast.stmt) -> list[str]:
    """The name of a helper that a statement ``name.__test__ = False`` keeps from being a check."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Constant) or node.value.value:
        return []
    attributes = [target for target in node.targets if isinstance(target, ast.Attribute) and target.attr == "__test__"]
    return [each.value.id for each in attributes if isinstance(each.value, ast.Name)]


def inner_imports(folder: Path) -> list[str]:
    """Imports of the grader other than `FOR_AUTHORS` in the Python files of an exercise, below ``folder`` as well.

    Returns
    -------
    list of str
        For each: file, line, module, and what to write instead. A file that is not valid Python is left out; loading
        or running it says so.
    """
    found = []
    for path in sorted(folder.rglob("*.py")):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            continue
        imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        inner = sorted((node.lineno, name) for node in imports for name in _imported(node) if _is_inner(name))
        found += [
            f"{path}:{line}: imports {name}, an inner module of the grader, which may move; "
            f"write: from {FOR_AUTHORS} import ..."
            for line, name in inner
        ]
    return found


def _imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Modules that a statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if node.level or node.module is None:
        return []
    return [f"grader.{alias.name}" for alias in node.names] if node.module == "grader" else [node.module]


def _is_inner(module: str) -> bool:
    return module.partition(".")[0] == "grader" and module != FOR_AUTHORS
