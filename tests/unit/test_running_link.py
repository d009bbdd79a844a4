"""A fake peer that lies, stalls or floods gets a clean fault, and the sandbox is ended."""

from __future__ import annotations

import json
import socket
import struct
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.course.models import Limits
from grader.errors import GraderError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.running.link import Link
from grader.running.probe.bounds import Bounds
from grader.running.probe.wire import Stream
from grader.vocabulary import Outcome, Text

LIMITS = Limits(call_seconds=5, reply_mb=1)


def frame(header: Any, *buffers: bytes) -> bytes:
    """A frame as the probe would send it; a dict gets the sizes of its buffers."""
    if isinstance(header, dict):
        header = json.dumps({"buffers": [len(b) for b in buffers], **header})
    text = header if isinstance(header, bytes) else header.encode()
    return struct.pack("!I", len(text)) + text + b"".join(buffers)


class Peer:
    """The other end: answers the first request with fixed bytes, then closes or stalls."""

    def __init__(self, answer: bytes, *, close: bool = True) -> None:
        ours, self.theirs = socket.socketpair()
        self.answer, self.close_after = answer, close
        self.events: list[str] = []
        self.thread = threading.Thread(target=self.play, daemon=True)
        self.link = Link(ours, LIMITS, lambda: self.note("interrupt"), lambda: self.note("kill"))
        self.thread.start()

    def note(self, event: str) -> None:
        self.events.append(event)

    def play(self) -> None:
        try:
            length = struct.unpack("!I", self.theirs.recv(4, socket.MSG_WAITALL))[0]
            self.theirs.recv(length, socket.MSG_WAITALL)
            self.theirs.sendall(self.answer)
        except OSError:
            return
        if self.close_after:
            self.theirs.close()


@contextmanager
def peer(answer: bytes, *, close: bool = True) -> Iterator[Peer]:
    made = Peer(answer, close=close)
    try:
        yield made
    finally:
        made.link.close()
        made.theirs.close()
        made.thread.join(10)


def fault_of(ask: Callable[[], Any]) -> SubmissionFault:
    with pytest.raises(SubmissionFault) as caught:
        ask()
    assert caught.value.message.en and caught.value.message.ko
    return caught.value


BAD: dict[str, tuple[bytes, Outcome]] = {
    "header of 4 GB": (b"\xff\xff\xff\xff", Outcome.OUTPUT),
    "not JSON": (frame("hello"), Outcome.VIOLATION),
    "invalid UTF-8": (frame(b"\xff\xfe"), Outcome.VIOLATION),
    "100 000 deep": (frame("[" * 100_000), Outcome.VIOLATION),
    "100 000 deep value": (
        frame('{"id":1,"buffers":[],"ok":' + "[" * 100_000 + "]" * 100_000 + "}"),
        Outcome.VIOLATION,
    ),
    "300 deep value": (frame('{"id":1,"buffers":[],"ok":' + "[" * 300 + "]" * 300 + "}"), Outcome.OUTPUT),
    "a list": (frame("[]"), Outcome.VIOLATION),
    "NaN": (frame('{"id":1,"buffers":[],"ok":NaN}'), Outcome.VIOLATION),
    "no sizes": (frame('{"id":1,"ok":1}'), Outcome.VIOLATION),
    "sizes are text": (frame({"id": 1, "ok": 1, "buffers": "12"}), Outcome.VIOLATION),
    "negative size": (frame({"id": 1, "ok": 1, "buffers": [-5]}), Outcome.VIOLATION),
    "1 TB": (frame({"id": 1, "ok": 1, "buffers": [1 << 40]}), Outcome.OUTPUT),
    "many sizes": (frame({"id": 1, "ok": 1, "buffers": [0] * 70_000}), Outcome.OUTPUT),
    "wrong id": (frame({"id": 2, "ok": 1}), Outcome.VIOLATION),
    "id is true": (frame({"id": True, "ok": 1}), Outcome.VIOLATION),
    "neither value nor error": (frame({"id": 1}), Outcome.VIOLATION),
    "both": (frame({"id": 1, "ok": 1, "error": {}}), Outcome.VIOLATION),
    "lying shape": (frame({"id": 1, "ok": {"$nd": ["<f8", [1000], 0]}}, b"\0" * 8), Outcome.VIOLATION),
    "huge shape": (frame({"id": 1, "ok": {"$nd": ["<f8", [1 << 40], 0]}}, b"\0" * 8), Outcome.OUTPUT),
    "negative dimension": (frame({"id": 1, "ok": {"$nd": ["<f8", [-1], 0]}}, b"\0" * 8), Outcome.VIOLATION),
    "object dtype": (frame({"id": 1, "ok": {"$nd": ["|O", [1], 0]}}, b"\0" * 8), Outcome.VIOLATION),
    "forged argument": (frame({"id": 1, "ok": {"$held": 1}}), Outcome.VIOLATION),
    "closed at once": (b"", Outcome.ERROR),
    "closed in the prefix": (b"\0\0", Outcome.ERROR),
    "closed in the header": (b"\0\0\0\x10{", Outcome.ERROR),
    "closed in a buffer": (frame({"id": 1, "ok": 1, "buffers": [10]}, b"abc"), Outcome.ERROR),
}


@pytest.mark.parametrize("case", BAD)
def test_a_reply_that_is_none_ends_the_sandbox(case: str) -> None:
    answer, outcome = BAD[case]
    with peer(answer) as other:
        tracemalloc.start()
        fault = fault_of(lambda: other.link.request("get", name="x", timeout=5))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert fault.outcome is outcome
        assert other.events == ["kill"]
        assert not other.link.alive
        assert peak < 32 << 20
        assert fault_of(lambda: other.link.request("get", name="y")).outcome is outcome


