"""Every backend keeps the guarantees that it makes; what it does not promise is skipped, saying so."""

from __future__ import annotations

import os
import random
import secrets
import select
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.models import Exercise, Limits
from grader.errors import IsolationUnavailable
from grader.running.proxy import SubmissionProxy
from grader.running.session import Session, open_session
from grader.sandbox import Backend, Guarantee, PlainBackend, WarmBackend
from grader.sandbox.templates import MODES, Libraries
from grader.vocabulary import Outcome
from tests.support import make_exercise, make_notebook, outputs_text

LIMITS = Limits(
    cell_seconds=8, call_seconds=8, total_seconds=40, cpu_seconds=30, memory_mb=400, scratch_mb=16, files=2000,
    output_mb=1, processes=64,
)  # fmt: skip


@pytest.fixture(scope="session", params=["none", "cold", *(f"warm-{mode}" for mode in MODES)])
def each_backend(request: pytest.FixtureRequest) -> Iterator[Backend]:
    """Every way of starting a submission that there is."""
    name = request.param
    if name == "none":
        yield PlainBackend()
    elif name == "cold":
        yield request.getfixturevalue("cold_backend")
    else:
        request.getfixturevalue("cold_backend")
        made = WarmBackend(name.removeprefix("warm-"))
        made.prepare([Libraries()])
        if made.refused:
            made.close()
            pytest.skip("; ".join(made.cold_starts))
        yield made
        made.close()


Promised = Callable[[Guarantee], Backend]


@pytest.fixture
def promised(each_backend: Backend) -> Promised:
    """The backend, where it makes this promise."""

    def ask(promise: Guarantee) -> Backend:
        if promise not in each_backend.guarantees:
            pytest.skip(f"{each_backend.name} does not promise that {promise.value}")
        return each_backend

    return ask


def _exercise(**limits: Any) -> Exercise:
    return make_exercise(limits=LIMITS.model_copy(update=limits))


def _run(backend: Backend, *cells: str, check: Callable[[Session], None] | None = None, **limits: Any) -> Session:
    with open_session(_exercise(**limits), make_notebook(*cells), backend=backend) as session:
        if check is not None:
            check(session)
        return session


def _printed(backend: Backend, *cells: str, **limits: Any) -> str:
    return outputs_text(_run(backend, *cells, **limits).run.notebook)


def test_runs_cells_and_answers(promised: Promised) -> None:
    def check(session: Session) -> None:
        assert session.run.outcome is Outcome.PASSED
        assert SubmissionProxy(session).call("double", 21) == 42

    _run(promised(Guarantee.ANSWERS), "def double(x):\n    return 2 * x", "print('ran')", check=check)


def test_random_state_depends_on_the_seed_alone(promised: Promised, cold_backend: Backend) -> None:
    cells = [
        "import random\nprint(random.random())",
        "import numpy as np\nprint(np.random.rand(), random.random(), hash('a'))",
        "import pandas, sklearn.utils, matplotlib.pyplot\nprint(np.random.rand(), random.random())",
    ]
    seen = [_printed(b, *cells, cell_seconds=60) for b in (promised(Guarantee.SEEDED), cold_backend)]
    assert seen[0] == seen[1]
    first = random.Random(0).random()  # what a plain interpreter gives: nothing of ours has drawn before
    assert seen[0].startswith(f"{first}\n")


def test_a_loop_is_interrupted_and_the_rest_goes_on(promised: Promised) -> None:
    session = _run(promised(Guarantee.TIME), "while True: pass", "print('next')", cell_seconds=1)
    assert [cell.outcome for cell in session.run.cells] == [Outcome.TIMEOUT, Outcome.PASSED]


def test_what_ignores_interrupts_is_ended(promised: Promised) -> None:
    code = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: time.sleep(0.1)"
    session = _run(promised(Guarantee.TIME), "x = 1", code, "y = 1", cell_seconds=1)
    assert [cell.outcome for cell in session.run.cells] == [Outcome.PASSED, Outcome.TIMEOUT, Outcome.SKIPPED]


def test_endless_print_is_capped(promised: Promised) -> None:
    session = _run(promised(Guarantee.OUTPUT), "while True: print('x' * 1000)", "print('next')", cell_seconds=2)
    assert session.run.cells[0].outcome is Outcome.OUTPUT
    assert len(outputs_text(session.run.notebook)) < 2 << 20


