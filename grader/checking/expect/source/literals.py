"""Finds answers that stand in the code as literals, also as a sum, a negative number, or within a text."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Iterable
from typing import Any

import numpy as np

from grader.checking.expect.source.view import Use
from grader.checking.values import plain_array

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_MOST_NUMBERS = 200_000
_MOST_TEXT = 200_000


def number_literals(nodes: Iterable[Use]) -> list[tuple[float, Use]]:
    """All numbers that the code writes down, those in texts and small sums included, with their places."""
    found: list[tuple[float, Use]] = []
    for use in nodes:
        if len(found) > _MOST_NUMBERS:
            break
        node = use.node
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
            text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
            found += [(float(number), use) for number in _NUMBER.findall(text[:_MOST_TEXT])]
        elif isinstance(node, ast.Constant | ast.UnaryOp | ast.BinOp):
            value = folded(node)
            if value is not None:
                found.append((value, use))
    return found


def text_literals(nodes: Iterable[Use]) -> list[tuple[str, Use]]:
    """All texts of the code, normalised, docstrings left out."""
    uses = list(nodes)
    plain = {id(use.node.value) for use in uses if isinstance(use.node, ast.Expr)}
    return [
        (normal(use.node.value), use)
        for use in uses
        if isinstance(use.node, ast.Constant) and isinstance(use.node.value, str) and id(use.node) not in plain
    ]


def folded(node: ast.AST, depth: int = 0) -> float | None:
    """The value of an expression of numbers; None where it is none."""
    if depth > 8:
        return None
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            return None
        try:
            return float(node.value)
        except OverflowError:
            return None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = folded(node.operand, depth + 1)
        return None if value is None else -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        left, right = folded(node.left, depth + 1), folded(node.right, depth + 1)
        if left is None or right is None:
            return None
        return _computed(node.op, left, right)
    return None


def _computed(operator: ast.operator, left: float, right: float) -> float | None:
    try:
        if isinstance(operator, ast.Add):
            return left + right
        if isinstance(operator, ast.Sub):
            return left - right
        if isinstance(operator, ast.Mult):
            return left * right
        if isinstance(operator, ast.Div):
            return left / right
        if isinstance(operator, ast.Pow) and abs(right) <= 64:
            power = left**right
            return power if isinstance(power, float) else None
    except (ArithmeticError, ValueError):
        return None
    return None


def find_literal(value: Any, nodes: list[Use], rtol: float, share: float) -> Use | None:
    """Where an answer stands in the code: a number, a text, or at least `share` of the numbers of an array.

    Raises
    ------
    TypeError
        The answer is none of these.
    """
    if isinstance(value, str):
        wanted = normal(value)
        return next((use for text, use in text_literals(nodes) if wanted and wanted in text), None)
    array = plain_array(value)
    if array is None or array.dtype.kind not in "iuf" or not array.size:
        raise TypeError(f"expect.source(...).literal_free: {type(value).__name__} is neither number, text nor array")
    found = number_literals(nodes)
    wanted_numbers = np.unique(array.astype(float)[np.isfinite(array.astype(float))])
    if not found or not wanted_numbers.size:
        return None
    values = np.array([number for number, _ in found])
    hits: list[Use] = []
    for number in wanted_numbers:
        near = np.flatnonzero(np.abs(values - number) <= rtol * abs(number) + 1e-300)
        if near.size:
            hits.append(found[int(near[0])][1])
    needed = max(1, math.ceil(share * wanted_numbers.size - 1e-9))
    return hits[0] if len(hits) >= needed else None


def normal(text: str) -> str:
    """Without case and spaces."""
    return "".join(text.casefold().split())
