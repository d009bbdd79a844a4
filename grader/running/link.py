"""Request and reply with the probe, over a socket whose other end an enemy may hold.

Every request has a deadline. A reply that is late is waited for after an interrupt; a reply that is not a reply ends
the sandbox, and every later request raises the fault that ended it.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

from grader.course.models import Limits
from grader.errors import GraderError, SubmissionFault
from grader.running import faults
from grader.running.probe.bounds import REQUEST_BOUNDS, Bounds, CodecError, TooLarge
from grader.running.probe.codec import Refer, decode, encode
from grader.running.probe.wire import Frame, Stream
from grader.vocabulary import Outcome, Text

Answering = Callable[[Any, list[bytearray]], tuple[dict[str, Any], list[Any]]]

_GRACE_SECONDS = 2.0


class Link:
    """The trusted end of the data socket.

    Parameters
    ----------
    sock : socket.socket
        Connected to the probe.
    limits : Limits
        ``reply_mb`` bounds one reply, ``call_seconds`` is the deadline where a request names none.
    interrupt, kill : callable
        Send SIGINT to the kernel; end the whole sandbox.
    explain : callable, optional
        Says why the process ended, where somebody knows better than the socket does.
    breach : callable, optional
        Says which limit all of the sandbox together has run into.
    """

    def __init__(
        self,
        sock: socket.socket,
        limits: Limits,
        interrupt: Callable[[], None],
        kill: Callable[[], None],
        explain: Callable[[], SubmissionFault | None] | None = None,
        breach: Callable[[], Outcome | None] | None = None,
    ) -> None:
        self._limits = limits
        self._reply_bytes = limits.reply_mb << 20
        self._bounds = Bounds(total=self._reply_bytes, header=min(Bounds.header, self._reply_bytes))
        self._sock = sock
        self._stream = Stream(sock, self._bounds)
        self._interrupt, self._kill = interrupt, kill
        self._explain, self._breach = explain, breach
        self._number = 0
        self.waited = 0.0  # seconds spent on answers: the student's own code and the way there and back
        self.oracles: dict[int, Answering] = {}  # functions that the submission may call while it is asked
        self._dead: SubmissionFault | None = None
        self._released: dict[int, list[int]] = {}

    @property
    def alive(self) -> bool:
        """Whether requests can still be answered."""
        return self._dead is None

    def release(self, identity: int, to: int = 0) -> None:
        """Let go of a held object; the sandbox hears of it with the next request."""
        self._released.setdefault(to, []).append(identity)

    def close(self) -> None:
        """Close the socket; the probe's loop ends."""
        self._sock.close()
        if self._dead is None:
            self._dead = SubmissionFault(Outcome.ERROR, faults.KERNEL_GONE)

    def request(
        self,
        op: str,
        *,
        label: str = "",
        timeout: float | None = None,
        to: int = 0,
        refer: Refer | None = None,
        unwrap: Refer | None = None,
        **fields: Any,
    ) -> Any:
        """Ask the probe.

        Parameters
        ----------
        op : str
            One of the probe's operations.
        label : str
            What the question is about, for the student's sentence; ``op`` by default.
        timeout : float, optional
            Seconds for the whole exchange; ``limits.call_seconds`` by default.
        to : int
            Number of a fresh process, 0 for the kernel.
        refer : callable, optional
            Makes what stands for an object that stays inside, from ``[id, type name, class names]``.
        unwrap : callable, optional
            The inverse, for arguments.
        **fields
            The operation's own fields.

        Returns
        -------
        object
            The decoded answer.

        Raises
        ------
        SubmissionFault
            The submission raised, is too slow, has ended, or answers with what is not an answer.
        GraderError
            An argument is not data and cannot be sent.
        """
        name = label or fields.get("name") or op
        reply, parts = self._send(op, name, timeout, to, unwrap, fields)
        return self._read(reply, parts, name, refer)

    def request_raw(
        self,
        op: str,
        *,
        label: str = "",
        timeout: float | None = None,
        to: int = 0,
        unwrap: Refer | None = None,
        **fields: Any,
    ) -> tuple[Any, list[bytearray]]:
        """Ask like `request`, and return the answer still encoded, checked to be decodable."""
        name = label or fields.get("name") or op
        reply, parts = self._send(op, name, timeout, to, unwrap, fields)
        self._read(reply, parts, name, lambda reference: reference)
        return reply["ok"], list(parts)

    def _send(
        self, op: str, name: str, timeout: float | None, to: int, unwrap: Refer | None, fields: dict[str, Any]
    ) -> Frame:
        if self._dead is not None:
            raise SubmissionFault(self._dead.outcome, self._dead.message, self._dead.details)
        seconds = self._limits.call_seconds if timeout is None else timeout
        try:
            body, buffers = encode(fields, unwrap, REQUEST_BOUNDS, generators=True)
        except CodecError as error:
            raise GraderError(f"the arguments of {name!r} cannot be sent to a submission: {error}") from None
        self._number += 1
        header = {"id": self._number, "op": op, "limit": self._reply_bytes, "body": body}
        if to:
            header["to"] = to
        if released := self._released.pop(to, None):
            header["release"] = released
        began = time.monotonic()
        try:
            return self._exchange(header, buffers, name, began + seconds, seconds)
        finally:
            self.waited += time.monotonic() - began

    def _exchange(self, header: dict[str, Any], buffers: list[Any], name: str, end: float, seconds: float) -> Frame:
        timed_out = faults.TIMED_OUT.format(name=name, seconds=seconds)
        try:
            if self._stream.has_input():  # nobody was asked, so nobody may have answered
                self._stream.receive(time.monotonic() + 0.5)
                raise self._end(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a reply that nobody asked for")
            self._stream.send(header, buffers, end)
        except TimeoutError:
            raise self._end(Outcome.TIMEOUT, timed_out) from None
        except (TooLarge, CodecError) as error:
            raise self._end(Outcome.VIOLATION, faults.BROKEN_ANSWER, str(error)) from None
        except (EOFError, OSError):
            raise self._ended() from None
        try:
            try:
                return self._receive(end)
            except TimeoutError:
                self._interrupt()
                self._receive(time.monotonic() + _GRACE_SECONDS, stop=True)
                raise SubmissionFault(Outcome.TIMEOUT, timed_out) from None
        except TimeoutError:
            raise self._end(Outcome.TIMEOUT, timed_out) from None
        except TooLarge as error:
            raise self._end(Outcome.OUTPUT, faults.ANSWER_TOO_LARGE.format(name=name), str(error)) from None
        except CodecError as error:
            raise self._end(Outcome.VIOLATION, faults.BROKEN_ANSWER, str(error)) from None
        except (EOFError, OSError):
            raise self._ended() from None

    def _receive(self, end: float, stop: bool = False) -> Frame:
        """The next frame that is not a question of the submission's to an oracle; those are answered on the way."""
        failed: BaseException | None = None
        while True:
            header, parts = self._stream.receive(end)
            if "ask" not in header:
                if failed is not None:
                    raise failed
                return header, parts
            oracle = self.oracles.get(header["ask"]) if type(header["ask"]) is int else None
            if oracle is None or header.get("id") != self._number:
                raise CodecError("a question to an oracle that nobody gave")
            reply: dict[str, Any] = {"stop": True}
            buffers: list[Any] = []
            try:
                if not stop and failed is None:
                    reply, buffers = oracle(header.get("body"), parts)
            except CodecError:
                raise
            except Exception as error:  # a mistake of the check's: the submission is stopped before it comes out
                failed = error
            # who asked cannot be interrupted before the answer is there: it is sent even when the time is just over
            self._stream.send({"id": self._number, **reply}, buffers, time.monotonic() + _GRACE_SECONDS)

    def _read(self, reply: dict[str, Any], parts: list[bytearray], name: str, refer: Refer | None) -> Any:
        if type(reply.get("id")) is not int or reply["id"] != self._number:
            raise self._end(Outcome.VIOLATION, faults.BROKEN_ANSWER, "the reply belongs to another request")
        if set(reply) == {"id", "error"}:
            struck = self._breach() if self._breach is not None else None
            if struck in faults.SHARED_LIMITS:  # a process of the submission's was killed; this is what came of it
                raise self._end(struck, faults.SHARED_LIMITS[struck].format(name=name))
            raise faults.fault_from_record(reply["error"], name)
        if set(reply) != {"id", "ok"}:
            raise self._end(Outcome.VIOLATION, faults.BROKEN_ANSWER, "the reply holds neither a value nor an error")
        try:
            return decode(reply["ok"], parts, bounds=self._bounds, refer=refer)
        except TooLarge as error:
            raise self._end(Outcome.OUTPUT, faults.ANSWER_TOO_LARGE.format(name=name), str(error)) from None
        except CodecError as error:
            raise self._end(Outcome.VIOLATION, faults.BROKEN_ANSWER, str(error)) from None

    def _ended(self) -> SubmissionFault:
        known = self._explain() if self._explain is not None else None
        if known is not None:
            return self._end(known.outcome, known.message, known.details)
        return self._end(Outcome.ERROR, faults.ENDED)

    def _end(self, outcome: Outcome, message: Text, details: str = "") -> SubmissionFault:
        """Kill the sandbox and remember why."""
        self._dead = SubmissionFault(outcome, message, details)
        self._sock.close()
        self._kill()
        return self._dead
