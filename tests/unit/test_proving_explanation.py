"""When a mutant counts as named: what the student reads, hints left out."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.diagnosis import Row, share
from grader.checking.expect.numbers.base import WRONG_VALUE
from grader.checking.verdict import Verdict
from grader.course.models import Bilingual, Mutant
from grader.proving.explanation import GENERAL, Explanation, explanation, missing_fragments
from grader.vocabulary import Outcome, Text

HINT = Text("Divide by the number of rows.", "행의 개수로 나누세요.")
SUM = Text("This is a sum where a mean is wanted.", "평균이 필요한데 합을 구했어요.")
ODD = Text("Something about borders.", "경계에 관한 것이에요.")
WRONG = WRONG_VALUE.format(value="6.59")


def verdict(check: str, *feedback: Text, outcome: Outcome = Outcome.FAILED) -> Verdict:
    return Verdict(check, Text(check), outcome, 0.0, 1.0, False, feedback, hint=HINT)


def mutant(**says: str) -> Mutant:
    return Mutant(name="sum", replace=[("a", "b")], fails=["test_mean", "test_other"], says=says)


@pytest.mark.parametrize(
    ("says", "verdicts", "expected"),
    [
        ({"test_mean": "a sum where"}, [verdict("test_mean", SUM, HINT)], Explanation.NAMED),
        ({"test_mean": "a sum where"}, [verdict("test_mean[2]", SUM)], Explanation.NAMED),
        ({"test_mean": "a sum where"}, [verdict("test_mean", WRONG, HINT)], Explanation.GENERAL),
        ({"test_mean": "a sum where"}, [verdict("test_other", SUM)], Explanation.SPECIFIC),
        ({"test_mean": "a sum where"}, [verdict("test_mean", SUM, outcome=Outcome.PASSED)], Explanation.GENERAL),
        ({"test_mean": "number of rows"}, [verdict("test_mean", WRONG, HINT)], Explanation.GENERAL),
        ({"test_mean": "a sum", "test_other": "borders"}, [verdict("test_mean", SUM)], Explanation.SPECIFIC),
        ({"test_mean": "a sum", "test_other": "borders"}, [verdict("test_mean", SUM), verdict("test_other", ODD)], Explanation.NAMED),
        ({}, [verdict("test_mean", SUM)], Explanation.SPECIFIC),
        ({}, [verdict("test_mean", HINT)], Explanation.GENERAL),
        ({}, [], Explanation.GENERAL),
    ],
)  # fmt: skip
def test_what_counts_as_named(says: dict[str, str], verdicts: list[Verdict], expected: Explanation) -> None:
    assert explanation(mutant(**says), verdicts) is expected


def test_a_known_mistake_is_named_by_its_own_sentence_only() -> None:
    known = Mutant(name="sum", replace=[("a", "b")], told=Bilingual(en=SUM.en, ko=SUM.ko))
    assert explanation(known, [verdict("test_mean", ODD), verdict("test_other", SUM)]) is Explanation.NAMED
    assert explanation(known, [verdict("test_mean", ODD)]) is Explanation.SPECIFIC
    assert explanation(known, [verdict("test_mean", HINT)]) is Explanation.GENERAL
    korean = known.model_copy(update={"told": Bilingual(ko=SUM.ko)})
    assert explanation(korean, [verdict("test_mean", Text(ko=SUM.ko))]) is Explanation.NAMED


def test_a_mutant_may_fail_other_checks_on_real_data() -> None:
    ordinary = mutant(test_mean="a sum", test_other="borders")
    special = ordinary.model_copy(update={"fails_full": ["test_mean[2]"]})
    assert ordinary.in_profile("full") == ordinary
    assert special.in_profile("small").fails == ["test_mean", "test_other"]
    full = special.in_profile("full")
    assert (full.fails, full.says) == (["test_mean[2]"], {"test_mean": "a sum"})


def test_what_is_not_said_is_told_with_its_check() -> None:
    told = missing_fragments(mutant(test_mean="a sum", test_other="borders"), [verdict("test_mean", SUM)])
    assert told == ["test_other: borders"]


@pytest.mark.parametrize("sentence", GENERAL, ids=lambda text: text.en[:30])
def test_general_sentences_are_known_with_anything_filled_in(sentence: Text) -> None:
    filled: Any = dict.fromkeys(
        ("value", "found", "wanted", "what", "bound", "right", "total", "edge", "baseline", "error"), "a (3,) [x]"
    )
    assert explanation(mutant(), [verdict("test_mean", sentence.format(**filled))]) is Explanation.GENERAL


def test_the_share_counts_named_mutants_only() -> None:
    rows = [
        Row("e", str(i), kind, {})
        for i, kind in enumerate((Explanation.NAMED, Explanation.SPECIFIC, Explanation.NAMED, Explanation.GENERAL))
    ]
    assert share(rows) == 0.5
    assert share([]) == 0.0
