"""What all expectations share: the state of one check, and the way a failure is put into words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

import numpy as np

from grader.checking.failure import CheckFailed
from grader.checking.values import Answer, for_instructor
from grader.checking.verdict import BandReading, Difference
from grader.vocabulary import Text


class ExpectBase:
    """State of the expectations of one check.

    Parameters
    ----------
    measuring : bool
        True while a reference card is being made: metrics are recorded, never judged.

    Attributes
    ----------
    readings : list of BandReading
        The metrics that this check has measured.
    share : float
        Share of the points that is left after metrics with partial credit.
    sentences : list of Text
        What those metrics have to say to the student.
    differences : list of Difference
        Questions that were answered otherwise than by the reference.
    first_failure : exception or None
        What the first of them is told as.
    quiet : bool
        Whether only a yes or no is wanted at present: a failure then says nothing, and nothing is diagnosed.
    """

    def __init__(self, *, measuring: bool = False) -> None:
        self._measuring = measuring
        self.readings: list[BandReading] = []
        self.share = 1.0
        self.sentences: list[Text] = []
        self.differences: list[Difference] = []
        self.first_failure: Exception | None = None
        self.quiet = False

    def _fail(
        self,
        actual: Any,
        *sentences: Text | None,
        message: Text | None = None,
        wanted: Any = None,
        general: Text | None = None,
        share: float = 0.0,
    ) -> NoReturn:
        """Raise the failure: the authored message first, then what was diagnosed; `general` where there is neither.

        `actual` is what was answered, as an `Answer` where it has been read already.
        """
        if self.quiet:
            raise CheckFailed(share=share)
        answer = actual if isinstance(actual, Answer) else Answer(actual)
        said = [text for text in (message, *sentences) if text is not None]
        if not said and general is not None:
            said = [general]
        details = f"found: {for_instructor(answer.value)}"
        if wanted is not None:
            details += f"\nexpected: {for_instructor(wanted)}"
        raise CheckFailed(*dict.fromkeys(said), details=details, share=share)


def names_of(kinds: Any) -> str:
    """Type names for a sentence: ``list or tuple``."""
    flat: Iterable[Any] = kinds if isinstance(kinds, tuple | list) else (kinds,)
    return " / ".join(dict.fromkeys(_name(kind) for kind in flat))


def _name(kind: Any) -> str:
    if kind is np.ndarray:
        return "numpy array"
    return kind if isinstance(kind, str) else str(getattr(kind, "__name__", kind))
