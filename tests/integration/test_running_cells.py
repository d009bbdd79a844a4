"""How a run ends for everything that a notebook can do to itself, in the real sandbox."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.running.provisioner import CUT_MARK
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.robustness.classroom import adopting, all_gone, descendants
from tests.support import make_exercise, make_notebook, outputs_text

FAULTS = {
    "raises": ("1 / 0", Outcome.ERROR, True),
    "syntax error": ("def f(:", Outcome.ERROR, True),
    "loops": ("while True: pass", Outcome.TIMEOUT, True),
    "swallows the interrupt": (
        "import time\nwhile True:\n    try:\n        time.sleep(0.1)\n    except BaseException:\n        pass",
        Outcome.TIMEOUT,
        False,
    ),
    "sleeps": ("import time; time.sleep(1000)", Outcome.TIMEOUT, True),
    "stops itself": ("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", Outcome.TIMEOUT, False),
    "exits": ("import os; os._exit(0)", Outcome.ERROR, False),
    "crashes": ("import ctypes; ctypes.string_at(0)", Outcome.ERROR, False),
    "asks for memory": ("b = bytearray(8 << 30)", Outcome.MEMORY, True),
    "prints without end": ("while True: print('x' * 1000)", Outcome.OUTPUT, True),
    "displays without end": ("while True: display('x' * 10000)", Outcome.OUTPUT, False),
    "fills the disk": ("f = open('big', 'wb')\nwhile True: f.write(bytes(1 << 20))", Outcome.DISK, True),
    "asks for input": ("input('?')", Outcome.ERROR, True),
    "forks without end": ("import os\nwhile True: os.fork()", Outcome.TIMEOUT, False),
}


@pytest.mark.sandbox
@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_named_and_later_cells_run_where_the_kernel_lives(name: str, backend: Backend) -> None:
    source, outcome, alive = FAULTS[name]
    with open_session(make_exercise(), make_notebook(source, "print('next', 6 * 7)"), backend=backend) as session:
        run = session.run
    # which limit a bomb meets first, of time, processes or the memory of all together, depends on the machine
    bomb = {outcome, Outcome.PROCESSES, Outcome.MEMORY, Outcome.ERROR}
    assert run.cells[0].outcome in (bomb if name == "forks without end" else {outcome})
    assert run.message.en and run.message.ko
    if name != "forks without end":
        assert run.alive is alive
        assert ("next 42" in outputs_text(run.notebook)) is alive


@pytest.mark.sandbox
def test_printed_flood_is_cut_and_kept_short(backend: Backend) -> None:
    source = "for _ in range(100_000): print('x' * 100)"
    with open_session(make_exercise(), make_notebook(source), backend=backend) as session:
        text = outputs_text(session.run.notebook)
    assert CUT_MARK in text
    assert len(text) < 400_000


@pytest.mark.sandbox
def test_seed_fixes_python_numpy_and_hash_and_only_the_seed(backend: Backend) -> None:
    source = "import random, numpy as np\nprint(random.random(), np.random.rand(), hash('grader'))"
    texts = []
    for seed in (1, 1, 2):
        with open_session(make_exercise(), make_notebook(source), backend=backend, seed=seed) as session:
            texts.append(outputs_text(session.run.notebook))
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.sandbox
def test_sandbox_sees_its_own_files_only(backend: Backend, tmp_path: Path, root: Path) -> None:
    (tmp_path / "public.csv").write_text("a,b\n1,2\n")
    source = f"""
import os, socket
print(sorted(os.listdir('.')), open('data/public.csv').read(), open('extra/notes.txt').read())
for path in ({str(root / "solutions")!r}, {str(root / "grader")!r}, '/root/.ssh', '/etc/shadow', '/run', '/var'):
    print(path, os.path.exists(path))
for target in ('data/public.csv', 'extra/notes.txt', '/usr/x', '/opt/grader/grader_probe/x', '/x', '/dev/x'):
    try:
        open(target, 'w'); print('WROTE', target)
    except OSError as error:
        print('refused', target)
for family, address in ((socket.AF_INET, ('1.1.1.1', 80)), (socket.AF_INET, ('127.0.0.1', 22))):
    try:
        socket.socket(family).connect(address); print('CONNECTED', address)
    except OSError:
        print('no network')
try:
    socket.socket(40, socket.SOCK_STREAM); print('VSOCK')
except OSError:
    print('no vsock')
print({{line.split()[0]: line.split()[1] for line in open('/proc/self/status') if line.startswith(('Cap', 'NoNew', 'Sec'))}})
print(len([p for p in os.listdir('/proc') if p.isdigit()]), 'processes')
"""
    with open_session(
        make_exercise(),
        make_notebook(source),
        {"extra/notes.txt": b"mine"},
        backend=backend,
        data_dir=tmp_path,
    ) as session:
        text = outputs_text(session.run.notebook)
    assert session.run.outcome is Outcome.PASSED, text
    assert "a,b" in text and "mine" in text
    assert "True" not in text and "WROTE" not in text and "CONNECTED" not in text and "VSOCK" not in text
    assert "'CapEff:': '0000000000000000'" in text and "'NoNewPrivs:': '1'" in text and "'Seccomp:': '2'" in text
    assert f"{3 if backend.warm else 2} processes" in text, "bubblewrap, the kernel, and cat in a warm start"


@pytest.mark.sandbox
def test_nothing_is_left_after_runs_that_end_badly(backend: Backend, tmp_path: Path) -> None:
    daemon = "import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(1000)\n"
    fds = len(os.listdir("/proc/self/fd"))
    before = {each.pid for each in descendants(os.getpid())}
    with adopting():
        for source in (daemon, "import os; os._exit(1)", "while True: pass"):
            with open_session(make_exercise(), make_notebook(source), backend=backend):
                pass
        assert len(os.listdir("/proc/self/fd")) <= fds + 1
        assert all_gone(before, 60) == []


@pytest.mark.sandbox
def test_runs_beside_each_other_do_not_meet(backend: Backend) -> None:
    with (
        open_session(make_exercise(), make_notebook("open('/tmp/mark', 'w').write('a')"), backend=backend) as first,
        open_session(
            make_exercise(), make_notebook("import os; print('seen', os.path.exists('/tmp/mark'))"), backend=backend
        ) as second,
    ):
        assert first.run.outcome is Outcome.PASSED
        assert "seen False" in outputs_text(second.run.notebook)


def test_without_a_sandbox_the_same_notebook_gives_the_same_run() -> None:
    from grader.sandbox import PlainBackend

    with open_session(make_exercise(), make_notebook("x = 41", "1/0", "x + 1"), backend=PlainBackend()) as session:
        outcomes = [c.outcome for c in session.run.cells]
        text = outputs_text(session.run.notebook)
    assert outcomes == [Outcome.PASSED, Outcome.ERROR, Outcome.PASSED]
    assert "42" in text and "ZeroDivisionError" in text