def test_a_stalled_peer_is_interrupted_then_ended() -> None:
    with peer(b"\0\0", close=False) as other:
        fault = fault_of(lambda: other.link.request("get", name="x", timeout=0.05))
        assert fault.outcome is Outcome.TIMEOUT
        assert other.events == ["interrupt", "kill"]


def test_a_late_reply_keeps_the_link_alive() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        probe = Stream(theirs, Bounds())

        def answer(value: int) -> None:
            header, _ = probe.receive()
            probe.send({"id": header["id"], "ok": value}, [])

        link = Link(ours, LIMITS, lambda: answer(5), lambda: None)
        assert fault_of(lambda: link.request("get", name="x", timeout=0.05)).outcome is Outcome.TIMEOUT
        assert link.alive
        thread = threading.Thread(target=answer, args=[6])
        thread.start()
        assert link.request("get", name="x") == 6
        thread.join(10)


def test_a_reply_that_nobody_asked_for_is_a_violation() -> None:
    ours, theirs = socket.socketpair()
    events: list[str] = []
    with ours, theirs:
        theirs.sendall(frame({"id": 1, "ok": "forged"}))
        link = Link(ours, LIMITS, lambda: None, lambda: events.append("kill"))
        assert fault_of(lambda: link.request("get", name="x")).outcome is Outcome.VIOLATION
        assert events == ["kill"]


def test_a_peer_that_does_not_read_times_out() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        link = Link(ours, LIMITS, lambda: None, lambda: None)
        fault = fault_of(lambda: link.request("call", name="f", args=[np.zeros(1 << 20)], timeout=0.1))
        assert fault.outcome is Outcome.TIMEOUT


@pytest.mark.parametrize(
    ("record", "outcome", "words"),
    [
        ({"kind": "undefined", "message": "f"}, Outcome.FAILED, "not defined"),
        ({"kind": "raised", "type": "NotImplementedError", "flag": "not_implemented"}, Outcome.FAILED, "not written"),
        ({"kind": "raised", "type": "MemoryError", "flag": "memory"}, Outcome.MEMORY, "memory"),
        ({"kind": "raised", "type": "OSError", "flag": "disk"}, Outcome.DISK, "disk"),
        ({"kind": "raised", "type": "RuntimeError", "flag": "processes"}, Outcome.PROCESSES, "processes"),
        ({"kind": "raised", "type": "RecursionError", "flag": "recursion"}, Outcome.ERROR, "RecursionError"),
        ({"kind": "raised", "type": "SystemExit", "flag": "exit"}, Outcome.ERROR, "exit()"),
        (
            {"kind": "raised", "type": "ValueError", "message": "bad\nmore", "flag": ""},
            Outcome.ERROR,
            "ValueError: bad",
        ),
        ({"kind": "too_large", "message": "x"}, Outcome.OUTPUT, "too large"),
        ({"kind": "ended"}, Outcome.ERROR, "ended the Python process"),
        ({"kind": 5, "type": [], "names": 3, "message": {}, "traceback": 1, "flag": []}, Outcome.ERROR, "Exception"),
        ("nonsense", Outcome.ERROR, "Exception"),
        ({"kind": "raised", "type": "E\x1b[31m{x}", "message": "{0}" * 9000, "flag": ""}, Outcome.ERROR, "E{x}"),
    ],
)
def test_an_error_record_becomes_the_right_fault(record: Any, outcome: Outcome, words: str) -> None:
    with peer(frame({"id": 1, "error": record}), close=False) as other:
        fault = fault_of(lambda: other.link.request("call", label="f", name="f"))
        assert fault.outcome is outcome
        assert words in fault.message.en
        assert len(fault.message.en) < 1000 and "\x1b" not in fault.message.en
        assert other.link.alive
        if isinstance(fault, SubmissionRaised):
            assert "bad" not in fault.discreet().message.en


@pytest.mark.parametrize(
    ("exception", "bases", "known"),
    [
        ("ValueError", ("ValueError", "Exception"), "ValueError"),
        ("UFuncTypeError", ("UFuncTypeError", "TypeError", "Exception"), "TypeError"),
        ("Input31", ("Input31", "sample.Input32", "builtins.KeyError", "LookupError"), "KeyError"),
        ("dict", ("dict", "print"), "Exception"),  # Python's own, but no exceptions
        ("Input31", (), "Exception"),
    ],
)
def test_a_hidden_check_names_the_nearest_exception_that_python_itself_has(
    exception: str, bases: tuple[str, ...], known: str
) -> None:
    fault = SubmissionRaised(Outcome.ERROR, Text("said"), "", exception, bases, "")
    assert fault.known_name == known
    assert f"stopped with {known} when" in fault.discreet().message.en


def test_an_argument_that_is_not_data_is_our_own_mistake() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        link = Link(ours, LIMITS, lambda: None, lambda: None)
        with pytest.raises(GraderError, match="cannot be sent"):
            link.request("call", name="f", args=[object()])
        assert link.alive


@settings(max_examples=60)
@given(st.binary(max_size=200), st.booleans())
def test_random_bytes_are_refused(noise: bytes, framed: bool) -> None:
    with peer(frame(noise) if framed else noise) as other:
        assert fault_of(lambda: other.link.request("get", name="x", timeout=5)).outcome in (
            Outcome.VIOLATION,
            Outcome.OUTPUT,
            Outcome.ERROR,
        )
