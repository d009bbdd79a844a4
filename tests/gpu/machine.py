"""A stand-in for a machine with GPUs: a tree with the device nodes and files that a driver would have put there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

COMMON = ("nvidiactl", "nvidia-uvm", "nvidia-uvm-tools")
_STAND_INS = ("null", "zero", "full", "random", "urandom")  # what the nodes really are, in turn


def uuid_of(number: int) -> str:
    """The UUID of a stand-in GPU."""
    return f"GPU-00000000-0000-0000-0000-{number:012d}"


def bus_of(number: int) -> str:
    """Its place on the PCI bus."""
    return f"0000:0{number + 1}:00.0"


def add_node(root: Path, name: str, *, like: str = "null", real: bool = False, mode: int = 0o666) -> Path:
    """A device node: a link to a harmless one, or (as root) a real one of the same numbers."""
    path = root / "dev" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if real:
        os.mknod(path, mode | 0o020000, os.stat(f"/dev/{like}").st_rdev)
        path.chmod(mode)
    else:
        path.symlink_to(f"/dev/{like}")
    return path


def add_file(root: Path, name: str, text: str = "") -> Path:
    """A file of the driver's."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def add_nvidia(root: Path, gpus: int = 2, *, library: str = "usr/lib/x86_64-linux-gnu", real: bool = False) -> None:
    """NVIDIA GPUs with their driver; with an empty ``library``, without its user side."""
    for name, like in zip(COMMON, _STAND_INS[2:]):
        add_node(root, name, like=like, real=real)
    add_file(root, "sys/module/nvidia/version", "580.1\n")
    for number in range(gpus):
        add_node(root, f"nvidia{number}", like=_STAND_INS[number % 2], real=real)
        about = f"Model: \t\t Stand-in {number}\nGPU UUID: \t {uuid_of(number)}\nDevice Minor: \t {number}\n"
        add_file(root, f"proc/driver/nvidia/gpus/{bus_of(number)}/information", about)
        add_file(root, f"sys/devices/pci0000:00/{bus_of(number)}/numa_node", "0\n")
        link = root / "sys/bus/pci/devices" / bus_of(number)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(f"../../../devices/pci0000:00/{bus_of(number)}")
    if library:
        add_file(root, f"{library}/libcuda.so.1")


def add_smi(folder: Path) -> Path:
    """A stand-in for ``nvidia-smi``, which says what the files ``gpus``, ``used`` and ``apps`` beside it hold."""
    program = folder / "nvidia-smi"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in\n'
        f"  *memory.total) cat {folder}/gpus;;\n"
        f"  *compute-apps*) cat {folder}/apps;;\n"
        f"  *memory.used) cat {folder}/used;;\n"
        "esac\n"
    )
    program.chmod(0o755)
    for name in ("gpus", "used", "apps"):
        (folder / name).touch()
    return program


@contextmanager
def reachable_folder() -> Iterator[Path]:
    """A temporary folder that the sandbox's own user can walk into, as it can into ``/dev``."""
    folder = Path(tempfile.mkdtemp(prefix="machine-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
