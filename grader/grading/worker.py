"""What runs in a worker process of a batch: take a submission from the pipe, grade it, send JSON text back.

It is started before the batch knows how it will run submissions, and imports what grading needs in the meantime.

A worker never writes to the gradebook. It leads a process group of its own and ends on SIGTERM through the ordinary way
out, so that ``with open_session(...)`` removes the sandbox. When the batch itself is killed, the system ends the worker
at once and with it its sandbox; what they leave in the file system is swept by the next start (``grader.scratch``).
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from grader.grading.handover import take_over
from grader.intake.submission import Submission
from grader.processes import end_with_parent
from grader.sandbox import Backend, Slot

# what grading imports when it is first needed: half a second that the first submission would wait for
_NEEDED = (
    "pandas",
    "grader.checking.plugin",
    "grader.checking.runner",
    "grader.references.opening",
    "grader.running.session",
)


@dataclass(frozen=True)
class WorkerSetup:
    """What every task of one worker has in common."""

    course_root: str
    exercises: tuple[str, ...]  # ids; the others of the course are not loaded
    backend: Backend
    seed: int
    visible_only: bool
    gpu: Slot | None = None  # this worker's own


def serve(pipe: Connection) -> None:
    """Take a `WorkerSetup` from the pipe, then grade what comes through it until None does."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    signal.signal(signal.SIGTERM, _leave)

    from grader.course import load_course
    from grader.grading.grade_one import grade
    from grader.grading.serialize import grade_to_json

    for name in _NEEDED:
        importlib.import_module(name)
    with contextlib.suppress(EOFError, ConnectionError):  # the parent is gone, or has let go of us
        setup: WorkerSetup = take_over(pipe)
        course = load_course(Path(setup.course_root), setup.exercises)
        setup.backend.gpu = setup.gpu
        pipe.send_bytes(b'{"ready": true}')
        submission: Submission | None
        while (submission := pipe.recv()) is not None:
            result = grade(
                course,
                course.exercises[submission.exercise_id],
                submission,
                backend=setup.backend,
                seed=setup.seed,
                visible_only=setup.visible_only,
            )
            pipe.send_bytes(json.dumps({"grade": grade_to_json(result)}, allow_nan=False).encode())


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)