def test_nothing_reaches_the_next_submission(promised: Promised) -> None:
    mark = f"mark_{secrets.token_hex(8)}"
    leave = f"""
import builtins, os, random, sys, types, numpy, json
builtins.{mark} = numpy.{mark} = json.{mark} = True
sys.modules['{mark}'] = types.ModuleType('{mark}')
os.environ['{mark}'] = 'set'
numpy.random.seed(99); random.seed(99)
open('{mark}', 'w').write('here')
sys.setrecursionlimit(5000)
numpy.add = None
"""
    find = f"""
import builtins, os, random, sys, numpy, json
found = [hasattr(builtins, '{mark}'), hasattr(numpy, '{mark}'), hasattr(json, '{mark}'), '{mark}' in sys.modules]
found += ['{mark}' in os.environ, os.path.exists('{mark}'), sys.getrecursionlimit() == 5000, numpy.add is None]
print(found, numpy.random.rand() == {{state}})
"""
    backend = promised(Guarantee.FRESH)
    state = _printed(backend, "import numpy\nprint(repr(float(numpy.random.rand())))").strip()
    assert _run(backend, leave).run.outcome is Outcome.PASSED
    assert _printed(backend, find.format(state=state)).split() == f"{[False] * 8} True".split()


def test_environment_and_descriptors_are_not_inherited(promised: Promised, tmp_path: Path) -> None:
    backend = promised(Guarantee.ENVIRONMENT)
    os.environ["GRADER_CONFORMANCE_SECRET"] = "s3cret"
    with open(tmp_path / "open-file", "w") as kept:
        os.set_inheritable(kept.fileno(), True)
        try:
            shown = _printed(
                backend,
                "import os\nprint(sorted(os.environ))\nprint(open('/proc/self/environ').read())",
                "for fd in os.listdir('/proc/self/fd'):\n"
                "    try:\n        print(os.readlink(f'/proc/self/fd/{fd}'))\n    except OSError: pass",
            )
        finally:
            del os.environ["GRADER_CONFORMANCE_SECRET"]
    assert "CONFORMANCE" not in shown and "open-file" not in shown and "PATH" in shown


