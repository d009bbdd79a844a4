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

import platformdirs
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, this folder would stand there alone

from benchmarks import compare, tables
from benchmarks.machine import describe_machine
from benchmarks.memory import memory_over, private_memory
from benchmarks.own import own_seconds
from benchmarks.phases import phase_milliseconds
from benchmarks.spent import CommandFailedError, scratch
from benchmarks.workloads import TITLES, load_workloads, students
from grader.grading.grade_one import missing_packages

PARTS = ("compare", "workers", "phases", "memory")


def main() -> None:
    options = parse(sys.argv[1:])
    console = Console(stderr=True)
    _, workloads = load_workloads()
    chosen = [workloads[name] for name in options.workloads]
    for workload in list(chosen):
        if missing := missing_packages(workload.exercise):
            console.print(f"[yellow]left out:[/] {workload.name}: this environment lacks {', '.join(missing)}")
            chosen.remove(workload)
    results: dict[str, object] = {"machine": describe_machine(), "students": options.students, "runs": options.runs}
    out = Console()
    tables.show_machine(out, results["machine"])
    if "compare" in options.only:
        with console.status("Measuring the cells by themselves"):
            own = {workload.name: own_seconds(workload) for workload in chosen}
        tools = compare.open_tools(options.tools, options.cache, console)
        rounds = compare.rounds(tools, chosen, students(options.students), options.runs, options.cache, console)
        results |= {"own": own, "tools": {tool.name: tool.version for tool in tools}, "rounds": compare.plain(rounds)}
        tables.show_comparison(out, rounds, own, tools)
        tables.show_added(out, rounds)
    if "workers" in options.only:
        crowd = students(options.students * 4)
        pair = compare.open_tools(["grader", "grader x2"], options.cache, console)
        rounds = compare.rounds(pair, chosen, crowd, options.runs, options.cache, console)
        results["workers"] = compare.plain(rounds)
        tables.show_workers(out, rounds)
    if "phases" in options.only:
        with console.status("Timing each step"):
            phases = {workload.name: phase_milliseconds(workload, 5 if options.quick else 20) for workload in chosen}
        results["phases"] = phases
        tables.show_phases(out, phases)
    if "memory" in options.only:
        private = {}
        for workload in chosen:
            with (
                console.status(f"Looking at the memory of two workers: {workload.name}"),
                scratch(options.cache) as folder,
            ):
                private[workload.name] = private_memory(workload, students(options.students), Path(folder), 2)
        results["private_memory"] = private
        tables.show_private_memory(out, private)
        if options.memory:
            every = max(1, min(100, options.memory // 4))
            with console.status(f"Grading {options.memory} submissions"), scratch(options.cache) as folder:
                over = memory_over(workloads["trivial"], students(options.memory), Path(folder), every)
            results["memory_over"] = over
            tables.show_memory_over(out, over)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


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
