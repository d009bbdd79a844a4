"""Without a sandbox a kernel listens on ports, which any other program may take before it does."""

from __future__ import annotations

import socket

import pytest

from grader.errors import GraderError
from grader.running import provisioner
from grader.running.session import open_session
from grader.sandbox import choose_backend
from grader.vocabulary import Outcome
from tests.support import make_exercise, make_notebook, outputs_text


def test_a_kernel_whose_port_was_taken_starts_on_others(monkeypatch: pytest.MonkeyPatch) -> None:
    free_ports = provisioner._free_ports
    with socket.create_server(("127.0.0.1", 0)) as taken:
        drawn: list[list[int]] = []

        def first_one_taken(count: int) -> list[int]:
            ports = free_ports(count)
            drawn.append([taken.getsockname()[1], *ports[1:]] if not drawn else ports)
            return drawn[-1]

        monkeypatch.setattr(provisioner, "_free_ports", first_one_taken)
        with open_session(
            make_exercise(), make_notebook("print('it runs')"), backend=choose_backend(trust=True)
        ) as session:
            assert session.run.outcome is Outcome.PASSED
            assert "it runs" in outputs_text(session.run.notebook)
    assert len(drawn) == 2


def test_it_gives_up_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(provisioner, "_free_ports", lambda count: [taken.getsockname()[1]] * count)
        with (
            pytest.raises(GraderError, match="in use"),
            open_session(make_exercise(), make_notebook("print('never')"), backend=choose_backend(trust=True)),
        ):
            pass


def test_ports_of_one_kernel_differ() -> None:
    ports = provisioner._free_ports(200)
    assert len(set(ports)) == 200
