"""A known mistake is asked like a reference: what it raises is an answer, and what is known opens no session."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.checking.asking.caching_link import CachingLink, reference_proxy
from grader.course.models import Exercise, Limits
from grader.errors import GraderError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.running.proxy import SubmissionProxy
from grader.running.session import Session, open_session
from grader.sandbox import choose_backend
from grader.vocabulary import Outcome
from tests.support import make_exercise, make_notebook

CODE = """
import time
import numpy as np

asked = 0

class Box:
    def __init__(self, start):
        self.total = start
    def add(self, X):
        self.total += float(np.sum(X))
        return self
    def value(self):
        return self.total
    def copy(self):
        return Box(self.total)

def count():
    global asked
    asked += 1
    return asked

def twice(X):
    return 2 * np.asarray(X)

def refuse(x):
    raise ValueError(f"{x} is negative")

def unwritten():
    raise NotImplementedError

def loop():
    while True:
        time.sleep(0.01)

def save(text):
    open("note.txt", "w").write(text)
"""


class Code:
    """Opens code and counts: sessions, and requests by their operation's label."""

    def __init__(self, *cells: str, exercise: Exercise | None = None, main: bytes = b"") -> None:
        self.sessions = 0
        self.requests: list[str] = []
        self.released: list[int] = []
        self.exercise = exercise or make_exercise()
        self.main = main or make_notebook(*cells)

    @contextmanager
    def __call__(self) -> Iterator[Session]:
        self.sessions += 1
        limits = Limits(cell_seconds=4, call_seconds=4, total_seconds=40)
        with open_session(self.exercise, self.main, backend=choose_backend(trust=True), limits=limits) as session:
            if session.link is not None:
                self._count(session.link)
            yield session

    def _count(self, link: Any) -> None:
        ask, let_go = link.request_raw, link.release

        def request_raw(op: str, **fields: Any) -> Any:
            self.requests.append(fields["label"] or op)
            return ask(op, **fields)

        def release(identity: int, to: int = 0) -> None:
            self.released.append(identity)
            let_go(identity, to)

        link.request_raw, link.release = request_raw, release


@contextmanager
def asking(code: Code, folder: Path | None, *, faults: bool = True) -> Iterator[tuple[SubmissionProxy, CachingLink]]:
    opener: Any = code
    link = CachingLink(opener, "identity", folder, "test/sample", faults=faults)
    try:
        yield reference_proxy(code.exercise, code.main, 0, link), link
    finally:
        link.close()


def fault(proxy: SubmissionProxy, name: str, *args: Any) -> SubmissionFault:
    with pytest.raises(SubmissionFault) as caught:
        proxy.call(name, *args)
    return caught.value


def told(found: SubmissionFault) -> dict[str, Any]:
    return {"class": type(found), **vars(found)}


@pytest.mark.parametrize(("name", "args"), [("refuse", (-1,)), ("nowhere", ()), ("unwritten", ())])
def test_a_second_link_recalls_a_fault_as_it_was(tmp_path: Path, name: str, args: tuple[Any, ...]) -> None:
    code = Code(CODE)
    with asking(code, tmp_path) as (proxy, _):
        first = fault(proxy, name, *args)
        again = fault(proxy, name, *args)
    with asking(code, tmp_path) as (proxy, _):
        second = fault(proxy, name, *args)
    assert told(first) == told(again) == told(second)
    assert code.sessions == 1 and first is not again


def test_a_raised_exception_keeps_all_that_is_said_of_it(tmp_path: Path) -> None:
    code = Code(CODE)
    for _ in range(2):
        with asking(code, tmp_path) as (proxy, _link):
            found = fault(proxy, "refuse", -1)
        assert isinstance(found, SubmissionRaised) and found.outcome is Outcome.ERROR
        assert (found.exception, found.said) == ("ValueError", "-1 is negative")
        assert found.exceptions[:2] == ("ValueError", "Exception") and "raise ValueError" in found.details
        assert "`refuse`" in found.message.ko


def test_a_fault_of_a_wrong_kind_keeps_its_quiet_sentence(tmp_path: Path) -> None:
    code = Code(CODE)
    quiet = []
    for _ in range(2):
        with asking(code, tmp_path) as (proxy, _link), pytest.raises(SubmissionFault) as caught:
            proxy.figure("asked")
        quiet.append(caught.value.quiet)
    assert quiet[0] == quiet[1] and quiet[0] is not None and code.sessions == 1


def test_identical_requests_within_a_question_are_kept_apart(tmp_path: Path) -> None:
    code = Code(CODE)
    for _ in range(2):
        with asking(code, tmp_path) as (proxy, link):
            link.begin()
            assert [proxy.call("count") for _ in range(3)] == [1, 2, 3]
            link.begin()
            assert [proxy.call("count") for _ in range(2)] == [1, 2]
    assert code.requests == ["count"] * 3


