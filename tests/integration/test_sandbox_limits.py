"""Every limit in the real sandbox: what is observed, what the verdict is called, and that nothing is left behind."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbclient import NotebookClient

from grader.course.models import Limits
from grader.errors import SubmissionFault
from grader.running.session import Session, open_session
from grader.sandbox import Backend, Box, cgroups, meter
from grader.sandbox.bubblewrap import BubblewrapBackend
from grader.sandbox.meter import Meter
from grader.sandbox.process import bounded_log
from grader.vocabulary import Outcome
from tests.support import make_exercise, make_notebook, outputs_text

pytestmark = pytest.mark.sandbox

SMALL = {"memory_mb": 300, "scratch_mb": 64, "processes": 64, "files": 2000, "cpu_seconds": 3, "open_files": 128}
HANG = 60.0  # seconds; only a hang takes longer, and it ends as a timeout

# what a cell does, its verdict, whether the cells after it still run (None: as it happens)
LIMITS_OF_ONE_PROCESS = {
    "heap": ("b = bytearray(1 << 31)", Outcome.MEMORY, True),
    # x stays full, so the next cell may find no byte left
    "heap that grows": ("x = []\nwhile True: x.append(bytearray(1 << 20))", Outcome.MEMORY, None),
    "heap that grows and is given back": (
        "x = []\ntry:\n    while True: x.append(bytearray(1 << 20))\nexcept MemoryError:\n    x.clear()\n    raise",
        Outcome.MEMORY,
        True,
    ),
    "scratch that fills": (
        "for i in range(9):\n    with open(f'/tmp/{i}', 'wb') as f:\n        f.write(bytes(10 << 20))",
        Outcome.DISK,
        True,
    ),
    "huge file": ("with open('big', 'wb') as f:\n    while True: f.write(bytes(1 << 20))", Outcome.DISK, True),
    "sparse file": ("open('hole', 'wb').truncate(1 << 40)", Outcome.DISK, True),
    "open files": ("x = []\nwhile True: x.append(open('/dev/null'))", Outcome.ERROR, True),
    "threads": (
        "import threading, time\n"
        "for _ in range(500): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()",
        Outcome.PROCESSES,
        True,
    ),
    "endless print": ("while True: print('x' * 1000)", Outcome.OUTPUT, None),
    "message of 12 MB": ("display({'text/plain': 'x' * 12_000_000}, raw=True)", Outcome.OUTPUT, False),
    "error of 12 MB": ("raise ValueError('x' * 12_000_000)", Outcome.OUTPUT, False),
}
LIMITS_OF_ALL_TOGETHER = {
    "shared memory": (
        "import mmap\nm = mmap.mmap(-1, 900 << 20)\nfor i in range(0, len(m), 4096): m[i] = 1",
        Outcome.MEMORY,
    ),
    "memory of children": (
        "import os, time\n"
        "for _ in range(5):\n"
        "    if os.fork() == 0:\n"
        "        b = b'x' * (180 << 20); time.sleep(60); os._exit(0)\n"
        "time.sleep(60)",
        Outcome.MEMORY,
    ),
    "memory in sockets": (
        "import os, socket, time\n"
        "def fill():\n"
        "    kept = []\n"
        "    try:\n"
        "        while True:\n"
        "            kept += socket.socketpair()\n"
        "            for end in kept[-2:]:\n"
        "                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 22)\n"
        "                end.setblocking(False)\n"
        "                try:\n"
        "                    while True: end.send(bytes(1 << 16))\n"
        "                except BlockingIOError:\n"
        "                    pass\n"
        "    except OSError:\n"
        "        time.sleep(60)\n"
        "for _ in range(40):\n"
        "    if os.fork() == 0: fill()\n"
        "time.sleep(60)",
        Outcome.MEMORY,
    ),
    "many files": ("i = 0\nwhile True:\n    open(f'/tmp/{i}', 'w').close()\n    i += 1", Outcome.DISK),
    "many folders": ("import os\ni = 0\nwhile True:\n    os.mkdir(f'/dev/shm/{i}')\n    i += 1", Outcome.DISK),
    "CPU time of children": (
        "import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n        while True: pass\ntime.sleep(60)",
        Outcome.TIMEOUT,
    ),
    "fork bomb": (
        "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass",
        Outcome.PROCESSES,
    ),
}


@pytest.fixture(params=["control groups", "watched"])
def counting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of counting what a sandbox uses."""
    if request.param == "watched":
        monkeypatch.setattr(meter, "create_group", lambda memory, processes: None)
    elif cgroups.find_place() is None:
        pytest.skip("no control groups for this user here")
    return str(request.param)


