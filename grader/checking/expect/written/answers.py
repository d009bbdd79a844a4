"""Compares short written answers in English and Korean: normalisation, terms, ideas and the guard against word lists."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

MAX_ANSWER = 4000  # characters of an answer that are read
_MOST_LEFTOVER = 5  # words around a term in an answer that still is one term

_PARTICLES = "(?:이라고|라고|이라는|라는|입니다|이에요|예요|이예요|이요|이다|이며|으로|로|에서|에게|에는|에도|에|은|는|이|가|을|를|과|와|의|도|만|요|다)?"
_GAP = r"[\s\-_‐-―·]*"
_SEPARATORS = re.compile(r"[,;/|\n、]|\s+(?:and|or|및|그리고|또는|와|과)\s+")
NEGATIONS = re.compile(r"\b(?:not|no|never|isn't|neither|nor)\b|n't\b|아니|않|없")
_FILLER = frozenset(
    "a an the it is it's this that are of for to in be called because we i think answer term "
    "이 그 것 것은 건 답 답은 정답은 용어는 바로 저는 생각 생각합니다".split()
)
# "The answer is ..." says nothing yet, though "answer" may itself be the name of something.
_OPENING = re.compile(r"\A(?:(?:(?:the|my)\s+)?(?:(?:right|correct)\s+)?answer(?:\s+is\b|\s*[:=])|정?답(?:은|\s*[:=]))")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


def normalise(text: str) -> str:
    """NFKC, casefolded, with plain quotation marks and single spaces; line breaks stay."""
    text = unicodedata.normalize("NFKC", text[:MAX_ANSWER]).casefold().replace("’", "'")
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines())


def words(text: str) -> list[str]:
    """The words of a normalised text."""
    return _WORD.findall(text)


def same_code(answer: str, code: str) -> bool:
    """Whether two short codes are equal, up to case, spaces around and the punctuation of a list: ``B``, ``(b).``"""
    return _bare(answer) == _bare(code)


def matches_term(answer: str, accepted: Iterable[str], rejected: Iterable[str] = ()) -> bool:
    """Whether an answer gives one of the accepted terms, and nothing else of weight.

    Case, spaces, hyphens, articles, Korean particles and closing phrases do not matter. A few words around the term
    are allowed; a rejected term, a negation or a second term is not.
    """
    text = normalise(answer)
    if not text or NEGATIONS.search(text):
        return _compact(text) in {_compact(normalise(term)) for term in accepted} if text else False
    left = _OPENING.sub("", text)
    hits = 0
    for term in sorted(accepted, key=len, reverse=True):  # the longest first: "target value" before "target"
        left, count = _pattern(term).subn(" \x00 ", left)
        hits += count
    if not hits:
        return False
    if any(_pattern(term).search(left) for term in rejected):
        return False
    rest = [word for word in words(left) if word not in _FILLER]
    listed = _SEPARATORS.search(left.replace("\x00", "")) is not None
    return not rest or (len(rest) <= _MOST_LEFTOVER and not listed)


def split_answer(text: str) -> list[str]:
    """The items of an answer that lists several in one text."""
    return [part.strip() for part in _SEPARATORS.split(normalise(text)) if part and part.strip()]


def missing_ideas(text: str, groups: Sequence[Sequence[str]]) -> list[int]:
    """Positions of the groups of which no pattern is found; patterns are regular expressions, case does not matter."""
    normal = normalise(text)
    return [
        place
        for place, patterns in enumerate(groups)
        if not any(re.search(pattern, normal, re.IGNORECASE) for pattern in patterns)
    ]


def vocabulary_density(text: str, vocabulary: Iterable[str]) -> float:
    """Share of an answer's words that are terms of the chapter: high in a list of keywords, low in a sentence.

    An English word counts with its endings of inflection, a Korean one with its particles.
    """
    found = words(normalise(text))
    if not found:
        return 0.0
    known = [re.escape(normalise(term)) for term in vocabulary if term.strip()]
    if not known:
        return 0.0
    pattern = re.compile(rf"(?:{'|'.join(sorted(known, key=len, reverse=True))})(?:'s|s|es|d|ed|ing)?{_PARTICLES}$")
    return sum(pattern.match(word) is not None for word in found) / len(found)


def repetition(text: str) -> float:
    """Share of words that repeat an earlier one."""
    found = words(normalise(text))
    return 1 - len(set(found)) / len(found) if found else 0.0


def _bare(text: str) -> str:
    return normalise(text).strip(" \t\n.,;:!()[]{}'\"`")


def _compact(text: str) -> str:
    return re.sub(r"[\s\-_‐-―·.,;:!()'\"`]+", "", text)


def _pattern(term: str) -> re.Pattern[str]:
    """A term as a whole word, however it is spaced or hyphenated, with a Korean particle if there is one."""
    letters = [re.escape(letter) for letter in normalise(term) if letter.isalnum()]
    if not letters:
        raise ValueError(f"the term {term!r} has no letters or digits to look for")
    return re.compile(rf"(?<![^\W_]){_GAP.join(letters)}{_PARTICLES}(?![^\W_])")
