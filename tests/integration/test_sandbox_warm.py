"""Templates over time: renewed, shared with other processes, lost while a submission runs."""

from __future__ import annotations

import importlib.util
import os
import secrets
import signal
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from grader.course import load_course
from grader.grading.grade_one import grade
from grader.intake import read_submission
from grader.running.session import open_session
from grader.sandbox import Backend, WarmBackend
from grader.sandbox.templates import Libraries, Template, start_template
from grader.vocabulary import Outcome
from tests.robustness.classroom import descendants, wait_for_end
from tests.support import make_exercise, make_notebook, outputs_text

PID = "import os\nprint(os.readlink('/proc/self/ns/pid'))"


@pytest.fixture
def own_backend(warm_backend: Backend) -> Iterator[WarmBackend]:
    """A backend with a template of its own, which a test may kill."""
    assert isinstance(warm_backend, WarmBackend)
    made = WarmBackend(warm_backend.mode)
    made.prepare([Libraries()])
    assert not made.refused
    yield made
    made.close()


def _template(backend: WarmBackend) -> Template:
    (found,) = backend._templates.values()
    return found


def _print(backend: Backend, *cells: str) -> str:
    with open_session(make_exercise(), make_notebook(*cells), backend=backend) as session:
        assert session.run.outcome is Outcome.PASSED, session.run.message.en
        return outputs_text(session.run.notebook)


def _inside(template: Template) -> int:
    """Pid of the first process under the one that we started."""
    assert template._popen is not None
    pid = template._popen.pid
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else pid


@pytest.mark.sandbox
def test_each_submission_has_a_namespace_of_its_own(own_backend: WarmBackend) -> None:
    exercise, notebook = make_exercise(), make_notebook(PID)
    with (
        open_session(exercise, notebook, backend=own_backend) as one,
        open_session(exercise, notebook, backend=own_backend) as other,
    ):
        assert outputs_text(one.run.notebook) != outputs_text(other.run.notebook)


@pytest.mark.sandbox
def test_a_template_begins_anew_after_its_last_fork_and_keeps_its_queue(own_backend: WarmBackend) -> None:
    _template(own_backend).close()
    renewed = start_template(Libraries(), own_backend.mode, own_backend._spool, renew_after=2)
    own_backend._templates[Libraries()] = renewed
    assert [_print(own_backend, "print(6 * 7)") for _ in range(5)] == ["42\n"] * 5
    assert own_backend._templates[Libraries()] is renewed and renewed.alive


@pytest.mark.sandbox
def test_a_submission_whose_template_dies_is_run_again(own_backend: WarmBackend, root: Path, tmp_path: Path) -> None:
    course = load_course(root, ["dlstart/two-machines"])
    exercise = course.exercise("dlstart/two-machines")
    path = tmp_path / "two_machines.ipynb"
    path.write_bytes(make_notebook("begun = True", "costs_a = 1"))
    submission = read_submission(path, exercise, course.intake, student="kim")
    before = _template(own_backend)
    killed: list[int] = []

    def kill_at_the_second_cell(cell: int, cells: int) -> None:
        if cell == 2 and not killed:
            killed.extend(each.pid for each in descendants(_inside(before)))
            os.kill(_inside(before), signal.SIGKILL)
            assert wait_for_end(killed, 60) == []

    result = grade(course, exercise, submission, backend=own_backend, on_cell=kill_at_the_second_cell)
    assert killed
    assert result.outcome is Outcome.FAILED, (result.message.en, result.extra)
    assert result.run is not None and [cell.outcome for cell in result.run.cells] == [Outcome.PASSED, Outcome.PASSED]
    assert _template(own_backend) is not before


def _elsewhere(pipe: Connection, backend: WarmBackend) -> None:
    pipe.send((_print(backend, "print(1 + 1)"), [t._popen is None for t in backend._templates.values()]))
    backend.close()


@pytest.mark.sandbox
def test_another_process_uses_the_same_template(own_backend: WarmBackend) -> None:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_elsewhere, args=(theirs, own_backend))
    process.start()
    assert ours.poll(60) and ours.recv() == ("2\n", [True])
    process.join()
    assert _print(own_backend, "print(1 + 1)") == "2\n", "closing it there leaves it running here"


@pytest.mark.sandbox
@pytest.mark.tensorflow
def test_a_fork_trains_what_a_cold_start_trains(cold_backend: Backend, warm_backend: Backend) -> None:
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("needs TensorFlow")
    exercise = make_exercise(requires=["tensorflow"])
    limits = exercise.limits.model_copy(update={"cell_seconds": 60, "total_seconds": 120, "memory_mb": 2048})
    code = """
import numpy as np, keras, tensorflow as tf
x = np.random.rand(64, 4)
print(tf.random.uniform(()).numpy())
model = keras.Sequential([keras.layers.Dense(8, activation="relu"), keras.layers.Dropout(0.5), keras.layers.Dense(1)])
model.compile(loss="mse", optimizer="adam")
print(model.fit(x, x.sum(axis=1), epochs=2, verbose=0).history["loss"])
from sklearn.ensemble import HistGradientBoostingRegressor
print(HistGradientBoostingRegressor(max_iter=3).fit(x, x.sum(axis=1)).predict(x[:2]))
"""
    seen = []
    for backend in (cold_backend, warm_backend):
        with open_session(exercise, make_notebook(code), backend=backend, limits=limits, seed=3) as session:
            assert session.run.outcome is Outcome.PASSED, session.run.cells
            seen.append(outputs_text(session.run.notebook).split())
    assert seen[0] == seen[1]


@pytest.mark.sandbox
def test_memory_holds_nothing_of_the_submission_before(own_backend: WarmBackend) -> None:
    mark = f"mark{secrets.token_hex(12)}"
    files = {f"{mark}.txt": mark.encode()}
    code = f"import os\nprint('{mark}', os.listdir())\n{mark} = open('{mark}.txt').read()"
    with open_session(make_exercise(), make_notebook(code), files, backend=own_backend) as session:
        assert session.run.outcome is Outcome.PASSED
        key = session._provisioner.connection_info["key"].decode()  # type: ignore[union-attr]
    search = """
found, size = [], 0
own = {own!r}
with open('/proc/self/maps') as maps, open('/proc/self/mem', 'rb') as memory:
    for line in maps:
        if line.split()[1].startswith('rw'):
            start, end = (int(x, 16) for x in line.split()[0].split('-'))
            memory.seek(start)
            try:
                part = memory.read(end - start)
            except OSError:
                continue
            size += len(part)
            found += [word for word in {words!r} if bytes.fromhex(word)[::-1] in part]
            found += ['control'] if own in part else []
print(sorted(set(found)), size > 50_000_000)
"""
    words = [text.encode()[::-1].hex() for text in (mark, key)]
    with open_session(
        make_exercise(), make_notebook(search.format(words=words, own=b"control")), backend=own_backend
    ) as session:
        assert outputs_text(session.run.notebook).strip() == "['control'] True"
