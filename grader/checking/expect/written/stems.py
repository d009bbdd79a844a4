"""Light stems of English and Korean words, so that an idea is found whatever form its words take.

Two words have one stem if they differ by common endings only: English plurals, tenses, ``-ing``, ``-ly`` and ``-ation``;
Korean particles and the endings of verbs made with 하다 and 되다. A stem need not be a word, it only has to be the same on
both sides of a comparison. No dictionary is used: irregular forms (``chose``, ``choose``) stay apart, so an author lists
both. Endings are tried longest first and taken off again and again, in the manner of M. F. Porter's stemmer (1980).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from grader.checking.expect.written.answers import normalise, words

WINDOW = 6  # other words that may stand between the words of a phrase

_ENGLISH = re.compile(r"^[a-z][a-z'\-]*$")
_HANGUL = re.compile(r"[가-힣]")
_ENGLISH_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ies", "ied", "ed", "ly", "es", "s", "e", "y")
_AFTER_CONSONANT = frozenset(["은", "이", "을", "과"])
_AFTER_VOWEL = frozenset(["는", "가", "를", "와"])
_PARTICLES = tuple(
    sorted(
        (
            "이라고 라고 이라는 라는 입니다 이에요 예요 이다 이며 이고 이어서 이므로 으로써 으로서 으로 로써 로서 에서는 에서도 에서 에게 "
            "에는 에도 에만 까지 부터 보다 처럼 마다 밖에 조차 이나 들을 들은 들이 들의 들 은 는 이 가 을 를 에 의 와 과 도 만 로 적으로 적인 적"
        ).split(),
        key=len,
        reverse=True,
    )
)
_VERB = "하였|하|해|했|한|할|합|함|되었|되|돼|됐|된|될|됩|됨|시키|시켜|시켰|시킨|시킬|시킵|시킴"
_VERB_ALONE = "한|할|함|해|된|될|됨|돼|시킨|시킬|시킴|시켜"
_VERB_ENDING = "습니다|니다|었습니다|었어요|었다|었으니|었는데|어요|어서|어|여서|여|서|요|는데|는다|는|다|던|면|고|기|지|게|도록|려고|므로|니까|으니|니|며"
_LIGHT_VERB = re.compile(rf"(?<=[가-힣]{{2}})(?:{_VERB_ALONE})$|(?<=[가-힣])(?:{_VERB})(?:{_VERB_ENDING})$")


def stem(word: str) -> str:
    """The stem of one word: ``overfits`` and ``overfitting`` have one, and so have ``과대적합을`` and ``과대적합된다``."""
    word = normalise(word)
    if _HANGUL.search(word):
        return _korean(word)
    return _english(word.removesuffix("'s")) if _ENGLISH.match(word) else word


def stems(text: str) -> list[str]:
    """The stems of a text's words, in order."""
    return [stem(word) for word in words(normalise(text).replace("-", " "))]


def has_phrase(text_stems: Sequence[str], phrase: str) -> bool:
    """Whether the words of `phrase` stand near each other in a text, in any order and any form.

    Between the first and the last of them, six other words may stand. What is written together (과대적합, overfitting)
    also matches what is written apart (과대 적합, over-fitting), and the other way round.

    Parameters
    ----------
    text_stems : sequence of str
        From `stems`.
    phrase : str
        A word or a few.
    """
    wanted = stems(phrase)
    if not wanted:
        raise ValueError(f"the phrase {phrase!r} has no words to look for")
    whole = "".join(wanted)
    size = len(wanted)
    for start, first in enumerate(text_stems):
        if first == whole or any("".join(text_stems[start : start + count]) == whole for count in (2, 3)):
            return True
        if first in wanted:
            near = text_stems[start : start + size + WINDOW]
            if all(near.count(word) >= wanted.count(word) for word in set(wanted)):
                return True
    return False


def missing_phrases(text: str, groups: Iterable[Sequence[str]]) -> list[int]:
    """Positions of the groups of which no phrase is in the text."""
    found = stems(text)
    return [place for place, phrases in enumerate(groups) if not any(has_phrase(found, phrase) for phrase in phrases)]


def _korean(word: str) -> str:
    while True:
        verb = _LIGHT_VERB.search(word)
        ending = next((ending for ending in _PARTICLES if word.endswith(ending) and _comes_off(word, ending)), None)
        if verb is not None:
            word = word[: verb.start()]
        elif ending is not None:
            word = word[: -len(ending)]
        else:
            return word


def _comes_off(word: str, ending: str) -> bool:
    """Whether what ends a word can be an ending: 값이 is 값 with a particle, 나이 and 평가 are nouns.

    Particles that come in pairs follow a final consonant (은, 이, 을, 과) or a vowel (는, 가, 를, 와). Other endings of
    one syllable leave at least two.
    """
    rest = word[: -len(ending)]
    if not rest:
        return False
    if ending in _AFTER_CONSONANT or ending in _AFTER_VOWEL:
        syllable = ord(rest[-1]) - ord("가")
        hangul = 0 <= syllable < 11172
        return not hangul or (syllable % 28 != 0) == (ending in _AFTER_CONSONANT)
    return len(ending) > 1 or len(rest) > 1


def _english(word: str) -> str:
    ending = next((ending for ending in _ENGLISH_ENDINGS if word.endswith(ending) and len(word) - len(ending) >= 3), "")
    if ending == "s" and word.endswith(("ss", "as", "is", "us")):  # class, bias, axis
        ending = ""
    word = word[: len(word) - len(ending)]
    if ending in ("ed", "ing", "ings") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]  # overfitting, overfit
    return word[:-2] + "iz" if len(word) > 4 and word.endswith("is") and ending else word
