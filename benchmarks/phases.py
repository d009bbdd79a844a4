"""Where the milliseconds of one submission go: grades a few in one process, with a stopwatch around each step.

    python -m benchmarks.phases EXERCISE SUBMISSIONS

A step's time is its own: what another step inside it takes is counted there. Wrapping costs microseconds per call.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.spent import last_json, run
from benchmarks.workloads import COURSE, Workload, notebook_of, students
from grader.course import load_course
from grader.gradebook import Gradebook
from grader.grading import GRADE, grade
from grader.intake import read_submission
from grader.sandbox import choose_backend

_ROOT = Path(__file__).parents[1]
_WARM_UP = 2
REST = "everything else"

# (step, module or class, function); later steps may lie inside earlier ones
STEPS = (
    ("task digest", "grader.grading.grade_one", "task_digest"),
    ("sandbox and fork", "grader.sandbox.bubblewrap.BubblewrapBackend", "start"),
    ("sandbox and fork", "grader.sandbox.warm.WarmBackend", "start"),
    ("control groups", "grader.sandbox.meter", "create_group"),
    ("control groups", "grader.sandbox.meter.Meter", "close"),
    ("kernel until it answers", "grader.running.session", "_start"),
    ("cells", "grader.running.session", "run_cells"),
    ("probe until it listens", "grader.running.session", "_connect"),
    ("checks", "grader.checking", "run_checks"),
    ("answers to checks", "grader.running.link.Link", "_send"),
    ("end of the sandbox", "grader.running.session.Session", "kill"),
    ("end of the sandbox", "grader.running.session", "_clean_up"),
)


class Stopwatch:
    """Adds up the time of steps, each without the steps inside it.

    Attributes
    ----------
    seconds : dict
        By step.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._clock = clock
        self._inside: list[float] = []  # for each running step, the time that inner ones took

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Everything inside belongs to ``name``."""
        self._inside.append(0.0)
        began = self._clock()
        try:
            yield
        finally:
            took = self._clock() - began
            self.seconds[name] += took - self._inside.pop()
            if self._inside:
                self._inside[-1] += took

    def wrap(self, step: str, place: str, name: str) -> None:
        """Time every call of a function from now on.

        Parameters
        ----------
        place : str
            Dotted path of the module or class.

        Raises
        ------
        LookupError
            There is no such function: this file must follow a change of the code.
        """
        owner = _find(place)
        if not hasattr(owner, name):
            raise LookupError(f"{place} has no {name} any more; correct STEPS in {__file__}")
        inner = getattr(owner, name)

        @functools.wraps(inner)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.step(step):
                return inner(*args, **kwargs)

        @functools.wraps(inner)
        async def timed_async(*args: Any, **kwargs: Any) -> Any:
            with self.step(step):
                return await inner(*args, **kwargs)

        setattr(owner, name, timed_async if inspect.iscoroutinefunction(inner) else timed)


def _find(place: str) -> Any:
    module, _, attribute = place.rpartition(".")
    if attribute[:1].isupper():
        return getattr(importlib.import_module(module), attribute)
    return importlib.import_module(place)


def phase_milliseconds(workload: Workload, submissions: int = 20) -> dict[str, float]:
    """Median milliseconds of each step over some submissions, in the order of the steps, and of the ``total``."""
    command = [sys.executable, "-m", "benchmarks.phases", workload.exercise.id, str(submissions)]
    said = run(command, env={**os.environ, "PYTHONPATH": str(_ROOT)}, cwd=_ROOT).said
    measured: list[dict[str, float]] = last_json(said)
    names = dict.fromkeys(name for each in measured for name in each)
    return {name: 1000 * statistics.median(each.get(name, 0.0) for each in measured) for name in names}


def main() -> None:
    course = load_course(COURSE, [sys.argv[1]])
    exercise = course.exercises[sys.argv[1]]
    watch = Stopwatch()
    for step, place, name in STEPS:
        watch.wrap(step, place, name)
    measured = []
    with tempfile.TemporaryDirectory() as scratch:
        path, book = Path(scratch) / "work.ipynb", Gradebook(Path(scratch) / "gradebook.sqlite3")
        backend = choose_backend(warm=[exercise])
        try:
            for number, student in enumerate(students(_WARM_UP + int(sys.argv[2]))):
                path.write_text(json.dumps(notebook_of(exercise, student)), "utf-8")
                watch.seconds.clear()
                began = time.perf_counter()
                with watch.step(REST):
                    with watch.step("intake"):
                        submission = read_submission(path, exercise, course.intake, student=student)
                    result = grade(course, exercise, submission, backend=backend)
                    with watch.step("result as JSON"):
                        GRADE.dumps(result)
                    with watch.step("gradebook"):
                        book.put(result)
                if number >= _WARM_UP:
                    measured.append({**_ordered(watch.seconds), "total": time.perf_counter() - began})
        finally:
            backend.close()
    print(json.dumps(measured))


def _ordered(seconds: dict[str, float]) -> dict[str, float]:
    steps = dict.fromkeys(["intake", *(step for step, _, _ in STEPS), "result as JSON", "gradebook", REST])
    return {step: seconds[step] for step in steps if step in seconds}


if __name__ == "__main__":
    main()
