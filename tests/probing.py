"""The real probe and the real link over a socket pair, the probe in a thread of this process: for code that we wrote."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from grader.course.models import Limits
from grader.running.link import Link
from grader.running.probe.server import Server
from grader.running.proxy import SubmissionProxy
from grader.running.run import Run
from grader.vocabulary import Outcome, Text
from tests.support import make_exercise


class _Opened:
    """What a proxy needs of a session."""

    seed = 0

    def __init__(self, link: Link, main: bytes) -> None:
        self.exercise = make_exercise("module")
        self.main, self.link = main, link
        self.run = Run(Outcome.PASSED, Text(""), True, (), {}, 0.0)


@contextmanager
def answering(source: str, **names: Any) -> Iterator[SubmissionProxy]:
    """A proxy for a module of this source; `names` are put into its namespace first."""
    module = ModuleType("answering")
    namespace = vars(module)
    namespace.update(names)
    sys.modules["answering"] = module  # pickles look classes up there
    exec(compile(source, "answering.py", "exec"), namespace)
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=Server(theirs, namespace).run, daemon=True)
    thread.start()
    link = Link(ours, Limits(call_seconds=20), lambda: None, lambda: None)
    try:
        yield SubmissionProxy(_Opened(link, source.encode()))
    finally:
        link.close()
        thread.join(5)
        theirs.close()
        sys.modules.pop("answering", None)
