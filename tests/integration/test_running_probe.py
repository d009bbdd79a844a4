"""The real probe in a plain process, asked through every method of the proxy."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grader.course.models import Exercise
from grader.errors import GraderError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.running.keras_facts import RemoteModel
from grader.running.link import Link
from grader.running.probe import PROBE_DIR
from grader.running.proxy import Rng, SubmissionProxy
from grader.running.remote import Remote, RemoteEstimator
from grader.running.run import CellResult, Run
from grader.vocabulary import Outcome, Text
from tests.support import make_exercise

BASICS = '''
"""A submission."""
import math
import os
import sys
import numpy as np

answer = 42
nothing = None
stub = ...
numbers = [1.0, 2.0]

def double(x):
    print("secret", x)
    return x * 2

def kinds(value):
    return type(value).__name__

def draw(rng):
    return rng.random(3)

def fail(kind="ValueError"):
    raise getattr(__import__("builtins"), kind)("bad value")

def unwritten():
    raise NotImplementedError("write me")

def leave():
    sys.exit(3)

def die():
    os._exit(1)

def spin():
    while True:
        pass

def stubborn():
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

def endless():
    return endless()

def long_dict():
    return {i: "x" * 20 for i in range(300_000)}

def twice():
    os.fork()
    return 1

def knot():
    found = []
    found.append(found)
    return found

def large():
    return np.zeros(10_000_000)

class Hostile(Exception):
    def __str__(self):
        raise SystemExit

def hostile():
    raise Hostile

class Loud:
    def __repr__(self):
        raise KeyboardInterrupt
    __str__ = __repr__

def loud():
    return Loud()

def full_disk():
    import errno
    raise OSError(errno.ENOSPC, "No space left on device")

def count(n):
    yield from range(n)

def read_own(path):
    return open(path).read()

class Counter:
    start = 1
    def __init__(self, value=0):
        self.value = value
    def add(self, n):
        self.value += n
        return self.value
    def __call__(self, n):
        return self.value + n

mixed = [Counter(5), 3, {"model": Counter(7)}]
calls = 0

def bump():
    global calls
    calls += 1
    return calls
'''


@dataclass
class Asked:
    """What a session is to the proxy."""

    exercise: Exercise
    main: bytes
    run: Run
    link: Link | None
    seed: int = 0


Start = Callable[..., SubmissionProxy]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a process with a module and the probe in it, and returns the proxy."""
    packages = tmp_path / "packages"
    packages.mkdir()
    (packages / "grader_probe").symlink_to(PROBE_DIR)
    work = tmp_path / "work"
    work.mkdir()
    processes: list[subprocess.Popen[bytes]] = []
    links: list[Link] = []

    def begin(code: str, *, tcp: bool = False, name: str = "sample") -> SubmissionProxy:
        (work / f"{name}.py").write_text(code)
        program = (
            f"import sys; sys.path[:0] = [{str(packages)!r}, '']; import grader_probe as g;"
            f"g.load_module({name!r}); g.serve({{}}, {name!r})"
        )
        environment = {**os.environ, "MPLBACKEND": "agg"}
        if tcp:
            listening = socket.create_server(("127.0.0.1", 0))
            environment["GRADER_PROBE_TCP"] = f"127.0.0.1:{listening.getsockname()[1]}:token"
            process = subprocess.Popen([sys.executable, "-c", program], cwd=work, env=environment)
            ours, _ = listening.accept()
            listening.close()
            assert ours.recv(5, socket.MSG_WAITALL) == b"token"
        else:
            ours, theirs = socket.socketpair()
            environment["GRADER_PROBE_FD"] = str(theirs.fileno())
            command = [sys.executable, "-c", program]
            process = subprocess.Popen(command, cwd=work, env=environment, pass_fds=[theirs.fileno()])
            theirs.close()
        processes.append(process)
        exercise = make_exercise("module", name)
        limits = exercise.limits.model_copy(update={"call_seconds": 60, "reply_mb": 8})
        link = Link(ours, limits, lambda: process.send_signal(signal.SIGINT), process.kill)
        links.append(link)
        link.request("has", name="ready")  # an interrupt must not hit the start of the process
        exercise = exercise.model_copy(update={"limits": limits})
        return SubmissionProxy(Asked(exercise, code.encode(), Run(Outcome.PASSED, Text(""), True, (), {}, 0.0), link))

    yield begin
    for link in links:
        link.close()
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def basics(start: Start) -> SubmissionProxy:
    return start(BASICS)


