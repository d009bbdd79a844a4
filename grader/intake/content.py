"""From received bytes to a clean notebook or module, or a refusal that a student understands. Executes nothing."""

from __future__ import annotations

import json
import re
from typing import Any

from grader.course.models import Exercise, IntakeLimits
from grader.intake import messages as m
from grader.intake.messages import refusal
from grader.vocabulary import LANGS, Text

MAX_DEPTH = 40  # of nested JSON; a real notebook has about 10
MAX_CONTAINERS = 1_000_000  # lists and dicts in one notebook, so that parsing stays within some 100 MB

_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_MAGIC: tuple[tuple[bytes, Text], ...] = (
    (b"PK\x03\x04", m.ZIP_INSIDE),
    (b"%PDF", m.PDF_INSIDE),
    (b"<!doctype html", m.HTML_INSIDE),
    (b"<html", m.HTML_INSIDE),
    (b"version https://git-lfs", m.LFS_INSIDE),
)


def clean_main(data: bytes, name: str, exercise: Exercise, limits: IntakeLimits) -> bytes:
    """The main file in the form that a run takes: nbformat 4.5 JSON without outputs, or UTF-8 source without a BOM.

    Raises
    ------
    InvalidSubmission
        It is empty, too large, not text, of another kind, or damaged.
    """
    if len(data) > limits.file_mb * 1e6:
        raise refusal(m.FILE_TOO_LARGE, name=name, limit=limits.file_mb)
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise refusal(m.EMPTY, name=name)
    head = data[:256].lstrip(b" \t\r\n\xef\xbb\xbf").lower()
    for magic, what in _MAGIC:
        if head.startswith(magic.lower()):
            raise refusal(m.LOOKS_LIKE, name=name, what=what)
    return _notebook(data, name, limits) if exercise.form == "notebook" else _module(data, name)


def _module(data: bytes, name: str) -> bytes:
    if b"\0" in data:
        raise refusal(m.BINARY if not data.startswith((b"\xff\xfe", b"\xfe\xff")) else m.NOT_UTF8, name=name)
    text = _decode(data, name)
    if text.lstrip().startswith("{") and '"nbformat"' in text:
        raise refusal(m.LOOKS_LIKE, name=name, what=m.NOTEBOOK_INSIDE)
    return text.encode()


def _notebook(data: bytes, name: str, limits: IntakeLimits) -> bytes:
    text = _decode(data, name)
    raw = _parse(text, name)
    if not isinstance(raw, dict) or not isinstance(raw.get("nbformat"), int):
        raise refusal(m.NOT_NOTEBOOK, name=name)
    major, minor = raw["nbformat"], raw.get("nbformat_minor", 0)
    version = f"{major}.{minor}" if isinstance(minor, int) else str(major)
    if major < 4:
        raise refusal(m.OLD_NOTEBOOK, name=name, version=version)
    if major > 4:
        raise refusal(m.NEW_NOTEBOOK, name=name, version=version)
    if not isinstance(raw.get("cells"), list):
        raise refusal(m.NOT_NOTEBOOK, name=name)
    if len(raw["cells"]) > limits.cells:
        raise refusal(m.TOO_MANY_CELLS, name=name, found=len(raw["cells"]), limit=limits.cells)
    _must_be_python(raw.get("metadata"), name)
    taken: set[str] = set()
    cells = [_cell(cell, number, name, taken) for number, cell in enumerate(raw["cells"], 1)]
    if not any(cell["cell_type"] == "code" and cell["source"].strip() for cell in cells):
        raise refusal(m.NO_CODE, name=name)
    notebook = {
        "cells": cells,
        # The course decides which kernel runs; widget state and the like are not evidence.
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    # Lone surrogates are valid in JSON escapes but not in UTF-8, and no kernel takes them.
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _decode(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refusal(m.NOT_UTF8, name=name) from error


def _parse(text: str, name: str) -> Any:
    if text.count("[") + text.count("{") > MAX_CONTAINERS:
        raise refusal(m.TOO_COMPLEX, name=name)
    try:
        raw = json.loads(text, parse_constant=lambda constant: None)
    except json.JSONDecodeError as error:
        if "\n<<<<<<< " in text:
            raise refusal(m.CONFLICT, name=name) from error
        raise refusal(m.NOT_JSON, name=name, line=error.lineno) from error
    except (RecursionError, ValueError) as error:  # ValueError: an integer of more digits than Python reads
        raise refusal(m.TOO_COMPLEX, name=name) from error
    level, depth = [raw], 0
    while level:  # by levels, so that depth costs no recursion here or in anyone who reads the notebook later
        depth += 1
        if depth > MAX_DEPTH:
            raise refusal(m.TOO_COMPLEX, name=name)
        level = (
            [
                child
                for node in level
                for child in (node.values() if isinstance(node, dict) else node)
                if isinstance(child, dict | list)
            ]
            if isinstance(level[0], dict | list)
            else []
        )
    return raw


def _must_be_python(metadata: Any, name: str) -> None:
    """Refuse a notebook that says it is in another language; one that says nothing is taken for Python."""
    if not isinstance(metadata, dict):
        return
    for key, field in (("kernelspec", "language"), ("language_info", "name")):
        part = metadata.get(key)
        language = part.get(field) if isinstance(part, dict) else None
        if isinstance(language, str) and language and "python" not in language.lower():
            raise refusal(m.NOT_PYTHON, name=name, language=m.shown(language, 30))


def _cell(cell: Any, number: int, name: str, taken: set[str]) -> dict[str, Any]:
    """One cell with the fields that count: type, id, tags, language and source. Outputs and everything else are dropped."""
    if not isinstance(cell, dict) or cell.get("cell_type") not in ("code", "markdown", "raw"):
        raise refusal(m.BROKEN_CELL, name=name, number=number)
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise refusal(m.BROKEN_CELL, name=name, number=number)
    given = cell.get("id")
    identity = (
        given if isinstance(given, str) and _CELL_ID.fullmatch(given) and given not in taken else f"submitted-{number}"
    )
    while identity in taken:
        identity += "-"
    taken.add(identity)
    clean: dict[str, Any] = {"cell_type": cell["cell_type"], "id": identity, "metadata": {}, "source": source}
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    if isinstance(metadata, dict) and metadata.get("lang") in LANGS:
        clean["metadata"]["lang"] = metadata["lang"]  # a report in one language leaves prompts in the other out
    if isinstance(tags, list):
        kept = dict.fromkeys(tag for tag in tags if isinstance(tag, str) and re.fullmatch(r"[\w-]{1,40}", tag))
        if kept:
            clean["metadata"]["tags"] = list(kept)[:20]
    if cell["cell_type"] == "code":
        clean |= {"execution_count": None, "outputs": []}
    return clean
