"""Checks that students do not have."""

import json

import pytest

from grader.checks import Text

BAD = ["", "{", "[1, 2]", "{}", '{"instances": 5}', '{"instances": [[1, "x"]]}', '{"instances": [[1, 2, 3]]}', "null"]
NOT_400 = Text(
    "A request that cannot be answered did not get the code 400 with an `error` text.",
    "답할 수 없는 요청에 코드 400과 `error` 메시지로 답하지 않았어요.",
)


def answer(code, path, body):
    """What the handler answers: status code and dictionary, an error text as what it is."""
    status, reply = code.call("handle", path, body)
    return status, {key: "a text" if key == "error" and isinstance(value, str) else value for key, value in reply.items()}


@pytest.mark.points(2)
def test_other_predictions(expect, rng):
    """Other requests get their predictions.

    ko: 다른 요청에도 맞는 예측으로 답한다.
    asks: where the prediction is `WEIGHTS @ x + BIAS`
    asks-ko: 예측은 `WEIGHTS @ x + BIAS`입니다.
    hint: Compute all predictions at once: X @ WEIGHTS + BIAS.
    hint-ko: X @ WEIGHTS + BIAS로 한 번에 계산해 보세요.
    """
    body = json.dumps({"instances": rng.normal(size=(9, 2)).round(3).tolist()})
    expect.agree(lambda code: answer(code, "/predict", body))


@pytest.mark.points(3)
@pytest.mark.needs("test_predicts")
def test_bad_requests_get_400(expect):
    """A bad request gets the code 400 and an error text, never an exception.

    ko: 잘못된 요청에는 예외 대신 코드 400과 오류 메시지로 답한다.
    asks: An exception must never escape.
    asks-ko: 예외가 밖으로 나가면 안 됩니다.
    hint: Catch what json.loads and np.array raise, and check the shape before you compute.
    hint-ko: json.loads와 np.array에서 나는 예외를 처리하고, 계산하기 전에 모양을 확인하세요.
    """
    for body in BAD:
        expect.agree(lambda code, body=body: answer(code, "/predict", body), (400, {"error": "a text"}), message=NOT_400)


@pytest.mark.points(2)
def test_other_paths(expect):
    """The health path answers, and unknown paths get the code 404.

    ko: 상태 확인 경로에는 답하고, 모르는 경로에는 코드 404로 답한다.
    asks: any other path: `404` and `{"error": "..."}`
    asks-ko: 그 밖의 경로: `404`와 `{"error": "..."}`
    hint: Look at the path first.
    hint-ko: 경로부터 확인하세요.
    """
    expect.agree(lambda code: answer(code, "/health", ""), (200, {"status": "ok"}))
    expect.agree(lambda code: answer(code, "/nowhere", "{}"), (404, {"error": "a text"}))