def fault_of(ask: Callable[[], Any]) -> SubmissionFault:
    with pytest.raises(SubmissionFault) as caught:
        ask()
    return caught.value


def test_variables_and_functions_answer_with_data(basics: SubmissionProxy) -> None:
    assert basics["answer"] == 42
    assert basics["nothing"] is None
    assert basics["math.pi"] == pytest.approx(np.pi)
    np.testing.assert_array_equal(basics.call("double", np.arange(3)), [0, 2, 4])
    assert basics.map("double", [(1,), [2], 3]) == [2, 4, 6]
    assert basics.call("kinds", value=pd.DataFrame({"a": [1]})) == "DataFrame"
    assert [basics.has(name) for name in ("double", "stub", "missing", "math.pi")] == [True, False, False, True]
    expected = np.random.default_rng(3).random(3)
    np.testing.assert_array_equal(basics.call("draw", Rng(3)), expected)
    np.testing.assert_array_equal(basics.call("draw", np.random.default_rng(3)), expected)


def test_objects_stay_inside_and_can_be_used(basics: SubmissionProxy) -> None:
    counter = basics.new("Counter", value=3)
    assert counter.type_name == "Counter" and counter.mro == ("Counter", "object")
    assert counter.is_a("Counter") and counter.is_a("sample.Counter") and not counter.is_a("other.Counter")
    assert counter.call("add", 4) == 7
    counter.set("value", 10)
    assert counter.get("value") == 10 and counter.get("__class__.start") == 1
    assert counter.invoke(5) == 15
    assert basics.call("kinds", counter) == "Counter"
    held = counter.call("add", 1, hold=True)
    assert isinstance(held, Remote) and held.type_name == "int"
    assert basics.call("double", held) == 22
    first, number, inner = basics["mixed"]
    assert (first.get("value"), number, inner["model"].get("value")) == (5, 3, 7)
    assert basics.remote("numbers").call("__len__") == 2
    assert basics.call("count", 10).take(3) == [0, 1, 2]
    assert basics.call("count", 2).take(5) == [0, 1]


def test_data_that_is_held_shows_what_was_written_into_it(basics: SubmissionProxy) -> None:
    table, words = basics.hold(np.arange(6.0).reshape(2, 3)), basics.hold([{"a": 1}, {}])
    assert basics.call("double", table)[1, 2] == 10
    np.testing.assert_array_equal(table.call("copy"), np.arange(6.0).reshape(2, 3))
    table.call("fill", 7.0)
    words.call("append", {"b": 2})
    np.testing.assert_array_equal(table.call("copy"), np.full((2, 3), 7.0))
    assert words.call("copy") == [{"a": 1}, {}, {"b": 2}]


def test_objects_are_let_go_of(basics: SubmissionProxy) -> None:
    counter = basics.new("Counter")
    identity = counter.identity
    kept = RemoteEstimator(counter)
    del counter
    assert kept.get("value") == 0
    channel = kept.channel
    del kept
    fault = fault_of(lambda: Remote(channel, identity, "Counter", ()).get("value"))
    assert isinstance(fault, SubmissionRaised) and "no longer held" in fault.said


