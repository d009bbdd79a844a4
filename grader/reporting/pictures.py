"""Geometry of the inline pictures: a metric on its band, a learning curve, a distribution. Numbers only, no markup.

Data reach the SVG as numbers computed here; nothing that a student wrote becomes part of a picture's markup.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grader.checking.verdict import BandReading
from grader.reporting.text import told_apart

WIDTH = 360.0
_MARGIN = 14.0


def _drawable(value: float) -> bool:
    """Finite, and far enough from the largest float that differences stay finite."""
    return math.isfinite(value) and abs(value) < 1e100


@dataclass(frozen=True)
class BandPicture:
    """A metric on its band; x runs to the better side. Positions are in view-box units, 0 to 360."""

    title: str
    value: float
    baseline: float
    edge: float
    low: float
    high: float
    x_value: float
    x_baseline: float
    x_edge: float
    x_reference: tuple[float, ...]
    anchor: str  # text-anchor of the label over the student's mark
    beyond: str  # "", "left" or "right": the value lies outside the picture
    reached: bool
    better: bool  # than the reference under every seed
    bonus: float  # points beyond the check's own
    value_text: str
    edge_text: str


def band_picture(reading: BandReading, title: str) -> BandPicture | None:
    """Lay out one reading; None where the baseline, edge or every reference value is not a
    number that can be drawn."""
    references = tuple(v for v in reading.reference_values if _drawable(v))
    if not (_drawable(reading.baseline) and _drawable(reading.edge) and references):
        return None
    sign = -1.0 if reading.direction == "lower" else 1.0
    known = [sign * v for v in (reading.baseline, reading.edge, *references)]
    low, high = min(known), max(known)
    span = (high - low) or abs(high) or 1.0
    left, right = low - 0.18 * span, high + 0.18 * span
    if not right > left:  # too small for floats to tell apart
        left, right = low - 1.0, high + 1.0
    value = sign * reading.value

    def x(signed: float) -> float:
        share = (signed - left) / (right - left)
        return round(_MARGIN + min(1.0, max(0.0, share)) * (WIDTH - 2 * _MARGIN), 1)

    # A value that is not a number stands at the worst end.
    shown = value if not math.isnan(value) else -math.inf
    beyond = "left" if shown < left else "right" if shown > right else ""
    x_value = x(shown)
    value_text, edge_text = told_apart(reading.value, reading.edge)
    return BandPicture(
        title=title,
        value=reading.value,
        baseline=reading.baseline,
        edge=reading.edge,
        low=min(references),
        high=max(references),
        x_value=x_value,
        x_baseline=x(sign * reading.baseline),
        x_edge=x(sign * reading.edge),
        x_reference=tuple(x(sign * v) for v in references[:60]),
        anchor="start" if x_value < 40 else "end" if x_value > WIDTH - 40 else "middle",
        beyond=beyond,
        reached=value >= sign * reading.edge,
        better=value > max(sign * v for v in references),
        bonus=reading.bonus,
        value_text=value_text,
        edge_text=edge_text,
    )


@dataclass(frozen=True)
class CurvePicture:
    """Two learning curves in one frame. ``own`` and ``reference`` are lists of ``points`` attributes, one per piece."""

    own: tuple[str, ...]
    reference: tuple[str, ...]
    low: float
    high: float
    steps: int
    first: float | None
    last: float | None
    reference_first: float | None
    reference_last: float | None


CURVE_HEIGHT = 170.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 350.0, 10.0, 146.0


def _thin(values: Sequence[float], most: int = 240) -> list[tuple[int, float]]:
    """At most ``most`` (step, value) pairs, first and last among them."""
    if len(values) <= most:
        return list(enumerate(values))
    picked = sorted({round(i * (len(values) - 1) / (most - 1)) for i in range(most)})
    return [(i, values[i]) for i in picked]


def _pieces(values: Sequence[float], steps: int, low: float, high: float) -> tuple[str, ...]:
    """Polylines between the places where a curve is not finite; values outside the frame run along its border."""
    pieces: list[list[str]] = [[]]
    for step, value in _thin(values):
        if not _drawable(value):
            pieces.append([])
            continue
        x = _LEFT + (_RIGHT - _LEFT) * step / max(1, steps - 1)
        y = _BOTTOM - (_BOTTOM - _TOP) * (min(high, max(low, value)) - low) / (high - low)
        pieces[-1].append(f"{x:.1f},{y:.1f}")
    # A single point would not be drawn: give it a length.
    return tuple(" ".join(piece if len(piece) > 1 else piece * 2) for piece in pieces if piece)


def curve_picture(own: Sequence[float], reference: Sequence[float]) -> CurvePicture | None:
    """Lay out a learning curve over the reference's; None where neither has a finite value."""
    finite = [v for v in own if _drawable(v)]
    finite_reference = [v for v in reference if _drawable(v)]
    if not finite and not finite_reference:
        return None
    low, high = min(finite + finite_reference), max(finite + finite_reference)
    if finite_reference:
        # A diverging curve must not flatten the reference into a line.
        span = (max(finite_reference) - min(finite_reference)) or abs(max(finite_reference)) or 1.0
        low = max(low, min(finite_reference) - 2 * span)
        high = min(high, max(finite_reference) + 2 * span)
    if not high > low:
        half = max(abs(low), 1e-9) / 2
        low, high = low - half, low + half
    steps = max(len(own), len(reference))
    return CurvePicture(
        own=_pieces(own, steps, low, high),
        reference=_pieces(reference, steps, low, high),
        low=low,
        high=high,
        steps=steps,
        first=finite[0] if finite else None,
        last=finite[-1] if finite else None,
        reference_first=finite_reference[0] if finite_reference else None,
        reference_last=finite_reference[-1] if finite_reference else None,
    )


@dataclass(frozen=True)
class Bar:
    """One bar of a distribution, in view-box units."""

    x: float
    y: float
    width: float
    height: float
    count: int
    label: str


HISTOGRAM_HEIGHT = 150.0


def histogram(shares: Sequence[float], bins: int = 10) -> tuple[Bar, ...]:
    """Count shares of 0 to 1 in equal bins; the last bin holds 1 itself."""
    counts = [0] * bins
    for share in shares:
        counts[min(bins - 1, max(0, int(share * bins)))] += 1
    most = max(counts, default=0) or 1
    step = (WIDTH - 2 * _MARGIN) / bins
    bars = []
    for index, count in enumerate(counts):
        height = round(96.0 * count / most, 1)
        bars.append(
            Bar(
                x=round(_MARGIN + index * step + 2, 1),
                y=round(120.0 - height, 1),
                width=round(step - 4, 1),
                height=height,
                count=count,
                label=f"{100 * index // bins}–{100 * (index + 1) // bins} %",
            )
        )
    return tuple(bars)
