"""Listens to what checks ask of a submission, check by check."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.running.link import Link


@dataclass(frozen=True)
class TracedRequest:
    """One request to a submission.

    Attributes
    ----------
    check : str
        Name of the check that asked; empty outside of checks.
    op, label : str
        The operation and what it was about.
    fields : dict
        Its arguments.
    answer : object
        What came back; None where ``fault`` says why nothing did.
    fault : str
    seconds : float
    """

    check: str
    op: str
    label: str
    fields: dict[str, Any]
    answer: Any
    fault: str
    seconds: float


class TracedLink:
    """A link that hands everything on and tells ``on_request`` of it."""

    def __init__(self, link: Link, on_request: Callable[[TracedRequest], None]) -> None:
        self._link, self._on_request = link, on_request

    def __getattr__(self, name: str) -> Any:
        return getattr(self._link, name)

    def request(self, op: str, *, label: str = "", **fields: Any) -> Any:
        """See `Link.request`."""
        own = {name: value for name, value in fields.items() if name not in ("timeout", "to", "refer", "unwrap")}
        began = time.monotonic()
        answer, fault = None, ""
        try:
            answer = self._link.request(op, label=label, **fields)
            return answer
        except Exception as error:
            fault = f"{error}"
            raise
        finally:
            seconds = time.monotonic() - began
            self._on_request(TracedRequest(_running_check(), op, label, own, answer, fault, seconds))


def _running_check() -> str:
    """Name of the check that pytest is running, which it tells in the environment: ``file::name[case] (call)``."""
    return os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[2].rpartition(" (")[0]
