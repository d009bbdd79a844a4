"""Grades a class with worker processes; the parent alone writes, one commit for each grade as it arrives.

What a grade holds of the submission itself, its executed notebook, goes to the store and is not kept here: the memory of
the parent does not grow with the class.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from grader.course.models import Course, Exercise
from grader.errors import FormatError
from grader.grading.conditions import Conditions, task_digest
from grader.grading.events import Arrived, BatchEvent, BatchInterrupted, Prepared, Retried, Started
from grader.grading.grade import GRADE, Grade, without_notebook
from grader.grading.grade_one import GRADER_ERROR_MESSAGE
from grader.grading.job import IMPORTS, GradeSubmissions
from grader.grading.store import GradeStore
from grader.intake.submission import Submission
from grader.sandbox import Backend, Slot, choose_backend, clean_up
from grader.vocabulary import Outcome
from grader.workers import Task, WorkerPool
from grader.workers.worker_process import ignoring_interrupts

WORTH_A_TEMPLATE = 3  # so many tasks are started from templates; fewer are done before one has imported anything


def grade_batch(
    course: Course,
    submissions: Sequence[Submission],
    store: GradeStore,
    *,
    workers: int = 1,
    conditions: Conditions | None = None,
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
    conditions : Conditions, optional
        In the sandbox, with the course's profile and seed 0 by default. Without a sandbox, the caller trusts the
        submissions.
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
    if conditions is None:
        conditions = Conditions.under(course, isolated=True, gpu=bool(gpu_slots))
    return _Batch(course, submissions, store, workers, conditions, on_event, gpu_slots).run()


@dataclass
class _Batch:
    course: Course
    submissions: Sequence[Submission]
    store: GradeStore
    n_workers: int
    conditions: Conditions
    on_event: Callable[[BatchEvent], None]
    slots: Sequence[Slot] = ()
    backend: Backend | None = None
    grades: dict[int, Grade] = field(default_factory=dict)  # by position of the submission
    positions: dict[str, list[int]] = field(default_factory=dict)  # equal work is one task

    def run(self) -> list[Grade]:
        try:
            todo = self._recall()
            if todo:
                self._grade(todo)
        except KeyboardInterrupt:
            done = [self.grades[i] for i in sorted(self.grades)]
            raise BatchInterrupted(done, len(self.submissions) - len(done)) from None
        finally:
            with ignoring_interrupts():
                if self.backend is not None:
                    self.backend.close()
                    clean_up()  # after workers that were killed and could not do so themselves
        return [self.grades[i] for i in range(len(self.submissions))]

    def _recall(self) -> list[str]:
        """Take from the store what it knows; return the tasks that are left, in order of first appearance."""
        for position, submission in enumerate(self.submissions):
            exercise = self.course.exercises[submission.exercise_id]
            self.positions.setdefault(task_digest(submission, exercise, self.conditions), []).append(position)
        todo = []
        for task, positions in self.positions.items():
            known = self.store.get(task)
            if known is None or known.outcome is Outcome.GRADER_ERROR:
                todo.append(task)
                continue
            for position in positions:
                self._keep(position, known, remembered=True)
        return todo

    def _grade(self, todo: Sequence[str]) -> None:
        with WorkerPool(min(self.n_workers, len(todo)), IMPORTS, self.slots) as pool:  # they import meanwhile
            self.backend = backend = self._prepare(todo)
            exercises = tuple(dict.fromkeys(submission.exercise_id for submission in self.submissions))

            def job(slot: Slot | None) -> GradeSubmissions:
                return GradeSubmissions(str(self.course.root), exercises, backend, self.conditions, slot)

            tasks = {}
            for task in todo:
                exercise = self._exercise(task)
                tasks[task] = Task(self._submission(task), exercise.limits.total_seconds, exercise.gpu)
            pool.run(tasks, job, self)

    def _submission(self, task: str) -> Submission:
        return self.submissions[self.positions[task][0]]

    def _exercise(self, task: str) -> Exercise:
        return self.course.exercises[self._submission(task).exercise_id]

    def _prepare(self, todo: Sequence[str]) -> Backend:
        """The backend for these tasks; its templates serve all workers."""
        forked = [task for task in todo if not self.slots or not self._exercise(task).gpu]
        warm = len(forked) >= WORTH_A_TEMPLATE
        ids = {self._submission(task).exercise_id for task in forked}
        exercises = [self.course.exercises[i] for i in sorted(ids)] if warm else []
        trust = self.conditions.backend == "none"
        backend = choose_backend(trust, warm=exercises, gpu=self.slots[0] if self.slots else None)
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

    # --- what the pool tells

    def started(self, task: str) -> None:
        self.on_event(Started(self._submission(task)))

    def answered(self, task: str, answer: bytes) -> None:
        try:
            grade = GRADE.loads(answer)
        except FormatError as error:
            grade = self._failure(task, f"the worker's answer cannot be read: {error}")
        self._arrive(task, grade)

    def retried(self, task: str) -> None:
        self.on_event(Retried(self._submission(task)))

    def given_up(self, task: str) -> None:
        details = (
            "the worker process that graded this submission died twice (killed by the system, often for memory, "
            "or stalled); lower --workers, or look at the submission by hand"
        )
        self._arrive(task, self._failure(task, details))

    def _failure(self, task: str, details: str) -> Grade:
        submission = self._submission(task)
        return Grade(
            student=submission.student,
            exercise_id=submission.exercise_id,
            submission_digest=submission.digest,
            task=task,
            outcome=Outcome.GRADER_ERROR,
            points=0.0,
            max_points=self._exercise(task).points,
            message=GRADER_ERROR_MESSAGE,
            extra={"details": details},
        )
