"""Chooses how submissions are started: forked from a warm template, cold in a sandbox, or (only where the user says so)
without one."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable

from grader.course.models import Exercise
from grader.errors import IsolationUnavailable
from grader.sandbox.bubblewrap import BubblewrapBackend, check_isolation
from grader.sandbox.cgroups import find_place, remove_stale
from grader.sandbox.gpu import Slot
from grader.sandbox.plain import PlainBackend
from grader.sandbox.process import Backend
from grader.sandbox.templates import Libraries
from grader.sandbox.warm import warm_backend
from grader.scratch import sweep


def choose_backend(trust: bool = False, *, warm: Iterable[Exercise] = (), gpu: Slot | None = None) -> Backend:
    """The backend to grade with: the best that works on this machine.

    Parameters
    ----------
    trust : bool
        The user's explicit word that the submissions may run without isolation.
    warm : iterable of Exercise
        What is to be run more than once or twice: templates with the libraries of these exercises are started and a fork
        of each is tried, in sandboxes of their own or else as plain processes. Where neither works, starts are cold.
    gpu : Slot, optional
        For exercises that ask for a GPU; their starts are cold then.

    Raises
    ------
    IsolationUnavailable
        Where no sandbox can be had and ``trust`` is false.
    """
    clean_up()
    backend = _choose(trust, [exercise for exercise in warm if gpu is None or not exercise.gpu])
    backend.gpu = gpu
    return backend


def _choose(trust: bool, warm: Iterable[Exercise]) -> Backend:
    if trust:
        return PlainBackend()
    check_isolation()
    libraries = {Libraries.of(exercise.requires, exercise.limits) for exercise in warm}
    if libraries:
        try:
            return warm_backend(libraries)
        except IsolationUnavailable as error:
            return BubblewrapBackend(why_cold=str(error))
    return BubblewrapBackend()


def clean_up() -> None:
    """Remove what graders of this user have left in the file system because they were killed: folders, control groups.

    Theirs that still run are left alone, as are those of this process.
    """
    sweep()
    place = find_place() if sys.platform == "linux" else None
    if place is not None:
        with contextlib.suppress(OSError):
            remove_stale(place)