def test_no_file_of_ours_can_be_seen(promised: Promised, root: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("x")
    places = [
        str(tmp_path),
        str(root / "solutions"),
        str(root / "grader"),
        str(root / "tests"),
        "/root/.ssh",
        "/etc/shadow",
    ]
    code = f"import os\nprint([p for p in {places!r} if os.path.exists(p)], os.listdir('/home'))"
    assert _printed(promised(Guarantee.HIDDEN_FILES), code).strip() == "[] ['student']"


def test_only_scratch_can_be_written(promised: Promised) -> None:
    code = """
import os
written = []
for folder, _, _ in os.walk('/'):
    if folder.startswith(('/proc', '/home/student', '/tmp', '/dev/shm')):
        continue
    try:
        open(os.path.join(folder, 'probe'), 'w').close()
        written.append(folder)
    except OSError:
        pass
print(written)
"""
    session = _run(promised(Guarantee.READ_ONLY), code, cell_seconds=30)
    assert outputs_text(session.run.notebook).strip() == "[]"


def test_there_is_no_network(promised: Promised) -> None:
    code = """
import socket
print(sorted(name for _, name in socket.if_nameindex()))
for address in ('1.1.1.1', '169.254.169.254', '10.0.0.1'):
    s = socket.socket(); s.settimeout(2)
    print(s.connect_ex((address, 80)) != 0)
"""
    assert _printed(promised(Guarantee.NETWORK), code).split() == ["['lo']", "True", "True", "True"]


def test_no_process_of_the_machine_can_be_seen(promised: Promised) -> None:
    code = "import os\nprint(len([p for p in os.listdir('/proc') if p.isdigit()]) < 6, os.path.exists('/proc/%d')"
    shown = _printed(promised(Guarantee.PROCESSES), code % os.getpid() + ")")
    assert shown.split()[0] == "True"


def test_there_are_no_privileges(promised: Promised) -> None:
    code = """
status = dict(line.split(':', 1) for line in open('/proc/self/status') if ':' in line)
print([int(status[k], 16) for k in ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb')])
print(status['NoNewPrivs'].strip(), status['Seccomp'].strip())
import os
print(os.getuid() != 0, os.system('unshare -U true 2>/dev/null') != 0, os.system('mount -t tmpfs x /tmp 2>/dev/null') != 0)
"""
    shown = _printed(promised(Guarantee.PRIVILEGES), code)
    assert shown.split() == "[0, 0, 0, 0, 0] 1 2 True True True".split()


def test_nothing_survives_the_end_of_a_run(promised: Promised) -> None:
    mark = f"survivor{secrets.token_hex(8)}"
    code = f"""
import subprocess, sys
for _ in range(5):
    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)', '{mark}'], start_new_session=True)
"""
    _run(promised(Guarantee.NO_SURVIVORS), code)
    assert not [p for p in Path("/proc").glob("[0-9]*/cmdline") if mark in _read(p)]


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


def test_memory_of_all_processes_is_limited(promised: Promised) -> None:
    code = """
import os, time
for _ in range(4):
    if os.fork() == 0:
        held = bytearray(b'x') * (200 << 20)
        time.sleep(60)
        os._exit(0)
time.sleep(6)
"""
    session = _run(promised(Guarantee.MEMORY), "x = 1", code)
    assert [cell.outcome for cell in session.run.cells] == [Outcome.PASSED, Outcome.MEMORY]


def test_a_large_array_is_refused_and_the_rest_goes_on(promised: Promised) -> None:
    session = _run(promised(Guarantee.MEMORY), "import numpy\nnumpy.ones(1 << 28)", "print('next')")
    assert [cell.outcome for cell in session.run.cells] == [Outcome.MEMORY, Outcome.PASSED]


def test_computing_time_of_all_processes_is_limited(promised: Promised) -> None:
    code = "import os\nos.fork()\nos.fork()\nwhile True: pass"
    session = _run(promised(Guarantee.CPU), "x = 1", code, cpu_seconds=2, cell_seconds=120, total_seconds=240)
    assert session.run.cells[1].outcome is Outcome.TIMEOUT
    assert session.run.cells[1].seconds < 120, "by what it had computed"


def test_the_number_of_processes_is_limited(promised: Promised) -> None:
    code = "import os, time\nfor _ in range(500):\n    if os.fork() == 0:\n        time.sleep(60)\n        os._exit(0)"
    session = _run(promised(Guarantee.PROCESS_COUNT), "x = 1", code)
    assert [cell.outcome for cell in session.run.cells] == [Outcome.PASSED, Outcome.PROCESSES]


def test_the_size_of_scratch_is_limited(promised: Promised) -> None:
    session = _run(promised(Guarantee.DISK), "open('big', 'wb').write(bytes(64 << 20))", "print('next')")
    assert [cell.outcome for cell in session.run.cells] == [Outcome.DISK, Outcome.PASSED]


def test_the_number_of_files_is_limited(promised: Promised) -> None:
    code = "import time\nfor n in range(20_000):\n    open(f'f{n}', 'w').close()\ntime.sleep(3)"
    session = _run(promised(Guarantee.DISK), "x = 1", code)
    assert [cell.outcome for cell in session.run.cells] == [Outcome.PASSED, Outcome.DISK]


def test_without_isolation_every_promise_is_either_made_or_named() -> None:
    unmade = set(Guarantee) - PlainBackend().guarantees
    assert Guarantee.NETWORK in unmade and all(promise.value for promise in unmade)


def test_templates_say_why_they_cannot_be_had(monkeypatch: pytest.MonkeyPatch, cold_backend: Backend) -> None:
    from grader.sandbox import choose_backend, templates

    monkeypatch.setattr(templates.sys, "executable", "/usr/bin/false")
    found = choose_backend(warm=[make_exercise()])
    assert not found.warm and "did not start" in found.cold_starts[0]


def test_a_template_that_is_killed_is_replaced(warm_backend: Backend) -> None:
    made = WarmBackend("nested")
    try:
        made.prepare([Libraries()])
        if made.refused:
            pytest.skip("; ".join(made.cold_starts))
        (template,) = made._templates.values()
        assert template._popen is not None
        before = _printed(made, "print(1 + 1)")
        inside = Path(f"/proc/{template._popen.pid}/task/{template._popen.pid}/children").read_text().split()
        os.kill(int(inside[0]), signal.SIGKILL)
        hung_up = select.poll()
        hung_up.register(template.control, 0)
        assert hung_up.poll(60_000) and not template.alive
        assert _printed(made, "print(1 + 1)") == before == "2\n"
        assert made._templates[Libraries()] is not template
    finally:
        made.close()


def test_isolation_is_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.sandbox import choose_backend

    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(IsolationUnavailable, match="apt-get install bubblewrap"):
        choose_backend(warm=[make_exercise()])
