"""C1, C3, C5: two submissions that run at the same time cannot signal each other by anything that both can reach.

One listens, the other speaks, the first listens again: it must see the same. See ``C/two_sides.py`` for the channels.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.running.proxy import SubmissionProxy
from grader.running.session import open_session
from grader.sandbox import Backend
from tests.support import make_exercise, make_notebook

TWO_SIDES = (Path(__file__).parent / "C" / "two_sides.py").read_bytes()


@pytest.mark.sandbox
def test_two_sandboxes_cannot_signal_each_other(backend: Backend) -> None:
    assert backend.isolated
    exercise = make_exercise("module", "two_sides")
    with (
        open_session(exercise, TWO_SIDES, backend=backend) as first,
        open_session(exercise, TWO_SIDES, backend=backend) as second,
    ):
        listening, speaking = SubmissionProxy(first), SubmissionProxy(second)
        listening.call("warm_up_rare_file")
        heard: dict[str, tuple[str, str, str]] = {}
        for name in listening.call("channels"):
            before = listening.call("hear", name)
            said = speaking.call("say", name)
            after = listening.call("hear", name)
            heard[name] = (before, said, after)
    assert len(heard) > 15, "the channels themselves were tried"
    different = {name: seen for name, seen in heard.items() if seen[0] != seen[2]}
    assert not different


@pytest.mark.sandbox
def test_descriptors_on_their_way_stop_nobody_else(backend: Backend) -> None:
    """The system counts them per user; while one submission holds all that it may, others must still start and answer."""
    assert backend.isolated
    exercise = make_exercise("module", "two_sides")
    with open_session(exercise, TWO_SIDES, backend=backend) as first:
        assert SubmissionProxy(first).call("hold_descriptors") >= 500
        with open_session(make_exercise(), make_notebook("x = 6 * 7"), backend=backend) as second:
            assert SubmissionProxy(second)["x"] == 42
