"""Code of a module that runs only when its file is started by itself, and never when the grader imports it."""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Collection

from grader.running.source import Source

_STARTED = "__name__ == '__main__'"
_LINE_END = re.compile(r"\r\n|\r|\n")  # as Python's parser counts lines, which str.splitlines does not
_HANDS_OVER = frozenset({"globals", "locals", "vars", "exec", "eval", "setattr", "__import__"})


def on_import(source: Source, defines: Collection[str]) -> Source:
    """A module without its block ``if __name__ == "__main__":``; lines keep their numbers.

    A block stays where the rest of the module may take something out of it: a name that it binds and the rest reads, one
    of `defines`, or anything that could hand something over unnamed. Notebooks are left as they are: there it runs.

    Parameters
    ----------
    source : Source
    defines : collection of str
        Names that the grader asks for.
    """
    if source.form != "module":
        return source
    lines: list[str] = _LINE_END.split(source.text)
    bound: set[str] = set()
    rest: list[ast.stmt] = []
    try:
        for node in source.tree.body:
            block = isinstance(node, ast.If) and ast.unparse(node.test) == _STARTED and not node.orelse
            if any(map(_hands_over if block else _renames, ast.walk(node))):
                return source
            if not block:
                rest.append(node)
                continue
            inside = symtable.symtable(ast.unparse(node), "", "exec").get_symbols()
            bound |= {symbol.get_name() for symbol in inside if symbol.is_assigned() or symbol.is_imported()}
            end = node.end_lineno or node.lineno
            lines[node.lineno - 1 : end] = [""] * (end - node.lineno + 1)
        text = "\n".join(lines)
        # if lines were ever counted in another way, something else would have been left out
        same = ast.dump(ast.parse(text)) == ast.dump(ast.Module(rest, []))
        read = _read_globally(symtable.symtable(text, "", "exec"))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    return Source(text.encode(), "module") if same and not bound & (read | set(defines)) else source


def _hands_over(node: ast.AST) -> bool:
    """Whether this part of the code can give something to the rest without naming it."""
    if isinstance(node, ast.Name):
        return node.id in _HANDS_OVER
    return isinstance(node, ast.Attribute) and (isinstance(node.ctx, ast.Store) or node.attr == "__dict__")


def _renames(node: ast.AST) -> bool:
    """Whether this part of the code can make the module be called ``__main__``, so that the block runs after all."""
    if isinstance(node, ast.Name):
        return node.id in _HANDS_OVER or (node.id == "__name__" and isinstance(node.ctx, ast.Store))
    return isinstance(node, ast.Attribute) and node.attr in ("__dict__", "__name__") and isinstance(node.ctx, ast.Store)


def _read_globally(table: symtable.SymbolTable) -> set[str]:
    """Names of the module that its code refers to, at the top level and in functions."""
    names = {symbol.get_name() for symbol in table.get_symbols() if symbol.is_global() and symbol.is_referenced()}
    return names.union(*map(_read_globally, table.get_children()))
