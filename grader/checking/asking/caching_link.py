"""The reference and the known mistakes as checks see them: a submission's face, answers remembered by what was asked.

Theory of operation. The face is the submission's own proxy over a link that looks an answer up before it asks. A
question is known by the digest of the code's source, the seed, and the encoded request; a held object in it counts as
the history of questions that made and used it, a fresh process as all that went to it. What is not known opens a real
session, asks again, in order, the questions that this one rests on, and then the new one. So a class of three hundred
runs the reference once.

Remembered answers may come from sessions that asked in another order, so the number under which an object was held
there says nothing. Each link numbers the objects and processes it has heard of itself, and learns their live numbers
when it asks.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from grader.checking.asking.answer_store import Answer, AnswerStore, FaultRecord, fault_of
from grader.checking.asking.history import Asked, Held, Live, Past, request_digest, spoilt
from grader.checking.asking.live_code import REMEMBERED_BOUNDS, LiveCode, Opener, not_answered
from grader.course.models import Exercise
from grader.errors import GraderError
from grader.running.probe.bounds import CodecError
from grader.running.probe.codec import Refer, decode, encode
from grader.running.proxy import SubmissionProxy
from grader.running.remote import Remote
from grader.running.run import Run
from grader.vocabulary import Outcome, Text

_READS_FILES = ("files", "read", "load_file", "fresh")
_MOST_LIMITS = 2  # questions of a link that may run into a limit before it is asked no more


class CachingLink:
    """Stands where a link stands, and asks only what nobody has asked before.

    Parameters
    ----------
    open_session : callable
        Runs the code and keeps it open, as a context manager.
    identity : str or callable
        Digest of all that an answer depends on beside the question: sources, seed, data, package versions; or what
        makes it, once, when the first question is put.
    folder : Path or None
        Where answers are kept between processes; None keeps them for this link only.
    name : str
        Of the exercise, for messages.
    faults : bool
        Of a known mistake: whatever its code does is an answer, also to stop with an exception or to run into a limit.
        What a limit decided is remembered by this link only, and after two such questions it asks no more.
    """

    waited = 0.0

    def __init__(
        self,
        open_session: Opener,
        identity: str | Callable[[], str],
        folder: Path | None,
        name: str,
        *,
        faults: bool = False,
    ) -> None:
        self._identity, self._name, self._faults = identity, name, faults
        self._code = LiveCode(open_session, name, faults)
        self._store = AnswerStore(folder)
        self._closed = False
        self._places = 0  # questions so far
        self._numbers = 0  # of held objects given so far
        self._objects: dict[int, Past] = {}
        self._fresh = 0  # fresh processes of this question of a check, or so far where none has begun
        self._processes: dict[int, Past] = {}  # with the kernel, 0, once it was seeded
        self._started = 0  # fresh processes so far
        self._answering = False
        self._times: Counter[str] | None = None  # how often each request came in this question; None outside of one
        self._round: list[Asked] = []  # requests of this question to the kernel
        self._repeated: dict[str, Asked] = {}
        self._limits = 0
        self._stopped: FaultRecord | None = None  # why nothing can be asked any more

    @property
    def alive(self) -> bool:
        """Whether requests can still be answered."""
        return not self._closed

    @property
    def is_open(self) -> bool:
        """Whether a session is open."""
        return self._code.is_open

    def begin(self) -> None:
        """A new question of a check begins: what is asked from now on is asked for the first time again.

        Within a question an identical request that comes again is another memory, since code that ignores its seed, or
        that has a state, answers it otherwise. Across questions it is the same.
        """
        self._begin(Counter())

    @contextmanager
    def answering(self) -> Iterator[None]:
        """One question of a check, in which an exception of the code's own is raised as such: it is its answer.

        Elsewhere an exception of the reference's is a GraderError.
        """
        self.begin()
        self._answering = True
        try:
            yield
        finally:
            self._answering = False
            self._begin(None)

    def _begin(self, times: Counter[str] | None) -> None:
        self._times, self._round, self._repeated, self._fresh = times, [], {}, 0
        self._processes.pop(0, None)

    def release(self, identity: int, to: int = 0) -> None:
        """Let go of a held object: it stays inside only as long as another one may have to be made again out of it."""
        self._objects.pop(identity, None)

    def rest(self) -> None:
        """End the session, if one is open, and keep all that is remembered: the next unknown question opens another."""
        self._code.rest()

    def close(self) -> None:
        """End the session, if one is open; nothing can be asked any more."""
        self._closed = True
        self._begin(None)
        self._objects.clear()
        self._processes.clear()
        self.rest()

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
        """The remembered answer, or the code's own; see `Link.request`.

        Raises
        ------
        SubmissionFault
            The answer of a known mistake, or of a reference that is `answering`.
        GraderError
            The reference itself does not answer: its fault is ours, not the student's.
        """
        if self._closed:
            raise GraderError(f"{self._name}: asked {label or op!r} after the checks had ended")
        if op == "end":
            self._processes.pop(fields["number"], None)
            return self._code.end_process(fields["number"])
        try:
            body, buffers = encode(fields, unwrap, REMEMBERED_BOUNDS, generators=True)
        except CodecError as error:
            raise GraderError(f"{self._name}: the arguments of {label or op!r} cannot be sent: {error}") from None
        if to and to not in self._processes:
            raise GraderError(f"{self._name}: a fresh process was asked {label or op!r} after it was closed")
        pasts: list[Past] = []
        self._fresh += op == "fresh"
        canonical = self._canonical(body, pasts)
        if to in self._processes:
            pasts.append(self._processes[to])
        where = self._processes[to].digest if to in self._processes else 0
        plain = key = self._key([op, where, self._fresh if op == "fresh" else 0, canonical], buffers)
        if self._times is not None:
            self._times[plain] += 1
            if self._times[plain] > 1:
                key = _digest(plain, str(self._times[plain]))
        after = [past.last for past in pasts]
        if plain in self._repeated:
            after.append(self._repeated[plain])
        if to or op in _READS_FILES:
            after += self._round
        self._places += 1
        asked = Asked(
            self._places,
            key,
            op,
            label,
            timeout,
            to,
            self._outside(fields),
            request_digest(body, buffers),
            tuple(after),
        )
        ended, live = spoilt(pasts), None
        answer = Answer(fault=ended, lasting=False) if ended is not None else self._store.recall(key)
        if answer is None:
            answer = self._ask(asked)
            live = asked.heard
        try:
            return self._told(asked, answer, live, refer)
        finally:
            self._note(asked, answer, plain, pasts)

    def _told(self, asked: Asked, answer: Answer, live: Live | None, refer: Refer | None) -> Any:
        """The value of an answer; its objects get their numbers here."""
        if answer.fault is not None:
            if self._faults or (self._answering and _own_exception(answer.fault)):
                raise fault_of(answer.fault)
            raise not_answered(self._name, fault_of(answer.fault))

        def note(reference: Any) -> Any:
            self._numbers += 1
            held = Held(self._numbers)
            if live is not None:
                held.put(live, reference[0], live.processes.get(asked.to, 0))
            asked.made.append(held)
            self._objects[self._numbers] = Past(_digest(asked.key, str(len(asked.made) - 1)), asked, held)
            own = [self._numbers, *reference[1:]]
            return refer(own) if refer is not None else own

        value = decode(answer.body, answer.parts, bounds=REMEMBERED_BOUNDS, refer=note)
        if asked.op != "fresh":
            return value
        self._started = asked.process = self._started + 1
        self._processes[self._started] = Past(_digest(asked.key, "process"), asked)
        if live is not None:
            live.processes[self._started] = value
        return self._started

    def _note(self, asked: Asked, answer: Answer, plain: str, pasts: list[Past]) -> None:
        """What was asked belongs to the past of whatever it concerned."""
        for past in pasts:
            past.digest, past.last = _digest(past.digest, asked.key), asked
            past.spoilt = None if answer.lasting else answer.fault
        if asked.op == "seed" and not asked.to:
            self._processes[0] = Past(asked.key, asked)
        if not pasts and not asked.made and not asked.process:
            self._code.count_as_heard(asked)
        if self._times is not None:
            self._repeated[plain] = asked
            if not asked.to and asked.op != "fresh":
                self._round.append(asked)

    def _canonical(self, body: Any, pasts: list[Past]) -> Any:
        """The encoded request with each held object replaced by its history; their pasts are added to ``pasts``."""
        if isinstance(body, dict):
            if set(body) == {"$held"}:
                pasts.append(self._objects[body["$held"]])
                return {"$held": pasts[-1].digest}
            return {name: self._canonical(value, pasts) for name, value in body.items()}
        if isinstance(body, list):
            return [self._canonical(value, pasts) for value in body]
        return body

    def _outside(self, value: Any) -> Any:
        """Fields as they may be kept: lists are copies, and what stands for an object lets the proxies go."""
        if isinstance(value, Remote):
            return self._objects[value.identity].held
        if type(value) is dict:
            return {name: self._outside(each) for name, each in value.items()}
        if type(value) is list or type(value) is tuple:
            return type(value)(self._outside(each) for each in value)
        return value

    @cached_property
    def identity(self) -> str:
        """Digest of all that an answer depends on beside the question."""
        return self._identity() if callable(self._identity) else self._identity

    def _key(self, question: Any, buffers: list[Any]) -> str:
        return request_digest(question, buffers, self.identity.encode())

    def _ask(self, asked: Asked) -> Answer:
        """The code's own answer, which is remembered."""
        if self._stopped is not None:
            return Answer(fault=self._stopped, lasting=False)
        answer = self._code.ask(asked)
        if answer.fault is None:
            self._store.keep(asked.key, answer)
            return answer
        if not self._faults:
            if self._answering and _own_exception(answer.fault):
                self._store.keep(asked.key, answer)
            return answer
        self._store.keep(asked.key, answer)
        if not answer.lasting:
            self._limits += 1
            if self._limits >= _MOST_LIMITS:
                self._stopped = answer.fault
            self.rest()
        return answer


class CachedSession:
    """What the proxy needs of a session, for code that may never have to run."""

    def __init__(self, exercise: Exercise, main: bytes | Callable[[], bytes], seed: int, link: CachingLink) -> None:
        self.exercise, self._main, self.seed = exercise, main, seed
        self.link: Any = link
        self.run = Run(Outcome.PASSED, Text(""), True, (), {}, 0.0)

    @cached_property
    def main(self) -> bytes:
        """The code as a submission."""
        return self._main() if callable(self._main) else self._main


class CachedProxy(SubmissionProxy):
    """The reference, or a known mistake, with a submission's face.

    Attributes
    ----------
    link : CachingLink
    """

    def __init__(self, session: CachedSession) -> None:
        super().__init__(session)
        self.link: CachingLink = session.link


def reference_proxy(exercise: Exercise, main: bytes | Callable[[], bytes], seed: int, link: CachingLink) -> CachedProxy:
    """Such a face; ``main`` may be what makes the code, once it is needed."""
    return CachedProxy(CachedSession(exercise, main, seed, link))


def _own_exception(record: FaultRecord) -> bool:
    """Whether a fault is an exception out of the code itself."""
    return "exception" in record and record["outcome"] == Outcome.ERROR


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
