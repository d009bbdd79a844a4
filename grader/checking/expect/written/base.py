"""What all expectations about written answers share: the text that was answered."""

from __future__ import annotations

from typing import Any

from grader.checking.expect.base import ExpectBase
from grader.checking.values import describe
from grader.vocabulary import Text

NOT_TEXT = Text("A text is wanted here, but this is {found}.", "글로 답해야 하는데 {found}이에요.")
EMPTY = Text("There is no answer yet.", "아직 답이 없어요.")


class WrittenBase(ExpectBase):
    """Reads the text of an answer."""

    def _text(self, answer: Any, message: Text | None) -> str:
        """An answer that is a text and not blank, or the failure that says what it is instead."""
        if hasattr(answer, "item") and getattr(answer, "ndim", None) == 0:
            answer = answer.item()
        if answer is None or answer is Ellipsis:
            self._fail(answer, EMPTY)
        if not isinstance(answer, str):
            self._fail(answer, NOT_TEXT.format(found=describe(answer)), message=message)
        if not answer.strip():
            self._fail(answer, EMPTY)
        return answer
