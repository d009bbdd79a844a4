"""Grades a class with worker processes; the parent alone writes, one commit for each grade as it arrives.

Theory of operation. Each worker is a spawned process with a pipe of its own (``worker.py``). The parent sends it one
submission at a time and gets JSON text back: no object of a worker is ever rebuilt here by anything that can run code.
What happens next is decided by ``schedule.Schedule``; this module only carries out its instructions. A worker leads
a process group, so that killing it leaves no sandbox behind, and Ctrl-C at the terminal reaches the parent only. What a
grade holds of the submission itself, its executed notebook, goes to the store and is not kept here: the memory of the
parent does not grow with the class.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from typing import Any

from grader.course.models import Course
from grader.errors import GraderError
from grader.grading.events import Arrived, BatchEvent, BatchInterrupted, Prepared, Retried, Started
from grader.grading.grade import Grade, without_notebook
from grader.grading.grade_one import GRADER_ERROR_MESSAGE
from grader.grading.pool import Worker, ignoring_interrupts
from grader.grading.schedule import (
    Abort,
    GiveUp,
    Instruction,
    Interrupted,
    Kill,
    Retire,
    RunTask,
    Schedule,
    Spawn,
    TaskFinished,
    WorkerDied,
    WorkerReady,
)
from grader.grading.serialize import GradeFormatError, grade_from_json
from grader.grading.store import GradeStore
from grader.grading.task import task_digest
from grader.grading.worker import WorkerSetup
from grader.intake.submission import Submission
from grader.sandbox import Backend, Slot, choose_backend, clean_up
from grader.vocabulary import Outcome

# A grade that takes longer than this many times the exercise's own total limit means that our side hangs.
PATIENCE_FACTOR = 10
PATIENCE_SECONDS = 600.0

WORTH_A_TEMPLATE = 3  # so many tasks are started from templates; fewer are done before one has imported anything


def grade_batch(
    course: Course,
    submissions: Sequence[Submission],
    store: GradeStore,
    *,
    workers: int = 1,
    trust: bool = False,
    seed: int = 0,
    visible_only: bool = False,
    on_event: Callable[[BatchEvent], None] = lambda event: None,
    gpu_slots: Sequence[Slot] = (),
) -> list[Grade]:
    """Grade many submissions and keep each grade as it arrives.

    Parameters
    ----------
    course : Course
    submissions : sequence of Submission
    store : GradeStore
        Asked first: a task that it knows is not run again, unless it ended in ``grader_error``.
    workers : int
        Processes at a time.
    trust : bool
        Run without a sandbox, for submissions that the caller trusts.
    seed : int
        Seed of every run.
    visible_only : bool
        Run only the checks that students have.
    on_event : callable
        Told about progress, in this process and thread.
    gpu_slots : sequence of Slot
        For exercises that ask for a GPU: each worker has one of these or none. Without any, such exercises run on the
        CPU with their small profile.

    Returns
    -------
    list of Grade
        In the order of the submissions, without their executed notebooks, which ``store`` has.

    Raises
    ------
    BatchInterrupted
        On Ctrl-C; what is done is kept.
    GraderError
        Workers cannot start on this machine.
    """
    return _Batch(course, submissions, store, workers, trust, seed, visible_only, on_event, gpu_slots).run()


@dataclass
class _Batch:
    course: Course
    submissions: Sequence[Submission]
    store: GradeStore
    n_workers: int
    trust: bool
    seed: int
    visible_only: bool
    on_event: Callable[[BatchEvent], None]
    slots: Sequence[Slot] = ()
    backend: Backend | None = None
    grades: dict[int, Grade] = field(default_factory=dict)  # by position of the submission
    positions: dict[str, list[int]] = field(default_factory=dict)  # equal work is one task
    fresh: list[Worker] = field(default_factory=list)  # started, and not yet told what to do
    pool: dict[int, Worker] = field(default_factory=dict)

    def run(self) -> list[Grade]:
        schedule = Schedule((), self.n_workers)
        try:
            todo = self._recall()
            if todo:
                self.fresh = [Worker.start() for _ in range(min(self.n_workers, len(todo)))]  # import meanwhile
                self.backend = self._prepare(todo)
            schedule = Schedule(
                todo, self.n_workers, {task for task in todo if self._asks_for_gpu(task)}, len(self.slots)
            )
            self._carry_out(schedule.start(), schedule)
            while not schedule.finished:
                for event in self._wait():
                    self._carry_out(schedule.on(event), schedule)
        except KeyboardInterrupt:
            with ignoring_interrupts():
                self._carry_out(schedule.on(Interrupted()), schedule)
            done = [self.grades[i] for i in sorted(self.grades)]
            raise BatchInterrupted(done, len(self.submissions) - len(done)) from None
        finally:
            with ignoring_interrupts():
                for number in list(self.pool):
                    self._kill(number)
                for worker in self.fresh:
                    worker.end()
                if self.backend is not None:
                    self.backend.close()
                    clean_up()  # after workers that were killed and could not do so themselves
        return [self.grades[i] for i in range(len(self.submissions))]

    def _recall(self) -> list[str]:
        """Take from the store what it knows; return the tasks that are left, in order of first appearance."""
        backend = "none" if self.trust else "sandbox"
        for position, submission in enumerate(self.submissions):
            task = task_digest(
                submission,
                self.course.exercises[submission.exercise_id],
                profile=self.course.as_run(self.course.exercises[submission.exercise_id], bool(self.slots)).profile,
                seed=self.seed,
                visible_only=self.visible_only,
                backend=backend,
                gpu=bool(self.slots),
            )
            self.positions.setdefault(task, []).append(position)
        todo = []
        for task, positions in self.positions.items():
            known = self.store.get(task)
            if known is None or known.outcome is Outcome.GRADER_ERROR:
                todo.append(task)
                continue
            for position in positions:
                self._keep(position, known, remembered=True)
        return todo

    def _asks_for_gpu(self, task: str) -> bool:
        return self.course.exercises[self.submissions[self.positions[task][0]].exercise_id].gpu

    def _prepare(self, todo: Sequence[str]) -> Backend:
        """The backend for these tasks; its templates serve all workers."""
        forked = [task for task in todo if not self.slots or not self._asks_for_gpu(task)]
        ids = {self.submissions[self.positions[task][0]].exercise_id for task in forked}
        warm = len(forked) >= WORTH_A_TEMPLATE
        exercises = [self.course.exercises[i] for i in sorted(ids)] if warm else []
        backend = choose_backend(self.trust, warm=exercises, gpu=self.slots[0] if self.slots else None)
        self.on_event(Prepared(backend, warm))
        return backend

    def _keep(self, position: int, grade: Grade, *, remembered: bool) -> None:
        own = replace(grade, student=self.submissions[position].student)
        self.store.put(own)
        self.grades[position] = light = without_notebook(own)
        self.on_event(Arrived(light, len(self.grades), len(self.submissions), remembered))

    def _arrive(self, task: str, grade: Grade) -> None:
        for position in self.positions[task]:
            self._keep(position, replace(grade, task=task), remembered=False)

    # --- carrying out instructions

    def _carry_out(self, instructions: list[Instruction], schedule: Schedule) -> None:
        for instruction in instructions:
            match instruction:
                case Spawn(number, slot):
                    self._spawn(number, self.slots[slot] if slot is not None else None)
                case RunTask(number, task):
                    self._send(number, task)
                case Retire(number):
                    self._retire(number)
                case Kill(number):
                    self._kill(number)
                case GiveUp(task):
                    self._arrive(task, self._given_up(task))
                case Abort():
                    raise GraderError(
                        "the worker processes of the batch die while starting; "
                        "run `grader doctor`, or grade one file with `grader grade FILE --debug` to see why"
                    )

    def _spawn(self, number: int, slot: Slot | None) -> None:
        assert self.backend is not None
        setup = WorkerSetup(
            course_root=str(self.course.root),
            exercises=tuple(dict.fromkeys(submission.exercise_id for submission in self.submissions)),
            backend=self.backend,
            seed=self.seed,
            visible_only=self.visible_only,
            gpu=slot,
        )
        worker = self.pool[number] = self.fresh.pop() if self.fresh else Worker.start()
        worker.set_up(setup)

    def _send(self, number: int, task: str) -> None:
        worker = self.pool[number]
        submission = self.submissions[self.positions[task][0]]
        limit = self.course.exercises[submission.exercise_id].limits.total_seconds
        worker.task, worker.deadline = task, time.monotonic() + PATIENCE_SECONDS + PATIENCE_FACTOR * limit
        self.on_event(Started(submission))
        worker.send(submission)

    def _retire(self, number: int) -> None:
        self.pool.pop(number).retire()

    def _kill(self, number: int) -> None:
        worker = self.pool.pop(number, None)
        if worker is not None:
            worker.end()

    # --- taking in events

    def _wait(self) -> list[WorkerReady | TaskFinished | WorkerDied | Interrupted]:
        by_handle: dict[Any, int] = {}
        for number, worker in self.pool.items():
            by_handle[worker.pipe] = number
        now = time.monotonic()
        next_deadline = min((worker.deadline for worker in self.pool.values()), default=now)
        ready = wait(list(by_handle), timeout=None if next_deadline == float("inf") else max(0.0, next_deadline - now))
        events: list[WorkerReady | TaskFinished | WorkerDied | Interrupted] = []
        for handle in ready:
            number = by_handle[handle]
            events.append(self._receive(number))
        for number in [n for n, worker in self.pool.items() if worker.deadline <= time.monotonic()]:
            if self.pool[number].pipe not in ready:
                events.append(self._died(number))
        return events

    def _receive(self, number: int) -> WorkerReady | TaskFinished | WorkerDied:
        worker = self.pool[number]
        try:
            message = json.loads(worker.pipe.recv_bytes())
        except (EOFError, OSError, ValueError):
            return self._died(number)
        if message.get("ready"):
            return WorkerReady(number)
        task, worker.task, worker.deadline = worker.task, None, float("inf")
        assert task is not None, "a worker answers only what it was asked"
        try:
            grade = grade_from_json(message["grade"])
        except (KeyError, GradeFormatError) as error:
            grade = self._failure(task, f"the worker's answer cannot be read: {error}")
        self._arrive(task, grade)
        return TaskFinished(number)

    def _died(self, number: int) -> WorkerDied:
        worker = self.pool[number]
        if worker.task is not None:
            self.on_event(Retried(self.submissions[self.positions[worker.task][0]]))
        self._kill(number)
        return WorkerDied(number)

    def _given_up(self, task: str) -> Grade:
        return self._failure(
            task,
            "the worker process that graded this submission died twice (killed by the system, often for memory, "
            "or stalled); lower --workers, or look at the submission by hand",
        )

    def _failure(self, task: str, details: str) -> Grade:
        submission = self.submissions[self.positions[task][0]]
        exercise = self.course.exercises[submission.exercise_id]
        return Grade(
            student=submission.student,
            exercise_id=submission.exercise_id,
            submission_digest=submission.digest,
            task=task,
            outcome=Outcome.GRADER_ERROR,
            points=0.0,
            max_points=exercise.points,
            message=GRADER_ERROR_MESSAGE,
            extra={"details": details},
        )
