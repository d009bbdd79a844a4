"""Measures what a submission takes of its GPU slot, from outside, and ends it when it takes its neighbour's part.

A framework can be asked to keep to a part of a GPU, but what runs in the submission's own process can be undone there.
The driver knows better: it lists the processes that hold memory on a GPU. It is asked through NVIDIA's own library for
Python where that is installed (``nvidia-ml-py``), otherwise through ``nvidia-smi``; where there is neither, memory is not
recorded and parts of a GPU are a matter of good will.
"""

from __future__ import annotations

import functools
import importlib
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from grader.codec import Number
from grader.vocabulary import Outcome

if TYPE_CHECKING:
    from grader.sandbox.gpu import Slot

CONTEXT_MB = 1024  # what a CUDA context and its libraries may take beside the slot's own part
_SMI_SECONDS = 20.0
_END_SECONDS = 5.0
_SMI_PLACES = ("/usr/bin", "/usr/local/nvidia/bin", "/usr/lib/wsl/lib")


@dataclass(frozen=True)
class GpuUse:
    """What one run had of a GPU.

    Attributes
    ----------
    name : str
        The model.
    share : float
        The part of it that the run was given, 0 to 1.
    seconds : float
        Wall time for which it held that part.
    memory_mb : float or None
        Most memory in MiB that it was seen to hold; None where nothing tells.
    """

    name: str
    share: Number
    seconds: Number
    memory_mb: Number | None = None


@dataclass(frozen=True)
class Reading:
    """Memory in MiB at one moment: in use on the whole GPU, and by process where the driver says so."""

    used: float
    by_process: dict[int, float]


class Reader(Protocol):
    """Asks the driver."""

    interval: float  # seconds between two questions

    def gpus(self) -> list[tuple[str, str]]:
        """(UUID, model) of each GPU."""

    def total_mb(self, uuid: str) -> int | None:
        """MiB of memory that a GPU has."""

    def read(self, uuid: str) -> Reading | None:
        """What is in use now; None where the driver does not answer."""


class Nvml:
    """Through NVIDIA's library."""

    interval = 0.25

    def __init__(self, library: Any) -> None:
        self._library = library

    def gpus(self) -> list[tuple[str, str]]:
        try:
            handles = [self._library.nvmlDeviceGetHandleByIndex(n) for n in range(self._library.nvmlDeviceGetCount())]
            return [
                (_text(self._library.nvmlDeviceGetUUID(each)), _text(self._library.nvmlDeviceGetName(each)))
                for each in handles
            ]
        except self._library.NVMLError:
            return []

    def total_mb(self, uuid: str) -> int | None:
        try:
            return int(self._library.nvmlDeviceGetMemoryInfo(self._handle(uuid)).total) >> 20
        except self._library.NVMLError:
            return None

    def read(self, uuid: str) -> Reading | None:
        try:
            handle = self._handle(uuid)
            used = self._library.nvmlDeviceGetMemoryInfo(handle).used
            found = self._library.nvmlDeviceGetComputeRunningProcesses(handle)
        except self._library.NVMLError:
            return None
        by_process = {int(each.pid): each.usedGpuMemory / 2**20 for each in found if each.usedGpuMemory is not None}
        return Reading(used / 2**20, by_process)

    def _handle(self, uuid: str) -> Any:
        return self._library.nvmlDeviceGetHandleByUUID(uuid)


class Smi:
    """Through ``nvidia-smi``."""

    interval = 2.0

    def __init__(self, program: str) -> None:
        self._program = program

    def gpus(self) -> list[tuple[str, str]]:
        return [(uuid, name) for uuid, name in self._ask("--query-gpu=uuid,name")]

    def total_mb(self, uuid: str) -> int | None:
        for found, total in self._ask("--query-gpu=uuid,memory.total"):
            if found == uuid and total.isdigit():
                return int(total)
        return None

    def read(self, uuid: str) -> Reading | None:
        used = {row[0]: float(row[1]) for row in self._ask("--query-gpu=uuid,memory.used") if row[1].isdigit()}
        if uuid not in used:
            return None
        by_process: dict[int, float] = {}
        for found, pid, memory in self._ask("--query-compute-apps=gpu_uuid,pid,used_memory", columns=3):
            if found == uuid and pid.isdigit() and memory.isdigit():  # "[N/A]" where the driver does not know
                by_process[int(pid)] = float(memory)
        return Reading(used[uuid], by_process)

    def _ask(self, query: str, *, columns: int = 2) -> list[list[str]]:
        command = [self._program, query, "--format=csv,noheader,nounits"]
        try:
            said = subprocess.run(command, capture_output=True, text=True, timeout=_SMI_SECONDS, check=False).stdout
        except (OSError, subprocess.TimeoutExpired):
            return []
        rows = [[word.strip() for word in line.split(",")] for line in said.splitlines()]
        return [row for row in rows if len(row) == columns]


