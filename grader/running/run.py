"""The value that an execution leaves behind. Pure data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from grader.codec import Number
from grader.sandbox.gpu_use import GpuUse
from grader.vocabulary import Outcome, Text


@dataclass(frozen=True)
class CellResult:
    """How one code cell ended. ``index`` counts all cells from 0; ``number`` counts code cells from 1."""

    index: int
    number: int
    outcome: Outcome  # passed, error, timeout, memory, output, disk, skipped
    seconds: Number
    error: str = ""  # "ZeroDivisionError: division by zero"; hostile text
    traceback: str = ""  # plain text without terminal escapes; hostile text


@dataclass(frozen=True)
class Run:
    """One execution of a submission in the sandbox.

    Attributes
    ----------
    outcome : Outcome
        ``passed`` when all cells ran, otherwise the first fault's outcome.
    message : Text
        One sentence for the student about that fault; empty when passed.
    alive : bool
        Whether the kernel still answered after the last cell.
    notebook : dict
        The executed notebook as nbformat 4 JSON, outputs capped. For a module: one code cell with its source. Empty
        where it was left behind; it is then not written down.
    seconds, cpu_seconds : float
    backend : str
        ``bubblewrap`` or ``none``.
    gpu : GpuUse or None
        What it had of a GPU, its checks included; None when it ran on the CPU.
    """

    outcome: Outcome
    message: Text
    alive: bool
    cells: tuple[CellResult, ...]
    notebook: Annotated[dict[str, Any], Field(default_factory=dict, exclude_if=lambda notebook: not notebook)]
    seconds: Number
    cpu_seconds: Number = 0.0
    backend: str = "bubblewrap"
    environment: dict[str, str] = field(default_factory=dict)  # package -> version
    gpu: GpuUse | None = None
