"""What a figure must be read with: the machine, the versions, and how busy the machine was."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from pathlib import Path

_PACKAGES = ("numpy", "pandas", "scikit-learn", "tensorflow-cpu", "tensorflow", "keras", "ipykernel")


def describe_machine() -> dict[str, object]:
    """Cores, processor, memory, system, versions, and the load at the start."""
    versions = {}
    for name in _PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return {
        "cores": len(os.sched_getaffinity(0)),
        "processor": _field("/proc/cpuinfo", "model name"),
        "memory_gib": round(int(_field("/proc/meminfo", "MemTotal").split()[0]) / 2**20, 1),
        "system": f"Linux {platform.release()}, Python {platform.python_version()}",
        "load": round(os.getloadavg()[0], 2),
        "versions": versions,
    }


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text().splitlines():
        if line.startswith(name):
            return line.partition(":")[2].strip()
    return "0 unknown"
