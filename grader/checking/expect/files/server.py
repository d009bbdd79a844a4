"""A submission's request handler behind a real HTTP server on the grader's side, and the client that talks to it.

Theory of operation. The server listens on 127.0.0.1 and answers only requests that carry this service's secret. Each
request goes to the handler, which asks the submission through the proxy; the data socket is one, so handlers take turns
while connections are served at the same time. A handler runs in a thread of the server: what it raises is kept and
raised again where the client waits, so that a fault of the submission becomes the verdict of the check.
"""

from __future__ import annotations

import http.client
import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from grader.checking.failure import CheckFailed, refuse
from grader.checking.values import describe, discreet, is_discreet, is_integer
from grader.running.text import plain_text
from grader.vocabulary import Text

NOT_A_PAIR = Text(
    "The handler should return a status code and a reply, but this is {found}.",
    "처리 함수는 상태 코드와 응답을 반환해야 하는데 {found}이에요.",
)
NOT_A_CODE = Text(
    "The status code should be a whole number from 200 to 599, but this is {found}.",
    "상태 코드는 200부터 599까지의 정수여야 하는데 {found}이에요.",
)
NOT_JSON = Text(
    "The reply cannot be written as JSON: use plain dictionaries, lists, numbers and texts (tolist() of an array), no NaN.",
    "응답을 JSON으로 쓸 수 없어요. 딕셔너리, 리스트, 수, 텍스트만 쓰고(배열은 tolist()) NaN은 넣지 마세요.",
)
_SECRET, _NUMBER = "X-Grader-Secret", "X-Grader-Request"
_MOST_BODY = 64 << 20
_WAIT_SECONDS = 600.0  # the data socket has its own, shorter deadlines


@dataclass(frozen=True)
class Request:
    """What arrived at the server: ``body`` is its text (UTF-8, what is not is replaced), ``content`` its bytes."""

    method: str
    path: str
    body: str = ""
    content: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Response:
    """What came back over the socket."""

    status: int
    content: bytes
    content_type: str

    def json(self) -> Any:
        """The parsed body; None where it is no JSON."""
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None


Handler = Callable[[Request], Any]


class Service:
    """A running server for one handler; use it in a ``with`` block.

    Parameters
    ----------
    handler : callable
        From a `Request` to ``(status code, reply)`` or ``(status code, reply, headers)``. A reply that is text or bytes
        is sent as it is, anything else as JSON.
    """

    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._secret = secrets.token_hex(16)
        self._turn = threading.Lock()
        self._discreet = is_discreet()  # the server's threads do not know of it
        self._raised: dict[str, BaseException] = {}
        self._server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Service:
        service = self

        class Answering(_Answering):
            owner = service

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._server.daemon_threads, self._server.block_on_close = True, False
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def get(self, path: str) -> Response:
        """GET."""
        return self.request("GET", path)

    def post(self, path: str, body: Any = b"") -> Response:
        """POST; a body that is neither text nor bytes is sent as JSON."""
        return self.request("POST", path, body)

    def request(self, method: str, path: str, body: Any = b"", headers: Mapping[str, str] | None = None) -> Response:
        """Send one request over a connection of its own.

        Raises
        ------
        CheckFailed
            The handler returned what is no answer.
        SubmissionFault
            The submission raised, or did not answer in time.
        """
        assert self._server is not None, "use the service in a with block"
        number = secrets.token_hex(8)
        content = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else _json(body).encode()
        sent = {"Content-Type": "application/json", **(headers or {}), _SECRET: self._secret, _NUMBER: number}
        connection = http.client.HTTPConnection("127.0.0.1", self._server.server_address[1], timeout=_WAIT_SECONDS)
        try:
            connection.request(method, path, content, sent)
            reply = connection.getresponse()
            answer = Response(reply.status, reply.read(), reply.headers.get_content_type())
        finally:
            connection.close()
        if number in self._raised:
            raise self._raised.pop(number)
        return answer

    def answer(self, request: Request, secret: str, number: str) -> tuple[int, bytes, str, dict[str, str]]:
        """Status, body, content type and further headers for a request; called in the server's threads."""
        if not secrets.compare_digest(secret.encode(), self._secret.encode()):
            return 403, b"", "text/plain", {}
        try:
            with discreet(self._discreet):
                with self._turn:
                    found = self._handler(request)
                return _answer(found)
        except BaseException as error:
            self._raised[number] = error
            return 500, b"", "text/plain", {}


class _Answering(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    owner: Service

    def _answer(self) -> None:
        length = self.headers.get("Content-Length", "0")
        size = int(length) if length.isdecimal() else 0
        if size > _MOST_BODY:
            self.send_error(413)
            return
        content = self.rfile.read(size)
        request = Request(
            self.command,
            self.path,
            content.decode("utf-8", "replace"),
            content,
            {name: value for name, value in self.headers.items() if name not in (_SECRET, _NUMBER)},
        )
        secret, number = self.headers.get(_SECRET, ""), self.headers.get(_NUMBER, "")
        status, body, kind, headers = self.owner.answer(request, secret, number)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if status not in (204, 304):
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer  # noqa: N815

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: a request may hold hidden inputs."""


def _answer(found: Any) -> tuple[int, bytes, str, dict[str, str]]:
    """What a handler returned, as parts of a response.

    Raises
    ------
    CheckFailed
        It is no answer.
    """
    if not isinstance(found, tuple | list) or len(found) not in (2, 3):
        _refuse_kind(NOT_A_PAIR, found)
    status, reply, *rest = found
    if not is_integer(status) or isinstance(status, bool) or not 200 <= int(status) <= 599:
        _refuse_kind(NOT_A_CODE, status)
    headers = {
        plain_text(str(name), 100): plain_text(str(value), 1000).replace("\n", " ")
        for name, value in (rest[0].items() if rest and isinstance(rest[0], dict) else ())
        if str(name).replace("-", "").isalnum() and str(name).isascii() and str(value).isascii()
        and str(name).lower() not in ("content-length", "content-type", "transfer-encoding", "connection")
    }  # fmt: skip
    if isinstance(reply, bytes):
        return int(status), reply, "application/octet-stream", headers
    if isinstance(reply, str):
        return int(status), reply.encode(), "text/plain; charset=utf-8", headers
    try:
        text = _json(reply)
    except (TypeError, ValueError, RecursionError, OverflowError) as error:
        raise CheckFailed(NOT_JSON, details=f"{type(error).__name__}: {error}") from None
    return int(status), text.encode(), "application/json", headers


def _refuse_kind(sentence: Text, found: Any) -> Any:
    kind = describe(found)
    refuse(sentence.format(found=kind))


def _json(value: Any) -> str:
    return json.dumps(value, allow_nan=False)
