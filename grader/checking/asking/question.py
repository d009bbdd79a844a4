"""A question of a check, to be put to several: to the submission, to the reference, to known mistakes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.checking.asking.caching_link import CachedProxy
from grader.checking.asking.reply import Reply, plain
from grader.checking.asking.reply_memory import REPLIES
from grader.checking.failure import CheckFailed
from grader.errors import GraderError, SubmissionFault
from grader.vocabulary import Text

OTHER_KIND = Text(
    "The answer is of another kind than the one that is asked for.", "답의 종류가 문제에서 요구한 것과 달라요."
)


@dataclass
class Question:
    """One question.

    Parameters
    ----------
    check : str
        Name of the check that asks, with its case.
    number : int
        Which of the check's questions it is, counted from 0.
    ask : callable
        Gets somebody's code, with a submission's face, and returns the answer.
    rng : numpy.random.Generator, optional
        Whoever is asked meets it in the same state, which is that after the first reply once the question is done with.
    rests_on : str, optional
        Digest of all that the question rests on beside its number, where that does not depend on the submission: the replies
        of the reference and of known mistakes are then remembered whole. Empty where it may depend on it.
    """

    check: str
    number: int
    ask: Callable[[Any], Any]
    rng: np.random.Generator | None = None
    rests_on: str = ""
    _before: Any = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.rng is not None:
            self._before = self.rng.bit_generator.state

    def put(self, code: Any) -> Reply:
        """What the code answers.

        An exception of the question itself is one of the answer: it was of a kind that cannot be computed with.

        Raises
        ------
        GraderError
            Our own side fails.
        """
        known_by = self._known_by(code)
        known = REPLIES.recall(known_by) if known_by else None
        if known is not None:
            reply, state = known
            if self.rng is not None and self.rng.bit_generator.state == self._before:
                self.rng.bit_generator.state = state
            return reply
        reply, state = self._ask(code)
        if known_by:
            REPLIES.keep(known_by, reply, state)
        return reply

    def _known_by(self, code: Any) -> str:
        """What a reply is remembered by; empty where none is."""
        if not self.rests_on or not isinstance(code, CachedProxy):
            return ""
        return repr((code.link.identity, self.rests_on, self.check, self.number, self._before))

    def _ask(self, code: Any) -> tuple[Reply, Any]:
        """The reply, and the state of the random numbers after it; see `put`."""
        after: Any = None
        reached: Any = None
        if self.rng is not None:
            after = self.rng.bit_generator.state
            self.rng.bit_generator.state = self._before
        try:
            with _one_question(code):
                reply = Reply(plain(self.ask(code)))
        except (SubmissionFault, CheckFailed) as fault:
            reply = Reply(fault=fault)
        except GraderError:
            raise
        except Exception as error:
            reply = Reply(fault=CheckFailed(OTHER_KIND, details=f"{type(error).__name__}: {error}"))
        finally:
            if self.rng is not None:
                reached = self.rng.bit_generator.state
                if after != self._before:
                    self.rng.bit_generator.state = after
        return reply, reached


def _one_question(code: Any) -> AbstractContextManager[None]:
    """Within, all that is asked belongs to one question, and an exception of the code's own is its answer."""
    return code.link.answering() if isinstance(code, CachedProxy) else nullcontext()