@pytest.fixture(autouse=True)
def nothing_is_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """No process, control group, temporary folder, descriptor or thread outlives a run."""
    if "backend" in request.fixturenames:
        request.getfixturevalue("backend")  # its templates stay
    before = _traces()
    yield
    end = time.monotonic() + 60
    while (left := _traces()) - before and time.monotonic() < end:
        time.sleep(0.02)
    assert not left - before


def _traces() -> set[str]:
    own = {os.getpid()}
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    while grown := {pid for pid, parent in parents.items() if parent in own} - own:
        own |= grown
    found = {f"process {pid}" for pid in own}
    found |= {f"group {path}" for path in Path("/sys/fs/cgroup").glob(f"*/grader/grader-{os.getpid()}-*")}
    found |= {f"thread {thread.name}" for thread in threading.enumerate()}
    descriptors = [os.readlink(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd") if _is_open(fd)]
    return found | {f"descriptor {name}" for name in descriptors if "grader" in name or "cgroup" in name}


def _is_open(fd: str) -> bool:
    return os.path.lexists(f"/proc/self/fd/{fd}")


def run(backend: Backend, *sources: str, **limits: float) -> Session:
    """A notebook with ``sources`` as cells, one before them and one after."""
    chosen = Limits(**{**SMALL, "cell_seconds": 8, "call_seconds": 8, "total_seconds": HANG, "output_mb": 1, **limits})
    notebook = make_notebook("print('before')", *sources, "print('after')")
    with open_session(make_exercise(), notebook, backend=backend, limits=chosen) as session:
        return session


@pytest.mark.parametrize("name", LIMITS_OF_ONE_PROCESS)
def test_limit_of_one_process_is_an_exception_and_names_the_verdict(name: str, backend: Backend) -> None:
    source, outcome, goes_on = LIMITS_OF_ONE_PROCESS[name]
    result = run(backend, source, cell_seconds=3).run
    assert [cell.outcome for cell in result.cells[:2]] == [Outcome.PASSED, outcome]
    assert result.outcome is outcome and result.message.en and result.message.ko
    assert "before" in outputs_text(result.notebook)
    if goes_on is not None:
        assert (result.cells[2].outcome is Outcome.PASSED) is goes_on


@pytest.mark.parametrize("name", LIMITS_OF_ALL_TOGETHER)
def test_limit_of_all_together_ends_the_run_and_names_the_verdict(name: str, counting: str, backend: Backend) -> None:
    source, outcome = LIMITS_OF_ALL_TOGETHER[name]
    # forks of a kernel are slow: the bomb gets time to be noticed as one
    result = run(backend, source, cpu_seconds=20 if name == "fork bomb" else 3).run
    assert [cell.outcome for cell in result.cells] == [Outcome.PASSED, outcome, Outcome.SKIPPED]
    assert result.outcome is outcome and result.message.en and result.message.ko
    assert not result.alive
    assert "before" in outputs_text(result.notebook)


def test_fork_bomb_is_ended_before_its_time(backend: Backend) -> None:
    if cgroups.find_place() is None:
        pytest.skip("refused forks are counted by control groups only, and there are none for this user here")
    source, outcome = LIMITS_OF_ALL_TOGETHER["fork bomb"]
    cell = run(backend, source, cpu_seconds=100, cell_seconds=20).run.cells[1]
    assert cell.outcome is outcome, "and not a timeout"


def test_scratch_files_count_as_memory(counting: str, backend: Backend) -> None:
    source = (
        "for place in ('/tmp', '/home/student'):\n"
        "    with open(place + '/big', 'wb') as f:\n"
        "        for _ in range(200): f.write(bytes(1 << 20))\n"
        "import time; time.sleep(0.5)\n"
        "b = b'x' * (200 << 20); time.sleep(60)"
    )
    result = run(backend, source, scratch_mb=256).run
    assert [cell.outcome for cell in result.cells] == [Outcome.PASSED, Outcome.MEMORY, Outcome.SKIPPED]


def test_what_stays_within_the_limits_passes(counting: str, backend: Backend) -> None:
    source = (
        "import os, threading, time\n"
        "b = b'x' * (100 << 20)\n"
        "open('/tmp/big', 'wb').write(bytes(50 << 20))\n"
        "for i in range(1000): open(f'/dev/shm/{i}', 'w').close()\n"
        "threads = [threading.Thread(target=time.sleep, args=(0.3,)) for _ in range(6)]\n"
        "for t in threads: t.start()\n"
        "for t in threads: t.join()"
    )
    result = run(backend, source).run
    assert [cell.outcome for cell in result.cells] == [Outcome.PASSED] * 3


def test_forks_that_are_refused_and_survived_are_no_fault(counting: str, backend: Backend) -> None:
    source = (
        "import os, time\n"
        "children = []\n"
        "try:\n"
        "    for _ in range(100):\n"
        "        child = os.fork()\n"
        "        if child == 0:\n"
        "            time.sleep(2); os._exit(0)\n"
        "        children.append(child)\n"
        "except BlockingIOError:\n"
        "    refused = True\n"
        "for child in children: os.waitpid(child, 0)\n"
        "assert refused"
    )
    cells = run(backend, source, "1 / 0").run.cells
    assert [cell.outcome for cell in cells] == [Outcome.PASSED, Outcome.PASSED, Outcome.ERROR, Outcome.PASSED]


def test_what_fails_by_refused_forks_is_named_so(counting: str, backend: Backend) -> None:
    source = (
        "import os, time\n"
        "for _ in range(100):\n"
        "    try:\n"
        "        if os.fork() == 0:\n"
        "            time.sleep(3); os._exit(0)\n"
        "    except OSError:\n"
        "        time.sleep(0.3)\n"
        "        raise ValueError('a worker is missing')"
    )
    assert run(backend, source).run.cells[1].outcome is Outcome.PROCESSES


def test_limit_reached_in_a_call_ends_the_sandbox_and_says_so(counting: str, backend: Backend) -> None:
    module = (
        "import os, time\n"
        "def fine(): return 41\n"
        "def hog():\n"
        "    for _ in range(5):\n"
        "        if os.fork() == 0:\n"
        "            b = b'x' * (180 << 20); time.sleep(60); os._exit(0)\n"
        "    time.sleep(60)\n"
    )
    limits = Limits(**{**SMALL, "call_seconds": 8})
    with open_session(make_exercise("module"), module.encode(), backend=backend, limits=limits) as session:
        assert session.link is not None
        assert session.link.request("call", name="fine", args=[], kwargs={}) == 41
        with pytest.raises(SubmissionFault) as caught:
            session.link.request("call", name="hog", args=[], kwargs={})
        assert caught.value.outcome is Outcome.MEMORY
        assert caught.value.message.en and caught.value.message.ko


def test_killed_child_of_a_call_is_named_by_the_limit_and_not_by_what_came_of_it(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    if cgroups.find_place() is None:
        pytest.skip("only control groups kill a single child, and there are none for this user here")
    monkeypatch.setattr(meter, "INTERVAL", 60.0)  # the call hears of its child before the meter looks again
    module = (
        "import os\n"
        "def hog():\n"
        "    child = os.fork()\n"
        "    if child == 0:\n"
        "        import mmap\n"
        "        m = mmap.mmap(-1, 900 << 20)\n"
        "        for i in range(0, len(m), 4096): m[i] = 1\n"
        "        os._exit(0)\n"
        "    if os.waitpid(child, 0)[1]: raise RuntimeError('a worker died')\n"
    )
    limits = Limits(**{**SMALL, "call_seconds": 8})
    with open_session(make_exercise("module"), module.encode(), backend=backend, limits=limits) as session:
        assert session.link is not None
        with pytest.raises(SubmissionFault) as caught:
            session.link.request("call", name="hog", args=[], kwargs={})
        assert caught.value.outcome is Outcome.MEMORY
        with pytest.raises(SubmissionFault) as again:
            session.link.request("call", name="hog", args=[], kwargs={})
        assert again.value.outcome is Outcome.MEMORY


@pytest.mark.parametrize("end", ["os._exit(3)", "os.kill(os.getpid(), 9)", "os.abort()", "os.closerange(0, 400)"])
def test_dead_kernel_is_noticed_at_once(end: str, backend: Backend, monkeypatch: pytest.MonkeyPatch) -> None:
    async def look_once_a_second(self: NotebookClient) -> None:
        raise AssertionError("nbclient's own way, which is slower")

    monkeypatch.setattr(NotebookClient, "_async_poll_kernel_alive", look_once_a_second)
    result = run(backend, f"import os; {end}", cell_seconds=HANG, total_seconds=2 * HANG).run
    assert [cell.outcome for cell in result.cells] == [Outcome.PASSED, Outcome.ERROR, Outcome.SKIPPED]


def test_output_before_a_sudden_end_is_kept(backend: Backend) -> None:
    result = run(backend, "print('last words', flush=True); import os, time; time.sleep(0.5); os._exit(0)").run
    assert "last words" in outputs_text(result.notebook)


def test_kernel_that_ends_while_it_starts_is_noticed_at_once() -> None:
    class Broken(BubblewrapBackend):
        def start(self, box, order, fds, log):  # type: ignore[no-untyped-def]
            return self.run(box, ["/bin/sh", "-c", "echo no such luck >&2; exit 7"], order, fds, log)

    with pytest.raises(Exception, match="no such luck"):
        run(Broken(), "1")


def test_cpu_time_counts_children_and_survives_the_end(counting: str, backend: Backend) -> None:
    source = (
        "import os, time\n"
        "for _ in range(2):\n"
        "    if os.fork() == 0:\n"
        "        end = time.process_time() + 0.6\n"
        "        while time.process_time() < end: pass\n"
        "        os._exit(0)\n"
        "for _ in range(2): os.wait()\n"
        "os._exit(0)"
    )
    assert run(backend, source).run.cpu_seconds > 1.0


def test_groups_of_dead_graders_are_removed_and_those_of_living_ones_are_not() -> None:
    place = cgroups.find_place()
    if place is None:
        pytest.skip("no control groups for this user here")
    living = cgroups.create_group(1 << 30, 64)
    assert living is not None
    child = os.fork()
    if child == 0:  # a grader that is killed: its locks go with it
        cgroups.create_group(1 << 30, 64)
        os._exit(0)
    os.waitpid(child, 0)
    try:
        stale = list(place.main.glob(f"grader-{child}-*"))
        assert len(stale) == 1
        cgroups.remove_stale(place)
        assert not any((folder / stale[0].name).exists() for folder in place.distinct)
        assert all(Path(file).exists() for file in living.procs_files)
    finally:
        living.remove()


def test_watching_costs_little_and_ends_with_the_sandbox(counting: str, cold_backend: Backend) -> None:
    assert isinstance(cold_backend, BubblewrapBackend)
    with bounded_log() as log:
        process = cold_backend.run(Box(Limits()), ["/bin/sleep", "1.5"], b"", [], log)
        before = time.process_time()
        process.popen.wait(HANG)
        spent = time.process_time() - before
        watching = [t for t in threading.enumerate() if t.name == "meter"]
        for thread in watching:
            thread.join(HANG)
        assert not any(t.is_alive() for t in watching)
        process.kill()
    assert spent < 0.3


def test_meter_can_be_closed_unused_and_twice() -> None:
    unused = Meter(Limits())
    unused.close()
    unused.close()
    assert unused.breach() is None and unused.cpu_seconds() == 0.0


def test_session_of_a_dead_kernel_answers_about_its_end(backend: Backend) -> None:
    session = run(backend, "import os; os._exit(0)")
    assert session.breach() is None and session.explain_end() is None and session.cpu_seconds() > 0
