"""What runs in a worker process of a batch: take a submission from the pipe, grade it, send JSON text back.

A worker never writes to the gradebook. It leads a process group of its own and ends on SIGTERM through the ordinary way
out, so that ``with open_session(...)`` removes the sandbox.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import FrameType

from grader.intake.submission import Submission
from grader.sandbox import Backend


@dataclass(frozen=True)
class WorkerSetup:
    """What every task of a batch has in common."""

    course_root: str
    exercises: tuple[str, ...]  # ids; the others of the course are not loaded
    backend: Backend
    seed: int
    visible_only: bool


def serve(pipe: Connection, setup: WorkerSetup) -> None:
    """Grade what comes through the pipe until None does."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    signal.signal(signal.SIGTERM, _leave)

    from grader.course import load_course
    from grader.grading.grade_one import grade
    from grader.grading.serialize import grade_to_json

    course = load_course(Path(setup.course_root), setup.exercises)
    pipe.send_bytes(b'{"ready": true}')
    while True:
        try:
            submission: Submission | None = pipe.recv()
        except EOFError:  # the parent is gone
            return
        if submission is None:
            return
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
