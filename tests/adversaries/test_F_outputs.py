"""F6, F7, F10: what a submission leaves where checks look for files, and what its threads do between repetitions."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader.errors import SubmissionFault
from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.vocabulary import Outcome
from tests.support import make_exercise, make_notebook

MAX_SECONDS = 15  # of the grader's own computing, which says the same on a busy machine

pytestmark = pytest.mark.sandbox


@contextmanager
def asked(backend: Backend, *cells: str) -> Iterator[SubmissionProxy]:
    """A notebook that has run, ready for questions."""
    with open_session(make_exercise(), make_notebook(*cells), backend=backend) as session:
        began = time.process_time()
        yield SubmissionProxy(session)
        assert time.process_time() - began < MAX_SECONDS


# name -> code that puts something under `output.csv` which is no ordinary file of the working directory
STRANGE = {
    "link out": "os.symlink('/proc/self/environ', 'output.csv')",
    "link to the data": "os.symlink('/etc/localtime', 'output.csv')",
    "link that climbs": "os.symlink('../../etc/localtime', 'output.csv')",
    "link to itself": "os.symlink('output.csv', 'output.csv')",
    "link to nothing": "os.symlink('missing', 'output.csv')",
    "endless": "os.symlink('/dev/zero', 'output.csv')",
    "memory": "os.symlink('/proc/self/mem', 'output.csv')",
    "folder": "os.mkdir('output.csv')",
    "socket": "import socket; s = socket.socket(socket.AF_UNIX); s.bind('output.csv')",
    "linked folder": "os.symlink('/usr', 'folder')\nos.symlink('folder/bin/env', 'output.csv')",
    "unreadable": "open('output.csv', 'w').close(); os.chmod('output.csv', 0)",
    "huge": "f = open('output.csv', 'wb'); f.truncate(200 << 20)",
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_is_no_ordinary_output_cannot_be_read(kind: str, backend: Backend) -> None:
    with asked(backend, "import os", STRANGE[kind]) as submission:
        assert submission.files("output.csv") in ([], ["output.csv"])
        with pytest.raises(SubmissionFault) as caught:
            submission.read("output.csv")
        assert caught.value.outcome in (Outcome.FAILED, Outcome.ERROR, Outcome.OUTPUT)
        assert "output.csv" in caught.value.message.en
        assert submission["os"], "still answers"


def test_a_name_asked_for_never_leads_out(backend: Backend) -> None:
    with asked(backend, "open('own.txt', 'w').write('mine')") as submission:
        assert submission.read("own.txt") == b"mine"
        for path in ("../../etc/localtime", "/etc/localtime", "/proc/self/environ", "..", "", "a\0b", "x" * 5000):
            with pytest.raises(SubmissionFault):
                submission.read(path)


def test_a_link_swapped_while_it_is_read_shows_own_files_only(backend: Backend) -> None:
    swap = """
import os, threading
open('own.txt', 'w').write('mine')
def swap():
    while True:
        for target in ('/proc/self/environ', 'own.txt', '/etc/localtime', '/'):
            os.symlink(target, 'next'); os.replace('next', 'output.csv')
        open('next', 'w').write('mine'); os.replace('next', 'output.csv')
threading.Thread(target=swap, daemon=True).start()
"""
    with asked(backend, swap) as submission:
        for _ in range(60):
            submission.files()
            try:
                assert submission.read("output.csv") in (b"mine", b"")
            except SubmissionFault as fault:
                assert fault.outcome is not Outcome.VIOLATION


def test_names_of_files_are_text_that_can_be_stored(backend: Backend) -> None:
    make = """
import os
for name in (b'-rf', b'%s%n', b'new\\nline', b'\\xff\\xfe', b'\\xed\\xa0\\x80', b'{{7*7}}', b'<script>', b'=cmd', b'x' * 255,
             b'\\x1b[2J', '\\u202e'.encode()):
    open(name, 'w').close()
"""
    with asked(backend, make) as submission:
        names = submission.files()
        assert len(names) >= 10
        json.dumps(names, ensure_ascii=False).encode()  # raises for what no file takes


def test_files_that_come_and_go_while_they_are_listed_cost_nothing(backend: Backend) -> None:
    churn = """
import os, threading
def churn(prefix):
    while True:
        for number in range(50):
            open(f'{prefix}{number}', 'w').close()
        for number in range(50):
            os.remove(f'{prefix}{number}')
for prefix in 'abc':
    threading.Thread(target=churn, args=(prefix,), daemon=True).start()
"""
    with asked(backend, churn) as submission:
        for _ in range(30):
            assert isinstance(submission.files(), list)


MODULE = """
import os, threading, time
value = 1
def watch():
    first = os.getpid()
    while True:
        for pid in [p for p in os.listdir('/proc') if p.isdigit() and int(p) > first]:
            {action}
        time.sleep(0.001)
if not os.environ.get('WATCHED'):
    os.environ['WATCHED'] = '1'
    threading.Thread(target=watch, daemon=True).start()
def get():
    return value
"""


@contextmanager
def module(backend: Backend, source: str) -> Iterator[SubmissionProxy]:
    with open_session(make_exercise("module"), source.encode(), backend=backend) as session:
        began = time.process_time()
        yield SubmissionProxy(session)
        assert time.process_time() - began < MAX_SECONDS


def test_a_thread_that_kills_every_further_process_costs_its_own_answers_only(backend: Backend) -> None:
    with module(backend, MODULE.format(action="os.kill(int(pid), 9)")) as submission:
        assert submission.call("get") == 1
        with pytest.raises(SubmissionFault) as caught:
            submission.fresh().call("get")
        assert caught.value.outcome is Outcome.ERROR
        assert submission.call("get") == 1


def test_a_thread_that_rewrites_files_between_repetitions_changes_nothing(backend: Backend) -> None:
    action = """
            for path in ('sample.py', '/opt/grader/grader_probe/server.py', 'data'):
                try:
                    os.replace('other.py', path)
                except OSError:
                    pass
                try:
                    open(path, 'w').write('value = 2')
                except OSError:
                    pass"""
    with module(backend, "open('other.py', 'w').write('value = 2')\n" + MODULE.format(action=action)) as submission:
        for _ in range(2):
            fresh = submission.fresh()
            assert fresh.call("get") == 1
            fresh.close()
