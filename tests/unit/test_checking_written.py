"""Written answers: matching, shared concepts, and ideas in whatever form their words take."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.written import codes as said
from grader.checking.expect.written.answers import matches_term, normalise
from grader.checking.expect.written.concepts import concept, concepts
from grader.checking.expect.written.stems import has_phrase, stem, stems
from grader.checking.expect.written.text import KEYWORDS
from grader.vocabulary import Text


@given(st.text(max_size=100) | st.text("0123456789.,e-+/%만천 ", max_size=40))
def test_any_text_has_stems(text: str) -> None:
    assert isinstance(stems(text), list)


PAIRS = {"PCA": "B", "t-SNE": ["A", "C"], "k-means": "D"}


@pytest.mark.parametrize(
    ("answer", "share"),
    [
        ({"PCA": "b", "T-SNE": "(C)", "k-means": "D."}, 1),
        ([("PCA", "B"), ["t-SNE", "A"], ("k-means", "D")], 1),
        ("PCA: B, t-SNE: A; k-means → D", 1),
        ({"PCA": "B", "t-SNE": "B", "k-means": "D"}, 2 / 3),
        ({"PCA": "B"}, 1 / 3),
        ({"PCA": "B", "pca": "A", "t-SNE": "A", "k-means": "D"}, 2 / 3),
        ([("PCA", choice) for choice in "ABCD"], 0),
        ({"PCA": ["A", "B"], "t-SNE": None, "k-means": 4}, 0),
        ({}, 0),
        ([], 0),
    ],
)
def test_matching_awards_the_share_that_is_right(answer: Any, share: float) -> None:
    try:
        Expect().matching(answer, PAIRS)
    except CheckFailed as failure:
        assert failure.share == pytest.approx(share)
        assert len(failure.sentences) == 1
        assert f"{round(share * 3)} of 3" in failure.sentences[0].en
    else:
        assert share == 1


def test_matching_says_how_many_items_have_no_answer() -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().matching({"PCA": "B"}, PAIRS)
    assert caught.value.sentences == (said.MATCHED_SOME.format(right=1, total=3, open=2),)


@pytest.mark.parametrize("answer", [None, "", 7, {"PCA"}, [1, 2], "PCA", [("a",)], object()])
def test_what_is_not_made_of_pairs_earns_nothing(answer: Any) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().matching(answer, PAIRS)
    assert caught.value.share == 0


def test_every_concept_accepts_its_spellings_and_no_other_concept_has_them() -> None:
    for name, spellings in concepts().items():
        assert normalise(name.replace("-", " ")) in {normalise(s).replace("-", " ") for s in spellings}, name
        assert any("가" <= letter <= "힣" for letter in "".join(spellings)), f"{name} has no Korean"
        for spelling in spellings:
            Expect().concept(spelling, name)
    for (one, first), (other, second) in itertools.permutations(concepts().items(), 2):
        assert not any(matches_term(term, second) and term in second for term in first), (one, other)


def test_a_concept_is_not_another_one() -> None:
    Expect().concept("과적합이 일어난다", "overfitting", rejected="underfitting")
    for answer in ("underfitting", "과소적합", "과대적합, 과소적합"):
        with pytest.raises(CheckFailed):
            Expect().concept(answer, "overfitting", rejected=["underfitting"])
    with pytest.raises(ValueError, match="overfitting"):
        Expect().concept("x", "overfiting")


@pytest.mark.parametrize(
    "forms",
    [
        "overfit overfits overfitting",
        "normalize normalizes normalised normalization normalising",
        "class classes",
        "bias biases biased",
        "feature features",
        "memory memories",
        "과대적합 과대적합을 과대적합이 과대적합된다 과대적합되어",
        "학습 학습을 학습하는 학습합니다 학습해서",
        "값 값이 값을 값은",
        "데이터 데이터가 데이터들을 데이터에서",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("나이", "나는"), ("학습", "학습률"), ("normal", "normalize"), ("평가", "평"), ("loss", "lose")]
)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_words_of_a_phrase_stand_near_each_other() -> None:
    assert has_phrase(stems("It memorises the noise that its training examples contain"), "training noise")
    assert has_phrase(stems("과대 적합이 일어납니다"), "과대적합")
    assert has_phrase(stems("over-fitting"), "overfitting")
    far = "noise one two three four five six seven eight nine training"
    assert not has_phrase(stems(far), "training noise")
    with pytest.raises(ValueError, match="no words"):
        has_phrase([], "…")


IDEAS = [concept("overfitting"), ["training data", "training set", "훈련 데이터", "훈련 세트"]]


@pytest.mark.parametrize(
    "answer",
    [
        "The network overfits: it is good on its training data only.",
        "훈련 데이터에만 잘 맞고 새 데이터에는 약하니 과대적합되었어요.",
        "Over-fitting means that a model learns the set it was trained on by heart.",
    ],
)
def test_ideas_are_found_over_stems(answer: str) -> None:
    Expect().ideas(answer, IDEAS, stems=True)


def test_missing_ideas_lists_and_contradictions_fail_over_stems() -> None:
    for answer in ("The network underfits its training data badly.", "The network overfits and that is bad."):
        with pytest.raises(CheckFailed):
            Expect().ideas(answer, IDEAS, stems=True)
    with pytest.raises(CheckFailed) as caught:
        Expect().ideas("overfitting training data noise", IDEAS, ["overfitting", "training data", "noise"], stems=True)
    assert caught.value.sentences == (KEYWORDS,)
    with pytest.raises(CheckFailed):
        Expect().ideas(
            "It overfits the training data because the model is too simple and too small.",
            IDEAS,
            contradictions=["simple model", "small model"],
            stems=True,
        )


AUTHORED, SLIP = Text("Think again.", "다시 생각해 보세요."), Text("E needs no learning.", "E는 학습이 필요 없어요.")


@pytest.mark.parametrize("answer", [{"a", "c"}, ["C", "a"], ("(a)", "c."), "a, c", "A c", {"a", "A", "c"}])
def test_codes_in_any_form_are_right(answer: Any) -> None:
    Expect().codes(answer, "ac", AUTHORED)
    Expect().codes(answer, "abc", AUTHORED, count=2)


@pytest.mark.parametrize("answer", [{"a"}, {"a", "b", "c"}, set(), [1, 2], ["a", None, "c"], "ac", "x"])
def test_other_codes_are_wrong(answer: Any) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().codes(answer, "ac", AUTHORED)
    assert caught.value.sentences == (AUTHORED,) and not caught.value.share


@pytest.mark.parametrize("answer", [None, ..., "", 3, {"a": "c"}, float("nan")])
def test_what_is_no_list_of_codes_is_told_so(answer: Any) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().codes(answer, "ac", AUTHORED)
    assert AUTHORED not in caught.value.sentences


@pytest.mark.parametrize(("credit", "share"), [("each", 0.75), ("corrected", 0.5), ("all", 0.0)])
def test_credit_of_a_matching(credit: Any, share: float) -> None:
    pairs = dict(zip("wxyz", "phph", strict=True))
    Expect().matching(pairs, pairs, credit=credit)
    with pytest.raises(CheckFailed) as caught:
        Expect().matching({**pairs, "z": "p"}, pairs, credit=credit)
    assert caught.value.share == share
