"""Chooses how submissions are started: in a sandbox, or (only where the user says so) without one."""

from __future__ import annotations

from grader.sandbox.bubblewrap import BubblewrapBackend, check_isolation
from grader.sandbox.plain import PlainBackend
from grader.sandbox.process import Backend


def choose_backend(trust: bool = False) -> Backend:
    """The backend to grade with.

    Parameters
    ----------
    trust : bool
        The user's explicit word that the submissions may run without isolation.

    Raises
    ------
    IsolationUnavailable
        Where no sandbox can be had and ``trust`` is false.
    """
    if trust:
        return PlainBackend()
    check_isolation()
    return BubblewrapBackend()
