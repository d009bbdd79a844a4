"""Carries out a schedule with worker processes; batches and proofs are both made of it.

Theory of operation. Each worker is a spawned process with a pipe of its own (``worker.py``). The parent sends it one
task at a time and gets bytes back: no object of a worker is ever rebuilt here by anything that can run code. What happens
next is decided by ``schedule.Schedule``; this module only carries out its instructions. A worker leads a process group, so
that killing it leaves no sandbox behind, and Ctrl-C at the terminal reaches the parent only.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Protocol, Self

from grader.errors import GraderError
from grader.sandbox import Slot
from grader.workers.schedule import (
    Abort,
    Event,
    GiveUp,
    Instruction,
    Interrupted,
    Kill,
    Retire,
    RunTask,
    Schedule,
    Spawn,
    TaskFinished,
    Withdrawn,
    WorkerDied,
    WorkerReady,
)
from grader.workers.worker import ANSWER, READY, Job
from grader.workers.worker_process import Worker, ignoring_interrupts

# A task that takes longer than this many times the exercise's own total limit means that our side hangs.
PATIENCE_FACTOR = 10
PATIENCE_SECONDS = 600.0


@dataclass(frozen=True)
class Task:
    """One thing to do.

    Attributes
    ----------
    payload : object
        What the worker's `Job` takes; pickled.
    limit : float
        Seconds that it may take by its own limits.
    gpu : bool
        Whether it needs a GPU slot, where there are any.
    """

    payload: Any
    limit: float
    gpu: bool = False


class TaskObserver(Protocol):
    """Who is told what becomes of the tasks, in the parent's process and thread."""

    def started(self, task: str) -> None:
        """It was handed to a worker."""

    def answered(self, task: str, answer: bytes) -> None:
        """A worker has done it."""

    def retried(self, task: str) -> None:
        """Its worker died; it is tried once more, alone, at the end."""

    def given_up(self, task: str) -> None:
        """Its worker died twice."""


class WorkerPool:
    """Worker processes for one set of tasks.

    They start at once, and import while the caller still prepares; leaving the ``with`` block ends them all.

    Parameters
    ----------
    size : int
        Most workers at a time.
    imports : sequence of str
        Modules that every worker imports before it knows its job.
    slots : sequence of Slot
        GPU slots; a worker owns one of them or none.
    """

    def __init__(self, size: int, imports: Sequence[str], slots: Sequence[Slot] = ()) -> None:
        self._size, self._imports, self._slots = size, tuple(imports), slots
        self._fresh: list[Worker] = []  # started, and not yet told what to do
        self._workers: dict[int, Worker] = {}
        self._tasks: Mapping[str, Task] = {}
        self._schedule = Schedule((), 1)
        self._job: Callable[[Slot | None], Job]
        self._observer: TaskObserver

    def __enter__(self) -> Self:
        try:
            for _ in range(self._size):
                self._fresh.append(self._start())
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers and what they started."""
        with ignoring_interrupts():
            for number in list(self._workers):
                self._kill(number)
            while self._fresh:
                self._fresh.pop().end()

    def run(
        self,
        tasks: Mapping[str, Task],
        job: Callable[[Slot | None], Job],
        observer: TaskObserver,
        until: float = float("inf"),
    ) -> None:
        """Do all tasks, in their order as far as there are workers.

        Parameters
        ----------
        job : callable
            Makes the job of a worker from the GPU slot that it owns.
        until : float
            When everything ends, finished or not, on the monotonic clock.

        Raises
        ------
        KeyboardInterrupt
            On Ctrl-C, when all workers have ended.
        GraderError
            Workers cannot start on this machine.
        """
        self._tasks, self._job, self._observer = tasks, job, observer
        on_gpu = {name for name, task in tasks.items() if task.gpu}
        self._schedule = Schedule(tasks, self._size, on_gpu, len(self._slots))
        try:
            self._carry_out(self._schedule.start())
            while not self._schedule.finished:
                for number in self._wait(until):
                    if number in self._workers:  # what became of one before it may have ended it
                        self._carry_out(self._schedule.on(self._receive(number)))
                if time.monotonic() >= until:
                    self._stop()
        except KeyboardInterrupt:
            self._stop()
            raise

    def withdraw(self, tasks: Collection[str]) -> frozenset[str]:
        """Take tasks back that no worker has begun, for a `TaskObserver`; return which they were."""
        withdrawn = frozenset(tasks).intersection((*self._schedule.waiting, *self._schedule.suspects))
        self._carry_out(self._schedule.on(Withdrawn(withdrawn)))
        return withdrawn

    def _stop(self) -> None:
        with ignoring_interrupts():
            self._carry_out(self._schedule.on(Interrupted()))

    def _start(self) -> Worker:
        return Worker.start(self._imports)

    # --- carrying out instructions

    def _carry_out(self, instructions: list[Instruction]) -> None:
        for instruction in instructions:
            match instruction:
                case Spawn(number, slot):
                    worker = self._workers[number] = self._fresh.pop() if self._fresh else self._start()
                    worker.deadline = time.monotonic() + PATIENCE_SECONDS  # until it says that it is ready
                    worker.set_up(self._job(self._slots[slot] if slot is not None else None))
                case RunTask(number, task):
                    self._send(number, task)
                case Retire(number):
                    self._workers.pop(number).retire()
                case Kill(number):
                    self._kill(number)
                case GiveUp(task):
                    self._observer.given_up(task)
                case Abort():
                    raise GraderError(
                        "the worker processes die while starting; run `grader doctor` to see why, "
                        "or try one thing with `grader --debug grade FILE` or `grader --debug try ID`"
                    )

    def _send(self, number: int, name: str) -> None:
        worker, task = self._workers[number], self._tasks[name]
        worker.task, worker.deadline = name, time.monotonic() + PATIENCE_SECONDS + PATIENCE_FACTOR * task.limit
        self._observer.started(name)
        worker.send(task.payload)

    def _kill(self, number: int) -> None:
        worker = self._workers.pop(number, None)
        if worker is not None:
            worker.end()

    # --- taking in events

    def _wait(self, until: float) -> list[int]:
        """Workers that have something to say, have ended, or have taken too long."""
        by_pipe: dict[Any, int] = {worker.pipe: number for number, worker in self._workers.items()}
        end = min((worker.deadline for worker in self._workers.values()), default=time.monotonic())
        end = min(end, until)
        ready = wait(list(by_pipe), timeout=None if end == float("inf") else max(0.0, end - time.monotonic()))
        now = time.monotonic()
        late = [
            number for number, worker in self._workers.items() if worker.deadline <= now and worker.pipe not in ready
        ]
        return [*(by_pipe[pipe] for pipe in ready), *late]

    def _receive(self, number: int) -> Event:
        worker = self._workers[number]
        if not worker.pipe.poll():
            return self._died(number)  # too late
        try:
            message = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            return self._died(number)
        if message == READY:
            worker.deadline = float("inf")
            return WorkerReady(number)
        task, worker.task, worker.deadline = worker.task, None, float("inf")
        assert task is not None, "a worker answers only what it was asked"
        self._observer.answered(task, message.removeprefix(ANSWER))
        return TaskFinished(number)

    def _died(self, number: int) -> WorkerDied:
        worker = self._workers[number]
        if worker.task is not None:
            self._observer.retried(worker.task)
        self._kill(number)
        return WorkerDied(number)
