"""Holds the processes that keep a sandbox up to the limits of its submission, and core files back from all of them.

They belong to the submission's own user, who can rewrite their memory: a limit that they do not have, it does not have.
"""

from __future__ import annotations

import resource
import shutil
from collections.abc import Mapping

from grader.course.models import Limits

_OWN_MEMORY = 256 << 20  # bytes for what is no submission: bubblewrap, and Python until it has limited itself


def without_core_files(argv: list[str]) -> list[str]:
    """The command line that runs ``argv`` with a core limit of 1 byte.

    Where core files go to a program of this machine (``core_pattern`` begins with ``|``), it is started for a limit of 0,
    too; 1 is the only value that prevents it. The filter of system calls keeps it from being changed.
    """
    return _limited(argv, {"core": 1})


def limited(argv: list[str], limits: Limits, *, gpu: bool = False) -> list[str]:
    """The command line that builds a sandbox by ``argv`` under the limits of its submission, and without core files.

    With a GPU, memory is no limit of a single process: drivers map more of it than there is, and the meter counts what
    is used.

    The number of processes is not among them: before there is a sandbox it would count those of others. The meter counts
    it for all of a sandbox together.
    """
    values = {
        "core": 1,
        **({} if gpu else {"data": (limits.memory_mb << 20) + _OWN_MEMORY}),
        "cpu": limits.cpu_seconds + 1,
        "nofile": limits.open_files,
        "fsize": limits.scratch_mb << 20,
    }
    return _limited(argv, values)


def _limited(argv: list[str], values: Mapping[str, int]) -> list[str]:
    if shutil.which("prlimit") is None:
        return argv
    options = []
    for name, value in values.items():
        hard = resource.getrlimit(getattr(resource, f"RLIMIT_{name.upper()}"))[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)  # what is not ours to raise stays
        options.append(f"--{name}={most}:{most}")
    return ["prlimit", *options, "--", *argv]
