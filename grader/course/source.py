"""Reads an exercise's ``solution.py`` (percent format) and builds from it the reference and what a student gets.

The solution is the single source: nothing here knows an answer that does not stand in that file, and what stands
between ``# SOLUTION`` and ``# END SOLUTION`` never reaches a starter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from grader.course.models import Exercise, Mutant
from grader.course.notebooks import module_bytes, notebook_bytes
from grader.course.regions import check_markers, starter_lines, without_markers
from grader.errors import CourseError
from grader.vocabulary import LANGS, Lang

CellKind = Literal["markdown", "code"]
SOLUTION_ONLY = "solution-only"  # tag of a code cell that is left out of the release

_HEADER = re.compile(r"^# ?%%(?P<rest>\s.*|)$")


@dataclass(frozen=True)
class Cell:
    """One cell of a source, markers still in it.

    Attributes
    ----------
    kind : "markdown" or "code"
    text : str
        Without a final newline; Markdown without its comment signs.
    lang : "en", "ko" or None
        Language of a Markdown cell; None stands in every release.
    tags : tuple of str
    line : int
        Line of its first line of text in the file, from 1.
    """

    kind: CellKind
    text: str
    lang: Lang | None = None
    tags: tuple[str, ...] = ()
    line: int = 1

    @property
    def released(self) -> bool:
        """Whether a student gets this cell in any form."""
        return SOLUTION_ONLY not in self.tags


@dataclass(frozen=True)
class Source:
    """A parsed ``solution.py`` or alternate."""

    path: Path
    cells: tuple[Cell, ...]

    @property
    def code(self) -> str:
        """The reference's code alone, cell by cell, markers removed."""
        return "\n\n".join(without_markers(cell.text) for cell in self.cells if cell.kind == "code")


def read_source(exercise: Exercise, alternate: str | None = None) -> Source:
    """Parse ``solution.py`` of an exercise, or one of its alternates (by file stem).

    Raises
    ------
    CourseError
        The file is missing, not UTF-8 or has no code; a marker is unbalanced; a Markdown cell names an unknown
        language. The error names file and line.
    """
    path = exercise.source_dir / "solution.py" if alternate is None else _alternate_path(exercise, alternate)
    return parse_source(_read(path), path, exercise.form)


def alternates(exercise: Exercise) -> list[str]:
    """Names (file stems) of the other right solutions, sorted."""
    return sorted(path.stem for path in (exercise.source_dir / "alternates").glob("*.py"))


@lru_cache(maxsize=32)  # the reference is built anew for each submission
def parse_source(text: str, path: Path, form: str = "notebook") -> Source:
    """Parse percent-format text; ``path`` is for messages only. Raises CourseError as ``read_source`` does."""
    import jupytext  # slow to import, and most commands never need it

    text = text.replace("\r\n", "\n")
    check_markers(text, path)
    # In a module "# %timeit" is a comment like any other; in a notebook it is a magic.
    fmt = {"extension": ".py", "format_name": "percent", "comment_magics": form == "notebook"}
    try:
        notebook = jupytext.reads(text, fmt=fmt)
    except Exception as error:  # whatever a parser says about a file of the course is news about that file
        raise CourseError(path, f"cannot be read as a percent-format notebook: {error}") from error
    lines = _cell_lines(text)
    cells: list[Cell] = []
    for index, cell in enumerate(notebook.cells):
        line = lines[index] if index < len(lines) else 1
        kind: CellKind = "code" if cell.cell_type == "code" else "markdown"
        lang = cell.metadata.get("lang")
        if lang is not None and lang not in LANGS:
            raise CourseError(path, f"unknown language {lang!r}; expected one of {', '.join(LANGS)}", line=line)
        tags = tuple(str(tag) for tag in cell.metadata.get("tags", ()))
        if not cell.source.strip():
            continue
        cells.append(Cell(kind, _trimmed(cell.source), lang, tags, line))
    if not any(cell.kind == "code" for cell in cells):
        raise CourseError(path, "has no code cell; start one with a line '# %%'", line=1)
    return Source(path, tuple(cells))


def build_reference(exercise: Exercise, mutant: str | None = None, alternate: str | None = None) -> bytes:
    """The full solution as a submission: ``.ipynb`` or ``.py`` bytes, the same for the same sources.

    Parameters
    ----------
    mutant : str, optional
        Name of a mutant in ``exercise.toml``: its replacements are made in the solution, or in the alternate that it
        names.
    alternate : str, optional
        File stem under ``alternates/``: that solution in place of ``solution.py``, and of the one that a mutant names.

    Raises
    ------
    CourseError
        See ``read_source``; or the mutant or alternate is unknown, or a text to replace is not in the code.
    """
    made = _mutant(exercise, mutant) if mutant is not None else None
    source = read_source(exercise, alternate or (made.alternate if made is not None else "") or None)
    cells = [replace(cell, text=without_markers(cell.text)) if cell.kind == "code" else cell for cell in source.cells]
    if made is not None:
        cells = _mutate(exercise, made, cells, source.path)
    return _build(exercise, list(enumerate(cells)))


