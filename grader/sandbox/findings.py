"""What this machine has for confining submissions, in sentences for ``grader doctor``."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grader.errors import IsolationUnavailable
from grader.sandbox import cgroups
from grader.sandbox.bubblewrap import check_isolation
from grader.sandbox.gpu_survey import survey
from grader.sandbox.gpu_use import find_reader
from grader.sandbox.privileges import SANDBOX_UID, is_root
from grader.sandbox.warm import warm_backend


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report. ``remedy`` says what to do when the state is not ``ok``."""

    topic: str
    state: Literal["ok", "warning", "missing"]
    found: str
    remedy: str = ""


def describe() -> list[Finding]:
    """Everything about isolation on this machine, most important first."""
    return [_sandbox(), _warm_starts(), _bubblewrap(), _namespaces(), _cgroups(), _gpu()]


def _sandbox() -> Finding:
    try:
        check_isolation()
    except IsolationUnavailable as error:
        return Finding("sandbox", "missing", str(error), "Until then only --trust-submissions grades, unprotected.")
    who = f"as uid {SANDBOX_UID}" if is_root() else "as you, without privileges"
    return Finding("sandbox", "ok", f"a test sandbox was built and ran, {who}")


def _warm_starts() -> Finding:
    try:
        backend = warm_backend()
    except IsolationUnavailable as error:
        remedy = "Nothing has to be done: each submission gets an interpreter of its own, which is slower."
        return Finding("warm starts", "warning", str(error), remedy)
    where = {"nested": "inside a sandbox of its own", "plain": "as a plain process: a sandbox in a sandbox is refused"}
    try:
        return Finding("warm starts", "ok", f"a fork of a template computed; the template runs {where[backend.mode]}")
    finally:
        backend.close()


def _bubblewrap() -> Finding:
    if shutil.which("bwrap") is None:
        return Finding("bubblewrap", "missing", "bwrap is not on the PATH", "apt-get install bubblewrap")
    version = subprocess.run(["bwrap", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    return Finding("bubblewrap", "ok", version)


def _namespaces() -> Finding:
    if sys.platform != "linux":
        return Finding("namespaces", "missing", f"none on {sys.platform}", "Grade on a Linux machine.")
    limit = Path("/proc/sys/user/max_user_namespaces")
    if limit.exists() and limit.read_text().strip() == "0":
        return Finding("namespaces", "missing", "user namespaces are off", "sysctl user.max_user_namespaces=10000")
    clone = Path("/proc/sys/kernel/unprivileged_userns_clone")
    if clone.exists() and clone.read_text().strip() == "0":
        remedy = "sysctl kernel.unprivileged_userns_clone=1"
        return Finding("namespaces", "missing", "user namespaces are for root only", remedy)
    have = sorted(p.name for p in Path("/proc/self/ns").iterdir() if not p.name.endswith("for_children"))
    return Finding("namespaces", "ok", ", ".join(have))


def _cgroups() -> Finding:
    return Finding("cgroups", "ok", cgroups.describe())


def _gpu() -> Finding:
    found = survey()
    if found.problems:
        remedy = " ".join(dict.fromkeys(problem.remedy for problem in found.problems))
        return Finding("gpu", "warning", "; ".join(problem.found for problem in found.problems), remedy)
    if not found.gpus:
        return Finding("gpu", "ok", "none; exercises that ask for one run their small version on the CPU")
    names = ", ".join(f"{gpu.name} ({gpu.memory_mb:,} MiB)" if gpu.memory_mb else gpu.name for gpu in found.gpus)
    if any(gpu.kind == "nvidia" for gpu in found.gpus) and find_reader() is None:
        state = f"{names}; nothing here tells how much of its memory a submission uses"
        return Finding("gpu", "warning", state, 'pip install "grader[gpu]"; until then use one slot for each GPU')
    return Finding("gpu", "ok", names)
