"""What the attacks are run with: both ways of starting a kernel, the target course, and canaries on this machine."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.models import Course

HERE = Path(__file__).parent
# Attacks know the canaries by these names. Each process of the tests has canaries of its own, so that what one of them runs
# does not disturb another's; the own name is as long, since archives hold it.
WRITTEN_NAME, WRITTEN_PORT = "grader-adversaries-canary", "48711"
CANARY = f"grader-adversaries-{os.getpid():06x}"
assert len(CANARY) == len(WRITTEN_NAME)
collect_ignore = ["course"]  # its checks are run by the grader


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course that is attacked, as a copy: grading keeps answers of the reference beside it."""
    import shutil

    root = tmp_path_factory.mktemp("target") / "course"
    shutil.copytree(HERE / "course", root)
    return load_course(root)


@dataclass
class Canaries:
    """Things on this machine that no submission may touch or reach."""

    file: Path
    tcp_port: int
    abstract_name: str
    visitors: list[str] = field(default_factory=list)

    def aim(self, attack: str) -> str:
        """The source of an attack with the names of these canaries."""
        return attack.replace(WRITTEN_NAME, self.abstract_name).replace(WRITTEN_PORT, str(self.tcp_port))

    def check(self) -> None:
        """Fail when one of them was touched."""
        assert self.file.read_text() == "untouched"
        assert not self.visitors, self.visitors


@pytest.fixture(scope="session")
def canaries() -> Iterator[Canaries]:
    """A world-writable file in /tmp, a TCP server on every address and an abstract unix socket, all known by name."""
    file = Path("/tmp", CANARY)
    file.write_text("untouched")
    file.chmod(0o666)
    tcp = socket.create_server(("", 0))
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind(f"\0{CANARY}")
    abstract.listen()
    found = Canaries(file, tcp.getsockname()[1], CANARY)

    def watch(listening: socket.socket, name: str) -> None:
        while True:
            try:
                listening.accept()[0].close()
            except OSError:
                return
            found.visitors.append(name)

    for listening, name in ((tcp, "tcp"), (abstract, "abstract")):
        threading.Thread(target=watch, args=(listening, name), daemon=True).start()
    yield found
    for listening in (tcp, abstract):
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
    file.unlink()


@pytest.hookimpl(tryfirst=True)  # before slow tests are chosen from, see tests/conftest.py
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Attacks on cold starts take their turn with the slow tests; those on warm starts, which most gradings use, run always."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        if item.path.name == "test_attacks.py" and callspec is not None and callspec.params.get("backend") == "cold":
            item.add_marker(pytest.mark.slow)