def build_changed(exercise: Exercise, changed: Mapping[int, str] | None = None, appended: str = "") -> bytes:
    """The full solution with code cells exchanged or one more at its end, as a submission.

    Parameters
    ----------
    changed : mapping, optional
        New text of cells, by their place in the source.
    appended : str
        Text of a code cell that comes last.
    """
    texts = changed or {}
    cells = [
        replace(cell, text=texts.get(place, without_markers(cell.text))) if cell.kind == "code" else cell
        for place, cell in enumerate(read_source(exercise).cells)
    ]
    if appended:
        cells.append(Cell("code", appended))
    return _build(exercise, list(enumerate(cells)))


def build_starter(exercise: Exercise, lang: Lang | None = None) -> bytes:
    """What the student gets: prompts, given code, and stubs where the solution was.

    ``lang`` keeps the prompts of one language only. Raises CourseError where a stub cannot be made.
    """
    source = read_source(exercise)
    cells: list[tuple[int, Cell]] = []
    for index, cell in enumerate(source.cells):
        if not cell.released or (lang and cell.lang and cell.lang != lang):
            continue
        if cell.kind == "code":
            text = starter_lines(cell.text, source.path, cell.line, lang, exercise.defines)
            _must_parse(text, source.path, cell.line)
            if text.strip():
                cells.append((index, replace(cell, text=text)))
        else:
            cells.append((index, cell))
    return _build(exercise, cells)


def _must_parse(text: str, path: Path, line: int) -> None:
    """A starter that does not even parse helps nobody; cells with magics are left to the kernel."""
    if any(entry.lstrip().startswith(("%", "!")) for entry in text.split("\n")):
        return
    try:
        ast.parse(text)
    except SyntaxError as error:
        message = f"what students get of this cell is not valid Python ({error.msg}); look at its '# STUB:' lines"
        raise CourseError(path, message, line=line) from error


def _build(exercise: Exercise, cells: list[tuple[int, Cell]]) -> bytes:
    """Bytes of a file of these cells; each with its place in the source, which gives stable cell ids."""
    plain = [(index, cell.kind, cell.text, cell.lang, cell.tags) for index, cell in cells]
    return notebook_bytes(plain) if exercise.form == "notebook" else module_bytes(plain)


def _mutant(exercise: Exercise, name: str) -> Mutant:
    found = next((mutant for mutant in exercise.mutant if mutant.name == name), None)
    if found is None:
        names = ", ".join(repr(m.name) for m in exercise.mutant) or "none"
        raise CourseError(
            exercise.source_dir / "exercise.toml", f"no mutant {name!r}; there are: {names}", key="mutant"
        )
    return found


def _mutate(exercise: Exercise, mutant: Mutant, cells: list[Cell], path: Path) -> list[Cell]:
    """Make a mutant's replacements in code cells, everywhere each text occurs."""
    for old, new in mutant.replace:
        changed = [replace(c, text=c.text.replace(old, new)) if c.kind == "code" else c for c in cells]
        if changed == cells:
            raise CourseError(
                exercise.source_dir / "exercise.toml",
                f"mutant {mutant.name!r}: {old!r} is not in the code of {path.name} (or is replaced by itself); "
                "copy the text exactly, within one cell and without marker lines",
                key="mutant.replace",
            )
        cells = changed
    return cells


def _alternate_path(exercise: Exercise, name: str) -> Path:
    path = exercise.source_dir / "alternates" / f"{name}.py"
    if not path.is_file():
        raise CourseError(path, f"no such alternate; there are: {', '.join(alternates(exercise)) or 'none'}")
    return path


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise CourseError(path, "there is no such file; write the worked solution here") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CourseError(path, "is not UTF-8 text; save it as UTF-8", line=line) from error


def _trimmed(text: str) -> str:
    """Text without blank lines at its top and bottom."""
    lines = text.rstrip().split("\n")
    return "\n".join(lines[next(i for i, line in enumerate(lines) if line.strip()) :])


def _cell_lines(text: str) -> list[int]:
    """First line of each cell's text, by the headers; a file may begin with a cell that has none."""
    lines = text.split("\n")
    headers = [number for number, line in enumerate(lines, 1) if _HEADER.match(line)]
    first = headers[0] - 1 if headers else len(lines)
    starts = [number + 1 for number in headers]
    if any(line.strip() for line in lines[:first]):
        starts = [1, *starts]
    # Blank lines at a cell's top are not part of its text.
    return [next((n for n in range(s, len(lines) + 1) if lines[n - 1].strip()), s) for s in starts]
