"""The decisions of a batch, replayed without a process."""

from __future__ import annotations

from grader.workers.schedule import (
    Abort,
    GiveUp,
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
from tests.schedule_machine import ScheduleMachine, hold_to_its_promises


def test_no_more_workers_start_than_there_is_work() -> None:
    assert Schedule(["a", "b"], workers=5).start() == [Spawn(0), Spawn(1)]
    assert Schedule([], workers=5).start() == []
    assert Schedule([], workers=5).finished


def test_tasks_are_handed_out_in_order_and_workers_leave_at_the_end() -> None:
    schedule = Schedule(["a", "b"], workers=1)
    schedule.start()
    assert schedule.on(WorkerReady(0)) == [RunTask(0, "a")]
    assert schedule.on(TaskFinished(0)) == [RunTask(0, "b")]
    assert schedule.on(TaskFinished(0)) == [Retire(0)]
    assert schedule.finished


def test_a_death_costs_only_its_own_task_which_is_retried_alone() -> None:
    schedule = Schedule(["killer", "b", "c"], workers=2)
    schedule.start()
    schedule.on(WorkerReady(0))
    schedule.on(WorkerReady(1))
    assert schedule.on(WorkerDied(0)) == [Spawn(2)]
    assert schedule.on(WorkerReady(2)) == [RunTask(2, "c")]
    assert schedule.on(TaskFinished(1)) == []  # stays for the suspect, which waits until "c" is done
    assert schedule.on(TaskFinished(2)) == [RunTask(1, "killer"), Retire(2)]
    assert schedule.on(WorkerDied(1)) == [GiveUp("killer")]
    assert schedule.finished


def test_an_interrupt_kills_what_runs_and_hands_out_nothing_more() -> None:
    schedule = Schedule(["a", "b", "c"], workers=2)
    schedule.start()
    schedule.on(WorkerReady(0))
    assert schedule.on(Interrupted()) == [Kill(0), Kill(1)]
    assert schedule.finished
    assert schedule.on(WorkerDied(0)) == []


def test_workers_that_cannot_start_abort_the_batch() -> None:
    schedule = Schedule(["a", "b", "c"], workers=1)
    schedule.start()
    assert schedule.on(WorkerDied(0)) == [Spawn(1)]
    assert schedule.on(WorkerDied(1)) == [Spawn(2)]
    assert schedule.on(WorkerDied(2)) == [Abort()]
    assert schedule.finished


def test_withdrawn_tasks_are_not_handed_out_and_what_runs_is_finished() -> None:
    schedule = Schedule(["a", "b", "c", "d"], workers=2)
    schedule.start()
    schedule.on(WorkerReady(0))
    assert schedule.on(Withdrawn(frozenset({"a", "b", "d"}))) == []
    assert schedule.on(WorkerReady(1)) == [RunTask(1, "c")]
    assert schedule.on(TaskFinished(0)) == [Retire(0)]
    assert schedule.on(TaskFinished(1)) == [Retire(1)]
    assert schedule.finished


def test_a_suspect_that_is_withdrawn_lets_the_worker_go_that_waited_for_it() -> None:
    schedule = Schedule(["killer", "b"], workers=2)
    schedule.start()
    schedule.on(WorkerReady(0))
    schedule.on(WorkerReady(1))
    schedule.on(WorkerDied(0))
    schedule.on(WorkerReady(2))
    assert schedule.on(Withdrawn(frozenset({"killer"}))) == [Retire(2)]
    assert schedule.on(TaskFinished(1)) == [Retire(1)]
    assert schedule.finished


def test_every_task_ends_exactly_once_whoever_dies() -> None:
    """Any order of answers, deaths, withdrawals and interrupts."""
    hold_to_its_promises(ScheduleMachine)
