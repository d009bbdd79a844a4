"""Expectations about a request handler, called over a real loopback socket on the grader's side of the line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.files.schema import mismatch
from grader.checking.expect.files.server import Handler, Request, Response, Service
from grader.checking.expect.structure import award_items
from grader.checking.failure import refuse
from grader.checking.values import for_instructor, listed, tell
from grader.running.proxy import SubmissionProxy
from grader.vocabulary import Text

STATUS = Text(
    "A request should be answered with the status {wanted}[[, not with {found}]].",
    "이 요청에는 상태 코드 {wanted}이(가) 맞아요[[. 지금은 {found}이(가) 왔어요]].",
)
NOT_JSON = Text("The reply is no JSON.", "응답이 JSON이 아니에요.")
IN_REPLY = Text("In the reply: {said}", "응답: {said}")
OTHER_TYPE = Text(
    "The reply should have the content type {wanted}[[, not {found}]].",
    "응답의 콘텐츠 타입은 {wanted}이어야 해요[[. 지금은 {found}이에요]].",
)
BAD_ANSWERED = Text(
    "Not answered with {status} and a JSON reply: {case}.", "{status} 상태 코드와 JSON으로 답해야 해요: {case}."
)
STILL_SERVES = Text(
    "After bad requests a proper one should still be answered as before.",
    "잘못된 요청을 받은 뒤에도 올바른 요청에는 전처럼 답해야 해요.",
)
MALFORMED: tuple[tuple[Any, Text], ...] = (
    (b"", Text("an empty body", "빈 본문")),
    ("{not json", Text("a body that is not JSON", "JSON이 아닌 본문")),
    ('{"a": [1, 2', Text("JSON that breaks off", "중간에 끊긴 JSON")),
    ("[1, 2, 3]", Text("JSON that is not a dictionary", "딕셔너리가 아닌 JSON")),
    ("null", Text("null", "null")),
    ("{}", Text("an empty dictionary", "빈 딕셔너리")),
    (b"\xff\xfe{}", Text("bytes that are no UTF-8", "UTF-8이 아닌 바이트")),
)


class ServiceExpectations(ExpectBase):
    """``expect.service``, ``expect.response`` and ``expect.bad_requests``."""

    def service(self, submission: SubmissionProxy | Handler, function: str = "handle") -> Service:
        """A real HTTP server on this machine in front of a submission's request handler; use it in a ``with`` block.

        Parameters
        ----------
        submission : SubmissionProxy or callable
            A proxy, whose `function` takes ``(path, body)`` and returns ``(code, reply)``; or a function of the check's
            from a `Request` (``method``, ``path``, ``body``, ``headers``) to that pair.
        function : str

        Returns
        -------
        Service
            With ``get(path)``, ``post(path, body)`` and ``request(method, path, body, headers)``, which return
            `Response` objects.

        Examples
        --------
        >>> with expect.service(lambda request: (200, {"path": request.path})) as http:
        ...     reply = expect.response(http.get("/status"), 200, {"path": str})

        In a check::

            with expect.service(submission, "handle") as http:
                reply = expect.response(http.post("/predict", {"instances": X.tolist()}), 200, {"predictions": [[float]]})
        """
        if callable(submission):
            return Service(submission)

        def ask(request: Request) -> Any:
            return submission.call(function, request.path, request.body)

        return Service(ask)

    def response(
        self,
        response: Response,
        status: int = 200,
        schema: Any = ...,
        content_type: str = "application/json",
        message: Text | None = None,
    ) -> Any:
        """A response with this status and, as JSON, content that fits a schema; returns the content.

        Parameters
        ----------
        response : Response
        status : int
        schema : object
            As for ``expect.json_file``.
        content_type : str
            Another one than JSON's leaves the content unread and returns its bytes.
        """
        details = f"{response.status} {response.content_type}\n{for_instructor(response.content, 2000)}"
        if response.status != status:
            refuse(tell(STATUS, found=response.status, wanted=status), message, details)
        if response.content_type != content_type:
            refuse(tell(OTHER_TYPE, found=listed([response.content_type]), wanted=content_type), message, details)
        if content_type != "application/json":
            return response.content
        value = response.json()
        if value is None and response.content.strip() != b"null":
            refuse(NOT_JSON, message, details)
        problem = mismatch(value, schema)
        if problem is not None:
            said = IN_REPLY.format(said=problem)
            refuse(said, message, details)
        return value

    def bad_requests(
        self,
        http: Service,
        path: str,
        cases: Sequence[tuple[Any, Text]] = MALFORMED,
        proper: Any = None,
        status: int = 400,
        schema: Any = {"error": str},  # noqa: B006
        message: Text | None = None,
    ) -> None:
        """Bad requests are answered with a status and a reply that fits; each case earns an equal share.

        Parameters
        ----------
        http : Service
        path : str
        cases : sequence of (body, Text)
            What is sent, and what it is called in the sentence; by default bodies that no JSON service should accept.
        proper : object, optional
            A body that must be answered with 200 before and after all that, in the same words.
        status : int
        schema : object
            Of the replies.
        """
        before = self.response(http.post(path, proper)) if proper is not None else None
        items = []
        for body, case in cases:
            found = http.post(path, body)
            right = found.status == status and mismatch(found.json(), schema) is None
            items.append((right, BAD_ANSWERED.format(status=status, case=case)))
        if proper is not None:
            after = http.post(path, proper)
            items.append((after.status == 200 and after.json() == before, STILL_SERVES))
        award_items(items, message)
