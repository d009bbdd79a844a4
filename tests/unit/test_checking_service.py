"""Request handlers behind a real socket: right ones pass, wrong ones are told, hostile answers become verdicts."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.files.server import Request, Service
from grader.checking.expect.files.service import MALFORMED
from grader.errors import GraderError, SubmissionFault
from grader.vocabulary import Outcome, Text
from tests.probing import answering

HANDLER = """
import json

count = 0

def handle(path, body):
    global count
    count += 1
    if path != "/double":
        return 404, {"error": f"nothing at {path}"}
    try:
        numbers = json.loads(body)["numbers"]
        return 200, {"doubled": [2 * float(n) for n in numbers]}
    except (ValueError, TypeError, KeyError) as error:
        return 400, {"error": "bad request"}

def sloppy(path, body):
    return 200, {"doubled": [2 * n for n in json.loads(body)["numbers"]]}

def always(path, body):
    return 200, {"error": "wrong"}

def forgets(path, body):
    global count
    count += 1
    return 200, {"doubled": [count]}
"""
PROPER = {"numbers": [1, 2.5]}


def failure(ask: Callable[[], Any]) -> CheckFailed:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert all(text.en and text.ko for text in caught.value.sentences)
    return caught.value


def test_a_right_handler_passes_everything() -> None:
    expect = Expect()
    with answering(HANDLER) as proxy, expect.service(proxy) as http:
        assert expect.response(http.post("/double", PROPER), 200, {"doubled": [float, 2]}) == {"doubled": [2, 5]}
        expect.response(http.get("/"), 404, {"error": str})
        expect.bad_requests(http, "/double", proper=PROPER)
        large = {"numbers": list(range(200_000))}
        assert expect.response(http.post("/double", large))["doubled"][-1] == 399_998


def test_what_a_handler_does_wrong_is_told() -> None:
    expect = Expect()
    with answering(HANDLER) as proxy:
        with expect.service(proxy, "sloppy") as http, pytest.raises(SubmissionFault) as caught:
            expect.bad_requests(http, "/double", proper=PROPER)
        assert caught.value.outcome is Outcome.ERROR
        with expect.service(proxy, "always") as http:
            said = failure(lambda: expect.bad_requests(http, "/double"))
            assert said.share == 0 and len(said.sentences) == 6 and "an empty body" in said.sentences[0].en
        with expect.service(proxy, "forgets") as http:
            half = failure(lambda: expect.bad_requests(http, "/", status=200, schema={"doubled": [int]}, proper=PROPER))
            assert half.share == pytest.approx(len(MALFORMED) / (len(MALFORMED) + 1))
            assert "proper one" in half.sentences[0].en
        with expect.service(proxy, "nothing") as http, pytest.raises(SubmissionFault, match="not defined"):
            http.get("/")


def test_responses_that_differ() -> None:
    expect = Expect()
    with expect.service(lambda request: (200, {"predictions": [1, "x"]})) as http:
        found = http.get("/")
    assert "status 404, not with 200" in failure(lambda: expect.response(found, 404)).sentences[0].en
    assert (
        '"predictions", element 2'
        in failure(lambda: expect.response(found, 200, {"predictions": [float]})).sentences[0].en
    )
    assert "content type" in failure(lambda: expect.response(found, 200, content_type="text/html")).sentences[0].en
    with expect.service(lambda request: (200, "{")) as http:
        text = http.get("/")
    assert text.content_type == "text/plain"
    assert expect.response(text, content_type="text/plain") == b"{"
    with expect.service(
        lambda request: (200, b"x", {"X-Version": "3", "bad\r\nname": "x", "Content-Length": "9"})
    ) as http:
        assert http.get("/").content == b"x"


def test_the_request_arrives_as_it_was_sent() -> None:
    seen: list[Request] = []

    def handler(request: Request) -> Any:
        seen.append(request)
        return 204, None

    with Service(handler) as http:
        response = http.request("PUT", "/a/b?c=1", "값", {"X-Client": "tests"})
        http.request("DELETE", "/", b"\xff")
    assert response.status == 204 and response.content == b"" and response.json() is None
    assert (seen[0].method, seen[0].path, seen[0].body, seen[0].headers["X-Client"]) == (
        "PUT",
        "/a/b?c=1",
        "값",
        "tests",
    )
    assert not any("Secret" in name for name in seen[0].headers)
    assert seen[1].content == b"\xff" and seen[1].body == "\ufffd"


HOSTILE = [
    None, "x", 3, (), (200,), (200, {}, {}, {}), ("200", {}), (True, {}), (100, {}), (99, {}), (600, {}), (10**400, {}), (None, {}),
    (200, float("nan")), (200, object()), (200, np.zeros(3)), (200, {1: {2: {3}}}), (200, {(1, 2): 3}), (200, 10**5000), {"a": 1},
    (np.array([200]), {}), (200.0, {}), [[1]],
]  # fmt: skip


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_answers_become_verdicts(answer: Any) -> None:
    with Expect().service(lambda request: answer) as http:
        failure(lambda: http.get("/"))
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with Expect().service(lambda request: (200, deep)) as http:
        failure(lambda: http.get("/"))


def test_odd_headers_cannot_break_the_response() -> None:
    for headers in (
        None,
        "x",
        {"a": "b\r\nX: y"},
        {"한": "글"},
        {1: 2},
        {"x" * 5000: "y" * 50_000},
        {"Transfer-Encoding": "chunked"},
    ):
        with Expect().service(lambda request, headers=headers: (200, {"ok": 1}, headers)) as http:
            assert http.get("/").json() == {"ok": 1}


def test_mistakes_of_the_check_come_out() -> None:
    def broken(request: Request) -> Any:
        raise GraderError("a mistake in the check")

    with Expect().service(broken) as http, pytest.raises(GraderError, match="a mistake"):
        http.get("/")


def test_nobody_else_is_answered() -> None:
    asked: list[Request] = []
    with Service(lambda request: (asked.append(request), (200, {}))[1]) as service:  # type: ignore[func-returns-value]
        assert service._server is not None
        connection = http.client.HTTPConnection("127.0.0.1", service._server.server_address[1], timeout=5)
        connection.request("GET", "/")
        assert connection.getresponse().status == 403
        connection.close()
    assert not asked


def test_a_closed_service_leaves_nothing_running() -> None:
    before = threading.enumerate()
    for _ in range(3):
        with Service(lambda request: (200, json.loads(request.body))) as service:
            assert service.post("/", {"a": [1]}).json() == {"a": [1]}
    for thread in {*threading.enumerate()} - {*before}:
        thread.join(60)
        assert not thread.is_alive()


def test_own_cases_are_named() -> None:
    cases = [
        ({"numbers": 7}, Text("numbers that are no list", "리스트가 아닌 numbers")),
        ({"numbers": ["x"]}, Text("text", "글자")),
    ]
    with answering(HANDLER) as proxy, Expect().service(proxy) as http:
        Expect().bad_requests(http, "/double", cases)
        said = failure(lambda: Expect().bad_requests(http, "/double", cases, status=422))
    assert said.sentences[0] == Text(
        "Not answered with 422 and a JSON reply: numbers that are no list.",
        "422 상태 코드와 JSON으로 답해야 해요: 리스트가 아닌 numbers.",
    )
