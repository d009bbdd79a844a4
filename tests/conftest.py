"""Fixtures that tests of several areas share."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.errors import IsolationUnavailable
from grader.sandbox import Backend, choose_backend

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The course that this repository is."""
    return ROOT


@pytest.fixture(scope="session")
def backend() -> Backend:
    """The real sandbox; tests that need it are skipped, saying why, where it cannot be had."""
    try:
        return choose_backend()
    except IsolationUnavailable as error:
        pytest.skip(str(error))
