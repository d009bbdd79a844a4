"""Small builders that tests of several areas share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from grader.course import Course, release
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
    """All that the cells of an executed notebook printed or raised, as one text.

    A kernel sends what is printed when it has waited long enough, in the middle of a line where the machine is slow: a text
    that goes on in the next message is one text.
    """
    parts: list[str] = []
    for cell in notebook["cells"]:
        goes_on = False
        for output in cell.get("outputs", []):
            text = output.get("text", "")
            text = text if isinstance(text, str) else "".join(text)
            if goes_on and output.get("output_type") == "stream":
                parts[-1] += text
            else:
                parts.append(text)
            goes_on = output.get("output_type") == "stream"
            parts += [str(v) for v in output.get("data", {}).values()]
            parts += output.get("traceback", [])
    return "\n".join(parts)


def release_unasked(course: Course, *given: Any, **options: Any) -> list[Path]:
    """Release a course whose reference nobody runs: ``answers.json`` holds no answer."""
    return release(course, *given, provide_answers=lambda exercise: {}, **options)
