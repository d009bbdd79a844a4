"""What memory a batch holds: privately by each worker while it grades, and by the grader's processes over a long class."""

from __future__ import annotations

import statistics
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.peers.ours import Ours
from benchmarks.spent import counting_group
from benchmarks.workloads import Workload

_INTERVAL = 0.1  # seconds between two looks
_TEMPLATE = "grader_template"  # in the command line of a template and of everything forked from it
_COLD_KERNEL = "grader_probe"
_WORKER = "multiprocessing.spawn"


def private_memory(workload: Workload, students: Sequence[str], folder: Path, workers: int) -> dict[str, float]:
    """Private memory (USS) in MiB while a batch runs, medians over its course.

    Returns
    -------
    dict
        ``worker``: a worker process, mean of all; ``sandboxes``: the supervisor, kernel and bubblewrap of its
        submission; ``further worker``: both together; ``templates``: what there is once for all workers, where the
        system lets us look; ``parent``. Empty where there is no control group by which the processes are found.
    """
    tool = Ours(workers)
    tool.prepare(workload, students, folder)
    with counting_group() as group:
        if group is None:
            return {}
        samples: list[dict[str, float]] = []
        done = threading.Event()

        def look() -> None:
            while not done.wait(_INTERVAL):
                samples.append(_sample(group.members()))

        watcher = threading.Thread(target=look)
        watcher.start()
        try:
            tool.grade(workload, folder, group=group)
        finally:
            done.set()
            watcher.join()
    busy = [sample for sample in samples if sample.get("kernels") == workers == sample.get("workers")]
    if not busy:
        return {}
    kinds = ("worker", "sandboxes", "templates", "parent")
    median = {kind: statistics.median(sample.get(kind, 0.0) for sample in busy) for kind in kinds}
    worker, sandboxes = median["worker"] / workers, median["sandboxes"] / workers
    return {**median, "worker": worker, "sandboxes": sandboxes, "further worker": worker + sandboxes}


def _sample(pids: Sequence[int]) -> dict[str, float]:
    """Sums of private memory in MiB by what a process is, and how many ``workers`` and ``kernels`` there are."""
    lines = {pid: _command(pid) for pid in pids}
    parents = {pid: _parent(pid) for pid in pids}
    found: dict[str, float] = defaultdict(float)
    for pid in pids:
        uss = _private(pid)
        if uss is not None:
            kind = kind_of(pid, lines, parents)
            found["sandboxes" if kind == "kernels" else kind] += uss
            if kind in ("worker", "kernels"):
                found["workers" if kind == "worker" else kind] += 1
    return found


def kind_of(pid: int, lines: Mapping[int, str], parents: Mapping[int, int]) -> str:
    """What a process of a batch is, from all command lines and parents: parent, worker, templates, kernels, sandboxes."""

    def forks(number: int) -> int:
        """How many templates and forks of templates there are above a process, itself included."""
        line = lines.get(number, "")
        return 1 + forks(parents.get(number, 0)) if _TEMPLATE in line and "bwrap" not in line else 0

    line = lines.get(pid, "")
    if _COLD_KERNEL in line and "bwrap" not in line:
        return "kernels"
    if _TEMPLATE in line:  # first the template itself with its bubblewrap, then the supervisor, then the kernel
        return ("templates", "templates", "sandboxes", "kernels")[min(forks(pid), 3)]
    if _WORKER in line:
        return "worker"
    return "parent" if "benchmarks.batch" in line or "resource_tracker" in line else "sandboxes"


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        return 0


def _private(pid: int) -> float | None:
    """Private memory in MiB; None when it has ended, or is not ours to look at."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    kib = sum(int(line.split()[1]) for line in text.splitlines() if line.startswith(("Private_Clean", "Private_Dirty")))
    return kib / 1024


def memory_over(workload: Workload, students: Sequence[str], folder: Path, every: int) -> list[dict[str, Any]]:
    """Resident memory in MiB of the batch's parent and its worker, after every so many grades."""
    tool = Ours(1)
    tool.prepare(workload, students, folder)
    noted: list[dict[str, Any]] = tool.grade(workload, folder, memory_every=every).details["memory"]
    return noted


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Least-squares slope of (x, y) points; 0 where there are fewer than two."""
    if len(points) < 2:
        return 0.0
    return statistics.linear_regression([x for x, _ in points], [y for _, y in points]).slope
