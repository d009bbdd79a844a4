"""Prints what was measured."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.compare import Rounds, added_seconds, class_speedups, median, percentile, speedups
from benchmarks.memory import slope
from benchmarks.peers.tool import Tool
from benchmarks.workloads import TITLES

TARGETS = {"trivial": 8, "scikit-learn": 8, "tensorflow-import": 20}  # at least so many times nbgrader's throughput


def show_machine(out: Console, machine: Any) -> None:
    """One line about the machine, and a warning when it is busy."""
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    out.print(f"{machine['cores']} cores ({machine['processor']}), {machine['memory_gib']} GiB, {machine['system']}")
    out.print(versions, style="dim")
    if machine["load"] > 0.5:
        out.print(f"[yellow]The machine is busy (load {machine['load']}): wall times carry its noise.[/]")


def show_comparison(
    out: Console, measured: Rounds, own: Mapping[str, tuple[float, float]], tools: Sequence[Tool]
) -> None:
    """Throughput and CPU seconds of every tool, and our ratio to it."""
    versions = ", ".join(f"{tool.name} {tool.version}" for tool in tools)
    table = _table(f"Throughput, one worker ({versions})")
    for column in (
        "submissions/s",
        "s each",
        "CPU s each",
        "own code",
        "once s",
        "grader is",
        "class of 100",
        "by CPU",
    ):
        table.add_column(column, justify="right")
    for workload, by_tool in measured.items():
        ours = by_tool.get("grader", ())
        for tool, rounds in by_tool.items():
            each = statistics.median(r.seconds_each for r in rounds)
            cpu = median([r.cpu_each for r in rounds])
            once = statistics.median(r.once for r in rounds)
            ratio, whole, by_cpu = "", "", ""
            if ours and tool != "grader":
                ratio = _times(speedups(ours, rounds))
                whole = _times(class_speedups(ours, rounds))
                our_cpu = median([r.cpu_each for r in ours])
                by_cpu = f"{cpu / our_cpu:.1f}x" if cpu is not None and our_cpu else ""
            share = own[workload][0] / each if workload in own else float("nan")
            cells = [
                f"{1 / each:.3g}",
                f"{each:.3f}",
                _number(cpu),
                f"{share:.0%}",
                f"{once:.1f}",
                ratio,
                whole,
                by_cpu,
            ]
            table.add_row(workload, tool, *cells)
        table.add_section()
    out.print(table)
    for workload, least in TARGETS.items():
        by_tool = measured.get(workload, {})
        if by_tool.get("grader") and by_tool.get("nbgrader"):
            reached = statistics.median(speedups(by_tool["grader"], by_tool["nbgrader"]))
            _target(
                out, f"{TITLES[workload]}, against nbgrader", f"{reached:.2f} times", f"{least} times", reached >= least
            )


def show_added(out: Console, measured: Rounds) -> None:
    """What the grader adds to a submission's own code."""
    table = _table("Added to a submission's own code (start, run, checks, grade), one worker")
    for column in ("median ms", "95 % ms", "submissions", "start"):
        table.add_column(column, justify="right")
    everything: list[float] = []
    for workload, by_tool in measured.items():
        rounds = by_tool.get("grader", ())
        added = added_seconds(rounds)
        if added:
            everything += added
            warm = all(r.details.get("warm") and not r.details.get("cold_starts") for r in rounds)
            cells = [f"{1000 * statistics.median(added):.0f}", f"{1000 * percentile(added, 0.95):.0f}", str(len(added))]
            table.add_row(workload, "grader", *cells, "warm" if warm else "cold")
    if not everything:
        return
    out.print(table)
    typical, slow = 1000 * statistics.median(everything), 1000 * percentile(everything, 0.95)
    _target(out, "added, median", f"{typical:.0f} ms", "200 ms", typical < 200, "under")
    _target(out, "added, 95th percentile", f"{slow:.0f} ms", "350 ms", slow < 350, "under")


def show_workers(out: Console, measured: Rounds) -> None:
    """Two workers beside one."""
    table = _table("Two workers against one")
    for column in ("one: submissions/s", "two: submissions/s", "ratio", "one: CPU s each", "two: CPU s each"):
        table.add_column(column, justify="right")
    for workload, by_tool in measured.items():
        one, two = by_tool.get("grader", ()), by_tool.get("grader x2", ())
        if one and two:
            rates = [1 / statistics.median(r.seconds_each for r in rounds) for rounds in (one, two)]
            ratio = _times(speedups(two, one))
            cpu = [_number(median([r.cpu_each for r in rounds])) for rounds in (one, two)]
            table.add_row(workload, "grader", f"{rates[0]:.3g}", f"{rates[1]:.3g}", ratio, *cpu)
    out.print(table)


def show_phases(out: Console, phases: Mapping[str, Mapping[str, float]]) -> None:
    """Milliseconds of each step."""
    table = Table(title="Where the milliseconds go (medians, one process)", title_justify="left")
    table.add_column("step")
    for workload in phases:
        table.add_column(workload, justify="right")
    for step in dict.fromkeys(step for by_step in phases.values() for step in by_step):
        row = [f"{by_step.get(step, 0.0):.1f}" for by_step in phases.values()]
        table.add_row(step, *row, style="bold" if step == "total" else "")
    out.print(table)


def show_private_memory(out: Console, private: Mapping[str, Mapping[str, float]]) -> None:
    """Memory of a further worker."""
    table = _table("Private memory (USS) with two workers, MiB, medians while grading")
    kinds = ("worker", "sandboxes", "further worker", "templates", "parent")
    for kind in kinds:
        table.add_column(kind, justify="right")
    for workload, found in private.items():
        cells = [f"{found[kind]:.0f}" if kind in found else "unknown" for kind in kinds]
        table.add_row(workload, "grader", *cells)
    out.print(table)
    if all(not found for found in private.values()):
        out.print("[yellow]Processes are found by a control group, and this user may not make one: run it as root.[/]")
    elif most := max((found["further worker"] for found in private.values() if found), default=0.0):
        _target(out, "private memory of a further worker, at most", f"{most:.0f} MiB", "200 MB", most < 190, "under")


def show_memory_over(out: Console, over: Sequence[Mapping[str, Any]]) -> None:
    """The grader's own memory over a long class, and how fast it grows after the first quarter."""
    table = Table(title="Resident memory over a class, MiB", title_justify="left")
    for column in ("graded", "parent", "worker"):
        table.add_column(column, justify="right")
    for noted in over:
        table.add_row(str(noted["done"]), f"{noted['parent']:.1f}", f"{max(noted['workers'], default=0.0):.1f}")
    out.print(table)
    settled = over[len(over) // 4 :]
    for who, values in (
        ("parent", [(n["done"], n["parent"]) for n in settled]),
        ("worker", [(n["done"], max(n["workers"])) for n in settled if n["workers"]]),
    ):
        out.print(f"{who}: {1024 * slope(values):+.2f} KiB for each submission")


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("workload")
    table.add_column("tool")
    return table


def _times(ratios: Sequence[float]) -> str:
    middle = statistics.median(ratios)
    return f"{middle:.1f}x" if len(ratios) < 2 else f"{middle:.1f}x ({min(ratios):.1f}-{max(ratios):.1f})"


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"


def _target(out: Console, what: str, found: str, wanted: str, reached: bool, how: str = "at least") -> None:
    mark = "[green]reached[/]" if reached else "[red]missed[/]"
    out.print(f"{what}: {found}; wanted: {how} {wanted}: {mark}")
