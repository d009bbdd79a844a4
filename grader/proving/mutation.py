"""Small mistakes made by rule in the code that students write: those that no check notices are shown to the author."""

from __future__ import annotations

import ast
import difflib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from grader.course.models import Exercise
from grader.course.regions import BEGIN, END, without_markers
from grader.course.source import build_changed, read_source
from grader.proving.operators import Change, changes


@dataclass(frozen=True)
class Mutation:
    """One generated mutant.

    Attributes
    ----------
    name : str
        The same as long as the line, the operator and what it makes of the line are the same.
    operator : str
        What was done: "swaps axis 0 and 1".
    line : int
        In the exercise's ``solution.py``, from 1.
    was, now : str
        The changed lines, without the indentation that they share.
    cell : int
        Place of the cell in the source.
    text : str
        The whole cell, changed.
    """

    name: str
    operator: str
    line: int
    was: str
    now: str
    cell: int
    text: str


def mutations(exercise: Exercise, most: int | None = None) -> list[Mutation]:
    """The mutants of an exercise's solution regions, those declared harmless left out.

    Parameters
    ----------
    most : int, optional
        How many: which ones is decided by their digests, so that it is the same in every run and on every machine.
    """
    harmless = {(rule.was.strip(), rule.now.strip()) for rule in exercise.harmless}
    found: dict[str, Mutation] = {}
    for mutation in _all(exercise):
        if (mutation.was, mutation.now) not in harmless:
            found.setdefault(mutation.name, mutation)
    chosen = sorted(found.values(), key=lambda each: each.name)
    if most is not None:
        chosen = chosen[:most]
    return sorted(chosen, key=lambda each: (each.line, each.name))


def build_mutation(exercise: Exercise, name: str) -> bytes:
    """The submission of one generated mutant; an unknown name is a ``KeyError``."""
    mutation = {each.name: each for each in _all(exercise)}[name]
    return build_changed(exercise, {mutation.cell: mutation.text})


def _all(exercise: Exercise) -> Iterator[Mutation]:
    source = read_source(exercise)
    for place, cell in enumerate(source.cells):
        if cell.kind != "code":
            continue
        text = without_markers(cell.text)
        numbers = _written_by_students(cell.text)
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue  # a cell with magics is the kernel's language
        for change in changes(tree):
            span = range(change.first.lineno, (change.last.end_lineno or change.last.lineno) + 1)
            if not all(number in numbers for number in span):
                continue
            changed = _applied(text, change)
            if changed is None:
                continue
            was, now = _difference(text, changed)
            digest = hashlib.sha256(repr((change.operator, was, now)).encode()).hexdigest()[:10]
            line = cell.line + numbers[change.first.lineno]
            yield Mutation(digest, change.operator, line, was, now, place, changed)


def _written_by_students(marked: str) -> dict[int, int]:
    """Lines of a cell without markers that lie in a region, from 1, with their distance from the cell's first line."""
    found: dict[int, int] = {}
    inside, number, started = False, 0, False
    for place, line in enumerate(marked.split("\n")):
        stripped = line.strip()
        if stripped in (BEGIN, END):
            inside = stripped == BEGIN
        elif without_markers(line) or not stripped:
            started = started or bool(stripped)  # `without_markers` takes blank lines off the top
            number += started
            if inside and started:
                found[number] = place
    return found


def _applied(text: str, change: Change) -> str | None:
    """The text with one node exchanged, everything else as it was; None where that does not parse or says the same."""
    lines = text.encode().split(b"\n")
    first, last = change.first, change.last
    end_line, end = last.end_lineno or last.lineno, last.end_col_offset or 0
    new = change.new.encode()
    if isinstance(first, ast.stmt):
        new = new.replace(b"\n", b"\n" + b" " * first.col_offset)
    middle = lines[first.lineno - 1][: first.col_offset] + new + lines[end_line - 1][end:]
    changed = b"\n".join([*lines[: first.lineno - 1], middle, *lines[end_line:]]).decode()
    try:
        same = ast.dump(ast.parse(changed)) == ast.dump(ast.parse(text))
    except SyntaxError:
        return None
    return None if same else changed


def _difference(before: str, after: str) -> tuple[str, str]:
    """The lines that differ, before and after."""
    old, new = before.split("\n"), after.split("\n")
    was: list[str] = []
    now: list[str] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            was += old[a:b]
            now += new[c:d]
    return "\n".join(was).strip(), "\n".join(now).strip()
