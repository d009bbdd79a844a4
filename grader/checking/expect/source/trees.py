"""Syntax trees of cells, magics included, and the names under which a submission knows what it imports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

_FOREIGN = frozenset({"bash", "sh", "html", "markdown", "latex", "javascript", "js", "svg", "perl", "ruby", "script"})
_LINE_MAGIC = re.compile(r"^(\s*)%(?:time|timeit|prun|memit|mprun|lprun)\b\s*(?:-\S+\s+(?:\d+\s+)?)*(.*)$")


def aliases_of(trees: Iterable[tuple[int, ast.Module]]) -> Iterator[tuple[str, str]]:
    """Local names of what is imported, and of plain assignments of it: ``svd = np.linalg.svd``."""
    known: dict[str, str] = {}
    for _, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    known[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom) and not node.level:
                for alias in node.names:
                    known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    imported = dict(known)
    for _, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                parts, value = [], node.value
                while isinstance(value, ast.Attribute):
                    parts.append(value.attr)
                    value = value.value
                if isinstance(value, ast.Name) and value.id in imported and node.targets[0].id not in imported:
                    known[node.targets[0].id] = ".".join([imported[value.id], *reversed(parts)])
    yield from known.items()


def tree_of(text: str, parsed: ast.Module | None) -> ast.Module | None:
    """The tree of a cell, with code behind cell and line magics in it; lines keep their numbers."""
    first = text.lstrip().split("\n", 1)[0]
    if first.startswith("%%"):
        if re.split(r"\W", first[2:] + " ")[0] in _FOREIGN:
            return None
        text = text.replace(first, "", 1)
    elif parsed is not None and not re.search(r"^\s*[%!]", text, re.MULTILINE):
        return parsed
    lines = []
    for line in text.split("\n"):
        magic = _LINE_MAGIC.match(line)
        code = f"{magic[1]}{magic[2] or 'pass'}" if magic else line
        lines.append(re.sub(r"^(\s*)[%!?].*$", r"\1pass", code))
    indent = re.match(r"(?:[ \t]*\n)*([ \t]*)", "\n".join(lines))
    width = len(indent[1]) if indent else 0
    try:  # like IPython, which takes the first line's indentation off the whole cell
        return ast.parse("\n".join(line[width:] if line[:width].isspace() else line for line in lines))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return parsed
