"""The mistakes that generated mutants make, each as a rule over one node of a syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

_Node = TypeVar("_Node", bound=ast.AST)

_SWAPPED_NAMES = {
    "mean": "sum", "sum": "mean", "max": "min", "min": "max", "argmax": "argmin", "argmin": "argmax", "std": "var",
    "var": "std", "fit_transform": "fit", "zeros": "ones", "ones": "zeros", "log2": "log", "log": "log2",
    "maximum": "minimum", "minimum": "maximum", "hstack": "vstack", "vstack": "hstack", "any": "all", "all": "any",
}  # fmt: skip
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Pow: ast.Mult,
}  # fmt: skip
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A mistake: the text from the beginning of ``first`` to the end of ``last`` becomes ``new``."""

    operator: str
    first: ast.expr | ast.stmt
    last: ast.expr | ast.stmt
    new: str


def changes(tree: ast.Module) -> Iterator[Change]:
    """Every mistake that the rules know for the nodes of a tree, in the order of a walk."""
    skipped = _not_run(tree)
    for node in ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.expr):
            for operator, new in _expressions(node):
                yield Change(operator, node, node, _text(new))
        elif isinstance(node, ast.stmt):
            yield from _statements(node)


def _text(node: ast.expr) -> str:
    """Source of an expression that may stand wherever one stood before."""
    text = ast.unparse(node)
    return f"({text})" if isinstance(node, ast.BinOp | ast.BoolOp | ast.Compare | ast.UnaryOp) else text


def _not_run(tree: ast.Module) -> set[ast.AST]:
    """Docstrings, annotations, imports and parts of f-strings: a mistake there is none."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        parts: list[ast.AST | None] = []
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = [
                *node.args.posonlyargs,
                *node.args.args,
                *node.args.kwonlyargs,
                node.args.vararg,
                node.args.kwarg,
            ]
            parts += [node.returns, *(each.annotation for each in arguments if each is not None)]
        elif isinstance(node, ast.AnnAssign):
            parts.append(node.annotation)
        elif isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Raise | ast.Assert) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            parts.append(node)
        for part in parts:
            if part is not None:
                found.update(ast.walk(part))
    return found


def _expressions(node: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.BinOp):
        yield from _terms(node)
    elif isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARISONS:
        new = _copy(node)
        new.ops[0] = _COMPARISONS[type(node.ops[0])]()
        yield "another comparison", new
    elif isinstance(node, ast.BoolOp):
        new_bool = _copy(node)
        new_bool.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and for or, or for and", new_bool
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield "drops a sign" if isinstance(node.op, ast.USub) else "drops a not", node.operand
    elif isinstance(node, ast.Constant):
        yield from _constants(node)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, ast.IfExp):
        yield "condition negated", ast.IfExp(node.test, node.orelse, node.body)
    elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load):
        yield from _slices(node)


def _terms(node: ast.BinOp) -> Iterator[tuple[str, ast.expr]]:
    other = _ARITHMETIC.get(type(node.op))
    if other is not None:
        new = _copy(node)
        new.op = other()
        yield "another operation", new
    if isinstance(node.op, ast.Add | ast.Sub):
        yield "drops an added term", node.left
        yield "drops an added term", node.right
    elif isinstance(node.op, ast.Mult | ast.Div):
        yield "drops a factor", node.left
    elif isinstance(node.op, ast.MatMult):
        yield "exchanges the factors", ast.BinOp(node.right, node.op, node.left)


def _constants(node: ast.Constant) -> Iterator[tuple[str, ast.expr]]:
    value = node.value
    if isinstance(value, bool):
        yield "True for False, False for True", ast.Constant(not value)
    elif isinstance(value, int | float):
        yield "a constant one too large", ast.Constant(value + 1)
        if value not in (0, 1):
            yield "a constant twice as large", ast.Constant(value * 2)
        if value > 0:
            yield "a constant one too small", ast.Constant(value - 1)


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    for place, keyword in enumerate(node.keywords):
        value = keyword.value
        if keyword.arg is None:
            continue
        if keyword.arg == "axis" and isinstance(value, ast.Constant) and value.value in (0, 1):
            swapped = _copy(node)
            swapped.keywords[place].value = ast.Constant(1 - value.value)
            yield "swaps axis 0 and 1", swapped
        dropped = _copy(node)
        del dropped.keywords[place]
        yield f"leaves out {keyword.arg}", dropped
    if len(node.args) >= 2 and not any(isinstance(each, ast.Starred) for each in node.args):
        exchanged = _copy(node)
        exchanged.args[0], exchanged.args[1] = exchanged.args[1], exchanged.args[0]
        yield "exchanges arguments", exchanged
    if isinstance(node.func, ast.Attribute) and node.func.attr in _SWAPPED_NAMES:
        renamed = _copy(node)
        assert isinstance(renamed.func, ast.Attribute)
        renamed.func.attr = _SWAPPED_NAMES[node.func.attr]
        yield f"{renamed.func.attr} for {node.func.attr}", renamed
        if node.func.attr in ("std", "var") and not any(each.arg == "ddof" for each in node.keywords):
            sample = _copy(node)
            sample.keywords.append(ast.keyword("ddof", ast.Constant(1)))
            yield "ddof 1 for 0", sample
    if isinstance(node.func, ast.Name) and node.func.id == "range" and len(node.args) == 1:
        shorter = _copy(node)
        shorter.args[0] = ast.BinOp(node.args[0], ast.Sub(), ast.Constant(1))
        yield "a range one too short", shorter


def _slices(node: ast.Subscript) -> Iterator[tuple[str, ast.expr]]:
    assert isinstance(node.slice, ast.Slice)
    if node.slice.upper is not None:
        new = _copy(node)
        assert isinstance(new.slice, ast.Slice)
        new.slice.upper = ast.BinOp(node.slice.upper, ast.Sub(), ast.Constant(1))
        yield "a slice one too short", new


def _statements(node: ast.stmt) -> Iterator[Change]:
    if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr):
        yield Change("leaves out a statement", node, node, "pass")
    if isinstance(node, ast.If | ast.While):
        yield Change("condition negated", node.test, node.test, f"(not ({ast.unparse(node.test)}))")
    if isinstance(node, ast.Return) and node.value is not None:
        yield Change("returns nothing", node, node, "return None")
    if isinstance(node, ast.For | ast.While) and len(node.body) > 0:
        last = node.body[-1]
        yield Change("stops after one round", last, last, f"{ast.unparse(last)}\nbreak")


def _copy(node: _Node) -> _Node:
    return copy.deepcopy(node)
