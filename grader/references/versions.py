"""Which packages an exercise was measured with."""

from __future__ import annotations

from importlib import metadata

from grader.course.models import Exercise

_DISTRIBUTIONS = {"sklearn": ("scikit-learn",), "tensorflow": ("tensorflow-cpu", "tensorflow")}


def versions(exercise: Exercise) -> dict[str, str]:
    """Version by import name, for NumPy and what the exercise requires; what is not installed is left out."""
    found: dict[str, str] = {}
    for name in sorted({"numpy", *exercise.requires}):
        for distribution in _DISTRIBUTIONS.get(name, (name,)):
            try:
                found[name] = metadata.version(distribution)
                break
            except metadata.PackageNotFoundError:
                continue
    return found
