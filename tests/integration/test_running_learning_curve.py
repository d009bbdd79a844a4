"""A learning curve is read along a path of names, attributes and keys, and is never a reason to fail."""

from __future__ import annotations

import pytest

from grader.running.learning_curve import learning_curve
from grader.running.session import open_session
from grader.sandbox import Backend
from tests.support import make_exercise

SOURCE = b"""
class History:
    def __init__(self):
        self.history = {"loss": [3.0, 2.0, 1.0], "words": ["a"], "broken": [1.0, float("nan")]}

class Model:
    pass

network = Model()
network.history = History()
log = (5, 4)
endless = range(10**9)
"""


@pytest.mark.sandbox
def test_curve_is_found_along_its_path_and_nothing_else_is_taken_for_one(backend: Backend) -> None:
    with open_session(make_exercise("module"), SOURCE, backend=backend) as session:
        assert learning_curve(session, "network.history.history.loss") == (3.0, 2.0, 1.0)
        assert learning_curve(session, "log") == (5.0, 4.0)
        for path in (None, "missing", "network", "network.nothing.loss", "network.history.history.words"):
            assert learning_curve(session, path) == ()
        assert learning_curve(session, "network.history.history.broken") == ()
        assert learning_curve(session, "endless") == ()
