"""Which packages an exercise was measured with."""

from __future__ import annotations

import platform
from contextlib import suppress
from functools import cache
from importlib import metadata

from grader.course.models import Exercise

_DISTRIBUTIONS = {"sklearn": ("scikit-learn",), "tensorflow": ("tensorflow-cpu", "tensorflow")}

_ALWAYS = ("numpy", "scipy", "sklearn", "pandas")


def versions(exercise: Exercise) -> dict[str, str]:
    """Version by import name of what decides an exercise's numbers; what is not installed is left out.

    Python itself, the libraries that checks and metrics compute with, and what the exercise requires, with Keras
    beside TensorFlow.
    """
    found = {"python": platform.python_version()}
    wanted = {*_ALWAYS, *exercise.requires}
    if "tensorflow" in wanted:
        wanted.add("keras")
    for name in sorted(wanted):
        version = _installed(name)
        if version is not None:
            found[name] = version
    return found


@cache  # reading a package's metadata takes a millisecond or more; each submission would pay it
def _installed(name: str) -> str | None:
    for distribution in _DISTRIBUTIONS.get(name, (name,)):
        with suppress(metadata.PackageNotFoundError):
            return metadata.version(distribution)
    return None
