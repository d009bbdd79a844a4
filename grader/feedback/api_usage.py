"""What a student's code imports, calls and reads, with imported names resolved. Code is parsed, never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from grader.running.source import parse_cell


@dataclass(frozen=True)
class Call:
    """One call."""

    name: str  # "sklearn.cluster.KMeans"; empty where it is not an imported name
    method: str  # "fillna"; empty where it is a plain name
    keywords: frozenset[str]
    open_ended: bool  # *args or **kwargs hide what is given

    def fits(self, has: Sequence[str], lacks: Sequence[str]) -> bool:
        """Whether it has all these keywords and none of those."""
        return set(has) <= self.keywords and not set(lacks) & self.keywords


class ApiUsage:
    """Imports, calls and attributes of some cells.

    Parameters
    ----------
    cells : sequence of str
        Code whose uses are meant; what cannot be parsed is left out.
    imports_of : sequence of str
        Code whose imports hold in them. A name that is also bound in another way means nothing.
    """

    def __init__(self, cells: Sequence[str], imports_of: Sequence[str]) -> None:
        self._names = _imported_names(tuple(imports_of))
        self.imports: list[str] = []
        self.calls: list[Call] = []
        self.attributes: list[str] = []
        for cell in cells:
            for node in _nodes(cell):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    self.imports += _targets(node).values()
                elif isinstance(node, ast.Call):
                    self.calls.append(self._call(node))
                elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                    self.attributes.append(self._resolved(node) or f".{node.attr}")

    def _call(self, node: ast.Call) -> Call:
        function = node.func
        return Call(
            name=self._resolved(function),
            method=function.attr if isinstance(function, ast.Attribute) else "",
            keywords=frozenset(keyword.arg for keyword in node.keywords if keyword.arg is not None),
            open_ended=any(k.arg is None for k in node.keywords) or any(isinstance(a, ast.Starred) for a in node.args),
        )

    def _resolved(self, node: ast.AST) -> str:
        """The dotted name that an expression stands for, by the imports; empty where it is none."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self._names:
            return ""
        return _same_library(".".join([self._names[node.id], *reversed(parts)]))


@lru_cache(maxsize=2)  # asked for each cell of a notebook with all its cells
def _imported_names(cells: tuple[str, ...]) -> dict[str, str]:
    """Name in the code -> dotted name that was imported under it."""
    found: dict[str, str] = {}
    bound: set[str] = set()
    for cell in cells:
        for node in _nodes(cell):
            if isinstance(node, ast.Import | ast.ImportFrom):
                found.update(_targets(node))
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                bound.add(node.name)
            elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                bound.add(node.id)
            elif isinstance(node, ast.arg):
                bound.add(node.arg)
    return {name: target for name, target in found.items() if name not in bound}


def _targets(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    if isinstance(node, ast.Import):
        return {
            alias.asname or alias.name.partition(".")[0]: alias.name if alias.asname else alias.name.partition(".")[0]
            for alias in node.names
        }
    module = node.module or ""
    return {alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names if not node.level}


def _same_library(name: str) -> str:
    """Keras has two names: the one that comes with TensorFlow is the same library."""
    return name.removeprefix("tensorflow.") if name.startswith("tensorflow.keras") else name


def _nodes(cell: str) -> Iterator[ast.AST]:
    tree = parse_cell(cell)
    pending: list[ast.AST] = [tree] if tree is not None else []
    while pending:  # no recursion: how deep it is nested is the student's choice
        node = pending.pop()
        yield node
        pending += ast.iter_child_nodes(node)
