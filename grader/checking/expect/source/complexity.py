"""How a cost grows with the size of the input: the exponent of a power law, and what a complexity class comes to."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

CLASSES: dict[str, Callable[[float], float]] = {
    "1": lambda n: 1.0,
    "log n": math.log,
    "n": lambda n: n,
    "n log n": lambda n: n * math.log(n),
    "n^2": lambda n: n**2,
    "n^2 log n": lambda n: n**2 * math.log(n),
    "n^3": lambda n: n**3,
}


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Slope of log cost over log size, by least squares over the larger half of the sizes and at least three.

    Small sizes are left out because a constant overhead hides the growth there; costs of zero count as very small.
    """
    last = max(3, (len(sizes) + 1) // 2)
    x = np.log(np.asarray(sizes[-last:], dtype=float))
    y = np.log(np.maximum(np.asarray(costs[-last:], dtype=float), 1e-12))
    return float(np.polyfit(x, y, 1)[0])


def allowed_exponent(at_most: str | float, sizes: Sequence[float]) -> float:
    """The exponent that a complexity class shows over these sizes; a number stands for itself.

    Raises
    ------
    ValueError
        There is no such class.
    """
    if isinstance(at_most, int | float):
        return float(at_most)
    name = at_most.replace("²", "^2").replace("³", "^3").replace("**", "^").strip()
    if name not in CLASSES:
        raise ValueError(f"complexity class {at_most!r} is unknown; there are: {', '.join(CLASSES)}")
    return exponent(sizes, [CLASSES[name](n) for n in sizes])