@pytest.mark.parametrize(
    ("ask", "outcome", "exception", "words"),
    [
        (lambda s: s.call("fail"), Outcome.ERROR, "ValueError", "ValueError: bad value"),
        (lambda s: s.call("fail", "ZeroDivisionError"), Outcome.ERROR, "ZeroDivisionError", "ZeroDivisionError"),
        (lambda s: s.call("unwritten"), Outcome.FAILED, "NotImplementedError", "not written yet"),
        (lambda s: s["stub"], Outcome.FAILED, None, "not written yet"),
        (lambda s: s.call("stub"), Outcome.FAILED, "NotImplementedError", "not written yet"),
        (lambda s: s.remote("stub"), Outcome.FAILED, None, "not written yet"),
        (lambda s: s["missing"], Outcome.FAILED, None, "not defined"),
        (lambda s: s.new("Missing"), Outcome.FAILED, None, "not defined"),
        (lambda s: s.call("leave"), Outcome.ERROR, "SystemExit", "exit()"),
        (lambda s: s.call("endless"), Outcome.ERROR, "RecursionError", "RecursionError"),
        (lambda s: s.call("hostile"), Outcome.ERROR, "Hostile", "cannot be shown"),
        (lambda s: s.call("full_disk"), Outcome.DISK, "OSError", "disk"),
        (lambda s: s.call("large"), Outcome.OUTPUT, None, "too large"),
        (lambda s: s.call("long_dict"), Outcome.OUTPUT, None, "too large"),
        (lambda s: s.call("knot"), Outcome.OUTPUT, None, "too large"),
        (lambda s: s.frame("numbers"), Outcome.FAILED, None, "DataFrame"),
        (lambda s: s.figure("answer"), Outcome.FAILED, None, "matplotlib"),
        (lambda s: s.model("numbers").layers, Outcome.FAILED, None, "Keras"),
        (lambda s: s.read("missing.txt"), Outcome.FAILED, None, "not found"),
        (lambda s: s.read("/etc/passwd"), Outcome.FAILED, None, "not found"),
        (lambda s: s.read("../work2/x"), Outcome.FAILED, None, "not found"),
        (lambda s: s.public("missing"), Outcome.ERROR, "FileNotFoundError", "FileNotFoundError"),
    ],
)
def test_what_goes_wrong_inside_becomes_a_fault(
    basics: SubmissionProxy, ask: Any, outcome: Outcome, exception: str | None, words: str
) -> None:
    fault = fault_of(lambda: ask(basics))
    assert fault.outcome is outcome
    assert getattr(fault, "exception", None) == exception
    assert words in fault.message.en
    assert str(PROBE_DIR) not in fault.details and "grader_probe" not in fault.details
    assert basics["answer"] == 42


def test_the_traceback_is_the_students_own(basics: SubmissionProxy) -> None:
    fault = fault_of(lambda: basics.call("fail"))
    assert 'File "sample.py"' in fault.details
    assert fault.details.count("File ") == 1


def test_a_call_that_forks_is_answered_once(basics: SubmissionProxy) -> None:
    assert basics.call("twice") == 1
    assert basics["answer"] == 42


def test_an_object_with_a_hostile_repr_is_held(basics: SubmissionProxy) -> None:
    assert basics.call("loud").type_name == "Loud"


def test_a_call_that_loops_times_out_and_the_next_one_answers(basics: SubmissionProxy) -> None:
    basics.timeout = 0.3
    assert fault_of(lambda: basics.call("spin")).outcome is Outcome.TIMEOUT
    basics.timeout = None
    assert basics.call("double", 4) == 8


def test_a_call_that_ignores_the_interrupt_ends_everything(basics: SubmissionProxy) -> None:
    basics.timeout = 0.3
    assert fault_of(lambda: basics.call("stubborn")).outcome is Outcome.TIMEOUT
    assert fault_of(lambda: basics["answer"]).outcome is Outcome.TIMEOUT


def test_a_call_that_ends_the_process_is_an_error(basics: SubmissionProxy) -> None:
    fault = fault_of(lambda: basics.call("die"))
    assert fault.outcome is Outcome.ERROR and "ended the Python process" in fault.message.en
    assert fault_of(lambda: basics["answer"]).outcome is Outcome.ERROR


