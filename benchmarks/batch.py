"""Grades one folder of notebooks as ``grader batch`` does, in a process that is measured from outside:

    python -m benchmarks.batch FOLDER EXERCISE WORKERS MEMORY_EVERY

Prints a line when the first submission is handed to a worker and one for each grade; leaves ``details.json`` in the folder.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Any

from benchmarks.peers.ours import BEGINS, ENDS
from benchmarks.workloads import COURSE
from grader.course import load_course
from grader.gradebook import Gradebook
from grader.grading import Arrived, BatchEvent, Grade, Prepared, Started, grade_batch
from grader.intake import read_class


def main() -> None:
    folder, wanted = Path(sys.argv[1]), sys.argv[2]
    workers, memory_every = int(sys.argv[3]), int(sys.argv[4])
    course = load_course(COURSE, [wanted])
    exercise = course.exercises[wanted]
    submissions = read_class(folder / "submitted", course, course.intake, exercise=exercise).submissions
    grades: list[dict[str, Any]] = []
    memory: list[dict[str, Any]] = []
    details: dict[str, Any] = {"grades": grades, "memory": memory}
    begun = False

    def notice(event: BatchEvent) -> None:
        nonlocal begun
        match event:
            case Prepared(backend=backend):
                details.update(backend=backend.name, warm=backend.warm, cold_starts=list(backend.cold_starts))
            case Started() if not begun:
                begun = True
                print(BEGINS, flush=True)
            case Arrived(grade=grade, done=done):
                print(f"{done} {ENDS}", flush=True)
                grades.append(_record(grade))
                if memory_every and done % memory_every == 0:
                    memory.append({"done": done, **_memory()})

    with Gradebook(folder / "gradebook.sqlite3") as store:
        grade_batch(course, submissions, store, workers=workers, on_event=notice)
    (folder / "details.json").write_text(json.dumps(details), "utf-8")


def _record(grade: Grade) -> dict[str, Any]:
    why = grade.extra.get("details") or grade.message.en
    if not why:
        why = "; ".join(f"{v.check}: {v.details}" for v in grade.verdicts if v.points < v.max_points)
    record = {"outcome": grade.outcome.value, "seconds": grade.seconds, "grader_seconds": grade.grader_seconds}
    return {**record, "why": why[-500:]}


def _memory() -> dict[str, Any]:
    """Resident memory in MiB of this process and of its workers."""
    workers = [_resident(child.pid) for child in multiprocessing.active_children() if child.pid is not None]
    return {"parent": _resident(os.getpid()), "workers": workers}


def _resident(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main()
