"""Chooses how submissions are started: forked from a warm template, cold in a sandbox, or (only where the user says so)
without one."""

from __future__ import annotations

from grader.errors import IsolationUnavailable
from grader.sandbox.bubblewrap import BubblewrapBackend, check_isolation
from grader.sandbox.plain import PlainBackend
from grader.sandbox.process import Backend
from grader.sandbox.warm import Shared, WarmBackend, warm_backend


def choose_backend(trust: bool = False, *, warm: bool = False, shared: Shared | None = None) -> Backend:
    """The backend to grade with: the best that works on this machine.

    Parameters
    ----------
    trust : bool
        The user's explicit word that the submissions may run without isolation.
    warm : bool
        Worth it where there is more than one submission to run: a template is started and a fork of it tried, in a
        sandbox of its own or else as a plain process. Where neither works, starts are cold.
    shared : Shared, optional
        Templates that another process has started and tried.

    Raises
    ------
    IsolationUnavailable
        Where no sandbox can be had and ``trust`` is false.
    """
    if trust:
        return PlainBackend()
    if shared is not None:
        return WarmBackend(shared.mode, shared)
    check_isolation()
    if warm:
        try:
            return warm_backend()
        except IsolationUnavailable as error:
            return BubblewrapBackend(why_cold=str(error))
    return BubblewrapBackend()