@functools.cache
def find_reader() -> Reader | None:
    """The best way to ask the driver on this machine; None where there is none."""
    try:
        library = importlib.import_module("pynvml")
        library.nvmlInit()
        return Nvml(library)
    except Exception:  # not installed, no driver, or another version of it: whatever the library says to that
        pass
    program = shutil.which("nvidia-smi") or shutil.which("nvidia-smi", path=os.pathsep.join(_SMI_PLACES))
    return Smi(program) if program is not None else None


def list_gpus() -> list[tuple[str, str]]:
    """(UUID, model) of each GPU that the driver tells of."""
    reader = find_reader()
    return reader.gpus() if reader is not None else []


def total_memory_mb(uuid: str) -> int | None:
    """MiB of memory that the GPU with this UUID has; None where nothing tells."""
    reader = find_reader() if uuid else None
    return reader.total_mb(uuid) if reader is not None else None


class GpuMeter:
    """What one sandbox uses of its slot.

    Parameters
    ----------
    slot : Slot
    reader : Reader, optional
        The machine's own by default.
    """

    def __init__(self, slot: Slot, reader: Reader | None = None) -> None:
        self._slot = slot
        self._reader = reader if reader is not None else (find_reader() if slot.gpu.uuid else None)
        self._began, self._ended = time.monotonic(), 0.0
        self._most: float | None = None
        self._struck = False
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        first = self._reader.read(slot.gpu.uuid) if self._reader is not None else None
        self._before = first.used if first is not None else 0.0

    def watch(self, init: int, kill: Callable[[], None]) -> None:
        """Start watching, until :meth:`close`.

        Parameters
        ----------
        init : int
            Process 1 of the sandbox, by its number here.
        kill : callable
            Ends the sandbox; called from another thread, at most once.
        """
        space = _process_space(init)
        if self._reader is None or space is None:
            return
        self._most = 0.0
        self._thread = threading.Thread(target=self._watch, args=(self._reader, space, kill), name="gpu", daemon=True)
        self._thread.start()

    def _watch(self, reader: Reader, space: str, kill: Callable[[], None]) -> None:
        while not self._stop.wait(reader.interval):
            reading = reader.read(self._slot.gpu.uuid)
            if reading is None:
                continue
            held = self._held(reading, space)
            self._most = max(self._most or 0.0, held)
            if self._slot.of > 1 and self._slot.memory_mb is not None and held > self._slot.memory_mb + CONTEXT_MB:
                self._struck = True
                kill()
                return

    def _held(self, reading: Reading, space: str) -> float:
        """MiB that the sandbox holds.

        In a container the driver may know processes by other numbers than we do, or list none. Where nobody else has a
        part of the GPU, what is in use more than before is then the sandbox's.
        """
        spaces = {pid: _process_space(pid) for pid in reading.by_process}
        own = sum(memory for pid, memory in reading.by_process.items() if spaces[pid] == space)
        blind = all(found is None for found in spaces.values())
        if not own and blind and self._slot.of == 1:
            return max(0.0, reading.used - self._before)
        return own

    def breach(self) -> Outcome | None:
        """``memory`` when the sandbox was ended for taking more than its part."""
        return Outcome.MEMORY if self._struck else None

    def use(self) -> GpuUse:
        """What was used so far."""
        seconds = (self._ended or time.monotonic()) - self._began
        return GpuUse(self._slot.gpu.name, self._slot.share, seconds, self._most)

    def close(self) -> None:
        """Stop watching; may be called again."""
        self._ended = self._ended or time.monotonic()
        self._stop.set()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_END_SECONDS)


def _text(said: str | bytes) -> str:
    return said.decode() if isinstance(said, bytes) else said  # older versions of the library give bytes


def _process_space(pid: int) -> str | None:
    """The process namespace of a process; None when there is no such process, or it is another user's."""
    try:
        return os.readlink(f"/proc/{pid}/ns/pid")
    except OSError:
        return None
