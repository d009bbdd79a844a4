"""N3, N6: what listens in a sandbox can't be reached from this machine or from the next sandbox, by any kind of socket."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend
from tests.support import make_exercise, make_notebook

PORT, NAME = 28_733, "grader-adversaries-listener"  # no port that systems give to whoever asks for any
PATH = "/tmp/grader-adversaries-listener"

LISTEN = f"""
import socket, threading
visitors, kept = [], []

def serve(family, kind, address):
    sock = socket.socket(family, kind)
    if family == socket.AF_INET6:
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    sock.bind(address)
    kept.append(sock)
    if kind != socket.SOCK_DGRAM:
        sock.listen()
    def wait():
        while True:
            peer = sock.recvfrom(10) if kind == socket.SOCK_DGRAM else sock.accept()
            visitors.append((family, kind))
    threading.Thread(target=wait, daemon=True).start()

for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    serve(socket.AF_INET, kind, ('0.0.0.0', {PORT}))
    serve(socket.AF_INET6, kind, ('::', {PORT}))
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
    serve(socket.AF_UNIX, kind, '\\0{NAME}' + str(int(kind)))
    serve(socket.AF_UNIX, kind, '{PATH}' + str(int(kind)))
"""
KNOCK = f"""
import socket
opened = []

def knock(family, kind, address):
    try:
        with socket.socket(family, kind) as out:
            out.settimeout(1)
            out.connect(address)
            out.send(b'hello')
        if kind != socket.SOCK_DGRAM or family == socket.AF_UNIX:
            opened.append((int(family), int(kind), repr(address)))
    except OSError:
        pass

def knock_all():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        for host in ('127.0.0.1', '0.0.0.0', '127.0.0.2'):
            knock(socket.AF_INET, kind, (host, {PORT}))
        knock(socket.AF_INET6, kind, ('::1', {PORT}))
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        knock(socket.AF_UNIX, kind, '\\0{NAME}' + str(int(kind)))
        knock(socket.AF_UNIX, kind, '{PATH}' + str(int(kind)))
    return opened
"""

pytestmark = pytest.mark.sandbox


@contextmanager
def asked(backend: Backend, *cells: str) -> Iterator[SubmissionProxy]:
    with open_session(make_exercise(), make_notebook(*cells), backend=backend) as session:
        yield SubmissionProxy(session)


def own_addresses() -> list[str]:
    """Addresses under which this machine can be reached."""
    found = {"127.0.0.1", "::1"}
    with contextlib.suppress(OSError):
        found |= {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)}
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.connect(("192.0.2.1", 9))  # sends nothing
        found.add(out.getsockname()[0])
    return sorted(found)


def test_nothing_that_a_submission_offers_can_be_reached_from_here(backend: Backend) -> None:
    with asked(backend, LISTEN) as submission:
        assert submission["visitors"] == []
        for address in own_addresses():
            with pytest.raises(OSError):
                socket.create_connection((address, PORT), timeout=2)
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
            with socket.socket(socket.AF_UNIX, kind) as out, pytest.raises(OSError):
                out.connect(f"\0{NAME}{int(kind)}")
            assert not os.path.lexists(f"{PATH}{int(kind)}")
        listed = "".join(Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6", "udp", "udp6", "unix"))
        assert f":{PORT:04X} " not in listed and NAME not in listed
        assert submission["visitors"] == []


def test_nothing_that_a_submission_offers_can_be_reached_from_the_next_sandbox(backend: Backend) -> None:
    with asked(backend, LISTEN) as first, asked(backend, KNOCK) as second:
        assert second.call("knock_all") == []
        assert first["visitors"] == []


def test_the_knocking_itself_works(backend: Backend) -> None:
    with asked(backend, LISTEN, KNOCK) as submission:
        assert len(submission.call("knock_all")) >= 10
        assert len(submission["visitors"]) >= 10


def test_two_submissions_may_use_the_same_ports_and_names_at_once(backend: Backend) -> None:
    with asked(backend, LISTEN) as first, asked(backend, LISTEN) as second:
        assert first.run.outcome.value == second.run.outcome.value == "passed"
