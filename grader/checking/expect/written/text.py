"""Expectations about written answers: choices, terms, sets of terms, and ideas in a sentence or two."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from grader.checking.expect.written.answers import (
    matches_term,
    missing_ideas,
    normalise,
    repetition,
    same_code,
    split_answer,
    vocabulary_density,
    words,
)
from grader.checking.expect.written.base import EMPTY, WrittenBase
from grader.checking.expect.written.concepts import concept
from grader.checking.expect.written.stems import missing_phrases
from grader.checking.values import describe
from grader.vocabulary import Text

NOT_SEVERAL = Text(
    "Several answers are wanted, as a set or list of texts, but this is {found}.",
    "여러 답을 글의 집합이나 리스트로 써야 하는데 {found}이에요.",
)
WRONG_CHOICE = Text("This choice is not the right one.", "고른 답이 맞지 않아요.")
WRONG_TERM = Text("This is not the term that is asked for.", "묻는 용어가 아니에요.")
WRONG_IN_SET = Text("One of the answers does not belong.", "답 가운데 맞지 않는 것이 있어요.")
TOO_FEW = Text(
    "{found} of {wanted} are there; the others are missing.", "{wanted}개 가운데 {found}개가 있어요. 나머지가 빠졌어요."
)
TOO_SHORT = Text("Please answer in a sentence or two.", "한두 문장으로 답해 주세요.")
TOO_LONG = Text("Please keep the answer short: at most {most} characters.", "답을 {most}자 이내로 짧게 써 주세요.")
MISSING_IDEAS = Text(
    "{missing} of {total} ideas are still missing from your answer.",
    "답에 필요한 {total}가지 가운데 {missing}가지가 아직 없어요.",
)
KEYWORDS = Text(
    "This reads like a list of keywords. Please explain it in sentences of your own.",
    "핵심어를 늘어놓은 것처럼 보여요. 자기 말로 된 문장으로 설명해 주세요.",
)
CONTRADICTION = Text("Your answer contradicts itself.", "답에 서로 맞지 않는 내용이 있어요.")

MAX_DENSITY = 0.4
MAX_REPETITION = 0.6
MAX_CONTRADICTIONS = 1


class TextExpectations(WrittenBase):
    """``expect.choice``, ``expect.terms``, ``expect.concept``, ``expect.term_set`` and ``expect.ideas``."""

    def choice(self, answer: Any, accepted: str | Iterable[str], message: Text | None = None) -> None:
        """One of the accepted codes; case and spaces around do not matter.

        Parameters
        ----------
        answer : str
        accepted : str or iterable of str
        message : Text, optional

        Examples
        --------
        >>> expect.choice("(b)", ["B", "D"])
        """
        wanted = [accepted] if isinstance(accepted, str) else list(accepted)
        text = self._text(answer, message)
        if not any(same_code(text, code) for code in wanted):
            self._fail(answer, message=message, wanted=wanted, general=WRONG_CHOICE)

    def terms(
        self,
        answer: Any,
        accepted: str | Iterable[str],
        rejected: str | Iterable[str] = (),
        message: Text | None = None,
    ) -> None:
        """One term out of the accepted ones, in English or Korean, and none of the rejected ones beside it.

        Examples
        --------
        >>> expect.terms("지도 학습이에요", ["supervised learning", "지도 학습"], rejected=["비지도 학습"])
        """
        wanted = [accepted] if isinstance(accepted, str) else list(accepted)
        wrong = [rejected] if isinstance(rejected, str) else list(rejected)
        if not matches_term(self._text(answer, message), wanted, wrong):
            self._fail(answer, message=message, wanted=wanted, general=WRONG_TERM)

    def concept(self, answer: Any, name: str, rejected: str | Iterable[str] = (), message: Text | None = None) -> None:
        """A term of ``concepts.toml`` in any of its English and Korean spellings.

        Parameters
        ----------
        answer : str
        name : str
            The concept, ``"overfitting"``.
        rejected : str or iterable of str
            Concepts that must not stand beside it.
        message : Text, optional

        Raises
        ------
        ValueError
            There is no such concept.

        Examples
        --------
        >>> expect.concept("과대적합이에요", "overfitting", rejected="underfitting")
        """
        others = [rejected] if isinstance(rejected, str) else list(rejected)
        own = {normalise(term) for term in concept(name)}
        wrong = [term for other in others for term in concept(other) if normalise(term) not in own]
        self.terms(answer, concept(name), wrong, message=message)

    def term_set(
        self,
        answer: Any,
        groups: Sequence[str | Sequence[str]],
        count: int | None = None,
        message: Text | None = None,
    ) -> None:
        """Terms out of different groups of synonyms, in any order; a wrong one among them fails.

        Parameters
        ----------
        answer : set, list or tuple of str, or one str that lists them
        groups : sequence of (str or sequence of str)
            Each group holds the accepted spellings of one term.
        count : int, optional
            How many different terms are needed; all groups by default.

        Examples
        --------
        >>> expect.term_set("regression, 분류", [["classification", "분류"], ["regression", "회귀"]])
        """
        accepted = [[group] if isinstance(group, str) else list(group) for group in groups]
        if isinstance(answer, str):
            given: list[Any] = split_answer(answer)
        elif isinstance(answer, list | tuple | set | frozenset):
            given = list(answer)
        elif hasattr(answer, "tolist") and getattr(answer, "ndim", 0) == 1:
            given = list(answer.tolist())
        else:
            kind = describe(answer)
            sentence = NOT_SEVERAL.format(found=kind)
            self._fail(answer, sentence, message=message)
        if not given:
            self._fail(answer, EMPTY)
        found: set[int] = set()
        for item in given:
            places = [
                place
                for place, group in enumerate(accepted)
                if isinstance(item, str) and matches_term(item, group, _others(accepted, place))
            ]
            if not places:
                self._fail(answer, message=message, wanted=groups, general=WRONG_IN_SET)
            found.add(places[0])
        wanted = len(accepted) if count is None else count
        if len(found) < wanted:
            self._fail(answer, TOO_FEW.format(found=len(found), wanted=wanted), message=message, wanted=groups)

    def ideas(
        self,
        text: Any,
        groups: Mapping[str, Sequence[str]] | Sequence[Sequence[str]],
        vocabulary: Iterable[str] = (),
        contradictions: Sequence[str] = (),
        shortest: int = 12,
        longest: int = 1500,
        message: Text | None = None,
        *,
        stems: bool = False,
    ) -> None:
        """An answer in sentences that expresses every idea.

        Parameters
        ----------
        text : str
        groups : mapping of name to patterns, or sequence of patterns
            Any of a group's regular expressions expresses its idea.
        vocabulary : iterable of str
            Terms of the chapter: an answer that consists of more than 40 % of them is a list of keywords.
        contradictions : sequence of str
            Regular expressions of ideas that contradict the answer; one slip is forgiven, more are not.
        shortest, longest : int
            Window for the length in characters.
        stems : bool
            Groups and contradictions hold words and phrases instead of regular expressions. Their words are found in
            any common form and near each other in any order (see `grader.checking.expect.written.stems`).

        Examples
        --------
        >>> answer = "A model that overfits has learned the noise of its training data."
        >>> expect.ideas(answer, [concept("overfitting"), ["learn noise", "noise"]], stems=True)
        """
        answer = self._text(text, message)
        patterns = list(groups.values()) if isinstance(groups, Mapping) else list(groups)
        length = len(normalise(answer))
        if len(answer) > longest:
            self._fail(text, TOO_LONG.format(most=longest), message=message)
        if length < shortest or len(words(normalise(answer))) < 3:
            self._fail(text, TOO_SHORT, message=message)
        if vocabulary_density(answer, vocabulary) > MAX_DENSITY or repetition(answer) > MAX_REPETITION:
            self._fail(text, KEYWORDS, message=message)
        against = [[pattern] for pattern in contradictions]
        lacking = missing_phrases if stems else missing_ideas
        wrong = len(against) - len(lacking(answer, against))
        if wrong > MAX_CONTRADICTIONS:
            self._fail(text, CONTRADICTION, message=message)
        if missing := lacking(answer, patterns):
            sentence = MISSING_IDEAS.format(missing=len(missing), total=len(patterns))
            self._fail(text, sentence, message=message, wanted=[patterns[place] for place in missing])


def _others(groups: Sequence[Sequence[str]], place: int) -> list[str]:
    """The terms of all other groups that are not also in this one."""
    own = {normalise(term) for term in groups[place]}
    return [term for i, group in enumerate(groups) if i != place for term in group if normalise(term) not in own]
