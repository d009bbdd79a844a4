"""A question of a check, to be put to several: to the submission, to the reference, to known mistakes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.checking.asking.caching_link import CachedProxy
from grader.checking.asking.reply import Reply, plain
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
    """

    check: str
    number: int
    ask: Callable[[Any], Any]
    rng: np.random.Generator | None = None
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
        after: Any = None
        if self.rng is not None:
            after = self.rng.bit_generator.state
            self.rng.bit_generator.state = self._before
        try:
            with _one_question(code):
                return Reply(plain(self.ask(code)))
        except (SubmissionFault, CheckFailed) as fault:
            return Reply(fault=fault)
        except GraderError:
            raise
        except Exception as error:
            return Reply(fault=CheckFailed(OTHER_KIND, details=f"{type(error).__name__}: {error}"))
        finally:
            if self.rng is not None and after != self._before:
                self.rng.bit_generator.state = after


def _one_question(code: Any) -> AbstractContextManager[None]:
    """Within, all that is asked belongs to one question, and an exception of the code's own is its answer."""
    return code.link.answering() if isinstance(code, CachedProxy) else nullcontext()