def test_a_repeated_request_is_asked_after_those_before_it(tmp_path: Path) -> None:
    code = Code(CODE)
    with asking(code, tmp_path) as (proxy, link):
        link.begin()
        proxy.call("count")
    with asking(code, tmp_path) as (proxy, link):
        link.begin()
        assert [proxy.call("count"), proxy.call("count")] == [1, 2]


def test_outside_of_a_question_a_repeated_request_is_one_memory(tmp_path: Path) -> None:
    with asking(Code(CODE), tmp_path) as (proxy, link):
        assert [proxy.call("count"), proxy.call("count")] == [1, 1]
        with link.answering():
            assert [proxy.call("count"), proxy.call("count")] == [1, 2]
        assert proxy.call("count") == 1


def test_only_what_a_question_rests_on_is_asked_again(tmp_path: Path) -> None:
    code = Code(CODE)
    with asking(code, tmp_path) as (proxy, _):
        for start in range(4):
            proxy.new("Box", start).call("add", np.ones(2))
        proxy.call("twice", [1])
    code.requests.clear()
    with asking(code, tmp_path) as (proxy, _):
        boxes = [proxy.new("Box", start) for start in range(4)]
        for box in boxes:
            box.call("add", np.ones(2))
        proxy.call("twice", [1])
        assert boxes[2].call("value") == 4.0
    assert code.requests == ["Box", "add", "value"]


def test_an_object_made_out_of_another_that_is_gone_is_made_again(tmp_path: Path) -> None:
    code = Code(CODE)

    def copied(proxy: SubmissionProxy) -> Any:
        box = proxy.new("Box", 5)
        box.call("add", [1.0])
        return box.call("copy")

    with asking(code, tmp_path) as (proxy, _):
        copied(proxy)
    with asking(code, tmp_path) as (proxy, link):
        copy = copied(proxy)
        assert copy.call("value") == 6.0
        link.rest()
        copy.call("add", [2.0])
        assert copy.call("value") == 8.0


def test_what_a_question_wrote_is_there_when_its_file_is_read(tmp_path: Path) -> None:
    code = Code(CODE)
    with asking(code, tmp_path) as (proxy, link):
        link.begin()
        proxy.call("save", "one")
    with asking(code, tmp_path) as (proxy, link):
        link.begin()
        proxy.call("save", "one")
        assert proxy.read("note.txt") == b"one"


def test_a_session_rests_and_another_is_opened(tmp_path: Path) -> None:
    code = Code(CODE)
    with asking(code, tmp_path) as (proxy, link):
        assert not link.is_open
        box = proxy.new("Box", 5)
        box.call("add", np.ones(3))
        assert link.is_open
        link.rest()
        assert not link.is_open and proxy.new("Box", 5).type_name == "Box" and not link.is_open
        assert box.call("value") == 8.0
        assert link.is_open
        link.rest()
        link.rest()
    assert code.sessions == 2
    with pytest.raises(GraderError, match="after the checks had ended"):
        proxy.call("twice", [1])


def test_objects_that_nobody_names_any_more_are_let_go_of() -> None:
    code = Code(CODE)
    with asking(code, None) as (proxy, link):
        gone = []
        for start in range(20):
            box = proxy.new("Box", start)
            copy = box.call("copy")
            copy.call("value")
            gone += [weakref.ref(box), weakref.ref(copy)]
        del box, copy
        gc.collect()
        assert not any(ref() for ref in gone)
        assert len(code.released) == 40 and not link._objects


def test_a_link_that_was_closed_is_collected() -> None:
    with asking(Code(CODE), None) as (proxy, link), link.answering():
        proxy.new("Box", 1).call("value")
    gone = weakref.ref(link)
    del link, proxy
    gc.collect()
    assert gone() is None


