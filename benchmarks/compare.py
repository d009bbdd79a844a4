"""Rounds of all tools in turn, and what is made of them."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks.environments import CannotInstallError, install
from benchmarks.peers.nbgrader import NbGrader
from benchmarks.peers.otter import Otter
from benchmarks.peers.ours import Ours
from benchmarks.peers.tool import Round, Tool, WrongGradesError
from benchmarks.spent import CommandFailedError, scratch
from benchmarks.workloads import Workload

TOOLS = ("grader", "nbgrader", "otter", "otter-api")
Rounds = Mapping[str, Mapping[str, Sequence[Round]]]  # workload -> tool -> rounds
_WARM_UP = 3  # submissions of the round that is not counted: pages are in memory afterwards
_OTTER = ["otter-grader", "setuptools<81"]  # it imports pkg_resources, which later ones no longer have


def open_tools(wanted: Sequence[str], cache: Path, console: Console) -> list[Tool]:
    """The tools by name; one that cannot be installed is left out, with the reason."""
    tools: list[Tool] = []
    for name in wanted:
        try:
            tools.append(_open(name, cache, console))
        except CannotInstallError as error:
            console.print(f"[yellow]left out:[/] {name}: {escape(str(error))}")
    return tools


def _open(name: str, cache: Path, console: Console) -> Tool:
    def say(text: str) -> None:
        console.print(escape(text))

    if name == "nbgrader":
        return NbGrader(install(cache, "nbgrader", ["nbgrader"], say))
    if name.startswith("otter"):
        return Otter(install(cache, "otter", _OTTER, say), "api" if name == "otter-api" else "run")
    return Ours(2 if name == "grader x2" else 1)


def rounds(
    tools: Sequence[Tool],
    workloads: Sequence[Workload],
    students: Sequence[str],
    runs: int,
    cache: Path,
    console: Console,
) -> Rounds:
    """Let every tool grade every workload, ``runs`` times, in turn; a first, small round of each is not counted.

    A tool that fails a workload is left out of it, with the reason.
    """
    found: dict[str, dict[str, list[Round]]] = defaultdict(lambda: defaultdict(list))
    left_out: set[tuple[str, str]] = set()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    ) as progress:
        bar = progress.add_task("", total=len(tools) * len(workloads) * (runs + 1))
        for run in range(-1, runs):
            for workload in workloads:
                first = max(run, 0) % len(tools) if tools else 0
                for tool in [*tools[first:], *tools[:first]]:
                    which = "warming up" if run < 0 else f"run {run + 1} of {runs}"
                    progress.update(bar, description=f"{which}: {workload.name}, {tool.name}")
                    if not console.is_terminal:  # a log shows no bar
                        console.print(f"{which}: {workload.name}, {tool.name}")
                    if (workload.name, tool.name) not in left_out:
                        try:
                            measured = one(tool, workload, students[:_WARM_UP] if run < 0 else students, cache)
                        except (CommandFailedError, WrongGradesError) as error:
                            left_out.add((workload.name, tool.name))
                            console.print(f"[red]left out:[/] {tool.name}, {workload.name}: {escape(str(error))}")
                        else:
                            if run >= 0:
                                found[workload.name][tool.name].append(measured)
                    progress.advance(bar)
    return found


def one(tool: Tool, workload: Workload, students: Sequence[str], cache: Path) -> Round:
    """One round of one tool in a folder of its own."""
    with scratch(cache) as folder:
        tool.prepare(workload, students, Path(folder))
        return tool.grade(workload, Path(folder))


def speedups(ours: Sequence[Round], theirs: Sequence[Round]) -> list[float]:
    """How many times as many submissions we grade in the same time, run by run."""
    return [their.seconds_each / our.seconds_each for our, their in zip(ours, theirs)]


def class_speedups(ours: Sequence[Round], theirs: Sequence[Round], size: int = 100) -> list[float]:
    """The same for a whole class of a given size, with what a tool does once for all of it."""

    def whole(each: Round) -> float:
        return each.once + size * each.seconds_each

    return [whole(their) / whole(our) for our, their in zip(ours, theirs)]


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that is at least as large as ``share`` of all (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1)]


def added_seconds(measured: Sequence[Round]) -> list[float]:
    """Seconds that the grader added to each submission's own code."""
    return [grade["grader_seconds"] for each in measured for grade in each.details.get("grades", ())]


def median(values: Sequence[float | None]) -> float | None:
    """The median; None where a value is missing."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known and len(known) == len(values) else None


def plain(measured: Rounds) -> dict[str, Any]:
    """Rounds as JSON data, without what the tools printed."""
    out: dict[str, Any] = {}
    for workload, by_tool in measured.items():
        for tool, list_ in by_tool.items():
            for each in list_:
                data = asdict(each)
                data["spent"].pop("said")
                out.setdefault(workload, {}).setdefault(tool, []).append(data)
    return out
