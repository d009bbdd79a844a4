"""Fills tables of pages from code and data: keys of a course's models, the table of old forms, figures of proof records.

A page asks with a line ``<!-- keys: Exercise -->``, ``<!-- old apis -->`` or ``<!-- proofs -->``.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

MODELS = Path("grader/course/models.py")
_ASKED = re.compile(r"^<!-- keys: (\w+) -->$", re.MULTILINE)
_COMMENT = re.compile(r"\s#\s?(.*)$")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """MkDocs calls this for each page."""
    markdown = _ASKED.sub(lambda found: keys(found[1]), markdown)
    for asked, table in (("<!-- old apis -->", old_forms), ("<!-- proofs -->", proofs)):
        if asked in markdown:
            markdown = markdown.replace(asked, table())
    return markdown


def keys(model: str) -> str:
    """A table of a model's keys: type, default, and the comment that stands beside each."""
    text = (Path(__file__).parents[2] / MODELS).read_text("utf-8")
    lines = text.split("\n")
    body = next(n for n in ast.parse(text).body if isinstance(n, ast.ClassDef) and n.name == model).body
    rows = ["| key | type | default | |", "| --- | --- | --- | --- |"]
    for node in body:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        default = ast.unparse(node.value) if node.value is not None else ""
        if "exclude=True" in default:
            continue  # set by the loader, no key of the file
        end = node.end_lineno or node.lineno
        said = [_COMMENT.search(lines[end - 1])]
        while end < len(lines) and lines[end].lstrip().startswith("#   "):  # the comment goes on below
            said.append(_COMMENT.search(f" {lines[end].lstrip()}"))
            end += 1
        meaning = " ".join(found[1].strip() for found in said if found)
        shown = f"`{default}`" if default else "required"
        rows.append(f"| `{node.target.id}` | `{_plain(node.annotation)}` | {shown} | {_cell(meaning)} |")
    return "\n".join(rows)


def _plain(annotation: ast.expr) -> str:
    """A type as an author reads it: without pydantic's bounds, and safe in a table."""
    text = re.sub(r"Annotated\[([\w.]+), Field\((\w+)=([\d.]+)\)\]", r"\1", ast.unparse(annotation))
    return text.replace("|", "or")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def old_forms() -> str:
    """The table of old forms as students read it."""
    from grader.feedback.old_apis import old_apis

    rows = ["| library | since | what students read | 한국어 |", "| --- | --- | --- | --- |"]
    rows += [f"| {row.library} | {row.since or 'a slip'} | {_cell(row.en)} | {_cell(row.ko)} |" for row in old_apis()]
    return "\n".join(rows)


def proofs() -> str:
    """What the proof records of this course say, an exercise a row."""
    from grader.course import load_course
    from grader.course.proof_record import ProofFigures, load_record

    heads = (
        "exercise",
        "mutants killed",
        "right work refused",
        "adversaries paid",
        "generated survive",
        "seconds (CPU)",
    )
    rows = ["| " + " | ".join(heads) + " |", "| --- " + "| ---: " * (len(heads) - 1) + "|"]
    total = ProofFigures()
    for exercise in load_course(Path(__file__).parents[2]).exercises.values():
        record = load_record(exercise, "small")
        if record is not None:
            rows.append(_proof_row(f"`{exercise.id}`", record.figures))
            total = total + record.figures
    return "\n".join([*rows, _proof_row("**all**", total)])


def _proof_row(name: str, figures: Any) -> str:
    pairs = (
        (figures.killed, figures.mutants),
        (figures.refused, figures.right_runs),
        (figures.paid, figures.adversaries),
    )
    parts = [f"{part} of {whole}" for part, whole in (*pairs, (figures.survived, figures.generated))]
    return f"| {name} | {' | '.join(parts)} | {figures.seconds:.0f} ({figures.cpu_seconds:.0f}) |"
