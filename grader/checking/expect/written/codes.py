"""Expectations about written answers that hold several things: matching, sets of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from grader.checking.expect.written.answers import same_code
from grader.checking.expect.written.base import EMPTY, WrittenBase
from grader.checking.expect.written.text import NOT_SEVERAL
from grader.checking.values import describe, is_integer
from grader.vocabulary import Text

NOT_PAIRS = Text(
    "A choice for each item is wanted, as a dictionary, but this is {found}.",
    "항목마다 고른 답을 딕셔너리로 써야 하는데 {found}이에요.",
)
MATCHED = Text("{right} of {total} are matched rightly.", "{total}개 가운데 {right}개를 바르게 짝지었어요.")
MATCHED_SOME = Text(
    "{right} of {total} are matched rightly; {open} have no answer yet.",
    "{total}개 가운데 {right}개를 바르게 짝지었어요. {open}개는 아직 답이 없어요.",
)
WRONG_CODES = Text("These are not the right ones.", "고른 것이 맞지 않아요.")
_SEPARATORS = ("->", "→", ":", "=", " - ", "-")  # of an item and its choice, in the order in which they are looked for


class CodeExpectations(WrittenBase):
    """``expect.matching`` and ``expect.codes``."""

    def matching(
        self,
        answer: Any,
        pairs: Mapping[str, str | Iterable[str]],
        message: Text | None = None,
        *,
        credit: Literal["each", "corrected", "all"] = "each",
    ) -> None:
        """A choice for each item; the share of right ones is the share of the points.

        Parameters
        ----------
        answer : dict of item to choice, sequence of pairs, or text such as ``"1-B, 2-A"``
        pairs : mapping of item to its choice, or to several accepted ones
            Compared as `Expect.choice` compares codes. An item that is answered in two ways is not right.
        message : Text, optional
        credit : "each", "corrected" or "all"
            With "corrected" a wrong choice takes back a right one, so that answering one and the same everywhere does not
            pay where there are two choices; with "all" only the whole matching earns anything.

        Examples
        --------
        >>> expect.matching({"PCA": "b", "t-SNE": "A"}, {"PCA": "B", "t-SNE": ["A", "C"]})
        """
        if not pairs:
            raise ValueError("expect.matching: there are no pairs")
        if answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip()):
            self._fail(answer, EMPTY)
        given = _given_pairs(answer)
        if given is None:
            kind = describe(answer)
            sentence = NOT_PAIRS.format(found=kind)
            self._fail(answer, sentence, message=message)
        right = unanswered = 0
        for item, choices in pairs.items():
            accepted = [choices] if isinstance(choices, str) else list(choices)
            own = [choice for name, choice in given if same_code(name, str(item))]
            unanswered += not any(choice.strip() for choice in own)
            right += bool(own) and all(any(same_code(choice, code) for code in accepted) for choice in own)
        if right < len(pairs):
            text = MATCHED_SOME if unanswered else MATCHED
            sentence = text.format(right=right, total=len(pairs), open=unanswered)
            total = len(pairs)
            shares = {"each": right / total, "corrected": max(0.0, (2 * right - total) / total), "all": 0.0}
            self._fail(answer, sentence, message=message, wanted=dict(pairs), share=shares[credit])

    def codes(
        self,
        answer: Any,
        accepted: Iterable[str],
        message: Text | None = None,
        *,
        count: int | None = None,
    ) -> None:
        """Several codes, in any order: all of the accepted ones and no other.

        Parameters
        ----------
        answer : set, list, tuple or array of str, or one str that lists them
        accepted : iterable of str
            Compared as `Expect.choice` compares codes.
        message : Text, optional
        count : int, optional
            How many of the accepted ones are enough; all of them by default.

        Examples
        --------
        >>> expect.codes("B, (d)", "bd")
        >>> expect.codes({"a", "c"}, "abc", count=2)
        """
        wanted = list(accepted)
        parts: Any = re.split(r"[\s,;/]+", answer[:4000].strip()) if isinstance(answer, str) else answer
        if hasattr(parts, "tolist") and getattr(parts, "ndim", 0) == 1:
            parts = parts.tolist()
        if answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip()):
            self._fail(answer, EMPTY)
        if not isinstance(parts, set | frozenset | list | tuple):
            kind = describe(answer)
            self._fail(answer, NOT_SEVERAL.format(found=kind))
        given = [_code(part) for part in parts]
        found = {code for code in wanted if any(same_code(part, code) for part in given)}
        others = any(not any(same_code(part, code) for code in wanted) for part in given)
        if others or len(found) < (len(wanted) if count is None else count):
            self._fail(answer, message=message, wanted=wanted, general=WRONG_CODES)


def _given_pairs(answer: Any) -> list[tuple[str, str]] | None:
    """The answer's items with their choices; None for what is not made of pairs."""
    if isinstance(answer, str):
        parts = [part for part in re.split(r"[,;\n]", answer[:4000]) if part.strip()]
        split = [part.rpartition(next((s for s in _SEPARATORS if s in part), "\n")) for part in parts]
        return [(item, choice) for item, _, choice in split] if all(item.strip() for item, _, _ in split) else None
    if isinstance(answer, Mapping):
        pairs: list[Any] = list(answer.items())
    elif isinstance(answer, list | tuple):
        pairs = list(answer)
    else:
        return None
    if not all(isinstance(pair, tuple | list) and len(pair) == 2 for pair in pairs):
        return None
    return [(_code(item), _code(choice)) for item, choice in pairs]


def _code(value: Any) -> str:
    """A short text or whole number as a code; a space for anything else, which is the code of nothing."""
    if isinstance(value, str):
        return value[:200]
    return str(int(value)) if is_integer(value) and not isinstance(value, bool) and abs(int(value)) < 10**15 else " "
