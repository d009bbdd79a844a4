"""Small builders that tests of several areas share."""

from __future__ import annotations

from typing import Any

import nbformat

from grader.course.models import Bilingual, Exercise, Limits


def make_notebook(*cells: str) -> bytes:
    """A notebook of code cells, as the bytes of a file."""
    v4 = nbformat.v4
    return nbformat.writes(v4.new_notebook(cells=[v4.new_code_cell(c) for c in cells])).encode()


def make_exercise(form: str = "notebook", name: str = "sample", **values: Any) -> Exercise:
    """A minimal exercise with short limits."""
    limits = Limits(cell_seconds=3, call_seconds=5, total_seconds=30, output_mb=1)
    defaults: dict[str, Any] = {
        "id": f"test/{name}",
        "title": Bilingual(en="Sample", ko="예제"),
        "form": form,
        "kind": ["function"],
        "points": 1,
        "limits": limits,
    }
    return Exercise(**{**defaults, **values})


def outputs_text(notebook: dict[str, Any]) -> str:
    """All that the cells of an executed notebook printed or raised, as one text."""
    parts: list[str] = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            text = output.get("text", "")
            parts.append(text if isinstance(text, str) else "".join(text))
            parts += [str(v) for v in output.get("data", {}).values()]
            parts += output.get("traceback", [])
    return "\n".join(parts)
