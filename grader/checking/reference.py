"""The reference as checks see it: the same face as a submission, its answers remembered by what was asked.

Theory of operation. The face is the submission's own proxy over a link that looks an answer up before it asks. A
question is known by the digest of the reference's source, the seed, and the encoded request; a held object in it counts
as the history of questions that made and used it. What is not known opens a real session, asks again, in order, every
question that concerned held objects, and then the new one. So a class of three hundred runs the reference once.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

from grader.course.models import Exercise
from grader.errors import GraderError, SubmissionFault
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


class RememberingLink:
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
        self._asked: list[dict[str, Any]] = []  # the questions that concerned held objects, in order
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
        key = self._key([op, to, self._canonical(body, held)], buffers)
        question = {"op": op, "label": label, "timeout": timeout, "to": to, "fields": fields, "unwrap": unwrap}
        answer = self._recall(key)
        if answer is None:
            answer = self._ask(question)
            self._keep(key, answer)
        made: list[int] = []

        def note(reference: Any) -> Any:
            made.append(reference[0])
            return refer(reference) if refer is not None else reference

        value = decode(answer[0], answer[1], bounds=_BOUNDS, refer=note)
        for place, number in enumerate(made):
            self._history[number] = _digest(key, str(place))
        for number in held:
            self._history[number] = _digest(self._history[number], key)
        if made or held or to or op == "fresh":
            self._asked.append(question)
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

    def _key(self, question: list[Any], buffers: list[Any]) -> str:
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
            for earlier in self._asked:
                self._put(earlier)
        return self._put(question)

    def _put(self, question: dict[str, Any]) -> tuple[Any, list[bytearray]]:
        assert self._live is not None
        try:
            return self._live.request_raw(
                question["op"],
                label=question["label"],
                timeout=question["timeout"],
                to=question["to"],
                unwrap=question["unwrap"],
                **question["fields"],
            )
        except SubmissionFault as fault:
            raise GraderError(f"{self._name}: the reference does not answer: {fault} {fault.details}") from None

    def _recall(self, key: str) -> tuple[Any, list[bytearray]] | None:
        if self._folder is None:
            return None
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
            return
        header = json.dumps({"ok": answer[0], "buffers": [len(part) for part in answer[1]]}).encode()
        folder = self._folder / key[:2]
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(_LENGTH.pack(len(header)) + header)
                for part in answer[1]:
                    file.write(part)
            os.replace(file.name, folder / key)
        except OSError:
            return  # a full or read-only disk costs speed, not the grade


class RememberedSession:
    """What the proxy needs of a session, for a reference that may never have to run."""

    def __init__(self, exercise: Exercise, main: bytes, seed: int, link: RememberingLink) -> None:
        self.exercise, self.main, self.seed = exercise, main, seed
        self.link: Any = link
        self.run = Run(Outcome.PASSED, Text(""), True, (), {}, 0.0)


def reference_proxy(exercise: Exercise, main: bytes, seed: int, link: RememberingLink) -> SubmissionProxy:
    """The reference with a submission's face."""
    return SubmissionProxy(RememberedSession(exercise, main, seed, link))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
