"""What code has been asked before, as far as a later question rests on it: held objects, processes, and their past.

Nothing here is a proxy's own object, so that an object which no check can name any more is let go of: the link forgets
its past, the questions that only that past kept alive go with it, and with the last of them the sandbox hears of it.
"""

from __future__ import annotations

import hashlib
import json
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from grader.checking.asking.answer_store import FaultRecord
from grader.running.link import Link
from grader.running.session import Session


class Live:
    """A session that is open: its link, and the numbers of its fresh processes there, by their numbers outside."""

    def __init__(self, session: Session, link: Link) -> None:
        self.session: Session | None = session
        self.link: Link | None = link
        self.processes: dict[int, int] = {}
        self.keys: set[str] = set()  # of what it has been asked

    def end(self) -> None:
        """Forget the session: what was held there is gone."""
        self.session = self.link = None
        self.processes.clear()


@dataclass(eq=False)
class _Place:
    """Where an object is held: its number in a session, and in which of its processes."""

    live: Live | None = None
    number: int = 0
    process: int = 0

    def let_go(self) -> None:
        if self.live is not None and self.live.link is not None:
            self.live.link.release(self.number, self.process)


class Held:
    """Stands for an object inside, known outside as ``identity``, in the arguments of questions that may be asked again."""

    def __init__(self, identity: int) -> None:
        self.identity = identity
        self._place = _Place()
        weakref.finalize(self, self._place.let_go).atexit = False

    def put(self, live: Live, number: int, process: int) -> None:
        """Say where it is held: its number in a process of a session, by that process's number inside."""
        self._place.live, self._place.number, self._place.process = live, number, process

    @property
    def number(self) -> int:
        """Its number in the session that was named last."""
        return self._place.number


@dataclass(eq=False)
class Asked:
    """A question as it was put.

    Attributes
    ----------
    place : int
        Counts the questions of a link.
    key : str
        Under which its answer is remembered.
    to : int
        Number of a fresh process outside, 0 for the kernel.
    fields : dict
        Its fields; objects inside are `Held`.
    sent : str
        Digest of the encoded fields.
    after : tuple of Asked
        Questions that must have been put before it.
    made : list of Held
        Objects in its answer, in their order.
    process : int
        Number outside of the fresh process that it started.
    heard : Live or None
        The session that heard it last.
    """

    place: int
    key: str
    op: str
    label: str
    timeout: float | None
    to: int
    fields: dict[str, Any]
    sent: str
    after: tuple[Asked, ...]
    made: list[Held] = field(default_factory=list)
    process: int = 0
    heard: Live | None = None

    def ancestors(self) -> list[Asked]:
        """All questions that it rests on, in their order."""
        found: dict[int, Asked] = {}
        left: list[Asked] = [*self.after]
        while left:
            each = left.pop()
            if each.place not in found:
                found[each.place] = each
                left.extend(each.after)
        return [found[place] for place in sorted(found)]


@dataclass(eq=False)
class Past:
    """What has happened to an object inside, or to a process.

    Attributes
    ----------
    digest : str
        Of the questions that made and used it: the same for whoever asked the same.
    last : Asked
        The last of them.
    held : Held or None
        None for a process.
    spoilt : dict or None
        The fault of a limit that ended a question about it: what state it is in depends on the machine.
    """

    digest: str
    last: Asked
    held: Held | None = None
    spoilt: FaultRecord | None = None


def spoilt(pasts: Iterable[Past]) -> FaultRecord | None:
    """The first fault that spoilt one of them."""
    return next((past.spoilt for past in pasts if past.spoilt is not None), None)


def request_digest(question: Any, buffers: Iterable[Any], prefix: bytes = b"") -> str:
    """Digest of an encoded request: what ``json.dumps`` accepts, and its raw buffers."""
    digest = hashlib.sha256(prefix)
    digest.update(json.dumps(question, sort_keys=True).encode())
    for buffer in buffers:
        digest.update(bytes(buffer))
    return digest.hexdigest()
