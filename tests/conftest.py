"""Fixtures that tests of several areas share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from grader.errors import IsolationUnavailable
from grader.sandbox import Backend, choose_backend
from tests.support import make_exercise

ROOT = Path(__file__).resolve().parent.parent

# How long an example takes says something about the machine, not about the code: no test judges by it.
settings.register_profile("grader", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("grader")


@pytest.fixture(scope="session")
def root() -> Path:
    """The course that this repository is."""
    return ROOT


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
