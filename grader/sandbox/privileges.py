"""Starts a sandbox as an unprivileged user: nothing of a submission may ever run with the grader's own rights.

When the grader is root, the sandbox is started by a uid of its own that owns nothing. A folder which that uid cannot
reach (a Python under ``/root``, say) is first bound to a reachable place, in a mount namespace that only this sandbox
has.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

SANDBOX_UID = 61184  # first of the range that systemd keeps for dynamic users: owns no file
_STAGE = "/run/grader-stage"

# Whatever the shell becomes is charged to the control groups whose files come first, and is the first that the system
# ends when the whole machine runs out of memory.
_CHARGE = """set -e
{ echo 1000 > /proc/self/oom_score_adj; } 2>/dev/null || :
while [ "$1" != "--" ]; do echo 0 > "$1"; shift; done
shift
exec "$@"
"""
_SCRIPT = """set -e
stage=$1; shift
mkdir -p "$stage"
mount -t tmpfs -o mode=755,size=1m none "$stage"
n=0
while [ "$1" != "--" ]; do
  if [ -d "$1" ]; then mkdir "$stage/$n"; else : > "$stage/$n"; fi
  mount --bind "$1" "$stage/$n"
  n=$((n + 1)); shift
done
shift
exec "$@"
"""


def is_root() -> bool:
    """Whether this process is root (false where the system knows no uids)."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def _reachable(path: Path) -> bool:
    """Whether a user that is nobody's owner or group member can walk to ``path`` and read it."""
    if any(not parent.stat().st_mode & 0o001 for parent in path.parents):
        return False
    return bool(path.stat().st_mode & 0o004)


def staged(paths: Iterable[Path]) -> dict[Path, str]:
    """Where each folder must be bound from: only those that the sandbox's user cannot reach by name."""
    if not is_root():
        return {}
    hidden = [p for p in dict.fromkeys(paths) if not _reachable(p)]
    return {path: f"{_STAGE}/{number}" for number, path in enumerate(hidden)}


def charged(argv: Sequence[str], procs_files: Sequence[str]) -> list[str]:
    """The command line that runs ``argv`` as a member of the control groups whose ``cgroup.procs`` are given."""
    return ["sh", "-c", _CHARGE, "sh", *procs_files, "--", *argv]


def unprivileged(argv: list[str], stage: dict[Path, str], groups: Sequence[int] = ()) -> list[str]:
    """The command line that runs ``argv`` without privileges, with the folders of ``stage`` in their places.

    Parameters
    ----------
    groups : sequence of int
        What it stays a member of, or becomes one: those that may open the GPU that it is given.
    """
    if not is_root():
        return argv
    member = f"--groups={','.join(map(str, groups))}" if groups else "--clear-groups"
    drop = ["setpriv", f"--reuid={SANDBOX_UID}", f"--regid={SANDBOX_UID}", member, "--", *argv]
    if not stage:
        return drop
    unshare = ["unshare", "--mount", "--propagation", "private", "--"]
    return [*unshare, "sh", "-c", _SCRIPT, "sh", _STAGE, *map(str, stage), "--", *drop]
