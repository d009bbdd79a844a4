"""Whole replies of the reference and of known mistakes, remembered for the length of a process.

A class asks them the same questions again and again. A link remembers each request, but to recall a whole question its
arguments must still be encoded, digested and decoded for everybody who is asked; that costs more than all else of a check
that fails. A question can be remembered whole where it rests on nothing but the checks' own files: then its reply follows
from these, from whose code is asked, and from where the check's random numbers stand.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import numpy as np

from grader.checking.asking.reply import Reply

_MOST_BYTES = 128 << 20  # of all replies
_MOST_OF_ONE = 1 << 20
_OBJECT = 100  # bytes that a small object is taken for


class ReplyMemory:
    """Replies with the state of the check's random numbers behind them, the oldest dropped where they grow too many.

    Parameters
    ----------
    most_bytes : int
        Of all values together, roughly.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._replies: OrderedDict[str, tuple[Reply, Any, int]] = OrderedDict()
        self._bytes, self._most_bytes = 0, most_bytes

    def recall(self, key: str) -> tuple[Reply, Any] | None:
        """A reply, and the state of the random numbers after it; None where nobody remembers."""
        found = self._replies.get(key)
        if found is None:
            return None
        self._replies.move_to_end(key)
        return _own(found[0]), found[1]

    def keep(self, key: str, reply: Reply, state: Any) -> None:
        """Remember a reply, unless it is large, or a limit decided it, which another time may not."""
        size = _size(reply.value) + _OBJECT
        if reply.cut_short or size > _MOST_OF_ONE or key in self._replies:
            return
        if reply.fault is not None:
            reply.fault.__traceback__ = None  # it would keep the frames of the check alive
        self._replies[key] = (_own(reply), state, size)
        self._bytes += size
        while self._bytes > self._most_bytes:
            self._bytes -= self._replies.popitem(last=False)[1][2]


def _own(reply: Reply) -> Reply:
    """A reply whose value nobody else can change: what a check does to it must not reach the next submission."""
    return reply if reply.fault is not None else Reply(deepcopy(reply.value))


REPLIES = ReplyMemory()
"""That of this process."""


def _size(value: Any) -> int:
    """Bytes of a value, roughly; of objects that are not looked into, as many as may be kept."""
    if isinstance(value, np.ndarray):
        return int(value.nbytes) if value.dtype != object else _OBJECT * value.size
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, Mapping):
        return sum(_size(key) + _size(each) for key, each in value.items()) + _OBJECT
    if isinstance(value, list | tuple | set | frozenset):
        return sum(map(_size, value)) + _OBJECT
    if hasattr(value, "memory_usage"):  # a table
        usage = value.memory_usage(deep=True)
        return int(usage.sum() if hasattr(usage, "sum") else usage)
    return _OBJECT
