"""GPU slots in a batch, replayed without a process: each belongs to one worker, and no task that needs one is forgotten."""

from __future__ import annotations

from grader.workers.schedule import (
    Retire,
    RunTask,
    Schedule,
    Spawn,
    TaskFinished,
    WorkerDied,
    WorkerReady,
)
from tests.schedule_machine import GpuScheduleMachine, hold_to_its_promises


def test_workers_with_slots_start_first_and_as_many_as_there_are_tasks_for_them() -> None:
    assert Schedule(["a", "g"], 3, {"g"}, slots=2).start() == [Spawn(0, 0), Spawn(1)]
    assert Schedule(["g", "h", "i"], 3, {"g", "h", "i"}, slots=2).start() == [Spawn(0, 0), Spawn(1, 1)]


def test_without_slots_every_worker_takes_everything() -> None:
    schedule = Schedule(["g"], 1, {"g"}, slots=0)
    assert schedule.start() == [Spawn(0)]
    assert schedule.on(WorkerReady(0)) == [RunTask(0, "g")]


def test_one_worker_with_a_slot_does_what_needs_it_first_and_then_the_rest() -> None:
    schedule = Schedule(["a", "g"], 1, {"g"}, slots=1)
    assert schedule.start() == [Spawn(0, 0)]
    assert schedule.on(WorkerReady(0)) == [RunTask(0, "g")]
    assert schedule.on(TaskFinished(0)) == [RunTask(0, "a")]
    assert schedule.on(TaskFinished(0)) == [Retire(0)]
    assert schedule.finished


def test_a_slot_whose_worker_died_goes_to_the_next() -> None:
    schedule = Schedule(["g", "h"], 1, {"g", "h"}, slots=1)
    schedule.start()
    schedule.on(WorkerReady(0))
    assert schedule.on(WorkerDied(0)) == [Spawn(1, 0)]


def test_a_suspect_waits_for_what_nobody_can_begin_yet() -> None:
    schedule = Schedule(["g", "h", "a", "b"], 3, {"g", "h"}, slots=1)
    assert schedule.start() == [Spawn(0, 0), Spawn(1), Spawn(2)]
    for worker in range(3):
        schedule.on(WorkerReady(worker))
    schedule.on(WorkerDied(1))  # with "a"
    assert schedule.on(TaskFinished(2)) == []  # stays for it
    assert schedule.on(WorkerDied(0)) == [Spawn(3, 0)]  # "h" comes first, and needs the slot
    assert RunTask(3, "h") in schedule.on(WorkerReady(3))


def test_no_slot_has_two_owners_and_every_task_ends() -> None:
    """Any order of answers and deaths, any mixture of tasks."""
    hold_to_its_promises(GpuScheduleMachine)
