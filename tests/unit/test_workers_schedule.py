"""The decisions of a batch, replayed without a process."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.workers.schedule import (
    MAX_DEATHS,
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
    Withdrawn,
    WorkerDied,
    WorkerReady,
)


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


@given(
    n_tasks=st.integers(0, 12),
    workers=st.integers(1, 4),
    doomed=st.sets(st.integers(0, 11)),
    moves=st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=200),
)
def test_every_task_ends_exactly_once_whoever_dies(
    n_tasks: int, workers: int, doomed: set[int], moves: list[tuple[int, bool]]
) -> None:
    """Any order of answers and deaths: all tasks end, only tasks that killed MAX_DEATHS workers are given up."""
    tasks = [f"t{i}" for i in range(n_tasks)]
    deadly = {f"t{i}" for i in doomed}
    schedule = Schedule(tasks, workers)
    alive: dict[int, str | None] = {}
    ended: list[str] = []
    deaths: dict[str, int] = {}

    def obey(instructions: list[Instruction]) -> None:
        for instruction in instructions:
            match instruction:
                case Spawn(worker):
                    assert worker not in alive
                    alive[worker] = "starting"
                case RunTask(worker, task):
                    if deaths.get(task):
                        assert all(held in (None, "starting") for held in alive.values()), "a suspect runs alone"
                    alive[worker] = task
                case Retire(worker) | Kill(worker):
                    del alive[worker]
                case GiveUp(task):
                    assert deaths[task] == MAX_DEATHS
                    ended.append(task)
                case Abort():
                    raise AssertionError("no worker failed to start")
        assert len(alive) <= workers

    obey(schedule.start())
    steps = iter(moves)
    while not schedule.finished:
        pick, dies_anyway = next(steps, (0, False))
        busy = [worker for worker, held in sorted(alive.items()) if held is not None]
        assert busy, "something must always be on its way"
        worker = busy[pick % len(busy)]
        held = alive[worker]
        assert held is not None
        if held == "starting":
            alive[worker] = None
            obey(schedule.on(WorkerReady(worker)))
        elif held in deadly or dies_anyway:
            deaths[held] = deaths.get(held, 0) + 1
            del alive[worker]
            obey(schedule.on(WorkerDied(worker)))
        else:
            alive[worker] = None
            ended.append(held)
            obey(schedule.on(TaskFinished(worker)))
    assert sorted(ended) == sorted(tasks)
    assert not alive
