"""Fixtures that tests of several areas share."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from grader.errors import IsolationUnavailable
from grader.sandbox import Backend, choose_backend
from tests.support import make_exercise

ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says something about the machine, not about the code: no test judges by it. "ci" draws the same
# examples every time, so that a red run is red again; "explore" draws new ones, to find what nobody has thought of:
# HYPOTHESIS_PROFILE=explore make test
settings.register_profile(
    "ci",
    derandomize=True,
    deadline=None,
    print_blob=True,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("explore", settings.get_profile("ci"), derandomize=False, max_examples=300)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

TURNS = 4
# Files whose slow tests share something dear, which one turn makes once.
TURN_AS_ONE = {
    "test_feedback_old_apis.py",
    "test_kill_at_random.py",
    "test_ending.py",
    "test_proving_known_mistakes.py",
    "test_proving_records_in_use.py",
}
# Side by side, the tests of a file stay together: what they share is made once. These files have too many that take long, and
# share nothing but a template or two.
SPREAD = {
    "test_attacks.py",
    "test_F_archives.py",
    "test_backends.py",
    "test_cli_authoring.py",
    "test_cli_demo.py",
    "test_ending.py",
    "test_kill_at_random.py",
    "test_leftovers.py",
    "test_proving_validate.py",
    "test_release_skeleton.py",
    "test_sandbox_limits.py",
}
# What takes longest starts first, so that no worker is left with it at the end.
LONG = [
    "test_cli_demo.py",
    "test_cli_authoring.py",
    "test_tutorial.py",
    "test_place_of_results.py",
    "test_checking_leaks.py",
    "test_release_skeleton.py",
    "test_kill_at_random.py",
    "test_leftovers.py",
    "test_proving_records_in_use.py",
    "test_proving_validate.py",
    "test_checking_models.py",
    "test_running_probe.py",
    "test_sandbox_warm.py",
    "test_proving_adversaries.py",
    "test_feedback_old_apis.py",
    "test_checking_diagnosis.py",
    "test_running_cells.py",
    "test_grading_batch.py",
    "test_ending.py",
]


@pytest.fixture(scope="session")
def root() -> Path:
    """The course that this repository is."""
    return ROOT


@pytest.fixture(scope="session")
def turn(pytestconfig: pytest.Config) -> str | None:
    """The commit that chooses what is run, where only a part is; None where all is."""
    chosen: str | None = pytestconfig.getoption("--turn")
    return chosen


@pytest.fixture(scope="session")
def cold_backend() -> Backend:
    """The real sandbox, an interpreter of its own for each submission; skipped, saying why, where it cannot be had."""
    try:
        return choose_backend()
    except IsolationUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def warm_backend() -> Iterator[Backend]:
    """The real sandbox, kernels forked from a template; skipped, saying why, where it cannot be had."""
    try:
        found = choose_backend(warm=[make_exercise()])
    except IsolationUnavailable as error:
        pytest.skip(str(error))
    if not found.warm:
        pytest.skip("; ".join(found.cold_starts))
    yield found
    found.close()


@pytest.fixture(scope="session", params=["cold", "warm"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """The real sandbox, in both ways of starting a kernel."""
    found: Backend = request.getfixturevalue(f"{request.param}_backend")
    return found


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--turn",
        metavar="HEX",
        help=f"of the slow tests run one in {TURNS}: those whose turn it is with this commit id",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Choose the slow tests whose turn it is, and let the longest start first."""
    if turn := config.getoption("--turn"):
        chosen = [item for item in items if not item.get_closest_marker("slow") or _is_its_turn(item, turn)]
        config.hook.pytest_deselected(items=list({*items} - {*chosen}))
        items[:] = chosen
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out tests file by file, those of ``SPREAD`` one by one, in their order.

    A mark (``xdist_group``) would do, but xdist 3.8 writes it where pytest 9.2 does not look.
    """
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return nodeid if file.rpartition("/")[2] in SPREAD else file

    config.option.loadscopereorder = False  # a file of many tests need not take long
    return ByFile(config, log) if config.getoption("dist") == "load" else None


def _is_its_turn(item: pytest.Item, commit: str) -> bool:
    """Whether a slow test runs with this commit: nothing but its name and the commit's decides."""
    name = item.nodeid.partition("::")[0] if item.path.name in TURN_AS_ONE else item.nodeid
    share = int(hashlib.sha256(name.encode()).hexdigest(), 16)
    return (share + int(commit[:12], 16)) % TURNS == 0
