"""GPUs, their division into slots, and what a sandbox is told about the one slot that it gets.

Theory of operation. A GPU is a handful of device nodes, a few files that its driver reads, and the driver's libraries. A
sandbox gets those of exactly one GPU and finds no other in its ``/dev``; one without a slot finds none. ``gpu_survey``
finds GPUs, ``gpu_use`` measures what a submission takes of them. Nothing here opens a device.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["nvidia", "amd", "intel"]
Bound = tuple[str, str]  # (where it lies here, where it appears inside)

# What frameworks may take of a slot: a context, cuDNN and cuBLAS need memory beside what a framework counts.
FRAMEWORK_SHARE = 0.9
PROC_GPUS = "/proc/driver/nvidia/gpus"  # one folder for each GPU; a sandbox shows its own only


@dataclass(frozen=True)
class Gpu:
    """One GPU that submissions can be given.

    Attributes
    ----------
    kind : {"nvidia", "amd", "intel"}
    name : str
        The model, or the device node where nothing tells the model.
    nodes : tuple of (str, str)
        Device nodes: where they lie and where they appear inside.
    files : tuple of (str, str)
        Files and folders that the driver's user side reads, likewise.
    library_folders : tuple of str
        Folders with the driver's libraries in which the loader does not look by itself.
    groups : tuple of int
        Groups whose members may open the nodes, where not everybody may.
    uuid, bus : str
        The driver's name for it, and its place on the PCI bus; empty where unknown.
    memory_mb : int or None
        MiB; None where nothing tells.
    """

    kind: Kind
    name: str
    nodes: tuple[Bound, ...]
    files: tuple[Bound, ...] = ()
    library_folders: tuple[str, ...] = ()
    groups: tuple[int, ...] = ()
    uuid: str = ""
    bus: str = ""
    memory_mb: int | None = None


@dataclass(frozen=True)
class Slot:
    """A GPU, or an equal part of one, for one submission at a time.

    Attributes
    ----------
    gpu : Gpu
    number : int
        Which of its slots, from 0.
    of : int
        How many slots the GPU has.
    """

    gpu: Gpu
    number: int = 0
    of: int = 1

    @property
    def share(self) -> float:
        """0 to 1."""
        return 1 / self.of

    @property
    def memory_mb(self) -> int | None:
        """MiB of the GPU's memory that belong to this slot."""
        return None if self.gpu.memory_mb is None else int(self.gpu.memory_mb * self.share)

    def for_kernel(self) -> dict[str, float | int | None]:
        """What ``grader_probe`` needs to hold frameworks to this slot: ``share`` and ``memory_mb``, both for them."""
        whole = self.of == 1
        memory = self.memory_mb
        return {
            "share": 1.0 if whole else self.share * FRAMEWORK_SHARE,
            "memory_mb": None if whole or memory is None else int(memory * FRAMEWORK_SHARE),
        }


def divide(gpus: Sequence[Gpu], per_gpu: int = 1) -> list[Slot]:
    """The slots of these GPUs, those on different GPUs first.

    Parameters
    ----------
    per_gpu : int
        Slots of each; none for 0.
    """
    return [Slot(gpu, number, per_gpu) for number in range(per_gpu) for gpu in gpus]


def gpu_options(slot: Slot, bind: Callable[..., list[str]]) -> list[str]:
    """Bubblewrap's options that give a sandbox its slot; for after ``--dev`` and ``--proc``.

    Parameters
    ----------
    bind : callable
        (path, where it appears) -> the option that binds it read-only.
    """
    gpu = slot.gpu
    argv: list[str] = []
    for source, seen in gpu.nodes:
        argv += ["--dev-bind", source, seen]  # a plain bind would be mounted `nodev`
    for source, seen in gpu.files:
        argv += bind(Path(source), seen)
    if gpu.bus and Path(PROC_GPUS).is_dir():
        own = f"{PROC_GPUS}/{gpu.bus}"
        argv += ["--tmpfs", PROC_GPUS, "--ro-bind", own, own, "--remount-ro", PROC_GPUS]
    return argv


def gpu_variables(slot: Slot) -> dict[str, str]:
    """Environment variables that make libraries use the slot and no more than that.

    ``CUDA_VISIBLE_DEVICES`` names the GPU by its UUID where that is known, since what is number 0 inside may have
    another number in the driver.
    """
    gpu = slot.gpu
    values: dict[str, str] = {"GRADER_GPU": gpu.kind}
    if gpu.library_folders:
        values["LD_LIBRARY_PATH"] = ":".join(gpu.library_folders)
    if gpu.kind == "nvidia":
        values["CUDA_VISIBLE_DEVICES"] = gpu.uuid or "0"
        values["NVIDIA_VISIBLE_DEVICES"] = gpu.uuid or "0"
        values["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
        values["CUDA_CACHE_PATH"] = "/tmp/.nv"
        values["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"  # without it cuBLAS computes differently from run to run
    else:
        values["CUDA_VISIBLE_DEVICES"] = ""
    if gpu.kind == "amd":
        values["HIP_VISIBLE_DEVICES"] = "0"
    if gpu.kind == "intel":
        values["ONEAPI_DEVICE_SELECTOR"] = "level_zero:0"
    values["TF_FORCE_GPU_ALLOW_GROWTH"] = "true"
    values["XLA_PYTHON_CLIENT_PREALLOCATE"] = "false"
    values["XLA_PYTHON_CLIENT_MEM_FRACTION"] = f"{slot.share * FRAMEWORK_SHARE:.3f}"  # the most, as it grows
    return values


def gpu_sources(slot: Slot) -> list[Path]:
    """Files and folders that :func:`gpu_options` binds read-only."""
    return [Path(source) for source, _ in slot.gpu.files]
