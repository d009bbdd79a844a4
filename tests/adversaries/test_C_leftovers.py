"""C5, C6, C8: what one submission leaves behind, wherever it can, the next one does not find."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

import pytest

from grader.course.models import Limits
from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend
from grader.sandbox.privileges import SANDBOX_UID
from tests.support import make_exercise, make_notebook

SEARCHER = make_exercise(limits=Limits(cell_seconds=60, total_seconds=120))  # it walks through all that it can see
LEAVE = """
import builtins, ctypes, os, sys
MARK = {mark!r}
left = []
for top, folders, names in os.walk('/'):
    if top.startswith(('/proc', '/sys')):
        folders.clear()
        continue
    try:
        with open(os.path.join(top, MARK), 'w') as file:
            file.write(MARK)
        os.chmod(os.path.join(top, MARK), 0o777)
        left.append(top)
    except OSError:
        pass
os.environ['LEFT'] = builtins.left = sys.left = os.left = MARK
sys.modules[MARK] = os
ctypes.CDLL(None).setenv(b'LEFT', MARK.encode(), 1)
sys.path.insert(0, '/tmp')
os.chmod('/tmp', 0o700)
os.chdir('/dev/shm')
import numpy, random
numpy.left = MARK
numpy.random.seed(1)
random.seed(1)
numpy.set_printoptions(precision=1)
numpy.seterr(all='raise')
"""
FIND = """
import builtins, gc, os, sys
import numpy
MARK = {mark!r}
found = [f'{{top}}/{{n}}' for top, fs, ns in os.walk('/') if not top.startswith(('/proc', '/sys')) for n in ns if n == MARK]
found += [name for name, value in os.environ.items() if MARK in value]
found += [where.__name__ for where in (builtins, sys, os, numpy) if hasattr(where, 'left')]
found += [name for name in sys.modules if name == MARK]
found += [path for path in sys.path if path == '/tmp']
found += [what for what, changed in {{
    'folder': os.getcwd() != '/home/student',
    'print options': numpy.get_printoptions()['precision'] != 8,
    'errors': numpy.geterr()['divide'] != 'warn',
}}.items() if changed]
found += [fd for fd in os.listdir('/proc/self/fd') if MARK in (os.readlink(f'/proc/self/fd/{{fd}}') if os.path.islink(f'/proc/self/fd/{{fd}}') else '')]
"""


@pytest.mark.sandbox
def test_the_next_submission_finds_nothing(backend: Backend) -> None:
    assert backend.isolated
    mark = "left-" + secrets.token_hex(12)
    with open_session(SEARCHER, make_notebook(LEAVE.format(mark=mark)), backend=backend) as session:
        assert session.run.outcome.value == "passed", session.run.cells
        written = SubmissionProxy(session)["left"]
        with open_session(SEARCHER, make_notebook(FIND.format(mark=mark)), backend=backend) as beside:
            assert beside.run.outcome.value == "passed", beside.run.cells
            assert SubmissionProxy(beside)["found"] == []
    with open_session(SEARCHER, make_notebook(FIND.format(mark=mark)), backend=backend) as after:
        assert SubmissionProxy(after)["found"] == []
    scratch = {"/tmp", "/home/student", "/dev/shm"}
    assert scratch <= set(written), "it did leave something"
    assert all(any(Path(place).is_relative_to(top) for top in scratch) for place in written), "and nowhere else"
    for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run"):
        for path in Path(folder).glob("*"):
            assert mark not in path.name
            with suppress(FileNotFoundError):  # somebody else's, gone by now
                mine = os.getuid() == SANDBOX_UID or path.lstat().st_uid != SANDBOX_UID
                assert mine, f"{path} belongs to the sandbox's user"
