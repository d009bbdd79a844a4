"""Worker processes as their parent sees them: start, send, retire, end."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from grader.workers.socket_passing import send_with_sockets
from grader.workers.worker import Job, serve

GRACE_SECONDS = 5.0

_numbers = itertools.count()


@dataclass
class Worker:
    """A worker process and our end of its pipe.

    Attributes
    ----------
    task : str or None
        What it works on.
    deadline : float
        When that should long be done, on the monotonic clock.
    """

    process: SpawnProcess
    pipe: Connection
    task: str | None = None
    deadline: float = float("inf")

    @classmethod
    def start(cls, imports: Sequence[str]) -> Worker:
        """Start a process that imports these modules, and then waits for its `Job`."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, tuple(imports)), name=f"grader-worker-{next(_numbers)}")
        with ignoring_interrupts():  # inherited: a worker that is still starting does not die of the parent's Ctrl-C
            process.start()
        theirs.close()
        return cls(process, ours)

    def set_up(self, job: Job) -> None:
        """Tell it how its tasks are done; it then says that it is ready."""
        assert self.process.pid is not None
        with contextlib.suppress(OSError):  # one that died is noticed by the next wait
            send_with_sockets(self.pipe, job, self.process.pid)

    def send(self, payload: Any) -> None:
        """Hand it a task, or None to let it go."""
        with contextlib.suppress(OSError):
            self.pipe.send(payload)

    def retire(self) -> None:
        """Let it end by itself, and see to it that it does."""
        self.send(None)
        self.pipe.close()
        self.process.join(GRACE_SECONDS)
        _end(self.process)

    def end(self) -> None:
        """End it and all that it started."""
        self.pipe.close()
        _end(self.process)


def _end(process: SpawnProcess) -> None:
    """End a worker and all that it started: first kindly, so that it removes its sandboxes, then for certain."""
    if process.is_alive():
        process.terminate()
        process.join(GRACE_SECONDS)
    if process.pid is not None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.is_alive():
        process.kill()
    process.join()
    process.close()


@contextlib.contextmanager
def ignoring_interrupts() -> Iterator[None]:
    """A second Ctrl-C while workers are being ended must not leave sandboxes behind."""
    if threading.current_thread() is not threading.main_thread():  # no signal arrives here either
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
