"""Reads what a plot shows out of its facts, whichever call of matplotlib drew it: points, curves, bars, colours.

Every function takes facts that came out of a submission and answers for all of them; none raises because of a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from grader.checking.expect.written.answers import normalise
from grader.running.figures import AxesFacts, FigureFacts, PatchFacts

Array = NDArray[Any]

KINDS = ("line", "scatter", "bar", "histogram", "image", "contour", "text")
_NO_LINE = frozenset({"none", "", " "})


@dataclass(frozen=True)
class Points:
    """All points that axes show: ``xy`` (n, 2), ``sizes`` (n,), ``values`` (n,) or None, ``colors`` (n,) of text."""

    xy: Array
    sizes: Array
    values: Array | None
    colors: Array


def has_kind(axes: AxesFacts, kind: str) -> bool:
    """Whether axes show artists of one of `KINDS`."""
    if kind == "line":
        return any(line.linestyle.lower() not in _NO_LINE for line in axes.lines)
    if kind == "scatter":
        return bool(axes.scatters) or any(is_scatter(line) for line in axes.lines)
    if kind == "histogram":
        return histogram(axes) is not None
    found = {"bar": axes.bars, "image": axes.images, "contour": axes.contours, "text": axes.texts}
    return bool(found[kind])


def is_scatter(line: Any) -> bool:
    """Whether a line is only markers, as ``plot(x, y, "o")`` draws them."""
    return line.linestyle.lower() in _NO_LINE and line.marker.lower() not in _NO_LINE


def find_axes(figure: FigureFacts | AxesFacts, kind: str | None) -> AxesFacts | None:
    """The axes with most artists of a kind; the first plot where none is asked for."""
    if isinstance(figure, AxesFacts):
        return figure if kind is None or has_kind(figure, kind) else None
    return next((axes for axes in figure.plots if kind is None or has_kind(axes, kind)), None)


def floats(value: Any, ndim: int) -> Array | None:
    """An array of floats with `ndim` dimensions, or None."""
    if not isinstance(value, np.ndarray) or value.ndim != ndim or value.dtype.kind not in "fiub":
        return None
    return value.astype(float)


def points(axes: AxesFacts) -> Points | None:
    """All points of the scatters and of the lines made of markers; None where they cannot be read."""
    xy, sizes, values, colors = [], [], [], []
    for cloud in axes.scatters:
        offsets, areas = floats(cloud.offsets, 2), floats(cloud.sizes, 1)
        if offsets is None or areas is None or offsets.shape[1] != 2 or len(areas) not in (1, len(offsets)):
            return None
        n = len(offsets)
        xy.append(offsets)
        sizes.append(np.broadcast_to(areas, n))
        mapped = floats(np.ravel(cloud.values), 1) if isinstance(cloud.values, np.ndarray) else None
        values.append(mapped if mapped is not None and len(mapped) == n else None)
        colors.append(_colors_of(cloud.colors, mapped, n))
    for line in axes.lines:
        x, y = floats(line.x, 1), floats(line.y, 1)
        if is_scatter(line) and x is not None and y is not None and len(x) == len(y):
            xy.append(np.column_stack([x, y]))
            sizes.append(np.ones(len(x)))
            values.append(None)
            colors.append(np.full(len(x), line.color, dtype=object))
    if not xy:
        return None
    told = [value for value in values if value is not None]
    return Points(
        np.concatenate(xy),
        np.concatenate(sizes),
        np.concatenate(told) if len(told) == len(values) else None,
        np.concatenate(colors),
    )


def _colors_of(rgba: Any, mapped: Array | None, n: int) -> Array:
    """A name for the colour of each point: two points have the same name where they have the same colour."""
    if mapped is not None and len(mapped) == n:
        return np.array([f"value {v!r}" for v in mapped.tolist()], dtype=object)
    table = floats(rgba, 2)
    if table is None or len(table) not in (1, n):
        return np.full(n, "", dtype=object)
    names = [str(row) for row in np.round(table, 3).tolist()]
    return np.array(names * n if len(names) == 1 else names, dtype=object)


def same_points(found: Array, wanted: Array, tolerance: Array) -> bool:
    """Whether two sets of points (n, k) are the same, in whatever order; `tolerance` has shape (k,)."""
    if len(found) != len(wanted):
        return False
    if not len(found):
        return True
    scale = np.maximum(tolerance, np.finfo(float).tiny)
    with np.errstate(all="ignore"):
        one, other = np.clip(found / scale, -1e300, 1e300), np.clip(wanted / scale, -1e300, 1e300)
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        return False
    here, there = cKDTree(one), cKDTree(other)
    near = {"r": 1.0, "p": np.inf, "return_length": True}
    # Around each point of either set there are as many of one as of the other.
    return bool(
        np.array_equal(here.query_ball_point(one, **near), there.query_ball_point(one, **near))
        and np.array_equal(here.query_ball_point(other, **near), there.query_ball_point(other, **near))
    )


def finite_rows(table: Array) -> Array:
    """The rows without NaN and infinity: matplotlib draws no others."""
    return np.asarray(table[np.isfinite(table).all(axis=1)])


def histogram(axes: AxesFacts) -> tuple[Array, Array] | None:
    """Edges (n + 1,) and heights (n,) of a histogram: bars that touch, or a stepped outline."""
    bars = [bar for bar in axes.bars if bar.group == axes.bars[0].group] if axes.bars else []
    if len(bars) > 1:
        lying = bars[0].horizontal
        left = np.array([bar.y if lying else bar.x for bar in bars])
        width = np.array([bar.height if lying else bar.width for bar in bars])
        heights = np.array([bar.width if lying else bar.height for bar in bars])
        with np.errstate(all="ignore"):
            touch = np.allclose(left[1:], left[:-1] + width[:-1], rtol=1e-6, atol=1e-6 * abs(width[0]))
        if touch and np.isfinite(left).all() and (width > 0).all():
            return np.append(left, left[-1] + width[-1]), heights
    return next((found for found in map(_stepped, axes.patches) if found is not None), None)


def _stepped(patch: PatchFacts) -> tuple[Array, Array] | None:
    outline = floats(patch.vertices, 2)
    if patch.type_name not in ("Polygon", "StepPatch") or outline is None or outline.shape[1] != 2:
        return None
    if not 4 <= len(outline) <= 100_000 or not np.isfinite(outline).all():
        return None
    heights: dict[tuple[float, float], float] = {}
    for (x0, y0), (x1, y1) in zip(outline[:-1].tolist(), outline[1:].tolist(), strict=True):
        if y0 == y1 and x0 != x1:
            place = (min(x0, x1), max(x0, x1))
            heights[place] = max(heights.get(place, 0.0), y0)
    edges = np.unique(outline[:, 0])
    places = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    if not places or not set(heights) <= set(places):
        return None
    return edges, np.array([heights.get(place, 0.0) for place in places])


def mentions(text: str, terms: Any) -> bool:
    """Whether a text holds one of the terms, whatever the case; True only asks for some text at all."""
    plain = normalise(text)
    if terms is True:
        return bool(plain)
    accepted = (terms,) if isinstance(terms, str) else tuple(terms)
    return any(normalise(term) in plain for term in accepted)


def data_extent(axes: AxesFacts) -> tuple[Array, Array] | None:
    """Lowest and highest (x, y) of all lines, points and bars; None where there is nothing finite."""
    corners = []
    for line in axes.lines:
        x, y = floats(line.x, 1), floats(line.y, 1)
        if x is not None and y is not None and len(x) == len(y):
            corners.append(np.column_stack([x, y]))
    for cloud in axes.scatters:
        offsets = floats(cloud.offsets, 2)
        if offsets is not None and offsets.shape[1] == 2:
            corners.append(offsets)
    for bar in axes.bars:
        corners.append(np.array([[bar.x, bar.y], [bar.x + bar.width, bar.y + bar.height]]))
    rows = finite_rows(np.concatenate(corners)) if corners else np.empty((0, 2))
    return (rows.min(axis=0), rows.max(axis=0)) if len(rows) else None


def group_colors(axes: AxesFacts) -> list[str]:
    """The colour of each line, of each scatter that has one colour, and of each group of bars."""
    found = [line.color for line in axes.lines]
    for cloud in axes.scatters:
        table = floats(cloud.colors, 2)
        if cloud.values is None and table is not None and len(np.unique(np.round(table, 3), axis=0)) == 1:
            found.append(str(np.round(table[0, :3], 3).tolist()))
    groups: dict[int, str] = {}
    for bar in axes.bars:
        groups.setdefault(bar.group, bar.color)
    return found + list(groups.values())
