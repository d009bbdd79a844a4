"""Expectations about structure: conditions, types, exceptions, and partial credit by items."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from grader.checking.expect.base import ExpectBase, names_of
from grader.checking.failure import CheckFailed
from grader.checking.values import describe, is_integer
from grader.errors import SubmissionFault
from grader.vocabulary import Outcome, Text

WRONG_TYPE = Text(
    "{what} should be of type {wanted}, but it is {found}.", "{what}의 타입은 {wanted}이어야 하는데 {found}이에요."
)
THIS = Text("This", "이 값")
NO_ERROR = Text(
    "An exception ({wanted}) is wanted here, but there was none.", "{wanted} 예외가 나야 하는데 나지 않았어요."
)
OTHER_ERROR = Text(
    "An exception of type {wanted} is wanted here, but {found} came.",
    "{wanted} 예외가 나야 하는데 {found}이(가) 났어요.",
)
SHARE_RIGHT = Text("{right} of {total} are right.", "{total}개 가운데 {right}개가 맞았어요.")
GUESSING = Text(
    "A wrong answer takes back what guessing would earn.", "틀린 답은 찍어서 얻을 수 있는 만큼 점수가 깎여요."
)
_MOST_ITEMS = 5  # sentences about single items that a student reads at once


class StructureExpectations(ExpectBase):
    """``expect.true``, ``expect.type`` and their relatives."""

    def true(self, condition: Any, en: str = "", ko: str = "", message: Text | None = None) -> None:
        """A condition that the check computed, with the sentence for the student where it does not hold.

        Examples
        --------
        >>> expect.true(len({1, 2}) == 2, en="Two things are wanted.", ko="두 가지가 있어야 해요.")
        """
        if not bool(condition):
            authored = message or (Text(en, ko) if en else None)
            raise CheckFailed(*([authored] if authored else []), details="the condition does not hold")

    def holds(self, expectation: Callable[..., Any], *values: Any, **options: Any) -> bool:
        """Whether another expectation holds: asked, not demanded, so nothing is said, measured or lost where it does not.

        Parameters
        ----------
        expectation : callable
            A method of this ``expect``; `values` and `options` are its arguments.

        Examples
        --------
        >>> [k for k in (2, 3, 4) if expect.holds(expect.close, 0.75, 3 / k)]
        [4]
        """
        before = self.readings, self.share, self.sentences
        self.readings, self.share, self.sentences = [], 1.0, []
        try:
            expectation(*values, **options)
            return self.share == 1.0
        except CheckFailed:
            return False
        finally:
            self.readings, self.share, self.sentences = before

    def type(self, x: Any, kinds: Any, what: str | Text = "", message: Text | None = None) -> None:
        """An instance of one of `kinds`: Python types, or names of classes for objects that stay in the sandbox.

        NumPy's scalars count as the Python ones, an int as a float, but never a bool as a number.

        Examples
        --------
        >>> expect.type(np.float64(0.5), float, what="score")
        """
        if not any(_is_a(x, kind) for kind in (kinds if isinstance(kinds, tuple | list) else (kinds,))):
            named = what if isinstance(what, Text) else Text(f"`{what}`", f"`{what}`") if what else THIS
            kind, wanted = describe(x), names_of(kinds)
            sentence = WRONG_TYPE.format(what=named, wanted=wanted, found=kind)
            self._fail(x, sentence, message=message)

    @contextmanager
    def raises(self, kind: Any, message: Text | None = None) -> Iterator[None]:
        """The call into the submission inside the block must raise `kind`, a class, a name, or a tuple of them."""
        kinds = kind if isinstance(kind, tuple | list) else (kind,)
        wanted = [k if isinstance(k, str) else k.__name__ for k in kinds]
        told = " / ".join(wanted)
        try:
            yield
        except SubmissionFault as fault:
            names = getattr(fault, "exceptions", None)
            not_written = fault.outcome is Outcome.FAILED and "NotImplementedError" not in wanted
            if names is None or fault.outcome is Outcome.TIMEOUT or not_written:
                raise  # a stub raises too, and earns nothing for it
            if set(wanted) & {str(name).rpartition(".")[2] for name in names}:
                return
            sentence = OTHER_ERROR.format(wanted=told, found=getattr(fault, "known_name", "Exception"))
            sentences = [text for text in (message, sentence) if text is not None]
            raise CheckFailed(*sentences, details=fault.details) from None
        else:
            sentences = [text for text in (message, NO_ERROR.format(wanted=told)) if text is not None]
            raise CheckFailed(*sentences, details=f"no exception, expected {told}")

    @contextmanager
    def explains(self, kind: Any, message: Text) -> Iterator[None]:
        """Say more where the call into the submission inside the block stops: `message` stands after what is always said.

        Parameters
        ----------
        kind : class, name, Outcome, or a tuple of them
            Exceptions that `message` explains, subclasses included, and limits such as ``Outcome.TIMEOUT``.
        message : Text

        Examples
        --------
        In a check::

            with expect.explains("KeyError", Text("A sample may lack a class.", "표본에 어떤 클래스가 없을 수 있어요.")):
                found = submission.call("vote", X, y)
        """
        kinds = kind if isinstance(kind, tuple | list) else (kind,)
        names = {k if isinstance(k, str) else k.__name__ for k in kinds if not isinstance(k, Outcome)}
        try:
            yield
        except SubmissionFault as fault:
            raised = {str(name).rpartition(".")[2] for name in getattr(fault, "exceptions", ())}
            if fault.outcome in kinds or (fault.outcome is Outcome.ERROR and names & raised):
                self.sentences.append(message)
            raise

    def fraction(self, earned: float, possible: float, en: str = "", ko: str = "", message: Text | None = None) -> None:
        """Award ``earned / possible`` of the check's points; anything less than all ends the check here.

        Examples
        --------
        >>> expect.fraction(3, 3)
        """
        share = float(earned) / float(possible)
        if not math.isfinite(share):
            raise ValueError(f"expect.fraction: {earned} of {possible} is not a share")
        if share < 1:
            general = SHARE_RIGHT.format(right=f"{earned:g}", total=f"{possible:g}")
            text = message or (Text(en, ko) if en else general)
            raise CheckFailed(text, details=f"{earned} of {possible}", share=max(0.0, share))

    def items(
        self, items: Sequence[tuple[Any, Text]], message: Text | None = None, *, options: int | None = None
    ) -> None:
        """Award the share of items that are right; each is a condition and the sentence for where it fails.

        Parameters
        ----------
        items : sequence of (condition, Text)
        message : Text, optional
            Said before the sentences of the items.
        options : int, optional
            From how many answers each item is chosen. Then a wrong item takes back what guessing would earn,
            1 / (options - 1) of a right one (known as formula scoring), so that whoever guesses earns nothing on
            average. Say so in the prompt.

        Raises
        ------
        ValueError
            There are no items, or fewer than two options.

        Examples
        --------
        >>> expect.items([(1 < 2, Text("One is less than two.", "1은 2보다 작아요."))])
        >>> answers = [(True, Text("a", "가")), (True, Text("b", "나")), (True, Text("c", "다")), (False, Text("d", "라"))]
        >>> expect.items(answers, options=2)
        Traceback (most recent call last):
        ...
        grader.checking.failure.CheckFailed: d
        """
        award_items(items, message, options)


def award_items(items: Sequence[tuple[Any, Text]], message: Text | None = None, options: int | None = None) -> None:
    """Award the share of items that are right, as `Expect.items` says.

    Raises
    ------
    CheckFailed
        Not all are right; with the share that is.
    ValueError
        There are no items, or fewer than two options.
    """
    right = [bool(ok) for ok, _ in items]
    if not items:
        raise ValueError("expect.items: there are no items")
    if options is not None and options < 2:
        raise ValueError(f"expect.items: options={options}; a choice has at least two")
    if not all(right):
        wrong = [text for ok, text in zip(right, (text for _, text in items), strict=True) if not ok]
        count = SHARE_RIGHT.format(right=sum(right), total=len(right))
        guessing = [] if options is None else [GUESSING]
        sentences = [*([message] if message else []), *wrong[:_MOST_ITEMS], count, *guessing]
        details = "wrong items: " + ", ".join(str(i) for i, ok in enumerate(right) if not ok)
        lost = 0.0 if options is None else len(wrong) / (options - 1)
        share = max(0.0, (sum(right) - lost) / len(right))
        raise CheckFailed(*dict.fromkeys(sentences), details=details, share=share)


def _is_a(x: Any, kind: Any) -> bool:
    import numpy as np

    if kind is None:
        return x is None
    if isinstance(kind, str):
        is_a = getattr(x, "is_a", None)
        if callable(is_a):
            return bool(is_a(kind))
        return kind.rpartition(".")[2] in {base.__name__ for base in type(x).__mro__}
    if kind is bool:
        return isinstance(x, bool | np.bool_)
    if kind in (int, float) and isinstance(x, bool | np.bool_):
        return False
    if kind is int:
        return is_integer(x)
    if kind is float:
        return is_integer(x) or isinstance(x, float | np.floating)
    return isinstance(x, kind)
