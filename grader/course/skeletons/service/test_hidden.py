"""Checks that students do not have."""

import json

import numpy as np
import pytest

from grader.checks import Text

BAD = ["", "{", "[1, 2]", "{}", '{"instances": 5}', '{"instances": [[1, "x"]]}', '{"instances": [[1, 2, 3]]}', "null"]


@pytest.fixture
def ask(submission, expect):
    """Ask the handler and check the form of its answer: (code, dictionary)."""

    def send(path, body):
        answer = submission.call("handle", path, body)
        expect.true(
            isinstance(answer, tuple | list) and len(answer) == 2 and isinstance(answer[1], dict),
            en="`handle` should return a status code and a dictionary.",
            ko="`handle`은 상태 코드와 딕셔너리를 반환해야 해요.",
        )
        return answer

    return send


@pytest.mark.points(2)
@pytest.mark.hint(en="Compute all predictions at once: X @ WEIGHTS + BIAS.", ko="X @ WEIGHTS + BIAS로 한 번에 계산해 보세요.")
def test_other_predictions(ask, expect, rng):
    """Other requests get their predictions.

    ko: 다른 요청에도 맞는 예측으로 답한다.
    """
    X = rng.normal(size=(9, 2)).round(3)
    code, reply = ask("/predict", json.dumps({"instances": X.tolist()}))
    expect.same(code, 200)
    expect.close(reply.get("predictions"), X @ np.array([2.0, -1.0]) + 0.5, rtol=1e-6, atol=1e-9)


@pytest.mark.points(3)
@pytest.mark.needs("test_predicts")
@pytest.mark.hint(
    en="Catch what json.loads and np.array raise, and check the shape before you compute.",
    ko="json.loads와 np.array에서 나는 예외를 처리하고, 계산하기 전에 모양을 확인하세요.",
)
def test_bad_requests_get_400(ask, expect):
    """A bad request gets the code 400 and an error text, never an exception.

    ko: 잘못된 요청에는 예외 대신 코드 400과 오류 메시지로 답한다.
    """
    answers = [ask("/predict", body) for body in BAD]
    expect.items(
        [
            (
                not isinstance(code, bool) and code == 400 and isinstance(reply.get("error"), str),
                Text(
                    "A request that cannot be answered did not get the code 400 with an `error` text.",
                    "답할 수 없는 요청에 코드 400과 `error` 메시지로 답하지 않았어요.",
                ),
            )
            for code, reply in answers
        ]
    )


@pytest.mark.points(2)
@pytest.mark.hint(en="Look at the path first.", ko="경로부터 확인하세요.")
def test_other_paths(ask, expect):
    """The health path answers, and unknown paths get the code 404.

    ko: 상태 확인 경로에는 답하고, 모르는 경로에는 코드 404로 답한다.
    """
    code, reply = ask("/health", "")
    expect.same(code, 200)
    expect.same(reply, {"status": "ok"})
    code, _ = ask("/nowhere", "{}")
    expect.same(code, 404)
