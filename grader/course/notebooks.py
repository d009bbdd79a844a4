"""Writes cells as the two forms that students hand in: a notebook (nbformat 4.5 JSON) or a module in percent format.

The bytes depend on the cells alone: no time, no machine and no random identifier goes into them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from grader.vocabulary import Lang

PlainCell = tuple[int, str, str, "Lang | None", tuple[str, ...]]
"""Place in the source, "markdown" or "code", text, language, tags."""


def notebook_bytes(cells: Sequence[PlainCell]) -> bytes:
    """A notebook without outputs. A cell's id is its place in the source, so a starter's ids are the reference's."""
    out: list[dict[str, Any]] = []
    for place, kind, text, lang, tags in cells:
        metadata: dict[str, Any] = {}
        if lang:
            metadata["lang"] = lang
        if tags:
            metadata["tags"] = list(tags)
        cell: dict[str, Any] = {
            "cell_type": kind,
            "id": f"cell-{place:03d}",
            "metadata": metadata,
            "source": text.splitlines(keepends=True),
        }
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        out.append(cell)
    notebook = {
        "cells": out,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"file_extension": ".py", "mimetype": "text/x-python", "name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def module_bytes(cells: Sequence[PlainCell]) -> bytes:
    """A module: code as it is, prompts as comments, cell headers that editors and jupytext understand."""
    parts: list[str] = []
    before = ""
    for _, kind, text, lang, tags in cells:
        header = "# %%"
        if kind == "markdown":
            header += " [markdown]" + (f' lang="{lang}"' if lang else "")
            body = "\n".join(f"# {line}".rstrip() for line in text.split("\n"))
        else:
            header += " tags=" + json.dumps(list(tags)) if tags else ""
            body = text
        if parts:
            parts.append("\n\n\n" if _is_definition(before) or (kind == "code" and _is_definition(body)) else "\n\n")
        parts.append(f"{header}\n{body}")
        before = body if kind == "code" else ""
    return ("".join(parts) + "\n").encode()


def _is_definition(code: str) -> bool:
    """Whether code begins with, or ends in, a function or class: two blank lines stand around those."""
    if not code:
        return False
    lines = code.split("\n")
    return lines[0].startswith(("def ", "class ", "@", "async def ")) or lines[-1].startswith((" ", "\t"))
