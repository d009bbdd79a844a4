"""A submission's source as text and syntax tree. It is parsed, never imported."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

_MAGIC = re.compile(r"^\s*[%!?]|^[^#'\"\n]*\?\s*$")
_MAX_SOURCE = 4 << 20  # characters; the parser takes time and memory far beyond the text


@dataclass(frozen=True)
class SourceCell:
    """One code cell; ``number`` counts code cells from 1. ``tree`` is None where it is not Python."""

    number: int
    text: str
    tree: ast.Module | None


class Source:
    """What the student wrote.

    Parameters
    ----------
    main : bytes
        The notebook (nbformat 4 JSON) or the module (UTF-8).
    form : str
        ``"notebook"`` or ``"module"``.

    Attributes
    ----------
    form : str
    cells : list of SourceCell
        A module is one cell. A cell with a syntax error keeps its text and is missing from ``tree``.
    """

    def __init__(self, main: bytes, form: str) -> None:
        self.form = form
        texts = [main.decode("utf-8", "replace")] if form == "module" else list(_code_cells(main))
        self.cells = [SourceCell(i, text, parse_cell(text)) for i, text in enumerate(texts, start=1)]

    @property
    def text(self) -> str:
        """All code, cells apart by an empty line."""
        return "\n\n".join(cell.text for cell in self.cells)

    @cached_property
    def tree(self) -> ast.Module:
        """All code that parses, as one module."""
        body = [statement for cell in self.cells if cell.tree is not None for statement in cell.tree.body]
        return ast.Module(body=body, type_ignores=[])

    def calls(self) -> list[str]:
        """Dotted names of everything that is called, in order of appearance.

        ``np.mean``; ``.fit`` where the object is an expression of its own.
        """
        return [_dotted(node.func) for node in _walk(self.tree) if isinstance(node, ast.Call)]

    def imports(self) -> list[str]:
        """Dotted names of all that is imported: ``numpy``, ``sklearn.svm.SVC``."""
        found = []
        for node in _walk(self.tree):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                prefix = "." * node.level + (node.module or "")
                found += [f"{prefix}.{alias.name}".replace("..", ".") for alias in node.names]
        return found

    def names(self) -> set[str]:
        """Every name that is read or bound anywhere, attributes not counted."""
        read = {node.id for node in _walk(self.tree) if isinstance(node, ast.Name)}
        return read | {name for cell in self.cells for name in _bound(cell.tree)}

    def literals(self) -> list[Any]:
        """Every constant in the code: numbers, texts, True, None. Docstrings are left out."""
        skip = {id(node.value) for node in _walk(self.tree) if isinstance(node, ast.Expr)}
        return [node.value for node in _walk(self.tree) if isinstance(node, ast.Constant) and id(node) not in skip]

    def function(self, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | None:
        """The last definition of a function or class called `name`, methods as ``Class.method``."""
        scope: ast.AST = self.tree
        for part in name.split("."):
            found = [
                node
                for node in _walk(scope)
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == part
            ]
            if not found:
                return None
            scope = found[-1]
        assert isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        return scope

    def defined_in(self, name: str) -> int | None:
        """Number of the first code cell that binds `name`, or that mentions it but cannot be parsed; None for none."""
        for cell in self.cells:
            if name in _bound(cell.tree) or (cell.tree is None and re.search(rf"\b{re.escape(name)}\b", cell.text)):
                return cell.number
        return None


def _walk(root: ast.AST) -> Iterator[ast.AST]:
    """All nodes in order of appearance, an expression before its parts."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending += reversed(list(ast.iter_child_nodes(node)))


def _code_cells(main: bytes) -> Iterator[str]:
    try:
        notebook = json.loads(main.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            source = cell.get("source", "")
            yield "".join(map(str, source)) if isinstance(source, list) else str(source)


def parse_cell(text: str) -> ast.Module | None:
    """The syntax tree of one cell, its magics left out; None where it is not Python."""
    if len(text) > _MAX_SOURCE or text.lstrip().startswith("%%"):
        return None
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    plain = "\n".join("pass" if _MAGIC.match(line) else line for line in text.split("\n"))
    try:
        return ast.parse(plain)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _bound(tree: ast.Module | None) -> set[str]:
    """Names that a cell binds at its top level, in ``if``, ``for``, ``with`` and ``try`` as well."""
    found: set[str] = set()
    pending: list[ast.AST] = list(tree.body) if tree is not None else []
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
            continue
        if isinstance(node, ast.Lambda):
            continue
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        pending += ast.iter_child_nodes(node)
    return found


def _dotted(node: ast.AST) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id if isinstance(node, ast.Name) else "", *reversed(parts)])
