"""Attacks as files: each ``<family>/<name>.py`` is a submission, ``<name>.toml`` beside it says what must come of it.

A submission for the notebook target is in percent format (``# %%`` between cells). In the ``.toml``:

    line = "R1"                      # of the list of adversaries; several: ["R1", "R3"]
    what = "spins in a cell"
    target = "book"                  # "book": the notebook, "unit": the module
    outcome = ["timeout"]            # of the whole submission, any of these
    checks = { answer = ["passed"], double = ["timeout"] }   # per check, any of these; what is not named is not looked at
    points = 1                       # exactly; left out: not looked at
    says = ["longer than it may"]    # must occur in what the student reads (English)
    tried = true                     # the submission prints TRIED when its attack has run: proof that it did
    seconds = 20                     # of computing time that the grader itself may need, far above what it does
    limits = { cell_seconds = 2 }    # instead of the course's
    include = "probe.py"             # a file of the same folder whose text comes first: what several attacks share
    extra = { "numpy.py" = "raise SystemExit" }   # further files of the submission
    slow = false                     # true: only in the slow suite
    only = "warm"                    # or "cold", where a case makes sense for one way of starting only

A submission that gets through to something it must not prints ``ESCAPED`` and what it was; nothing may print that.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One attack and what must come of it."""

    path: Path
    line: tuple[str, ...]
    what: str
    outcome: tuple[str, ...]
    target: str = "book"
    checks: dict[str, list[str]] = field(default_factory=dict)
    points: float | None = None
    says: tuple[str, ...] = ()
    tried: bool = False
    seconds: float = 30
    limits: dict[str, Any] = field(default_factory=dict)
    include: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    slow: bool = False
    only: str = ""

    @property
    def main(self) -> bytes:
        """The submission as a student would hand it in."""
        source = self.path.read_text()
        if self.include:
            source = (self.path.parent / self.include).read_text() + "\n" + source
        if self.target == "unit":
            return source.encode()
        notebook = jupytext.reads(source, fmt="py:percent")
        return nbformat.writes(notebook).encode()


def load_cases() -> list[Any]:
    """Every attack of every family, as parameters for pytest."""
    found = []
    for file in sorted(HERE.glob("?/*.toml")):
        values = tomllib.loads(file.read_text())
        for key in ("line", "outcome", "says"):
            if key in values:
                values[key] = (values[key],) if isinstance(values[key], str) else tuple(values[key])
        case = Case(path=file.with_suffix(".py"), **values)
        marks = [pytest.mark.slow] if case.slow else []
        found.append(pytest.param(case, id=f"{file.parent.name}-{file.stem}", marks=marks))
    return found