def test_files_are_listed_and_read_but_links_are_not_followed(basics: SubmissionProxy, tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "out").mkdir()
    (work / "out" / "result.csv").write_text("a,b\n")
    (work / "out" / "link").symlink_to("/etc/passwd")
    (work / "away").symlink_to("/etc")
    os.mkfifo(work / "pipe")
    (work / "data").mkdir()
    (work / "data" / "world.py").write_text("size = 3\nclass World:\n    size = 4\n")
    assert basics.files() == ["out/result.csv", "sample.py"]
    assert basics.files("out/*.csv") == ["out/result.csv"]
    assert basics.read("out/result.csv") == b"a,b\n"
    for path in ("out/link", "away/passwd", "pipe", "out"):
        assert fault_of(lambda path=path: basics.read(path)).outcome is Outcome.FAILED
    world = basics.public("world")
    assert world.get("size") == 3 and world.call("World").get("size") == 4


def test_a_fresh_process_starts_from_the_module_and_shares_files(basics: SubmissionProxy) -> None:
    assert [basics.call("bump") for _ in range(2)] == [1, 2]
    fresh = basics.fresh()
    assert fresh.call("bump") == 1 and basics.call("bump") == 3
    counter = fresh.new("Counter", 8)
    assert counter.call("add", 1) == 9
    with pytest.raises(GraderError, match="one process"):
        basics.call("kinds", counter)
    fresh.timeout = 0.3
    assert fault_of(lambda: fresh.call("spin")).outcome is Outcome.TIMEOUT
    fresh.timeout = None
    assert fresh.call("double", 1) == 2
    assert "ended the Python process" in fault_of(lambda: fresh.call("die")).message.en
    assert basics.call("bump") == 4
    other = basics.fresh()
    other.close()
    assert fault_of(lambda: other.call("bump")).outcome is Outcome.ERROR


def test_seeding_repeats_the_random_numbers(start: Start) -> None:
    proxy = start("import random, numpy as np\ndef draw():\n    return random.random(), np.random.rand()\n")
    proxy.seed(5)
    first = proxy.call("draw")
    proxy.seed(5)
    assert proxy.call("draw") == first
    assert proxy.environment()["numpy"] == np.__version__


def test_the_probe_connects_by_address_with_a_token(start: Start) -> None:
    assert start(BASICS, tcp=True)["answer"] == 42


def test_pandas_values_come_back_with_dtypes(start: Start) -> None:
    proxy = start(
        "import pandas as pd\n"
        "table = pd.DataFrame({'n': [1, 2], 's': ['x', None], 'c': pd.Categorical(['a', 'b'])}, index=['p', 'q'])\n"
        "def means(df):\n    return df.groupby('g').v.mean()\n"
    )
    table = proxy.frame("table")
    assert table.dtypes.astype(str).to_dict() == {"n": "int64", "s": str(table["s"].dtype), "c": "category"}
    assert table.index.tolist() == ["p", "q"]
    means = proxy.call("means", pd.DataFrame({"g": list("aab"), "v": [1.0, 3.0, 5.0]}))
    assert means.to_dict() == {"a": 2.0, "b": 5.0} and means.index.name == "g"


ESTIMATORS = """
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted, validate_data

class Centering(TransformerMixin, BaseEstimator):
    def __init__(self, shift=0.0):
        self.shift = shift
    def fit(self, X, y=None):
        X = validate_data(self, X)
        self.mean_ = X.mean(axis=0)
        return self
    def transform(self, X):
        check_is_fitted(self)
        return validate_data(self, X, reset=False) - self.mean_ + self.shift

class Broken(BaseEstimator):
    def fit(self, X, y=None):
        return None

pipeline = make_pipeline(StandardScaler(), LogisticRegression(C=2.0))

def build(C=1.0):
    return make_pipeline(Centering(), LogisticRegression(C=C))
"""


