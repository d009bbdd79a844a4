"""Checks that students have too."""

import json

import pytest


@pytest.mark.points(3)
@pytest.mark.hint(
    en="json.loads(body) gives a dictionary; its instances make an array of shape (n, 2).",
    ko="json.loads(body)의 결과는 딕셔너리예요. instances로 크기가 (n, 2)인 배열을 만들 수 있어요.",
)
def test_predicts(submission, expect):
    """A proper request is answered with predictions.

    ko: 올바른 요청에는 예측으로 답한다.
    """
    answer = submission.call("handle", "/predict", json.dumps({"instances": [[1, 2], [0, 0]]}))
    expect.type(answer, (tuple, list), what="handle(...)")
    expect.true(len(answer) == 2, en="`handle` should return a pair.", ko="`handle`은 값 두 개를 반환해야 해요.")
    code, reply = answer
    expect.same(code, 200)
    expect.type(reply, dict, what="handle(...)[1]")
    expect.close(reply.get("predictions"), [0.5, 0.5])
