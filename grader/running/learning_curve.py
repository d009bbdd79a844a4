"""Reads the learning curve out of a submission that has run."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grader.errors import SubmissionFault
from grader.running.proxy import Asked, SubmissionProxy
from grader.running.remote import Remote

MAX_POINTS = 2000


def learning_curve(session: Asked, path: str | None) -> tuple[float, ...]:
    """The curve at a dotted path of names, attributes and keys: ``network.history.history.loss``.

    Parameters
    ----------
    path : str or None
        ``Exercise.curve``; None for an exercise without one.

    Returns
    -------
    tuple of float
        At most `MAX_POINTS` finite values; empty where the submission has none. That is a picture less in a report, and
        no verdict: checks judge a curve themselves.
    """
    if path is None or session.link is None:
        return ()
    first, *rest = path.split(".")
    try:
        value: Any = SubmissionProxy(session)[first]
        for part in rest:
            value = value.get(part) if isinstance(value, Remote | dict) else None
        if not isinstance(value, list | tuple | np.ndarray):
            return ()
        curve = tuple(float(point) for point in value[:MAX_POINTS])
    except (SubmissionFault, TypeError, ValueError, OverflowError):
        return ()
    return curve if all(math.isfinite(point) for point in curve) else ()
