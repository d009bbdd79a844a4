"""A small course with a class of forty, the command that grades it, and what can be seen of its processes and leftovers."""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import make_notebook

ROOT = Path(__file__).resolve().parents[2]
_PR_SET_CHILD_SUBREAPER = 36
_TIMES = ("seconds", "grader_seconds", "cpu_seconds", "created")
_COLD = "import grader.cli, grader.grading.batch as b; b.WORTH_A_TEMPLATE = 1 << 30; grader.cli.main()"
_LIMITS = "[limits]\ncell_seconds = 60\ncall_seconds = 60\ntotal_seconds = 120\n"
_CHECKS = """
import pytest

@pytest.mark.points(2)
def test_double(submission, expect):
    \"\"\"Doubles.

    ko: 두 배를 만든다.
    \"\"\"
    expect.same(submission.call("double", 4), 8)

def test_zero(submission, expect):
    \"\"\"Zero stays zero.

    ko: 0은 0으로 남는다.
    \"\"\"
    expect.same(submission.call("double", 0), 0)
"""
_BODIES = (
    "def double(x):\n    return 2 * x\n",
    "def double(x):\n    return x + 4\n",
    "def double(x):\n    return 0\n",
    "def double(x):\n    raise ValueError(x)\n",
    "import os\ndef double(x):\n    os._exit(3)\n",
)


@dataclass
class Classroom:
    """Where everything lies; ``scratch`` is the only folder for temporary files that the command knows."""

    folder: Path
    scratch: Path
    trust: bool = False
    warm: bool = True
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def course(self) -> Path:
        return self.folder / "course"

    @property
    def submissions(self) -> Path:
        return self.folder / "class"

    def build(self, students: int = 20, *bodies: str, limits: str = _LIMITS) -> Classroom:
        """Write the course and a notebook and a module of each student, all different."""
        bodies = bodies or _BODIES
        self.course.mkdir(parents=True)
        (self.course / "course.toml").write_text('name = "c"\ntitle = { en = "C", ko = "씨" }\n', "utf-8")
        for form in ("notebook", "module"):
            folder = self.course / f"solutions/t/u/{form}"
            folder.mkdir(parents=True)
            (folder / "exercise.toml").write_text(
                f'id = "t/u/{form}"\ntitle = {{ en = "One", ko = "하나" }}\nform = "{form}"\nkind = ["function"]\n'
                f'points = 3\ndefines = ["double"]\n{limits}',
                "utf-8",
            )
            (folder / "solution.py").write_text(f"# %%\n# SOLUTION\n{_BODIES[0]}# END SOLUTION\n")
            (folder / "test_visible.py").write_text(_CHECKS, "utf-8")
            (folder / "test_hidden.py").write_text("")
        for number in range(students):
            place = self.submissions / f"s{number:02}" / "t/u"
            place.mkdir(parents=True)
            code = f"number = {number}\n{bodies[number % len(bodies)]}"
            (place / "notebook.ipynb").write_bytes(make_notebook(code))
            (place / "module.py").write_text(code)
        return self

    def start(self, out: Path, *options: str, workers: int = 2, **popen: Any) -> subprocess.Popen[str]:
        """The real command, in a process of its own."""
        command = [sys.executable, *(("-m", "grader.cli") if self.warm else ("-c", _COLD))]
        command += ["batch", str(self.submissions), "--out", str(out)]
        command += ["--course", str(self.course), "--workers", str(workers), *options]
        command += ["--trust-submissions"] if self.trust else []
        # signals mean what they mean by default, also where these tests run under nohup or in the background
        command = ["env", "--default-signal=INT,HUP,TERM", *command]
        variables = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(self.scratch), **self.environment}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, **popen}
        return subprocess.Popen(command, env=variables, start_new_session=True, **pipes)

    def grade(self, out: Path, *options: str, workers: int = 2) -> tuple[int, str]:
        """Run the command to its end; exit code and what it said."""
        process = self.start(out, *options, workers=workers)
        said, _ = process.communicate(timeout=300)
        return process.returncode, said


def verdicts(out: Path) -> Any:
    """``grades.json`` without what may differ from one run to the next: times."""

    def timeless(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: timeless(each) for key, each in value.items() if key not in _TIMES}
        return [timeless(each) for each in value] if isinstance(value, list) else value

    return timeless(json.loads((out / "grades.json").read_text("utf-8")))


def rows(out: Path) -> list[tuple[str, str, str, float]]:
    """Every row of the gradebook: student, exercise, outcome, points."""
    with sqlite3.connect(out / "gradebook.sqlite3") as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        return sorted(database.execute("select student, exercise_id, outcome, points from grades"))


@contextmanager
def adopting() -> Iterator[None]:
    """Processes whose parent ends become children of this one, instead of getting lost."""
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


@dataclass(frozen=True)
class Seen:
    """A process as /proc shows it."""

    pid: int
    parent: int
    command: str
    depth: int  # of process namespaces
    name: str = ""  # which it may have given itself

    @property
    def role(self) -> str:
        if "multiprocessing.spawn" in self.command:
            return "worker"
        if "grader_template" in self.command:
            return "template"
        return self.command.split(" ")[0].rpartition("/")[2] or "?"


def descendants(root: int) -> list[Seen]:
    """All living processes below ``root``, nearest first; zombies are none."""
    children: dict[int, list[Seen]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            named, _, rest = (folder / "stat").read_text().rpartition(")")
            fields = rest.split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            status = (folder / "status").read_text()
        except OSError:
            continue
        if fields[0] not in "ZX":
            depth = len(status.partition("NSpid:")[2].splitlines()[0].split())
            seen = Seen(int(folder.name), int(fields[1]), command, depth, named.partition("(")[2])
            children.setdefault(seen.parent, []).append(seen)
    found, todo = [], [root]
    while todo:
        below = children.get(todo.pop(0), [])
        found += below
        todo += [each.pid for each in below]
    return found


def reap() -> None:
    """Take leave of the adopted processes that have ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


def all_gone(before: set[int], seconds: float) -> list[Seen]:
    """Wait until no process below this one is left that was not there before; those that are after that time."""
    end = time.monotonic() + seconds
    while True:
        reap()
        left = [each for each in descendants(os.getpid()) if each.pid not in before]
        if not left or time.monotonic() > end:
            return left
        wait_for_end([left[0].pid], end - time.monotonic())


def wait_for_end(pids: Iterable[int], seconds: float) -> list[int]:
    """Wait until these processes have ended; those that have not after that time."""
    end = time.monotonic() + seconds
    left = []
    for pid in pids:
        try:
            fd = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        poller = select.poll()
        poller.register(fd, select.POLLIN)
        if not poller.poll(max(0.0, end - time.monotonic()) * 1000):
            left.append(pid)
        os.close(fd)
    return left


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def stale_groups(pids: set[int]) -> list[str]:
    """Control groups that these processes have made and nobody holds any more."""
    stale = []
    for group in Path("/sys/fs/cgroup").glob("**/grader/grader-*"):
        if int(group.name.split("-")[1]) not in pids:
            continue
        try:
            lock = os.open(group, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            stale.append(str(group))
        except BlockingIOError:
            continue
        finally:
            os.close(lock)
    return stale
