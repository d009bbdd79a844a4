"""What an expectation raises: a failure that knows what the student may read and what only the instructor may."""

from __future__ import annotations

from typing import NoReturn

from grader.vocabulary import Text


class CheckFailed(Exception):
    """An expectation about a submission does not hold.

    Parameters
    ----------
    sentences : tuple of Text
        For the student, in the order of reading: the authored message, then the diagnosis. Never an expected value.
    details : str
        For the instructor.
    share : float
        Share of the check's points that is earned all the same, 0 to 1.
    """

    def __init__(self, *sentences: Text, details: str = "", share: float = 0.0) -> None:
        super().__init__(sentences[0]["en"] if sentences else "the expectation does not hold")
        self.sentences, self.details, self.share = sentences, details, share


def refuse(sentence: Text, message: Text | None = None, details: str = "") -> NoReturn:
    """Raise the failure that says `sentence`, behind the authored message where there is one."""
    raise CheckFailed(*[text for text in (message, sentence) if text is not None], details=details)
