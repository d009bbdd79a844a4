"""One failed comparison, and how strong a coincidence must be before it counts as an explanation.

An explanation names a mistake and computes what that mistake would have given; it is said only if the answer is that.
Loose tolerances and simple numbers fit by accident (a wrong 0.25 is one minus 0.75, and also 0.5 squared), so each fit
is weighed: the *evidence* is the number of bits that an unrelated answer would have to guess.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

NEEDED = 12.0  # bits; with some fifty explanations, one unrelated answer in a hundred is explained at worst
MOST = 1 << 15  # elements that are looked at one by one; of more, a sample
_LOOSEST, _LOOSEST_ALONE, _TIGHTEST = 1e-3, 1e-5, 1e-6
_GLANCED = 64  # elements that a first glance compares
_WEIGHED = 512  # elements that evidence is gathered from
_SIMPLEST = 1000  # denominators of the numbers that count as simple


@dataclass(frozen=True)
class Case:
    """What was answered, what was expected, and how exactly.

    Attributes
    ----------
    actual, expected : array of float64, finite
        Large arrays of the same shape are replaced by the same sample of both; `whole` is then False.
    kind : str
        The kind of dtype that the answer had: ``b``, ``i``, ``u`` or ``f``.
    rtol, atol : float
        Of the check.
    inputs : array or None
        What the student's code was given, if the check says so.
    whole : bool
    """

    actual: Array
    expected: Array
    kind: str
    rtol: float
    atol: float
    inputs: Array | None = None
    whole: bool = True

    @cached_property
    def tolerance(self) -> float:
        """Relative tolerance of an explanation: never looser than 1e-3, and 1e-5 where there is one value only.

        Among values that hardly differ from each other it is a hundredth of their spread.
        """
        scale = typical(self.expected)
        wanted = max(self.rtol, self.atol / scale if scale else 0.0, _TIGHTEST)
        if distinct(self.expected, _LOOSEST) < 2:
            return min(wanted, _LOOSEST_ALONE)
        return min(wanted, _LOOSEST, max(0.01 * float(np.ptp(self.expected)) / scale, _TIGHTEST))

    @property
    def same_shape(self) -> bool:
        """Whether values can be compared one by one."""
        return self.actual.shape == self.expected.shape

    def fits(self, guess: Array, needed: float = NEEDED) -> bool:
        """Whether the answer is `guess`, what a mistake would have given, and not by accident."""
        return self.near(self.actual, guess) and evidence(guess, self.tolerance) >= needed

    @cached_property
    def glance(self) -> tuple[Array, Array]:
        """A few of the answered and of the expected values, by which most explanations are ruled out."""
        return sample(self.actual, _GLANCED), sample(self.expected, _GLANCED)

    def near(self, a: Array, b: Array) -> bool:
        """Whether two arrays agree up to the tolerance of an explanation."""
        if a.shape != b.shape:
            return False
        if a.size > 8 * _GLANCED and not self._agree_everywhere(sample(a, _GLANCED), sample(b, _GLANCED)):
            return False
        return self._agree_everywhere(a, b)

    def _agree_everywhere(self, a: Array, b: Array) -> bool:
        return bool(np.isfinite(b).all() and self.agree(a, b).all())

    def agree(self, a: Array, b: Array) -> Array:
        """Where two arrays of the same shape agree; nowhere where one is not finite."""
        return np.asarray(np.abs(a - b) <= 1e-7 * typical(b) + self.tolerance * np.abs(b))


def typical(values: Array) -> float:
    """Median size of the values that are not zero; 0 where all are."""
    sizes = np.abs(sample(values))
    sizes = sizes[sizes > 0]
    return float(np.median(sizes)) if sizes.size else 0.0


def sample(values: Array, most: int = _WEIGHED) -> Array:
    """At most `most` elements, evenly spread; the step is odd, so that it does not stay in one column of two or four."""
    flat = values.reshape(-1)
    step = -(-flat.size // most)
    return flat[:: step | 1] if step > 1 else flat


def distinct(values: Array, tolerance: float) -> int:
    """How many different values there are beside zero, as far as the tolerance tells them apart."""
    return int(_levels(sample(values), tolerance).size)


def evidence(values: Array, tolerance: float) -> float:
    """Bits that somebody who does not know `values` would have to guess to answer them.

    Each different value counts up to the precision of the comparison, simple fractions less: p/q has log2(1 + p q) bits.
    Values that repeat count by the entropy of their arrangement.
    """
    flat = sample(values)
    levels = _levels(flat, tolerance)
    cap = -math.log2(2 * tolerance)
    bits = sum(min(cap, _complexity(float(value))) for value in levels[:12])
    signs, counts = np.unique(np.sign(flat), return_counts=True)
    shares = counts / flat.size
    arranged = float(-(shares * np.log2(shares)).sum()) * flat.size if signs.size > 1 else 0.0
    if levels.size < flat.size:
        _, counts = np.unique(flat, return_counts=True)
        shares = counts / flat.size
        arranged = max(arranged, float(-(shares * np.log2(shares)).sum()) * flat.size)
    # where nothing repeats, the arrangement is in the values themselves, and only that of the signs is new
    return bits + (arranged if levels.size > 1 or signs.size > 1 else 0.0)


def _levels(flat: Array, tolerance: float) -> Array:
    """Different sizes among values, without zero; those within the tolerance of each other are one."""
    sizes = np.abs(flat)
    sizes = np.sort(sizes[sizes > 0])
    if sizes.size < 2:
        return sizes
    return np.asarray(sizes[np.concatenate([[True], np.diff(np.log(sizes)) > 2 * tolerance])])


def _complexity(value: float) -> float:
    """Bits of a positive number: few if it is a simple fraction."""
    if not math.isfinite(value):
        return 0.0
    near = Fraction(value).limit_denominator(_SIMPLEST)
    if near > 0 and abs(float(near) - value) <= 1e-9 * value:
        return math.log2(1 + near.numerator * near.denominator)
    return math.inf
