"""The reference answers each question once, and is run again only where that does not suffice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checking.asking.caching_link import CachingLink, reference_proxy
from grader.errors import GraderError
from grader.running.proxy import SubmissionProxy
from grader.running.session import Session, open_session
from grader.sandbox import choose_backend
from tests.support import make_exercise, make_notebook

CODE = """
import numpy as np

class Box:
    def __init__(self, start):
        self.total = start
    def add(self, X):
        self.total += float(np.sum(X))
        return self
    def value(self):
        return self.total

def twice(X):
    return 2 * np.asarray(X)

def broken():
    raise ValueError("no")

def pair():
    return [Box(1), Box(2)]
"""


class Runs:
    """Opens the reference and counts how often."""

    def __init__(self) -> None:
        self.count = 0
        self.exercise, self.main = make_exercise(), make_notebook(CODE)

    @contextmanager
    def __call__(self) -> Iterator[Session]:
        self.count += 1
        with open_session(self.exercise, self.main, backend=choose_backend(trust=True)) as session:
            yield session


@contextmanager
def reference(runs: Runs, folder: Path | None) -> Iterator[SubmissionProxy]:
    opener: Any = runs
    link = CachingLink(opener, "identity", folder, "test/sample")
    try:
        yield reference_proxy(runs.exercise, runs.main, 0, link)
    finally:
        link.close()


def _ask(proxy: SubmissionProxy) -> list[Any]:
    box = proxy.new("Box", 5)
    box.call("add", np.ones(3))
    return [proxy.call("twice", np.arange(3)).tolist(), box.call("value"), proxy.has("twice")]


def test_a_second_process_asks_nothing(tmp_path: Path) -> None:
    runs = Runs()
    with reference(runs, tmp_path) as proxy:
        first = _ask(proxy)
    with reference(runs, tmp_path) as proxy:
        assert _ask(proxy) == first == [[0, 2, 4], 8.0, True]
    assert runs.count == 1


def test_an_unknown_question_replays_what_led_to_its_object(tmp_path: Path) -> None:
    runs = Runs()
    with reference(runs, tmp_path) as proxy:
        _ask(proxy)
    with reference(runs, tmp_path) as proxy:
        other = proxy.new("Box", 100)  # not asked before: it takes the first number of the live session
        box = proxy.new("Box", 5)
        box.call("add", np.ones(3))
        box.call("add", np.ones(2))
        assert (box.call("value"), other.call("value")) == (10.0, 100)
    assert runs.count == 2


def test_objects_of_different_sessions_are_not_mixed_up(tmp_path: Path) -> None:
    runs = Runs()
    for start in (1, 2):  # both boxes had the same number in their own session
        with reference(runs, tmp_path) as proxy:
            proxy.new("Box", start).call("value")
    with reference(runs, tmp_path) as proxy:
        one, two = proxy.new("Box", 1), proxy.new("Box", 2)
        one.call("add", [10.0])
        assert [box.call("value") for box in (two, one)] == [2, 11.0]
        assert [box.call("value") for box in proxy.call("pair")] == [1, 2]


def test_an_answer_is_a_copy() -> None:
    with reference(Runs(), None) as proxy:
        proxy.call("twice", [1, 2])[0] = 99
        assert proxy.call("twice", [1, 2]).tolist() == [2, 4]


def test_a_damaged_file_is_asked_again(tmp_path: Path) -> None:
    runs = Runs()
    with reference(runs, tmp_path) as proxy:
        proxy.call("twice", [1])
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:5])
    with reference(runs, tmp_path) as proxy:
        assert proxy.call("twice", [1]).tolist() == [2]
    assert runs.count == 2


def test_a_failing_reference_is_our_fault(tmp_path: Path) -> None:
    with reference(Runs(), tmp_path) as proxy, pytest.raises(GraderError, match="reference does not answer"):
        proxy.call("broken")


def test_an_argument_that_changed_before_the_replay_is_told(tmp_path: Path) -> None:
    runs = Runs()
    with reference(runs, tmp_path) as proxy:
        proxy.new("Box", 5).call("add", np.ones(3))
    with reference(runs, tmp_path) as proxy:
        X = np.ones(3)
        box = proxy.new("Box", 5)
        box.call("add", X)
        X[0] = 7
        with pytest.raises(GraderError, match="changed in place"):
            box.call("value")