def test_estimators_are_fitted_inside(start: Start) -> None:
    proxy = start(ESTIMATORS)
    X = np.random.default_rng(0).normal(size=(60, 2))
    y = (X[:, 0] > 0).astype(int)
    pipeline = proxy.estimator("pipeline")
    assert pipeline.steps() == [("standardscaler", "StandardScaler"), ("logisticregression", "LogisticRegression")]
    assert pipeline.params()["logisticregression__C"] == 2.0
    assert isinstance(pipeline.params()["logisticregression"], Remote)
    assert pipeline.is_a("sklearn.pipeline.Pipeline") and pipeline.is_a("sklearn.base.BaseEstimator")
    assert pipeline.clone().fit(X, y).score(X, y) > 0.9
    assert "NotFittedError" in fault_of(lambda: pipeline.predict(X)).message.en
    changed = proxy.estimator("pipeline", logisticregression__C=0.5)
    assert changed.params()["logisticregression__C"] == 0.5 and pipeline.params()["logisticregression__C"] == 2.0
    built = proxy.estimator("build", C=3.0).fit(X, y)
    assert built.predict(X).shape == (60,) and built.predict_proba(X).shape == (60, 2)
    assert proxy.estimator(built.get("named_steps.logisticregression")).attr("coef_").shape == (1, 2)
    scaler = proxy.estimator("Centering", shift=1.0).fit(X)
    np.testing.assert_allclose(scaler.transform(X).mean(axis=0), [1.0, 1.0])
    assert proxy.estimator(pipeline.clone().fit(X, y).get("named_steps.standardscaler")).feature_names_out() == [
        "x0",
        "x1",
    ]


def test_estimator_checks_are_itemised(start: Start) -> None:
    proxy = start(ESTIMATORS)
    good = proxy.estimator("Centering").check_estimator()
    assert {item["status"] for item in good} <= {"passed", "skipped", "xfail"}
    bad = proxy.estimator("Broken").check_estimator()
    failed = [item for item in bad if item["status"] == "failed"]
    assert failed and all(item["check"] and item["message"] for item in failed)


FIGURES = """
import matplotlib.pyplot as plt
import numpy as np

fig, (left, right, last) = plt.subplots(1, 3)
points = left.scatter([1, 2, 3], [4, 5, 6], s=[10, 20, 30], c=[0.1, 0.5, 0.9], cmap="jet", alpha=0.4, label="towns")
fig.colorbar(points, label="price")
left.set(title="Map", xlabel="longitude", ylabel="latitude", yscale="log", ylim=(1, 10))
left.legend()
right.plot([0, 1], [2, 3], "r--o", label="loss")
right.axhline(2.5)
right.text(0, 2, "note")
last.bar(["a", "b"], [3, 4], label="count")
fig.suptitle("All")
handles = (fig, [left, right])

def picture():
    figure, axes = plt.subplots()
    axes.imshow(np.eye(2), cmap="gray")
    axes.add_patch(plt.Circle((0, 0), 1))
    return figure
"""


def test_figures_are_read_as_facts(start: Start) -> None:
    proxy = start(FIGURES)
    for name in ("fig", "left", "handles", "points"):
        assert len(proxy.figure(name).axes) == 4
    figure = proxy.figure("fig")
    assert figure.suptitle == "All" and len(figure.plots) == 3
    left, right, last = figure.plots
    (towns,) = left.scatters
    np.testing.assert_array_equal(towns.offsets, [[1, 4], [2, 5], [3, 6]])
    np.testing.assert_array_equal(towns.sizes, [10, 20, 30])
    np.testing.assert_array_equal(towns.values, [0.1, 0.5, 0.9])
    assert (towns.cmap, towns.label, towns.alpha) == ("jet", "towns", 0.4)
    assert (left.title, left.xlabel, left.ylabel, left.yscale) == ("Map", "longitude", "latitude", "log")
    assert left.legend == ["towns"] and left.ylim == (1.0, 10.0)
    assert left.colorbar_label == "price" and figure.colorbars[0].colorbar_label == "price"
    line = right.lines[0]
    assert (line.label, line.color, line.linestyle, line.marker) == ("loss", "#ff0000", "--", "o")
    np.testing.assert_array_equal(line.y, [2, 3])
    assert right.texts == ["note"]
    assert [bar.height for bar in last.bars] == [3, 4] and last.bars[0].label == "count"
    picture = proxy.figure(proxy.call("picture")).axes[0]
    np.testing.assert_array_equal(picture.images[0].values, np.eye(2))
    assert picture.images[0].cmap == "gray" and picture.patches[0].type_name == "Circle"


