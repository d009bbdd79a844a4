"""The decisions of a batch or a proof as a pure state machine: events in, instructions out, no process, no clock, no file.

Theory of operation. A worker process does one task at a time. When it dies, exactly the task that it held is a
suspect. A suspect is tried once more, alone, after everything else has finished, so that a task which takes the machine
down (or was only the neighbour of one that did) cannot cost another's result. A second death gives the task up.

A worker may own a GPU slot for as long as it lives. Tasks that need one go to such workers only, which take others after.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

MAX_DEATHS = 2  # of workers that held the same task
MAX_START_FAILURES = 3  # of workers in a row that died before they said they were ready


# --- events ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class WorkerReady:
    """A worker finished starting up and can take a task."""

    worker: int


@dataclass(frozen=True)
class TaskFinished:
    """A worker delivered the result of the task it held."""

    worker: int


@dataclass(frozen=True)
class WorkerDied:
    """A worker process ended without being told to."""

    worker: int


@dataclass(frozen=True)
class Interrupted:
    """The user wants to stop: hand out nothing more."""


@dataclass(frozen=True)
class Withdrawn:
    """These tasks are not wanted any more; one that a worker holds is finished all the same."""

    tasks: frozenset[str]


Event = WorkerReady | TaskFinished | WorkerDied | Interrupted | Withdrawn


# --- instructions ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Spawn:
    """Start a worker under this number, as the owner of that GPU slot if there is one."""

    worker: int
    slot: int | None = None


@dataclass(frozen=True)
class RunTask:
    """Hand this task to that worker."""

    worker: int
    task: str


@dataclass(frozen=True)
class Retire:
    """Tell a worker that there is nothing left for it."""

    worker: int


@dataclass(frozen=True)
class Kill:
    """End a worker now, with all that it started."""

    worker: int


@dataclass(frozen=True)
class GiveUp:
    """A task killed its worker too often: record it as our failure."""

    task: str


@dataclass(frozen=True)
class Abort:
    """Workers cannot start on this machine."""


Instruction = Spawn | RunTask | Retire | Kill | GiveUp | Abort


@dataclass
class Schedule:
    """Which worker does what next.

    Parameters
    ----------
    tasks : iterable of str
        Distinct names, in the order in which they are handed out.
    workers : int
        Most workers at a time.
    gpu_tasks : collection of str
        Those of the tasks that need a GPU slot.
    slots : int
        How many GPU slots there are; with none, nothing needs one.
    """

    tasks: Iterable[str]
    workers: int
    gpu_tasks: Collection[str] = frozenset()
    slots: int = 0
    waiting: deque[str] = field(init=False)
    suspects: deque[str] = field(init=False, default_factory=deque)
    holds: dict[int, str | None] = field(init=False, default_factory=dict)  # live worker -> its task
    idle: set[int] = field(init=False, default_factory=set)
    slot_of: dict[int, int] = field(init=False, default_factory=dict)  # live worker -> the slot that it owns
    deaths: dict[str, int] = field(init=False, default_factory=dict)
    stopping: bool = field(init=False, default=False)
    start_failures: int = field(init=False, default=0)
    _next_worker: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise ValueError(f"a batch needs at least one worker, not {self.workers}")
        self.waiting = deque(self.tasks)
        if len(set(self.waiting)) != len(self.waiting):
            raise ValueError("the tasks of a schedule are distinct")

    @property
    def finished(self) -> bool:
        """Nothing runs and nothing more will be started."""
        return not self.holds and (self.stopping or not (self.waiting or self.suspects))

    @property
    def running(self) -> list[str]:
        return [task for task in self.holds.values() if task is not None]

    def start(self) -> list[Instruction]:
        """First instructions: as many workers as there is work for."""
        return self._staff()

    def on(self, event: Event) -> list[Instruction]:
        """Take one event and say what is to be done."""
        match event:
            case WorkerReady(worker):
                self.start_failures = 0
                self.idle.add(worker)
                return self._deal() + self._staff()
            case TaskFinished(worker):
                self.holds[worker] = None
                self.idle.add(worker)
                return self._deal() + self._staff()
            case WorkerDied(worker):
                return self._bury(worker)
            case Interrupted():
                self.stopping = True
                doomed = sorted(self.holds)
                self.holds.clear()
                self.idle.clear()
                return [Kill(worker) for worker in doomed]
            case Withdrawn(tasks):
                self.waiting = deque(task for task in self.waiting if task not in tasks)
                self.suspects = deque(task for task in self.suspects if task not in tasks)
                return self._deal()

    def _bury(self, worker: int) -> list[Instruction]:
        if worker not in self.holds:
            return []
        task = self.holds.pop(worker)
        self.slot_of.pop(worker, None)
        starting = task is None and worker not in self.idle
        self.idle.discard(worker)
        instructions: list[Instruction] = []
        if starting:
            self.start_failures += 1
            if self.start_failures >= MAX_START_FAILURES:
                doomed = sorted(self.holds)
                self.stopping = True
                self.holds.clear()
                self.idle.clear()
                return [Abort(), *(Kill(other) for other in doomed)]
        if task is not None:
            self.deaths[task] = self.deaths.get(task, 0) + 1
            if self.deaths[task] >= MAX_DEATHS:
                instructions.append(GiveUp(task))
            else:
                self.suspects.append(task)
        return instructions + self._deal() + self._staff()

    def _deal(self) -> list[Instruction]:
        """Give idle workers their next task, or let them go when nothing is left that they could ever get."""
        instructions: list[Instruction] = []
        for worker in sorted(self.idle):
            task = self._take(worker)
            if task is not None:
                self.idle.discard(worker)
                self.holds[worker] = task
                instructions.append(RunTask(worker, task))
            elif self._is_last_for_a_suspect(worker):
                continue  # one stays for the suspects, which wait until they are alone
            else:
                self.idle.discard(worker)
                del self.holds[worker]
                self.slot_of.pop(worker, None)
                instructions.append(Retire(worker))
        return instructions

    def _needs_slot(self, task: str) -> bool:
        return self.slots > 0 and task in self.gpu_tasks

    def _fits(self, worker: int, task: str) -> bool:
        return worker in self.slot_of or not self._needs_slot(task)

    def _is_last_for_a_suspect(self, worker: int) -> bool:
        others = self.idle - {worker}
        return any(
            self._fits(worker, task) and not any(self._fits(other, task) for other in others) for task in self.suspects
        )

    def _take(self, worker: int) -> str | None:
        if self.stopping:
            return None
        if self.waiting and not self.slots:
            return self.waiting.popleft()
        fitting = [task for task in self.waiting if self._fits(worker, task)]
        if fitting:
            task = next(filter(self._needs_slot, fitting), fitting[0])  # others have elsewhere to go
            self.waiting.remove(task)
            return task
        if not self.waiting and not self.running:
            for task in self.suspects:
                if self._fits(worker, task):
                    self.suspects.remove(task)
                    return task
        return None

    def _staff(self) -> list[Instruction]:
        """Start workers while there is work that no living worker is free to take."""
        if self.stopping:
            return []
        work = self.waiting or list(self.suspects)[:1]
        on_slots = sum(map(self._needs_slot, work)) if self.slots else 0
        unoccupied = [worker for worker, task in self.holds.items() if task is None]
        owners = sum(worker in self.slot_of for worker in unoccupied)
        free = sorted(set(range(self.slots)) - set(self.slot_of.values()))
        room = self.workers - len(self.holds)
        with_slot = free[: max(0, min(room, on_slots - owners))]
        spare = max(0, owners - on_slots) + len(unoccupied) - owners  # who can take what needs no slot
        without = max(0, min(room - len(with_slot), len(work) - on_slots - spare))
        return [self._spawn(slot) for slot in (*with_slot, *[None] * without)]

    def _spawn(self, slot: int | None) -> Instruction:
        worker, self._next_worker = self._next_worker, self._next_worker + 1
        self.holds[worker] = None
        if slot is not None:
            self.slot_of[worker] = slot
        return Spawn(worker, slot)
