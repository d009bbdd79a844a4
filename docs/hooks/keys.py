"""Fills tables of the reference pages from the code: keys of the models of a course, rows of the table of old forms.

A page asks with a line ``<!-- keys: Exercise -->`` or ``<!-- old apis -->``.
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
    return markdown.replace("<!-- old apis -->", old_forms()) if "<!-- old apis -->" in markdown else markdown


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
