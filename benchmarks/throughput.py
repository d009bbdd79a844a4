"""Submissions per second and CPU seconds per submission, beside nbgrader and Otter, measured side by side in one run.

    python benchmarks/throughput.py --quick              a few minutes: whether everything works
    python benchmarks/throughput.py --json FILE          the whole measurement: an hour or two
    python benchmarks/throughput.py --only memory --memory 2000

Needs the project's own environment; the other tools are installed into environments of their own. docs/benchmarks.md
tells how it is measured and what came of it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import platformdirs
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, this folder would stand there alone

from benchmarks import compare, tables
from benchmarks.machine import describe_machine
from benchmarks.memory import memory_over, private_memory
from benchmarks.own import own_seconds
from benchmarks.phases import phase_milliseconds
from benchmarks.spent import CommandFailedError, scratch
from benchmarks.workloads import TITLES, Workload, load_workloads, students
from grader.grading.grade_one import missing_packages

Results = dict[str, Any]


def main() -> None:
    options = parse(sys.argv[1:])
    console = Console(stderr=True)
    _, workloads = load_workloads()
    chosen = [workloads[name] for name in options.workloads]
    for workload in list(chosen):
        if missing := missing_packages(workload.exercise):
            console.print(f"[yellow]left out:[/] {workload.name}: this environment lacks {', '.join(missing)}")
            chosen.remove(workload)
    if not chosen:
        sys.exit("error: no workload is left to measure")
    results: Results = {"machine": describe_machine(), "students": options.students, "runs": options.runs}
    out = Console(width=None if sys.stdout.isatty() else 120)
    tables.show_machine(out, results["machine"])
    for part in PARTS:
        if part in options.only:
            results |= MEASUREMENTS[part](options, chosen, console, out)
            if options.json:  # after each part: what is measured is kept, whatever comes next
                options.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def measure_tools(options: argparse.Namespace, chosen: list[Workload], console: Console, out: Console) -> Results:
    """Every tool in turn, one worker."""
    with console.status("Measuring the cells by themselves"):
        own = {workload.name: own_seconds(workload) for workload in chosen}
    tools = compare.open_tools(options.tools, options.cache, console)
    rounds = compare.rounds(tools, chosen, students(options.students), options.runs, options.cache, console)
    tables.show_comparison(out, rounds, own, tools)
    tables.show_added(out, rounds)
    return {"own": own, "tools": {tool.name: tool.version for tool in tools}, "rounds": compare.plain(rounds)}


def measure_workers(options: argparse.Namespace, chosen: list[Workload], console: Console, out: Console) -> Results:
    """Two workers beside one, over a class large enough for the ends not to matter."""
    pair = compare.open_tools(["grader", "grader x2"], options.cache, console)
    rounds = compare.rounds(pair, chosen, students(options.students * 4), options.runs, options.cache, console)
    tables.show_workers(out, rounds)
    return {"workers": compare.plain(rounds)}


def measure_phases(options: argparse.Namespace, chosen: list[Workload], console: Console, out: Console) -> Results:
    """Each step of a submission."""
    with console.status("Timing each step"):
        phases = {workload.name: phase_milliseconds(workload, 5 if options.quick else 20) for workload in chosen}
    tables.show_phases(out, phases)
    return {"phases": phases}


def measure_memory(options: argparse.Namespace, chosen: list[Workload], console: Console, out: Console) -> Results:
    """Private memory of a further worker; the grader's own memory over a long class where that is asked for."""
    private = {}
    for workload in chosen:
        with console.status(f"Looking at the memory of two workers: {workload.name}"), scratch(options.cache) as folder:
            private[workload.name] = private_memory(workload, students(options.students), Path(folder), 2)
    tables.show_private_memory(out, private)
    if not options.memory:
        return {"private_memory": private}
    every = max(1, min(100, options.memory // 4))
    with console.status(f"Grading {options.memory} submissions"), scratch(options.cache) as folder:
        over = memory_over(chosen[0], students(options.memory), Path(folder), every)
    tables.show_memory_over(out, over)
    return {"private_memory": private, "memory_over": over}


MEASUREMENTS = {
    "compare": measure_tools,
    "workers": measure_workers,
    "phases": measure_phases,
    "memory": measure_memory,
}
PARTS = tuple(MEASUREMENTS)


def parse(arguments: list[str]) -> argparse.Namespace:
    """The options; ``--quick`` changes the defaults of the others only."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("--quick", action="store_true", help="few submissions, one run, without Keras")
    add("--students", type=int, help="submissions of each workload, at least 3 (default 20, quick 4)")
    add("--runs", type=int, help="rounds; medians are taken over them (default 3, quick 1)")
    add("--tools", type=names(compare.TOOLS), default=list(compare.TOOLS), metavar="A,B", help=", ".join(compare.TOOLS))
    add("--workloads", type=names(TITLES), metavar="A,B", help=", ".join(TITLES))
    add("--only", type=names(PARTS), default=list(PARTS), metavar="A,B", help="parts: " + ", ".join(PARTS))
    add("--memory", type=int, default=0, metavar="N", help="also watch the grader's own memory over N submissions")
    add("--cache", type=Path, default=platformdirs.user_cache_path("grader-benchmark"), metavar="DIR")
    add("--json", type=Path, metavar="FILE", help="write everything that was measured")
    options = parser.parse_args(arguments)
    options.students = options.students or (4 if options.quick else 20)
    options.runs = options.runs or (1 if options.quick else 3)
    options.workloads = options.workloads or [n for n in TITLES if not (options.quick and n == "keras-training")]
    if options.students < 3:
        parser.error("--students: fewer than 3 submissions are not started warm; give 3 or more")
    if options.runs < 1 or options.memory < 0:
        parser.error("--runs must be 1 or more, --memory 0 or more")
    return options


def names(known: Collection[str]) -> Callable[[str], list[str]]:
    """A type for argparse: some of the known names, separated by commas."""

    def read(text: str) -> list[str]:
        asked = [name.strip() for name in text.split(",")]
        for name in asked:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is not one of {', '.join(known)}")
        return asked

    return read


if __name__ == "__main__":
    try:
        main()
    except CommandFailedError as error:
        sys.exit(f"error: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
