"""Checks that students have too."""

import json

import pytest


def answer(code, path, body):
    """What the handler answers: status code and dictionary."""
    status, reply = code.call("handle", path, body)
    return status, dict(reply)


@pytest.mark.points(3)
def test_predicts(expect):
    """A proper request is answered with predictions.

    ko: 올바른 요청에는 예측으로 답한다.
    asks: takes a path and the text of a request and returns a pair of an HTTP status code and a dictionary
    asks-ko: 경로와 요청의 텍스트를 받아 HTTP 상태 코드와 딕셔너리의 쌍을 돌려줍니다.
    hint: json.loads(body) gives a dictionary; its instances make an array of shape (n, 2).
    hint-ko: json.loads(body)의 결과는 딕셔너리예요. instances로 크기가 (n, 2)인 배열을 만들 수 있어요.
    """
    body = json.dumps({"instances": [[1, 2], [0, 0]]})
    expect.agree(lambda code: answer(code, "/predict", body), (200, {"predictions": [0.5, 0.5]}))
