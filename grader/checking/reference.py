"""The reference as checks see it: the same face as a submission, its answers remembered by what was asked.

Theory of operation. The face is the submission's own proxy over a link that looks an answer up before it asks. A
question is known by the digest of the reference's source, the seed, and the encoded request; a held object in it counts
as the history of questions that made and used it. What is not known opens a real session, asks again, in order, every
question that concerned held objects, and then the new one. So a class of three hundred runs the reference once.

Remembered answers may come from sessions that asked in another order, so the number under which an object was held
there says nothing. Each link numbers the objects it has heard of itself, and learns their live numbers when it asks.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import struct
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

from grader.course.models import Exercise
from grader.errors import GraderError, SubmissionFault
from grader.files import write_whole
from grader.running.link import Link
from grader.running.probe.bounds import Bounds
from grader.running.probe.codec import Refer, decode, encode
from grader.running.proxy import SubmissionProxy
from grader.running.run import Run
from grader.running.session import Session
from grader.vocabulary import Outcome, Text

_BOUNDS = Bounds(total=1 << 30, header=1 << 28)
_LENGTH = struct.Struct(">I")

Opener = Callable[[], AbstractContextManager[Session]]


class CachingLink:
    """Stands where a link stands, and asks the reference only what nobody has asked before.

    Parameters
    ----------
    open_session : callable
        Runs the reference and keeps it open, as a context manager.
    identity : str
        Digest of all that an answer depends on beside the question: sources, seed, data, package versions.
    folder : Path or None
        Where answers are kept between processes; None keeps them for this link only.
    name : str
        Of the exercise, for messages.
    """

    alive = True
    waited = 0.0

    def __init__(self, open_session: Opener, identity: str, folder: Path | None, name: str) -> None:
        self._open_session, self._identity, self._folder, self._name = open_session, identity, folder, name
        self._stack = ExitStack()
        self._live: Link | None = None
        self._pending: list[dict[str, Any]] = []  # questions about held objects that the live session has not heard
        self._kept: dict[str, tuple[Any, list[bytearray]]] = {}
        self._objects = 0  # numbers given to held objects so far
        self._numbers: dict[int, int] = {}  # number of a held object here -> its number in the live session
        self._fresh = 0  # fresh processes so far; the probe counts them likewise
        self._history: dict[int, str] = {}  # held object -> digest of what made it and was done to it

    def release(self, identity: int, to: int = 0) -> None:
        """Nothing: objects of the reference are kept, since later questions may replay them."""

    def close(self) -> None:
        """End the reference's session, if one was needed."""
        self._stack.close()
        self._live = None

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
        """The remembered answer, or the reference's own; see `Link.request`.

        Raises
        ------
        GraderError
            The reference itself does not answer: its fault is ours, not the student's.
        """
        body, buffers = encode(fields, unwrap, _BOUNDS, generators=True)
        held: list[int] = []
        self._fresh += op == "fresh"
        key = self._key([op, to, self._fresh if op == "fresh" else 0, self._canonical(body, held)], buffers)
        made: list[int] = []
        question = {
            "op": op, "label": label, "timeout": timeout, "to": to, "fields": fields, "unwrap": unwrap, "made": made,
            "sent": self._key(body, buffers),
        }  # fmt: skip
        answer = self._recall(key)
        new = answer is None
        if answer is None:
            answer = self._ask(question)
            self._keep(key, answer)
        live: list[int] = []

        def note(reference: Any) -> Any:
            self._objects += 1
            made.append(self._objects)
            live.append(reference[0])
            own = [self._objects, *reference[1:]]
            return refer(own) if refer is not None else own

        value = decode(answer[0], answer[1], bounds=_BOUNDS, refer=note)
        if new:
            self._numbers.update(zip(made, live, strict=True))
        for place, number in enumerate(made):
            self._history[number] = _digest(key, str(place))
        for number in held:
            self._history[number] = _digest(self._history[number], key)
        if not new and (made or held or to or op == "fresh"):
            self._pending.append(question)
        return value

    def _canonical(self, body: Any, held: list[int]) -> Any:
        """The encoded request with each held object replaced by its history; their numbers are added to ``held``."""
        if isinstance(body, dict):
            if set(body) == {"$held"}:
                held.append(body["$held"])
                return {"$held": self._history[body["$held"]]}
            return {name: self._canonical(value, held) for name, value in body.items()}
        if isinstance(body, list):
            return [self._canonical(value, held) for value in body]
        return body

    def _key(self, question: Any, buffers: list[Any]) -> str:
        digest = hashlib.sha256(self._identity.encode())
        digest.update(json.dumps(question, sort_keys=True).encode())
        for buffer in buffers:
            digest.update(bytes(buffer))
        return digest.hexdigest()

    def _ask(self, question: dict[str, Any]) -> tuple[Any, list[bytearray]]:
        if self._live is None:
            session = self._stack.enter_context(self._open_session())
            if session.run.outcome is not Outcome.PASSED or session.link is None:
                raise GraderError(f"{self._name}: the reference does not run: {session.run.message.en}")
            self._live = session.link
        pending, self._pending = self._pending, []
        for earlier in pending:
            self._replay(earlier)
        return self._put(question)

    def _replay(self, question: dict[str, Any]) -> None:
        """Ask again, for the objects that come of it."""
        if self._key(*encode(question["fields"], question["unwrap"], _BOUNDS, generators=True)) != question["sent"]:
            raise GraderError(
                f"{self._name}: an argument of {question['label'] or question['op']!r} was changed in place after the "
                "reference was asked; change a copy"
            )
        live: list[int] = []
        body, parts = self._put(question)
        decode(body, parts, bounds=_BOUNDS, refer=lambda reference: live.append(reference[0]))
        if len(live) != len(question["made"]):
            raise GraderError(
                f"{self._name}: the reference answers {question['label'] or question['op']!r} differently when it is "
                "asked again; delete .grader/answers of the course, and give its random numbers a seed"
            )
        self._numbers.update(zip(question["made"], live, strict=True))

    def _put(self, question: dict[str, Any]) -> tuple[Any, list[bytearray]]:
        assert self._live is not None
        unwrap = question["unwrap"]

        def held(value: Any) -> Any:
            return {"$held": self._numbers[unwrap(value)["$held"]]}

        try:
            return self._live.request_raw(
                question["op"],
                label=question["label"],
                timeout=question["timeout"],
                to=question["to"],
                unwrap=held if unwrap is not None else None,
                **question["fields"],
            )
        except SubmissionFault as fault:
            raise GraderError(f"{self._name}: the reference does not answer: {fault} {fault.details}") from None

    def _recall(self, key: str) -> tuple[Any, list[bytearray]] | None:
        if self._folder is None:
            kept = self._kept.get(key)
            return (kept[0], [bytearray(part) for part in kept[1]]) if kept is not None else None
        path = self._folder / key[:2] / key
        try:
            content = path.read_bytes()
            (size,) = _LENGTH.unpack_from(content)
            header = json.loads(content[_LENGTH.size : _LENGTH.size + size])
            start, parts = _LENGTH.size + size, []
            for length in header["buffers"]:
                parts.append(bytearray(content[start : start + length]))
                start += length
        except (OSError, ValueError, KeyError, TypeError, struct.error):
            return None  # missing or damaged: it is asked again
        return header["ok"], parts

    def _keep(self, key: str, answer: tuple[Any, list[bytearray]]) -> None:
        if self._folder is None:
            self._kept[key] = (answer[0], [bytearray(part) for part in answer[1]])
            return
        header = json.dumps({"ok": answer[0], "buffers": [len(part) for part in answer[1]]}).encode()
        with contextlib.suppress(GraderError):  # a full or read-only disk costs speed, not the grade
            write_whole(self._folder / key[:2] / key, b"".join([_LENGTH.pack(len(header)), header, *answer[1]]), 0o600)


class CachedSession:
    """What the proxy needs of a session, for a reference that may never have to run."""

    def __init__(self, exercise: Exercise, main: bytes, seed: int, link: CachingLink) -> None:
        self.exercise, self.main, self.seed = exercise, main, seed
        self.link: Any = link
        self.run = Run(Outcome.PASSED, Text(""), True, (), {}, 0.0)


def reference_proxy(exercise: Exercise, main: bytes, seed: int, link: CachingLink) -> SubmissionProxy:
    """The reference with a submission's face."""
    return SubmissionProxy(CachedSession(exercise, main, seed, link))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
