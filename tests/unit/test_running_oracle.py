"""Functions of a check that a submission calls: answers cross, every call is counted, misuse breaks nothing."""

from __future__ import annotations

import socket
from typing import Any

import numpy as np
import pytest

from grader.course.models import Limits
from grader.errors import GraderError, SubmissionFault
from grader.running.link import Link
from grader.running.probe.bounds import Bounds
from grader.running.probe.wire import Stream
from grader.vocabulary import Outcome
from tests.probing import answering

SEARCH = """
import copy
import threading

import numpy as np

def search(cost, n):
    return min(range(n), key=lambda i: cost(np.array([float(i)])))

def greedy(cost):
    count = 0
    try:
        while True:
            cost(np.zeros(1))
            count += 1
    except RuntimeError:
        return count

def once(cost, *args, **kwargs):
    return cost(*args, **kwargs)

def keeps(cost):
    global kept
    kept = cost
    return callable(copy.deepcopy(cost))

def uses_kept():
    return kept(np.ones(1))

def from_threads(cost):
    found = []
    threads = [threading.Thread(target=lambda i=i: found.append(cost(np.array([float(i)])))) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)
"""


def test_calls_are_answered_and_counted() -> None:
    with answering(SEARCH) as proxy:
        cost = proxy.oracle(lambda x: float((x[0] - 3) ** 2))
        assert proxy.call("search", cost, 10) == 3
        assert cost.calls == 10 and cost.refused == 0
        np.testing.assert_array_equal(cost.log[4][0][0], [4.0])
        cost.reset()
        assert proxy.call("search", cost, 4) == 3 and cost.calls == 4


def test_a_budget_ends_the_answers_not_the_count() -> None:
    with answering(SEARCH) as proxy:
        cost = proxy.oracle(lambda x: 0.0, budget=25)
        assert proxy.call("greedy", cost) == 25
        assert cost.calls == 26 and cost.refused == 1


def test_values_of_all_kinds_cross() -> None:
    with answering(SEARCH) as proxy:
        echo = proxy.oracle(lambda *args, **kwargs: [list(args), kwargs])
        found = proxy.call("once", echo, np.arange(3), {"a": (1, None)}, key="값")
        np.testing.assert_array_equal(found[0][0], np.arange(3))
        assert found[0][1] == {"a": (1, None)} and found[1] == {"key": "값"}
        assert proxy.call("from_threads", proxy.oracle(lambda x: float(x[0]))) == [float(i) for i in range(8)]


def test_misuse_by_the_submission_is_its_own_error() -> None:
    with answering(SEARCH) as proxy:
        cost = proxy.oracle(lambda x: float(x[0]))
        for args in (("text",), (1, 2), (), (None,), ({},)):
            with pytest.raises(SubmissionFault) as caught:
                proxy.call("once", cost, *args)
            assert caught.value.outcome is Outcome.ERROR
        with pytest.raises(SubmissionFault, match="numbers, texts, arrays"):
            proxy.call("once", cost, proxy.remote("search"))
        assert cost.calls == 5 and cost.refused == 5
        assert proxy.call("keeps", cost) is True
        assert proxy.call("uses_kept") == 1.0 and cost.calls == 6  # while it is asked, a kept one is counted as well


def test_mistakes_of_the_check_come_out_and_leave_the_submission_usable() -> None:
    def broken(x: Any) -> Any:
        raise RuntimeError("a mistake in the check")

    with answering(SEARCH) as proxy:
        with pytest.raises(RuntimeError, match="a mistake in the check"):
            proxy.call("greedy", proxy.oracle(broken))
        with pytest.raises(GraderError, match="cannot be sent"):
            proxy.call("once", proxy.oracle(lambda x: object()), 1)
        assert proxy.call("search", proxy.oracle(lambda x: -x[0]), 3) == 2


@pytest.mark.parametrize(
    "frame",
    [
        {"id": 1, "ask": 1},
        {"id": 1, "ask": True},
        {"id": 1, "ask": "x", "body": {}},
        {"id": 2, "ask": 7, "body": {}},
        {"id": 1, "ask": 7},
        {"id": 1, "ask": 7, "body": {"$map": 3}},
        {"id": 1, "ask": 7, "body": {"args": 3, "kwargs": {}}},
    ],
)
def test_forged_questions_end_the_sandbox(frame: dict[str, Any]) -> None:
    ours, theirs = socket.socketpair()
    killed: list[bool] = []
    link = Link(ours, Limits(call_seconds=2), lambda: None, lambda: killed.append(True))

    from grader.running.oracle import Oracle
    from grader.running.remote import Channel, Remote
    from grader.running.run import Run
    from grader.vocabulary import Text

    held = Remote(Channel(link, Run(Outcome.PASSED, Text(""), True, (), {}, 0.0)), 1, "Oracle", ("Oracle",))
    link.oracles[7] = Oracle(held, lambda: 1, None).answer
    import threading

    def forge() -> None:
        stream = Stream(theirs, Bounds())
        stream.receive()
        stream.send(frame, [])

    thread = threading.Thread(target=forge)
    thread.start()
    with pytest.raises(SubmissionFault) as caught:
        link.request("call", name="x")
    thread.join()
    assert caught.value.outcome is Outcome.VIOLATION and killed
