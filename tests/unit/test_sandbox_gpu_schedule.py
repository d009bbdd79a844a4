"""GPU slots in a batch, replayed without a process: each belongs to one worker, and no task that needs one is forgotten."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.workers.schedule import (
    MAX_DEATHS,
    Abort,
    GiveUp,
    Instruction,
    Kill,
    Retire,
    RunTask,
    Schedule,
    Spawn,
    TaskFinished,
    WorkerDied,
    WorkerReady,
)


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


@given(
    kinds=st.lists(st.booleans(), max_size=10),
    workers=st.integers(1, 4),
    slots=st.integers(0, 3),
    doomed=st.sets(st.integers(0, 9)),
    moves=st.lists(st.tuples(st.integers(0, 7), st.booleans()), max_size=200),
)
def test_no_slot_has_two_owners_and_every_task_ends(
    kinds: list[bool], workers: int, slots: int, doomed: set[int], moves: list[tuple[int, bool]]
) -> None:
    """Any order of answers and deaths, any mixture of tasks."""
    tasks = [f"t{number}" for number in range(len(kinds))]
    on_gpu = {task for task, kind in zip(tasks, kinds) if kind}
    deadly = {f"t{number}" for number in doomed}
    schedule = Schedule(tasks, workers, on_gpu, slots)
    alive: dict[int, str | None] = {}
    owned: dict[int, int] = {}
    ended: list[str] = []
    deaths: dict[str, int] = {}

    def obey(instructions: list[Instruction]) -> None:
        for instruction in instructions:
            match instruction:
                case Spawn(worker, slot):
                    alive[worker] = "starting"
                    if slot is not None:
                        assert 0 <= slot < slots and slot not in owned.values()
                        owned[worker] = slot
                case RunTask(worker, task):
                    assert not slots or task not in on_gpu or worker in owned
                    if deaths.get(task):
                        assert all(held in (None, "starting") for held in alive.values()), "a suspect runs alone"
                    alive[worker] = task
                case Retire(worker) | Kill(worker):
                    del alive[worker]
                    owned.pop(worker, None)
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
            owned.pop(worker, None)
            obey(schedule.on(WorkerDied(worker)))
        else:
            ended.append(held)
            alive[worker] = None
            obey(schedule.on(TaskFinished(worker)))
    assert sorted(ended) == sorted(tasks)
    assert not alive