def proxy_of_a_stopped_run(link: Link | None, source: str) -> SubmissionProxy:
    cells = (
        CellResult(0, 1, Outcome.PASSED, 0.1),
        CellResult(1, 2, Outcome.ERROR, 0.1, "NameError: x", "Traceback: x"),
    )
    run = Run(Outcome.ERROR, Text("Cell 2 stopped.", "2번 셀이 멈췄어요."), link is not None, cells, {}, 0.2)
    return SubmissionProxy(Asked(make_exercise("module"), source.encode(), run, link))


def test_a_name_that_a_stopped_cell_would_have_defined_says_so(basics: SubmissionProxy) -> None:
    from tests.support import make_notebook

    link = basics._session.link
    stopped = proxy_of_a_stopped_run(link, "")
    session: Any = stopped._session
    session.exercise = make_exercise("notebook")
    session.main = make_notebook("a = 1", "x\nlater = 2")
    fault = fault_of(lambda: stopped["later"])
    assert fault.outcome is Outcome.ERROR and "cell 2" in fault.message.en and fault.details == "Traceback: x"
    assert fault_of(lambda: stopped["never"]).outcome is Outcome.FAILED


def test_without_a_kernel_the_runs_own_fault_is_told() -> None:
    fault = fault_of(lambda: proxy_of_a_stopped_run(None, "").call("f"))
    assert fault.outcome is Outcome.ERROR and fault.message.ko == "2번 셀이 멈췄어요."


KERAS = """
import numpy as np
from tensorflow import keras

model = keras.Sequential([
    keras.Input((4,)),
    keras.layers.Dense(8, activation="relu"),
    keras.layers.Dropout(0.5),
    keras.layers.Dense(2, activation="softmax"),
])
model.compile(optimizer=keras.optimizers.Adam(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
weights = model.layers[0].kernel

def build():
    return keras.Sequential([keras.layers.Conv2D(3, 2), keras.layers.Flatten()])
"""


@pytest.mark.tensorflow
def test_keras_models_stay_inside(start: Start) -> None:
    pytest.importorskip("tensorflow")
    proxy = start(KERAS)
    model = proxy.model("model")
    assert isinstance(model, RemoteModel) and model.is_a("keras.Model")
    assert [layer.type_name for layer in model.layers] == ["Dense", "Dropout", "Dense"]
    first, dropout, last = model.layers
    assert (first.units, first.activation, first.params) == (8, "relu", 40)
    assert (first.input_shape, first.output_shape) == ((None, 4), (None, 8))
    assert dropout.units is None and dropout.config["rate"] == 0.5
    assert last.activation == "softmax" and model.count_params == 58
    assert model.input_shapes == [(None, 4)] and model.output_shapes == [(None, 2)] and model.inputs == 1
    assert model.loss == "sparse_categorical_crossentropy" and model.optimizer == "Adam"
    assert model.learning_rate == pytest.approx(0.01)
    X = np.random.default_rng(0).normal(size=(32, 4)).astype("float32")
    y = (X[:, 0] > 0).astype(int)
    history = model.fit(X, y, epochs=2)
    assert len(history["loss"]) == 2 and "accuracy" in model.evaluate(X, y)
    assert model.predict(X).shape == (32, 2)
    assert [w.shape for w in model.weights()] == [(4, 8), (8,), (8, 2), (2,)]
    assert proxy["weights"].shape == (4, 8)
    unbuilt = proxy.model(proxy.call("build"))
    assert unbuilt.count_params is None and unbuilt.layers[0].filters == 3 and unbuilt.layers[0].output_shape is None
