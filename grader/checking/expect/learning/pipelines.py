"""Compares the structure of a pipeline, as a submission's process tells it, with the structure that a check wants."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.checking.values import tell
from grader.running.text import plain_text
from grader.vocabulary import Text

NO_STRUCTURE = Text("A pipeline is wanted here.", "여기에는 파이프라인이 필요해요.")
OTHER_TYPE = Text(
    "{place} should be {wanted}[[, but it is {found}]].", "{place}은(는) {wanted}이어야 해요[[. 지금은 {found}이에요]]."
)
NOT_STEPS = Text(
    "{place} should be a pipeline of several steps[[, but it is {found}]].",
    "{place}은(는) 여러 단계로 된 파이프라인이어야 해요[[. 지금은 {found}이에요]].",
)
STEPS = Text(
    "{place} does not have the right steps: some are missing, superfluous or in another order[[. They are {found}]].",
    "{place}에 빠졌거나 필요 없거나 순서가 다른 단계가 있어요[[. 지금은 {found}이에요]].",
)
NOT_BRANCHES = Text(
    "{place} should be a ColumnTransformer[[, but it is {found}]].",
    "{place}은(는) ColumnTransformer여야 해요[[. 지금은 {found}이에요]].",
)
NO_BRANCH = Text(
    "{place} has no branch for exactly these columns: {columns}.",
    "{place}에 다음 열만 다루는 갈래가 없어요: {columns}",
)
MORE_BRANCHES = Text("{place} has branches that do not belong there.", "{place}에 없어야 할 갈래가 있어요.")
OTHER_NAME = Text('{place} should be called "{wanted}".', '{place}의 이름은 "{wanted}"이어야 해요.')
WHOLE = Text("The estimator", "추정기")
_CLASS = re.compile(r"([\w.]+)(?:\((\w+)\))?")
_MOST_PARTS = 200


@dataclass(frozen=True)
class Node:
    """One estimator: its class names, the function of a FunctionTransformer, and its parts (name, columns, node)."""

    types: tuple[str, ...]
    function: str = ""
    parts: tuple[tuple[str, tuple[str, ...] | None, Node], ...] = ()

    @property
    def name(self) -> str:
        """The class name as a student wrote it."""
        return f"{self.types[0]}({self.function})" if self.function else self.types[0]


@dataclass(frozen=True)
class Problem:
    """The first difference, and where it is."""

    place: str
    text: Text


def read_node(data: Any, depth: int = 0) -> Node:
    """A node out of hostile data; what is not one becomes a node without parts and with the type ``?``."""
    if not isinstance(data, dict) or depth > 16:
        return Node(("?",))
    types, parts = data.get("types"), data.get("parts")
    names = tuple(plain_text(name, 100) for name in types if isinstance(name, str)) if isinstance(types, list) else ()
    function = data.get("function")
    return Node(
        names or ("?",),
        plain_text(function, 100) if isinstance(function, str) else "",
        tuple(_read_part(part, depth) for part in parts[:_MOST_PARTS]) if isinstance(parts, list) else (),
    )


def _read_part(part: Any, depth: int) -> tuple[str, tuple[str, ...] | None, Node]:
    if not isinstance(part, list) or len(part) != 3:
        return "", None, Node(("?",))
    name, columns, node = part
    read = tuple(plain_text(str(c), 100) for c in columns) if _are_columns(columns) else None
    return plain_text(name, 100) if isinstance(name, str) else "", read, read_node(node, depth + 1)


def _are_columns(columns: Any) -> bool:
    return isinstance(columns, list) and all(type(c) in (str, int) for c in columns)


def compare(node: Node, wanted: Any, place: Text = WHOLE, name: str = "") -> Problem | None:
    """The first difference between a node and a specification; see ``expect.pipeline`` for its forms.

    Raises
    ------
    TypeError
        The specification has no such form.
    """
    if isinstance(wanted, str):
        return None if _is_class(node, wanted) else _problem(place, OTHER_TYPE, wanted=f"`{wanted}`", found=_told(node))
    if isinstance(wanted, set | frozenset):
        if any(compare(node, choice, place, name) is None for choice in wanted):
            return None
        told = " / ".join(f"`{choice}`" for choice in sorted(map(str, wanted)))
        return _problem(place, OTHER_TYPE, wanted=told, found=_told(node))
    if isinstance(wanted, tuple) and len(wanted) == 2 and isinstance(wanted[0], str):
        if name != wanted[0]:
            return _problem(place, OTHER_NAME, wanted=wanted[0])
        return compare(node, wanted[1], place, name)
    if isinstance(wanted, Mapping):
        return _compare_branches(node, wanted, place)
    if isinstance(wanted, list):
        return _compare_steps(node, wanted, place)
    raise TypeError(f"expect.pipeline: {wanted!r} is no specification of a step")


def _is_class(node: Node, wanted: str) -> bool:
    match = _CLASS.fullmatch(wanted)
    if match is None:
        raise TypeError(f"expect.pipeline: {wanted!r} is no class name")
    return match[1].rpartition(".")[2] in node.types and (match[2] is None or match[2] == node.function)


def _compare_steps(node: Node, wanted: Sequence[Any], place: Text) -> Problem | None:
    steps = [(part, name) for name, columns, part in node.parts if columns is None]
    if not steps or len(steps) != len(node.parts):
        return _problem(place, NOT_STEPS, found=_told(node))
    aligned = _align(steps, wanted)
    if aligned is None:
        return _problem(place, STEPS, found=_told_steps(steps))
    problems = []
    for position, spec in aligned:
        part, name = steps[position]
        problem = compare(part, spec, _inside(place, Text(f"step {position + 1}", f"{position + 1}번째 단계")), name)
        if problem is not None:
            problems.append(problem)
    if len(problems) > 1:  # another order rather than another step
        return _problem(place, STEPS, found=_told_steps(steps))
    return problems[0] if problems else None


def _align(steps: Sequence[tuple[Node, str]], wanted: Sequence[Any]) -> list[tuple[int, Any]] | None:
    """Positions of the steps beside their specifications; ``...`` takes any number. None where the lengths differ."""
    if ... not in wanted:
        return list(enumerate(wanted)) if len(steps) == len(wanted) else None
    gap = list(wanted).index(...)
    before, after = list(wanted[:gap]), list(wanted[gap + 1 :])
    if ... in after:
        for start in range(len(before), len(steps) + 1):
            rest = _align(steps[start:], after)
            if rest is not None and all(
                compare(steps[start + i][0], spec, WHOLE, steps[start + i][1]) is None for i, spec in rest
            ):
                return [*enumerate(before), *((start + i, spec) for i, spec in rest)]
        return None
    if len(steps) < len(before) + len(after):
        return None
    start = len(steps) - len(after)
    return [*enumerate(before), *((start + i, spec) for i, spec in enumerate(after))]


def _compare_branches(node: Node, wanted: Mapping[Any, Any], place: Text) -> Problem | None:
    branches = [(name, columns, part) for name, columns, part in node.parts if columns is not None]
    if not branches:
        return _problem(place, NOT_BRANCHES, found=_told(node))
    left = list(branches)
    for columns, spec in wanted.items():
        if columns is ...:
            continue
        if columns == "remainder":
            rest = next((part for name, chosen, part in node.parts if name == "remainder" and chosen is None), None)
            problem = compare(
                rest or Node(("drop",)), spec, _inside(place, Text("the remainder", "나머지 열(remainder)"))
            )
            if problem is not None:
                return problem
            continue
        names = [str(c) for c in columns] if isinstance(columns, tuple | list) else [str(columns)]
        branch = next((b for b in left if sorted(b[1]) == sorted(names)), None)
        if branch is None:
            return _problem(place, NO_BRANCH, columns=", ".join(names))
        left.remove(branch)
        here = Text(f"the branch of {', '.join(names)}", f"{', '.join(names)} 열의 갈래")
        problem = compare(branch[2], spec, _inside(place, here), branch[0])
        if problem is not None:
            return problem
    return _problem(place, MORE_BRANCHES) if left and ... not in wanted else None


def _inside(place: Text, part: Text) -> Text:
    if place is WHOLE:
        return Text(part.en[:1].upper() + part.en[1:], part.ko)
    return Text(f"{place.en}, {part.en[:1].lower()}{part.en[1:]}", f"{place.ko}의 {part.ko}")


def _told(node: Node) -> str:
    return f"`{plain_text(node.name, 200)}`"


def _told_steps(steps: Sequence[tuple[Node, str]]) -> str:
    return " → ".join(_told(part) for part, _ in steps[:20])


def _problem(place: Text, text: Text, **values: str) -> Problem:
    return Problem(place.en, tell(text, place=place, **values))
