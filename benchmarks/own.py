"""How long a workload's cells take by themselves: no kernel, no sandbox, no checks, libraries imported already.

    python -m benchmarks.own EXERCISE REPEATS

A fork for each repetition executes the cells, so that none profits from what the one before has left behind.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

from benchmarks.spent import last_json, run
from benchmarks.workloads import COURSE, Workload, computing_environment, notebook_of
from grader.course import load_course
from grader.sandbox.templates import Libraries

_ROOT = Path(__file__).parents[1]


def own_seconds(workload: Workload, repeats: int = 5) -> tuple[float, float]:
    """Median wall and CPU seconds of a workload's cells."""
    command = [sys.executable, "-m", "benchmarks.own", workload.exercise.id, str(repeats)]
    env = {**os.environ, **computing_environment(workload.exercise), "PYTHONPATH": str(_ROOT)}
    said = run(command, env=env, cwd=_ROOT).said
    measured = last_json(said)
    return statistics.median(wall for wall, _ in measured), statistics.median(cpu for _, cpu in measured)


def main() -> None:
    course = load_course(COURSE, [sys.argv[1]])
    exercise = course.exercises[sys.argv[1]]
    for module in Libraries.of(exercise.requires, exercise.limits).modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    cells = [
        compile("".join(cell["source"]), f"cell {number}", "exec")
        for number, cell in enumerate(notebook_of(exercise, "own")["cells"])
        if cell["cell_type"] == "code"
    ]
    measured = []
    for _ in range(int(sys.argv[2])):
        read, write = os.pipe()
        if os.fork() == 0:
            began, cpu_began = time.perf_counter(), _cpu()
            names: dict[str, object] = {"__name__": "__main__"}
            with contextlib.redirect_stdout(io.StringIO()):
                for cell in cells:
                    exec(cell, names)
            os.write(write, json.dumps([time.perf_counter() - began, _cpu() - cpu_began]).encode())
            os._exit(0)
        os.close(write)
        with open(read, "rb") as pipe:
            measured.append(json.loads(pipe.read()))
        os.wait()
    print(json.dumps(measured))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
