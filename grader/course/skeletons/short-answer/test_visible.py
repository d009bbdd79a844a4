"""Checks that students have too: the form of the answers, not what they say."""

import pytest

from grader.checks import Text


@pytest.mark.points(1)
def test_every_question_has_an_answer(submission, expect):
    """Every question has an answer of the right form.

    ko: 모든 질문에 알맞은 형식으로 답했다.
    asks: Answer in English or in Korean.
    asks-ko: 한국어나 영어로 답하세요.
    hint: Texts stand in quotation marks: a1 = "a".
    hint-ko: 글은 따옴표 안에 쓰세요: a1 = "a"
    """
    for name in ("a1", "a2", "a4"):
        expect.type(submission[name], str, what=name)
    expect.type(submission["a3"], (set, list, tuple), what="a3")
    expect.true(
        all(len(submission[name]) > 0 for name in ("a1", "a2", "a3", "a4")),
        message=Text("One of the answers is empty.", "비어 있는 답이 있어요."),
    )
