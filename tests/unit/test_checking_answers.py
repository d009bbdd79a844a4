"""Short answers: what counts as the same term, and what counts as a list of keywords."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.written.answers import (
    matches_term,
    missing_ideas,
    normalise,
    repetition,
    split_answer,
    vocabulary_density,
)

SUPERVISED = ["supervised learning", "supervised", "지도 학습"]
UNSUPERVISED = ["unsupervised learning", "비지도 학습"]
VOCABULARY = [
    "memory",
    "batch",
    "mini-batch",
    "incremental",
    "learning",
    "parameter",
    "cost",
    "function",
    "메모리",
    "배치",
    "학습",
]


@pytest.mark.parametrize(
    "answer",
    [
        "supervised learning",
        "  Supervised-Learning. ",
        "It is called supervised learning.",
        "지도 학습",
        "지도학습이에요",
        "지도 학습입니다.",
        "정답은 지도 학습이라고 생각합니다",
        "지도 학습(supervised learning)",
        "ＳＵＰＥＲＶＩＳＥＤ",
    ],
)
def test_one_term_in_many_spellings(answer: str) -> None:
    assert matches_term(answer, SUPERVISED, UNSUPERVISED)


@pytest.mark.parametrize(
    "answer",
    [
        "unsupervised learning",
        "비지도 학습",
        "비지도학습",
        "not supervised learning",
        "지도 학습이 아니에요",
        "supervised learning, unsupervised learning",
        "supervised learning, online learning, batch learning",
        "supervision",
        "",
        "learning",
    ],
)
def test_other_terms_and_lists_of_terms_are_refused(answer: str) -> None:
    assert not matches_term(answer, SUPERVISED, UNSUPERVISED)


@pytest.mark.parametrize("answer", ["The answer is bias", "answer: bias", "정답은 바이어스", "답: 바이어스예요"])
def test_the_word_answer_before_an_answer_is_none(answer: str) -> None:
    label = ["label", "answer", "right answer", "레이블", "정답"]
    assert not matches_term(answer, label)
    assert matches_term(answer.replace("bias", "the right answer").replace("바이어스", "정답"), label)


@given(st.text(max_size=200))
def test_any_text_can_be_compared(text: str) -> None:
    matches_term(text, SUPERVISED, UNSUPERVISED)
    assert 0 <= vocabulary_density(text, VOCABULARY) <= 1
    assert 0 <= repetition(text) <= 1
    assert normalise(normalise(text)) == normalise(text)
    missing_ideas(text, [[r"memory"]])


@given(st.sampled_from(SUPERVISED), st.sampled_from(["", " ", "."]), st.booleans())
def test_case_and_spaces_do_not_matter(term: str, end: str, upper: bool) -> None:
    answer = f" {term.upper() if upper else term}{end}"
    assert matches_term(answer, SUPERVISED)


def test_a_text_that_lists_several_is_split() -> None:
    assert split_answer("Regression and classification") == ["regression", "classification"]
    assert split_answer("분류, 회귀") == ["분류", "회귀"]


def test_term_sets_come_in_any_order_and_form() -> None:
    groups = [["classification", "분류"], ["regression", "회귀"]]
    for answer in (
        {"분류", "회귀"},
        ["Regression", "classification"],
        "classification and regression",
        ("회귀", "분류"),
    ):
        Expect().term_set(answer, groups)
    for wrong in ({"classification"}, ["regression", "regression"], ["classification", "clustering"], 7, []):
        with pytest.raises(CheckFailed):
            Expect().term_set(wrong, groups)
    Expect().term_set({"regression"}, groups, count=1)


GROUPS = {"does not fit": [r"memory", r"메모리"], "in parts": [r"\b(part|batch)", r"(조금씩|배치)"]}


@pytest.mark.parametrize(
    "answer",
    [
        "The data do not fit into memory, so the model is trained on one part after the other.",
        "데이터가 메모리에 다 들어가지 않아서 조금씩 나누어 읽으며 훈련합니다.",
    ],
)
def test_sentences_with_all_ideas_pass(answer: str) -> None:
    Expect().ideas(answer, GROUPS, VOCABULARY)


@pytest.mark.parametrize(
    "answer",
    [
        "memory batch mini-batch incremental learning parameter cost function",
        "memory part memory part memory part memory part memory part",
        "The data do not fit into memory, so we need another computer.",
        "memory part",
        "x" * 3000,
    ],
)
def test_keyword_lists_and_missing_ideas_fail(answer: str) -> None:
    with pytest.raises(CheckFailed):
        Expect().ideas(answer, GROUPS, VOCABULARY)


def test_one_slip_is_forgiven_and_two_are_not() -> None:
    answer = "The data do not fit into memory, so each part goes to another computer over the internet."
    Expect().ideas(answer, GROUPS, contradictions=["another computer"])
    with pytest.raises(CheckFailed):
        Expect().ideas(answer, GROUPS, contradictions=["another computer", "internet"])
