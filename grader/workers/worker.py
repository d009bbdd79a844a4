"""What runs in a worker process: take tasks from the pipe one at a time, do them, send bytes back.

It is started before anybody knows how its tasks are to be done, and imports what they will need in the meantime.

A worker never writes to a gradebook or a record. It leads a process group of its own and ends on SIGTERM through the
ordinary way out, so that ``with open_session(...)`` removes the sandbox. When its parent is killed, the system ends the
worker at once and with it its sandbox; what they leave in the file system is swept by the next start (`grader.scratch`).
"""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any, Protocol

from grader.processes import end_with_parent
from grader.workers.socket_passing import receive_with_sockets

READY = b"ready"
ANSWER = b"answer:"  # before what a task came to


class Job(Protocol):
    """What all tasks of one worker have in common; it is pickled to the worker, open sockets included."""

    def begin(self) -> Callable[[Any], bytes]:
        """Set up, in the worker, and return what does one task: from its payload to plain bytes, never raising."""


def serve(pipe: Connection, imports: Sequence[str]) -> None:
    """Take a `Job` from the pipe, then do each payload that comes through it, until None does."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
    signal.signal(signal.SIGTERM, _leave)
    for name in imports:
        importlib.import_module(name)
    with contextlib.suppress(EOFError, ConnectionError):  # the parent is gone, or has let go of us
        job: Job = receive_with_sockets(pipe)
        do = job.begin()
        pipe.send_bytes(READY)
        while (payload := pipe.recv()) is not None:
            pipe.send_bytes(ANSWER + do(payload))


def _leave(signum: int, frame: FrameType | None) -> None:
    sys.exit(128 + signum)
