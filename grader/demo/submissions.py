"""Broken and unfinished submissions, made from an exercise's own source, for the demo class."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from grader.course.models import Exercise
from grader.vocabulary import Outcome


@dataclass(frozen=True)
class Work:
    """One thing to hand in, with what must come of it (see `grader.demo.Expected`)."""

    name: str
    content: bytes
    outcomes: tuple[Outcome, ...]
    failing: frozenset[str] | None = None
    run: Outcome | None = None


def half_finished(exercise: Exercise) -> bytes | None:
    """The reference with the second half of its solution regions still stubs; None where there is only one region."""
    from grader.course.notebooks import module_bytes, notebook_bytes
    from grader.course.regions import BEGIN, END, STUB, starter_lines
    from grader.course.source import read_source

    source = read_source(exercise)
    cells = [(place, cell) for place, cell in enumerate(source.cells) if cell.released]
    total = sum(line.strip() == BEGIN for _, cell in cells if cell.kind == "code" for line in cell.text.split("\n"))
    if total < 2:
        return None
    keep, seen = total // 2, 0
    plain = []
    for place, cell in cells:
        text = cell.text
        if cell.kind == "code":
            lines = []
            for line in text.split("\n"):
                stripped = line.strip()
                seen += stripped == BEGIN
                if seen <= keep and (stripped in (BEGIN, END) or stripped.startswith(STUB)):
                    continue
                lines.append(line)
            text = starter_lines("\n".join(lines), source.path, cell.line, None, exercise.defines)
        if text.strip():
            plain.append((place, cell.kind, text, cell.lang, cell.tags))
    return notebook_bytes(plain) if exercise.form == "notebook" else module_bytes(plain)


def syntax_error(exercise: Exercise) -> Work:
    """A cell that Python cannot read; what depends on it is lost, the rest of the notebook runs."""
    content = _with_cell(exercise, "def answer(:\n    return 42\n")
    return Work("syntax error in a cell", content, (Outcome.ERROR, Outcome.PARTIAL), run=Outcome.ERROR)


def endless_loop(exercise: Exercise) -> Work:
    """A cell that never ends."""
    content = _with_cell(exercise, "while True:\n    pass\n")
    return Work("loops for ever", content, (Outcome.TIMEOUT, Outcome.PARTIAL), run=Outcome.TIMEOUT)


def ended_kernel(exercise: Exercise) -> Work:
    """A cell that ends the Python process."""
    return Work(
        "ends the kernel", _with_cell(exercise, "import os\n\nos._exit(0)\n"), (Outcome.ERROR,), run=Outcome.ERROR
    )


def not_json(exercise: Exercise) -> Work:
    """A notebook file that was cut off while it was saved."""
    from grader.course import build_reference

    return Work("not JSON", build_reference(exercise)[:200], (Outcome.INVALID,), frozenset())


# Student -> what that student hands in.
BROKEN: Mapping[str, Callable[[Exercise], Work]] = {
    "syntax-error": syntax_error,
    "endless-loop": endless_loop,
    "kernel-exit": ended_kernel,
    "not-json": not_json,
}


def _with_cell(exercise: Exercise, code: str) -> bytes:
    """The reference notebook with its first cell that defines something asked for replaced by ``code``."""
    from grader.course import build_reference

    notebook: dict[str, Any] = json.loads(build_reference(exercise))
    codes = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    hit = next((cell for cell in codes if _defined(cell) & set(exercise.defines)), codes[0])
    hit["source"] = code.splitlines(keepends=True)
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _defined(cell: dict[str, Any]) -> set[str]:
    """Names that a cell binds at its top level."""
    try:
        tree = ast.parse("".join(cell["source"]))
    except SyntaxError:  # magics
        return set()
    names: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        names |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return names
