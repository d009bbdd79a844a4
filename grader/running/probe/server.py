"""The loop that answers requests, one at a time, in the submission's own process.

Theory of operation: the trusted side sends a frame ``{"id", "op", "limit", "body"}`` and gets one frame back with the
same id, holding either ``ok`` (a value) or ``error`` (a record). Whatever a request raises becomes a record: only a
closed connection ends the loop. SIGINT interrupts the submission's code and nothing else, so that a frame is never cut
in two.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys

from .bounds import REQUEST_BOUNDS, Bounds, CodecError, TooLarge
from .codec import decode, encode
from .operations import OPERATIONS
from .records import error_record
from .registry import Registry
from .seeding import seed_now_and_on_import
from .wire import Stream, connect


def serve_connection(namespace, module=None):
    """Connect to the trusted side and serve until it closes the connection."""
    if module is not None:
        namespace = vars(sys.modules[module]) if module in sys.modules else {}
    with connect(os.environ.get("GRADER_PROBE_FD", ""), os.environ.get("GRADER_PROBE_TCP", "")) as sock:
        Server(sock, namespace).run()


def main():
    """Serve in a process that `fresh` started: its arguments are the seed and a socket's number or ``host:port:token``."""
    seed, where = sys.argv[1:]
    sys.path.append("")  # last, as for the first process
    seed_now_and_on_import(int(seed))
    Server(connect("", where) if ":" in where else connect(where, ""), {}).run()


class Server:
    """Serves one connection.

    Parameters
    ----------
    sock : socket.socket
    namespace : dict
        The submission's global names.
    """

    def __init__(self, sock, namespace):
        self.namespace = namespace
        self.registry = Registry()
        self.children = {}
        self._stream = Stream(sock, REQUEST_BOUNDS)
        self._interruptible = False
        self._asked = None  # number of the request that is being answered

    def run(self):
        """Answer until the other side closes the connection."""
        process = os.getpid()
        before = self._guard_interrupts()
        try:
            while True:
                header, buffers = self._stream.receive()
                reply, parts = self._answer(header, buffers)
                if os.getpid() != process:
                    os._exit(0)  # the submission forked and came back twice: only one may answer
                try:
                    self._stream.send(reply, parts, longest_header=min(Bounds.header, header.get("limit", 0)))
                except TooLarge as error:
                    self._stream.send({"id": header.get("id"), "error": error_record(error)}, [])
                self._guard_interrupts()  # the submission may have put a handler of its own there
        except (EOFError, OSError):
            return
        finally:
            for child in list(self.children.values()):
                child.end()
            if before is not None:
                with contextlib.suppress(ValueError, TypeError):
                    signal.signal(signal.SIGINT, before)

    def consult(self, oracle, body, parts):
        """Ask the other side something while it waits for an answer; returns its reply and the buffers.

        An interrupt that comes meanwhile is not lost: the other side answers the next question with ``stop``.
        """
        if self._asked is None:
            raise RuntimeError("this function can be called only while the submission is being asked")
        before, self._interruptible = self._interruptible, False
        try:
            self._stream.send({"id": self._asked, "ask": oracle, "body": body}, parts)
            return self._stream.receive()
        finally:
            self._interruptible = before

    def _guard_interrupts(self):
        try:
            return signal.signal(signal.SIGINT, self._on_interrupt)
        except ValueError:  # not the main thread: nobody can interrupt us anyway
            return None

    def _on_interrupt(self, number, frame):
        if self._interruptible:
            self._interruptible = False
            raise KeyboardInterrupt

    def _answer(self, header, buffers):
        number = self._asked = header.get("id")
        try:
            try:
                self._interruptible = True
                child = self.children.get(header.get("to") or 0)
                if header.get("to"):
                    if child is None:
                        raise CodecError("no such process")
                    return child.relay(header, buffers)
                reply, parts = self._perform(header, buffers)
            finally:
                self._interruptible = False
                self._asked = None
            return {"id": number, **reply}, parts
        except BaseException as error:
            self._interruptible = False
            return {"id": number, "error": _record(error)}, []

    def _perform(self, header, buffers):
        for identity in header.get("release", ()):
            self.registry.release(identity)
        fields = decode(header["body"], buffers, bounds=REQUEST_BOUNDS, held=self.registry.get)
        hold = fields.pop("hold", False)
        with _quiet():
            value = OPERATIONS[header["op"]](self, **fields)
            if hold:
                return {"ok": self.registry.hold(value)}, []
            limit = int(header["limit"])
            body, parts = encode(value, self.registry.hold, Bounds(total=limit, header=min(Bounds.header, limit)))
            return {"ok": body}, parts


def _record(error):
    try:
        return error_record(error)
    except BaseException as second:  # no memory is left to describe it with
        return {
            "kind": "raised",
            "type": type(second).__name__,
            "flag": "memory" if isinstance(second, MemoryError) else "",
        }


class _Sink(io.TextIOBase):
    """Takes text and keeps none of it."""

    encoding = "utf-8"

    def writable(self):
        return True

    def write(self, text):
        return len(text)


@contextlib.contextmanager
def _quiet():
    """What the submission prints or displays while it answers goes nowhere: it may show hidden inputs."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    publisher = getattr(shell, "display_pub", None)
    if publisher is not None:
        publisher.publish = lambda *args, **kwargs: None
    try:
        with contextlib.redirect_stdout(_Sink()), contextlib.redirect_stderr(_Sink()):
            yield
    finally:
        if publisher is not None:
            publisher.__dict__.pop("publish", None)
