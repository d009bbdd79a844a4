"""Who knows the right answer to a question, and the wrong ones of known mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from grader.checking.asking.question import Question
from grader.checking.asking.reply import Reply
from grader.checking.failure import CheckFailed
from grader.course.proof_record import Showing
from grader.errors import GraderError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.vocabulary import Outcome

MOST_QUESTIONS = 60  # of one submission that are put to known mistakes
MOST_OPEN = 20  # sessions of known mistakes at a time


class KnownAnswers(Protocol):
    """Answers that are known to a question beside the submission's own."""

    def right(self, question: Question) -> Reply | None:
        """The reference's; None where there is nobody to ask.

        Raises
        ------
        GraderError
            The reference does not answer.
        """

    def wrong(self, question: Question) -> Iterator[tuple[str, Reply]]:
        """Those of known mistakes, by name."""


class LiveAnswers:
    """Asks the reference and the mutants in their sandboxes.

    Parameters
    ----------
    reference : CachedProxy or None
    mistakes : mapping of str to CachedProxy
        By name; each opens its session when it is first asked what nobody has asked before.
    shows : mapping, optional
        Where each mistake shows, by the proof: it is asked these questions only, since it answers all others as the reference
        does. None asks all of them everything.

    Notes
    -----
    What is asked is bounded by the number of questions, never by time: grades do not depend on the load.
    """

    def __init__(
        self,
        reference: Any,
        mistakes: Mapping[str, Any] | None = None,
        shows: Mapping[str, Mapping[str, Showing]] | None = None,
    ) -> None:
        self._reference, self._mistakes, self._shows = reference, dict(mistakes or {}), shows
        self._questions = 0
        self._open: list[str] = []

    def right(self, question: Question) -> Reply | None:
        """See `KnownAnswers`."""
        if self._reference is None:
            return None
        reply = question.put(self._reference)
        fault = reply.fault
        if isinstance(fault, SubmissionFault) and not _refused(fault):
            raise GraderError(f"{question.check}: the reference does not answer: {fault} {fault.details}") from fault
        if isinstance(fault, CheckFailed):
            raise GraderError(
                f"{question.check}: the question finds no answer in the reference's: {fault} {fault.details}"
            ) from fault
        return reply

    def wrong(self, question: Question) -> Iterator[tuple[str, Reply]]:
        """See `KnownAnswers`."""
        self._questions += 1
        if self._questions > MOST_QUESTIONS:
            return
        for name, code in self._mistakes.items():
            if not self._may_show(name, question):
                continue
            reply = question.put(code)
            self._rest(name)
            yield name, reply

    def _may_show(self, name: str, question: Question) -> bool:
        """Whether a mistake can answer a question otherwise than the reference; one without a record may."""
        if self._shows is None or name not in self._shows:
            return True
        showing = self._shows[name].get(question.check)
        return showing is not None and question.number in showing.questions

    def _rest(self, name: str) -> None:
        """Close one where there are too many sessions.

        All are asked in turn, so the one that was asked just before is the one that is needed again last.
        """
        if not self._mistakes[name].link.is_open:
            return
        self._open = [each for each in self._open if each != name and self._mistakes[each].link.is_open] + [name]
        while len(self._open) > MOST_OPEN:
            self._mistakes[self._open.pop(-2)].link.rest()


def _refused(fault: SubmissionFault) -> bool:
    """Whether the code itself raised, as it may be asked to."""
    return isinstance(fault, SubmissionRaised) and fault.outcome is Outcome.ERROR
