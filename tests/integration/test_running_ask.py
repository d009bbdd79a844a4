"""Submissions in the real sandbox answer through the proxy, and what they try while answering stays inside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from grader.errors import SubmissionFault
from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.support import make_exercise, make_notebook

pytestmark = pytest.mark.sandbox

MODULE = b"""
import os
import time
import numpy as np

state = 0

def step():
    global state
    state += 1
    with open("log.txt", "a") as file:
        file.write("step\\n")
    return state

def memory():
    return len(b"x" * (3 << 30))

def whole_disk():
    with open("big", "wb") as file:
        for _ in range(600):
            file.write(b"x" * (1 << 20))

def burn():
    began = time.process_time()
    while time.process_time() < began + 0.5:
        pass
    if os.fork() == 0:
        began = time.process_time()
        while time.process_time() < began + 0.5:
            pass
        os._exit(0)
    os.wait()

def forge():
    os.write(int(os.environ["GRADER_PROBE_FD"]), b"\\0\\0\\0\\2{}")
    return 1

def close_all():
    os.closerange(3, 1000)
    return 1
"""


def fault_of(proxy: SubmissionProxy, function: str) -> SubmissionFault:
    with pytest.raises(SubmissionFault) as caught:
        proxy.call(function)
    return caught.value


def test_cpu_time_of_a_run_counts_answers_and_what_they_started(backend: Backend) -> None:
    with open_session(make_exercise("module"), MODULE, backend=backend) as session:
        cells = session.run.cpu_seconds
        SubmissionProxy(session).call("burn")
        assert session.finished_run().cpu_seconds >= cells + 0.9
        assert session.run.cpu_seconds == cells


def test_a_module_answers_and_a_fresh_process_shares_its_files(backend: Backend) -> None:
    exercise = make_exercise("module")
    with open_session(exercise, MODULE, backend=backend) as session:
        proxy = SubmissionProxy(session)
        assert [proxy.call("step"), proxy.call("step")] == [1, 2]
        fresh = proxy.fresh()
        assert fresh.call("step") == 1
        assert proxy.read("log.txt") == b"step\n" * 3
        assert "log.txt" in proxy.files("*.txt")
        assert fault_of(proxy, "memory").outcome is Outcome.MEMORY
        assert fault_of(proxy, "whole_disk").outcome is Outcome.DISK
        assert proxy.call("step") == 3


@pytest.mark.parametrize(("function", "outcome"), [("forge", Outcome.VIOLATION), ("close_all", Outcome.ERROR)])
def test_touching_the_data_socket_ends_the_run(backend: Backend, function: str, outcome: Outcome) -> None:
    with open_session(make_exercise("module"), MODULE, backend=backend) as session:
        proxy = SubmissionProxy(session)
        assert fault_of(proxy, function).outcome is outcome
        assert fault_of(proxy, "step").outcome is outcome


def test_a_notebook_answers_and_names_the_cell_of_an_error(backend: Backend) -> None:
    cells = [
        "import numpy as np\ndef scale(X):\n    return X / helper(X)",
        "def helper(X):\n    return X.max()",
        "raise ValueError('stop')\nlater = 1",
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2], [3, 4])\nplt.show()",
    ]
    with open_session(make_exercise(), make_notebook(*cells), backend=backend) as session:
        proxy = SubmissionProxy(session)
        np.testing.assert_allclose(proxy.call("scale", np.array([1.0, 2.0])), [0.5, 1.0])
        with pytest.raises(SubmissionFault) as caught:
            proxy.call("scale", "text")
        assert 'File "Cell In[1]", line 3, in scale' in caught.value.details
        assert 'File "Cell In[2]", line 2, in helper' in caught.value.details
        assert "/tmp/" not in caught.value.details
        with pytest.raises(SubmissionFault) as caught:
            proxy["later"]
        assert "cell 3" in caught.value.message.en and "3번 셀" in caught.value.message.ko
        np.testing.assert_array_equal(proxy.figure("fig").axes[0].lines[0].y, [3, 4])


def test_public_modules_come_from_the_data_folder(backend: Backend, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "world.py").write_text("def reset():\n    return [0.0, 1.0]\n")
    with open_session(make_exercise("module"), MODULE, backend=backend, data_dir=data) as session:
        world = SubmissionProxy(session).public("world")
        assert world.call("reset") == [0.0, 1.0]
