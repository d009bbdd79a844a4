"""Which packages an exercise was measured with."""

from __future__ import annotations

import platform
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
        for distribution in _DISTRIBUTIONS.get(name, (name,)):
            try:
                found[name] = metadata.version(distribution)
                break
            except metadata.PackageNotFoundError:
                continue
    return found