def test_what_a_limit_decided_is_remembered_by_its_link_only(tmp_path: Path) -> None:
    code = Code(CODE)
    with asking(code, tmp_path) as (proxy, link):
        first = [fault(proxy, "loop") for _ in range(2)]
        assert {each.outcome for each in first} == {Outcome.TIMEOUT} and not link.is_open
        assert proxy.call("twice", [1]).tolist() == [2]  # the others are still asked
    assert code.requests == ["loop", "twice"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    with asking(code, tmp_path) as (proxy, _):
        assert fault(proxy, "loop").outcome is Outcome.TIMEOUT
    assert code.requests[-1] == "loop"


def test_an_object_that_a_limit_left_half_done_is_asked_no_more(tmp_path: Path) -> None:
    code = Code(CODE + "\nclass Slow(Box):\n    def fit(self):\n        self.total = 1\n        loop()\n")
    with asking(code, tmp_path) as (proxy, _):
        slow = proxy.new("Slow", 0)
        for method in ("fit", "value"):
            with pytest.raises(SubmissionFault) as caught:
                slow.call(method)
            assert caught.value.outcome is Outcome.TIMEOUT
    assert code.requests == ["Slow", "fit"]


def test_who_runs_into_limits_twice_is_asked_no_more(tmp_path: Path) -> None:
    code = Code(CODE + "\ndef other():\n    loop()\n")
    with asking(code, tmp_path) as (proxy, _):
        proxy.call("twice", [1])
        for name in ("loop", "other", "count"):
            assert fault(proxy, name).outcome is Outcome.TIMEOUT
        assert proxy.call("twice", [1]).tolist() == [2]
    assert "count" not in code.requests


@pytest.mark.parametrize("form", ["notebook", "module"])
def test_a_mistake_that_stops_at_a_cell_is_read_like_a_submission(tmp_path: Path, form: Any) -> None:
    early, late = "import numpy as np\nasked = 3\n", "1 / 0\n\ndef later():\n    return 1\n"
    main = (early + late).encode() if form == "module" else make_notebook(early, late)
    code = Code(exercise=make_exercise(form), main=main)
    with code() as session:
        submission = SubmissionProxy(session)
        wanted = told(fault(submission, "later"))
        has = submission.has("asked")
    for _ in range(2):
        with asking(code, tmp_path) as (proxy, _link):
            found = told(fault(proxy, "later"))
            assert found | {"details": ""} == wanted | {"details": ""}
            assert found["details"].splitlines()[-1] == "ZeroDivisionError: division by zero"
            assert proxy.has("asked") is has is (form == "notebook")
    assert code.sessions == 2
    with asking(code, None, faults=False) as (proxy, _link), pytest.raises(GraderError, match="does not run"):
        proxy.has("asked")


@pytest.mark.parametrize(
    ("cell", "outcome"), [("import os\nos._exit(1)", Outcome.ERROR), ("while True: pass", Outcome.TIMEOUT)]
)
def test_where_nobody_can_be_asked_every_answer_is_the_fault_of_the_run(
    tmp_path: Path, cell: str, outcome: Outcome
) -> None:
    code = Code("asked = 3", cell)
    with asking(code, tmp_path) as (proxy, link):
        found = [fault(proxy, "later"), fault(proxy, "asked")]
        assert [each.outcome for each in found] == [outcome] * 2 and found[0].message == found[1].message
        assert not link.is_open
    assert code.sessions == 1 and not any(path.is_file() for path in tmp_path.rglob("*"))


def test_a_reference_raises_as_an_answer_only_where_that_is_asked_for(tmp_path: Path) -> None:
    code = Code(CODE)
    for _ in range(2):
        with asking(code, tmp_path, faults=False) as (proxy, link):
            with pytest.raises(GraderError, match="reference does not answer"):
                proxy.call("refuse", -1)
            with link.answering():
                assert fault(proxy, "refuse", -1).outcome is Outcome.ERROR
                for name in ("nowhere", "unwritten"):
                    with pytest.raises(GraderError, match="reference does not answer"):
                        proxy.call(name)
            with pytest.raises(GraderError, match="reference does not answer"):
                proxy.call("refuse", -1)


def test_a_reference_that_ran_into_a_limit_is_our_fault_ever_after(tmp_path: Path) -> None:
    with asking(Code(CODE), tmp_path, faults=False) as (proxy, link), link.answering():
        for _ in range(2):
            with pytest.raises(GraderError, match="did not finish"):
                proxy.call("loop")


def test_fresh_processes_hear_all_that_went_to_them(tmp_path: Path) -> None:
    code = Code(exercise=make_exercise("module"), main=CODE.encode())

    def counted(proxy: SubmissionProxy, link: CachingLink, more: int) -> list[int]:
        link.begin()
        process = proxy.fresh()
        found = [process.call("count") for _ in range(2 + more)]
        process.close()
        return found

    with asking(code, tmp_path) as (proxy, link):
        assert counted(proxy, link, 0) == [1, 2]
        assert counted(proxy, link, 0) == [1, 2]
    with asking(code, tmp_path) as (proxy, link):
        link.begin()
        first, second = proxy.fresh(), proxy.fresh()  # of which the second one is new
        assert [second.call("count"), first.call("count"), second.call("count")] == [1, 1, 2]
        assert counted(proxy, link, 1) == [1, 2, 3]
    assert code.sessions == 2


def test_a_random_mistake_that_cannot_be_asked_again_is_nobodys_fault(tmp_path: Path) -> None:
    code = Code(CODE + "\nimport os\ndef boxes():\n    return [Box(i) for i in range(os.path.exists('there') + 1)]\n")
    with asking(code, tmp_path) as (proxy, link):
        (box,) = proxy.call("boxes")
        link.rest()
        code.main = make_notebook(CODE + "\ndef boxes():\n    return [Box(0), Box(1)]\n")
        with pytest.raises(SubmissionFault) as caught:
            box.call("value")
        assert caught.value.outcome is Outcome.VIOLATION
