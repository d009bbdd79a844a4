"""Functions of a check that a submission may call while it is asked, counted on the trusted side.

Theory of operation. ``submission.oracle(function)`` holds a stand-in inside the sandbox. Called there, it sends a frame
``{"id": request, "ask": oracle, "body": arguments}`` in place of the reply that the link waits for; the link runs the
function, answers with a frame of the same id, and goes on waiting within the same deadline. What is counted are the
frames that arrived: the submission can neither hide a call, since it does not know the function, nor make one without
being counted. Between requests nobody listens, so a call out of a thread that outlives its request breaks the protocol.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.errors import GraderError
from grader.running.probe.bounds import Bounds, CodecError
from grader.running.probe.codec import decode, encode
from grader.running.remote import Channel, Remote

_BOUNDS = Bounds(total=16 << 20)
MOST_CALLS = 1_000_000
_KEPT_CALLS = 10_000  # whose arguments are remembered
_KEPT_BYTES = 64 << 20


class Oracle(Remote):
    """A function of the check's, as an argument for the submission.

    Attributes
    ----------
    calls : int
        How often the submission called it so far, refused calls included.
    refused : int
        Calls beyond the budget, or that the function did not like.
    log : list of (tuple, dict)
        Arguments of the first calls: data from the sandbox, of any type.
    """

    def __init__(self, held: Remote, function: Callable[..., Any], budget: int | None) -> None:
        self._share(held)
        self._function, self.budget = function, budget
        self.calls = self.refused = 0
        self.log: list[tuple[tuple[Any, ...], dict[str, Any]]] = []
        self._kept = 0

    def answer(self, body: Any, buffers: list[bytearray]) -> tuple[dict[str, Any], list[Any]]:
        """The reply to one call: what to put into the frame, and its buffers.

        Raises
        ------
        CodecError
            The call is malformed.
        """
        self.calls += 1
        fields = decode(body, buffers, bounds=_BOUNDS)
        args, kwargs = (fields.get("args"), fields.get("kwargs")) if isinstance(fields, dict) else (None, None)
        if not isinstance(args, tuple | list) or not isinstance(kwargs, dict) or not all(map(_is_name, kwargs)):
            raise CodecError("a call of an oracle without arguments")
        size = sum(len(part) for part in buffers) + 1000
        if len(self.log) < _KEPT_CALLS and self._kept + size <= _KEPT_BYTES:
            self._kept += size
            self.log.append((tuple(args), kwargs))
        if self.calls > (MOST_CALLS if self.budget is None else self.budget):
            self.refused += 1
            return {"refused": "the budget of calls is used up"}, []
        try:
            value = self._function(*args, **kwargs)
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError, MemoryError, RecursionError):
            # arguments of another kind than the function takes; what it says may name what it hides
            self.refused += 1
            return {"refused": "these arguments are not of the right kind"}, []
        try:
            encoded, parts = encode(value, None, Bounds(total=1 << 30))
        except CodecError as error:
            raise GraderError(f"an oracle returned what cannot be sent to a submission: {error}") from None
        return {"ok": encoded}, parts

    def reset(self) -> None:
        """Begin to count again."""
        self.calls = self.refused = self._kept = 0
        self.log.clear()


def make_oracle(channel: Channel, function: Callable[..., Any], budget: int | None) -> Oracle:
    """Hold a stand-in for `function` inside.

    Raises
    ------
    GraderError
        The process cannot call back: a fresh one, or the remembered reference.
    """
    link = channel.link
    if channel.to or (link is not None and not hasattr(link, "oracles")):
        raise GraderError(
            "an oracle can only be passed to a submission's own process, not to the reference or a fresh one"
        )
    number = len(link.oracles) + 1 if link is not None else 0
    held = channel.ask("oracle", label="oracle", number=number, hold=True)
    oracle = Oracle(held, function, budget)
    assert link is not None
    link.oracles[number] = oracle.answer
    return oracle


def _is_name(value: Any) -> bool:
    return isinstance(value, str)
