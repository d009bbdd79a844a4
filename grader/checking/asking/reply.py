"""What comes of putting a question to somebody's code: a value, or what was raised in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.checking.diagnosis.case import NEEDED, evidence
from grader.checking.failure import CheckFailed
from grader.checking.values import numeric, plain_array
from grader.errors import SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.running.remote import Remote
from grader.vocabulary import Outcome

_PRECISION = 1e-6  # relative, at which numbers are weighed
_LETTER = 4.0  # bits of a character of text
_DEEPEST = 20


@dataclass(frozen=True)
class Held:
    """What stands for an object that stayed in the sandbox."""

    type_name: str


@dataclass(frozen=True)
class Reply:
    """What somebody's code answered.

    Attributes
    ----------
    value : object
        Data; `Held` stands for whatever is none.
    fault : SubmissionFault, CheckFailed or None
        What was raised in its place: by the code that was asked, or by the question, which found no answer to go on with.
    """

    value: Any = None
    fault: SubmissionFault | CheckFailed | None = None

    @property
    def cut_short(self) -> bool:
        """Whether a limit decided, or the end of the process: such a reply says nothing about the code's result."""
        return isinstance(self.fault, SubmissionFault) and self.fault.outcome not in (Outcome.ERROR, Outcome.FAILED)

    @property
    def telling(self) -> bool:
        """Whether it holds more than anybody could guess: enough to tell one mistake from another."""
        return self.fault is None and _bits(self.value) >= NEEDED


def plain(value: Any, depth: int = 0) -> Any:
    """A value with `Held` in place of what stayed in the sandbox."""
    if isinstance(value, Remote):
        return Held(value.type_name)
    if depth > _DEEPEST:
        return value
    if type(value) is dict:
        return {key: plain(each, depth + 1) for key, each in value.items()}
    if type(value) in (list, tuple):
        return type(value)(plain(each, depth + 1) for each in value)
    return value


def same_fault(one: SubmissionFault | CheckFailed, other: SubmissionFault | CheckFailed) -> bool:
    """Whether two faults are of one kind and say the same."""
    if isinstance(one, SubmissionRaised) and isinstance(other, SubmissionRaised):
        return (one.exception, one.said) == (other.exception, other.said)
    if isinstance(one, CheckFailed) and isinstance(other, CheckFailed):
        return one.sentences == other.sentences  # details hold what was found, to the last digit
    return type(one) is type(other) and str(one) == str(other)


def _bits(value: Any, depth: int = 0) -> float:
    """Bits that somebody would have to guess to give this value."""
    if depth > _DEEPEST:
        return 0.0
    if isinstance(value, Mapping):
        return sum(_bits(each, depth + 1) for each in value.values())
    if isinstance(value, str | bytes):
        return _LETTER * len(value)
    if isinstance(value, bool | np.bool_):
        return 1.0
    numbers = numeric(value)
    if numbers is not None and numbers.dtype.kind == "b":
        return min(float(numbers.size), _entropy(numbers))
    if numbers is not None:
        real = np.abs(numbers) if numbers.dtype.kind == "c" else numbers.astype(float)
        real = real[np.isfinite(real)]
        return evidence(real, _PRECISION) if real.size else 0.0
    array = plain_array(value)
    items: Sequence[Any] = array.reshape(-1).tolist() if array is not None and array.ndim else ()
    if array is None and isinstance(value, list | tuple | set | frozenset):
        items = list(value)
    return sum(_bits(each, depth + 1) for each in list(items)[:64])


def _entropy(truths: np.ndarray[Any, Any]) -> float:
    """Bits of the arrangement of truth values; one more, since all may be the other way round."""
    share = float(truths.mean()) if truths.size else 0.0
    if share in (0.0, 1.0):
        return 1.0
    return 1.0 - truths.size * float(share * np.log2(share) + (1 - share) * np.log2(1 - share))
