"""Workers that start, answer and die in any order under a `Schedule`: what it promises, held after every event.

The machine is the other side of the schedule. It carries out each instruction, and keeps its own books of who lives, who
owns which slot and what became of every task; nothing is read off the schedule but whether it is finished.
"""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from grader.workers.schedule import (
    MAX_DEATHS,
    MAX_START_FAILURES,
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

STARTING = "(starting)"  # in place of a task


class ScheduleMachine(RuleBasedStateMachine):
    """Tasks that need nothing, on workers without GPU slots."""

    most_slots = 0

    def __init__(self) -> None:
        super().__init__()
        self.schedule = Schedule((), 1)
        self.tasks: list[str] = []
        self.on_gpu: set[str] = set()  # tasks that need a slot; none does where there are none
        self.workers = 1
        self.slots = 0
        self.alive: dict[int, str | None] = {}  # worker -> task, STARTING, or None while it is idle
        self.slot_of: dict[int, int] = {}
        self.gone: set[int] = set()
        self.waiting: list[str] = []  # never begun
        self.suspects: list[str] = []  # whose worker died, in that order
        self.withdrawn: set[str] = set()
        self.finished: list[str] = []
        self.given_up: list[str] = []
        self.begun: list[str] = []
        self.deaths: dict[str, int] = {}
        self.start_failures = 0
        self.stopped = False
        self.staffed = True  # nothing but a withdrawal leaves workers unstarted
        self.told = 0
        self.patience: int | None = None
        self.failed_starts_left = self.withdrawals_left = 0

    # --- events

    @initialize(
        data=st.data(),
        n_tasks=st.integers(1, 9),
        kinds=st.lists(st.booleans(), min_size=9, max_size=9),
        workers=st.integers(1, 4),
        patience=st.none() | st.integers(0, 30),
        failed_starts=st.integers(0, MAX_START_FAILURES + 1),
        withdrawals=st.integers(0, 3),
    )
    def begin(
        self,
        data: st.DataObject,
        n_tasks: int,
        kinds: list[bool],
        workers: int,
        patience: int | None,
        failed_starts: int,
        withdrawals: int,
    ) -> None:
        """So many events of each kind may come; without bounds few runs would get far."""
        self.tasks = [f"t{number}" for number in range(n_tasks)]
        self.workers, self.slots = workers, data.draw(st.integers(0, self.most_slots), label="slots")
        on_gpu = {task for task, kind in zip(self.tasks, kinds) if kind}
        self.on_gpu = on_gpu if self.slots else set()
        self.waiting = [*self.tasks]
        self.patience, self.failed_starts_left, self.withdrawals_left = patience, failed_starts, withdrawals
        self.schedule = Schedule(self.tasks, workers, on_gpu, self.slots)
        assert not self.schedule.finished
        self.carry_out(self.schedule.start())

    @rule(data=st.data())
    def a_worker_gets_on(self, data: st.DataObject) -> None:
        if self.at_it():
            self.get_on(data.draw(st.sampled_from(self.at_it()), label="worker"))

    @rule(data=st.data())
    def a_worker_dies(self, data: st.DataObject) -> None:
        if not self.alive:
            return
        worker = data.draw(st.sampled_from([*self.busy(), *self.who(None), *self.who(STARTING)]), label="worker")
        state = self.alive[worker]
        if state is None:
            self.die_idle(worker)
        elif state != STARTING:
            self.die_at_work(worker)
        elif self.failed_starts_left:
            self.die_while_it_starts(worker)

    def get_on(self, worker: int) -> None:
        """It is ready, or answers."""
        if self.alive[worker] == STARTING:
            self.start_failures = 0
            event: Event = WorkerReady(worker)
        else:
            self.finished.append(self.held(worker))
            event = TaskFinished(worker)
        self.alive[worker] = None
        self.tell(event)

    def die_at_work(self, worker: int) -> None:
        task = self.held(worker)
        self.deaths[task] = self.deaths.get(task, 0) + 1
        if self.deaths[task] < MAX_DEATHS:
            self.suspects.append(task)
        self.leave(worker)
        given_up = len(self.given_up)
        self.tell(WorkerDied(worker))
        assert self.given_up[given_up:] == ([task] if self.deaths[task] == MAX_DEATHS else [])

    def die_while_it_starts(self, worker: int) -> None:
        self.failed_starts_left -= 1
        self.start_failures += 1
        self.leave(worker)
        self.tell(WorkerDied(worker))
        assert self.stopped is (self.start_failures == MAX_START_FAILURES)

    def die_idle(self, worker: int) -> None:
        self.leave(worker)
        self.tell(WorkerDied(worker))

    @precondition(lambda self: self.withdrawals_left and not self.stopped)
    @rule(data=st.data())
    def tasks_are_withdrawn(self, data: st.DataObject) -> None:
        tasks = data.draw(st.sets(st.sampled_from(self.tasks), max_size=3), label="tasks")
        held_back = tasks & {*self.waiting, *self.suspects}
        self.withdrawals_left -= 1
        self.withdrawn |= held_back
        self.suspects = [task for task in self.suspects if task not in held_back]
        self.waiting = [task for task in self.waiting if task not in held_back]
        self.tell(Withdrawn(frozenset(tasks)))
        self.staffed = False

    @precondition(lambda self: self.alive and self.patience is not None and self.told >= self.patience)
    @rule()
    def the_user_interrupts(self) -> None:
        self.stopped = True
        self.tell(Interrupted())
        assert not self.alive

    # --- instructions

    def tell(self, event: Event) -> None:
        self.staffed = True
        self.told += 1
        self.carry_out(self.schedule.on(event))

    def carry_out(self, instructions: Sequence[Instruction]) -> None:
        for instruction in instructions:
            match instruction:
                case Spawn(worker, slot):
                    self.spawn(worker, slot)
                case RunTask(worker, task):
                    self.hand_out(worker, task)
                case Retire(worker):
                    assert self.alive[worker] is None, "only who has nothing to do is let go"
                    self.leave(worker)
                case Kill(worker):
                    assert self.stopped, "nothing else ends a worker at its work"
                    self.leave(worker)
                case GiveUp(task):
                    self.given_up.append(task)
                case Abort():
                    assert self.start_failures == MAX_START_FAILURES
                    self.stopped = True

    def spawn(self, worker: int, slot: int | None) -> None:
        assert not self.stopped
        assert worker not in self.alive and worker not in self.gone, "no two workers have one number"
        self.alive[worker] = STARTING
        if slot is None:
            needed, free = self.without_slot()
            assert free <= needed, "no more start than there is work"
        else:
            assert 0 <= slot < self.slots and slot not in self.slot_of.values(), "a slot has one owner"
            self.slot_of[worker] = slot
            needed, owners = self.with_slot()
            assert owners <= needed, "no more slots are taken than there is work for them"

    def hand_out(self, worker: int, task: str) -> None:
        assert not self.stopped
        assert self.alive[worker] is None, "a worker does one task at a time, once it is ready"
        assert self.fits(worker, task), "what needs a slot goes to an owner"
        if task in self.suspects:
            assert not self.waiting and not self.busy(), "a suspect comes last, and alone"
            assert task == next(each for each in self.suspects if self.fits(worker, each)), "in their order"
            self.suspects.remove(task)
        else:
            assert task in self.waiting, "wanted, never begun, not ended"
            alike = [each for each in self.waiting if (each in self.on_gpu) == (task in self.on_gpu)]
            assert task == alike[0], "in their order"
            if worker in self.slot_of and task not in self.on_gpu:
                assert self.on_gpu.isdisjoint(self.waiting), "an owner does first what needs its slot"
            self.waiting.remove(task)
            self.begun.append(task)
        self.alive[worker] = task

    def leave(self, worker: int) -> None:
        del self.alive[worker]
        self.slot_of.pop(worker, None)
        self.gone.add(worker)

    # --- the machine's own books

    def who(self, state: str | None) -> list[int]:
        """Workers in this state, in order."""
        return sorted(worker for worker, holds in self.alive.items() if holds == state)

    def busy(self) -> list[int]:
        return sorted(worker for worker, holds in self.alive.items() if holds not in (None, STARTING))

    def at_it(self) -> list[int]:
        """Workers of whom something will be heard."""
        return [*self.who(STARTING), *self.busy()]

    def held(self, worker: int) -> str:
        task = self.alive[worker]
        assert task is not None and task != STARTING
        return task

    def fits(self, worker: int, task: str) -> bool:
        return task not in self.on_gpu or worker in self.slot_of

    def work(self) -> list[str]:
        """What could be begun now: suspects only where nothing else waits, and one at a time."""
        return self.waiting or self.suspects[:1]

    def with_slot(self) -> tuple[int, int]:
        """Tasks that need a slot, and owners that are free for them."""
        unoccupied = [*self.who(STARTING), *self.who(None)]
        return sum(task in self.on_gpu for task in self.work()), sum(worker in self.slot_of for worker in unoccupied)

    def without_slot(self) -> tuple[int, int]:
        """Tasks that need none, and workers that are free for them."""
        needed, owners = self.with_slot()
        unoccupied = len(self.who(STARTING)) + len(self.who(None))
        return len(self.work()) - needed, unoccupied - min(owners, needed)

    # --- what holds at every moment

    @invariant()
    def no_capacity_is_exceeded(self) -> None:
        assert len(self.alive) <= self.workers
        assert len(set(self.slot_of.values())) == len(self.slot_of) <= self.slots

    @invariant()
    def every_task_is_in_one_place(self) -> None:
        held = [self.held(worker) for worker in self.busy()]
        if self.stopped:
            return  # what ran is lost with its worker, and begun again by the next batch
        places = [*self.waiting, *self.suspects, *held, *self.withdrawn, *self.finished, *self.given_up]
        assert sorted(places) == sorted(self.tasks)

    @invariant()
    def a_suspect_runs_alone(self) -> None:
        busy = self.busy()
        assert len(busy) == 1 or not any(self.deaths.get(self.held(worker)) for worker in busy)

    @invariant()
    def nobody_idles_who_could_work(self) -> None:
        for worker in self.who(None):
            assert not any(self.fits(worker, task) for task in self.waiting)
            kept_for = [task for task in self.suspects if self.fits(worker, task)]
            assert kept_for and self.at_it(), "one stays for a suspect, while others work"
        assert len(self.who(None)) <= (2 if self.slots else 1)

    @invariant()
    def whatever_can_be_begun_has_a_worker(self) -> None:
        if self.stopped or not self.staffed or len(self.alive) == self.workers:
            return
        needed, owners = self.with_slot()
        assert owners >= needed or len(self.slot_of) == self.slots
        needed, free = self.without_slot()
        assert free >= needed

    @invariant()
    def something_is_on_its_way_until_all_is_over(self) -> None:
        if self.schedule.finished:
            assert not self.alive
            assert self.stopped or not (self.waiting or self.suspects)
        else:
            assert self.at_it()

    @invariant()
    def a_death_that_is_told_late_changes_nothing(self) -> None:
        for worker in self.gone:
            assert self.schedule.on(WorkerDied(worker)) == []

    def teardown(self) -> None:
        """However it went, from here on nobody dies: everything comes to an end, and each task to one."""
        for _ in range(100):
            if self.schedule.finished:
                break
            self.get_on(self.at_it()[0])
            self.check_invariants_now()
        assert self.schedule.finished, "no worker is let go and replaced again and again"
        if not self.stopped:
            assert sorted([*self.finished, *self.given_up, *self.withdrawn]) == sorted(self.tasks)
            assert len(set(self.begun)) == len(self.begun)
        assert not self.alive

    def check_invariants_now(self) -> None:
        self.no_capacity_is_exceeded()
        self.every_task_is_in_one_place()
        self.nobody_idles_who_could_work()
        self.something_is_on_its_way_until_all_is_over()


class GpuScheduleMachine(ScheduleMachine):
    """The same with up to three GPU slots, and tasks that need one."""

    most_slots = 3


def hold_to_its_promises(machine: type[ScheduleMachine]) -> None:
    """Run the machine: many short runs, since few get into the rare states."""
    default = settings.default
    assert default is not None
    run_state_machine_as_test(
        machine, settings=settings(default, max_examples=3 * default.max_examples, stateful_step_count=30)
    )
