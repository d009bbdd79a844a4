"""Expectations about bars and histograms, in whatever way they were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.expect.figures.artists import histogram
from grader.checking.expect.figures.base import FigureBase
from grader.checking.values import tell
from grader.running.figures import AxesFacts, BarFacts, FigureFacts
from grader.vocabulary import Text

Array = NDArray[Any]

BAR_COUNT = Text(
    "The number of bars is not right[[: there are {found}]].",
    "막대의 개수가 맞지 않아요[[. 지금은 {found}개예요]].",
)
WRONG_BARS = Text("The bars do not have the right heights.", "막대의 높이가 맞지 않아요.")
BAR_ORDER = Text(
    "The heights are right, but the bars stand in another order than they should.",
    "막대의 높이는 맞지만 순서가 달라요.",
)
NO_BAR_NAME = Text(
    "A bar that should be there is missing, or the name at its tick is another one.",
    "있어야 할 막대가 없거나, 눈금에 쓰인 이름이 달라요.",
)
WRONG_COUNTS = Text(
    "The histogram does not show these data: the bars do not hold as many values as they should.",
    "히스토그램이 이 데이터를 나타내지 않아요. 막대에 들어간 값의 개수가 맞지 않아요.",
)
BINS_LEAVE_OUT = Text(
    "The bins leave out part of the data: let them reach from the smallest to the largest value.",
    "구간이 데이터의 일부를 빠뜨려요. 가장 작은 값부터 가장 큰 값까지 덮도록 하세요.",
)
BIN_COUNT = Text(
    "The number of bins of the histogram is not right[[: there are {found}]].",
    "히스토그램의 구간 개수가 맞지 않아요[[. 지금은 {found}개예요]].",
)


class BarExpectations(FigureBase):
    """``expect.bars`` and ``expect.histogram``."""

    def bars(
        self,
        figure: FigureFacts | AxesFacts,
        heights: Any,
        *,
        rtol: float = 1e-6,
        ordered: bool = True,
        message: Text | None = None,
    ) -> None:
        """Bars of these heights (lengths, where they lie), from left to right (bottom to top).

        Parameters
        ----------
        heights : array-like, or mapping of str to float
            A mapping wants each height at the tick of that name, in whatever order.
        ordered : bool
            False accepts any order.

        Examples
        --------
        >>> from matplotlib.figure import Figure
        >>> from grader.checks import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().bar(["a", "b", "c"], [3, 1, 2])
        >>> expect.bars(FigureFacts.of(figure), {"b": 1, "a": 3, "c": 2})
        """
        axes = self._axes(figure, "bar", message)
        lying = axes.bars[0].horizontal
        bars: list[BarFacts] = sorted(axes.bars, key=lambda bar: bar.y if lying else bar.x)
        found = np.array([bar.width if lying else bar.height for bar in bars], dtype=float)
        names = [name.strip() for name in (axes.yticklabels if lying else axes.xticklabels)]
        values = heights.values() if isinstance(heights, Mapping) else heights
        wanted = np.asarray(list(values), dtype=float)
        if len(found) != len(wanted):
            self._fail(found, tell(BAR_COUNT, found=len(found)), message=message)
        if isinstance(heights, Mapping):
            at = dict(zip(names, found.tolist(), strict=False))
            for name in heights:
                if str(name) not in at:
                    self._fail(names, NO_BAR_NAME, message=message)
            found = np.array([at[str(name)] for name in heights])
        elif not ordered:
            found, wanted = np.sort(found), np.sort(wanted)
        with np.errstate(all="ignore"):
            if not np.allclose(found, wanted, rtol=rtol, atol=1e-12):
                other = np.allclose(np.sort(found), np.sort(wanted), rtol=rtol, atol=1e-12)
                self._fail(found, BAR_ORDER if other else WRONG_BARS, message=message, wanted=wanted)

    def histogram(
        self, figure: FigureFacts | AxesFacts, data: Any, *, bins: int | None = None, message: Text | None = None
    ) -> None:
        """A histogram of these data, whatever its bins: counts, shares or densities.

        Parameters
        ----------
        data : array-like of shape (n,)
            NaN is left out.
        bins : int, optional
            The number of bins that was asked for.

        Examples
        --------
        >>> from matplotlib.figure import Figure
        >>> from grader.checks import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().hist([0.5, 1.2, 1.9], bins=7, density=True)
        >>> expect.histogram(FigureFacts.of(figure), [0.5, 1.2, 1.9], bins=7)
        """
        axes = self._axes(figure, "histogram", message)
        drawn = histogram(axes)
        assert drawn is not None  # the axes were found by it
        edges, heights = drawn
        values = np.asarray(data, dtype=float).ravel()
        values = values[np.isfinite(values)]
        if bins is not None and len(heights) != bins:
            self._fail(heights, tell(BIN_COUNT, found=len(heights)), message=message)
        slack = 1e-6 * max(float(np.ptp(values)), 1e-12)
        if edges[0] > values.min() + slack or edges[-1] < values.max() - slack:
            self._fail(edges, BINS_LEAVE_OUT, message=message)
        # A value may fall on either side of an edge that came through other arithmetic.
        low, high = (_counts_up_to(values, edges + sign * slack) for sign in (-1.0, 1.0))
        total = float(np.abs(heights).sum())
        widths = np.diff(edges)
        with np.errstate(all="ignore"):
            scaled = {
                "counts": heights,
                "shares": heights * len(values) if np.isclose(total, 1.0, rtol=1e-3) else heights,
                "density": heights * widths * len(values),
            }
            fits = any(_between(np.cumsum(found), low, high) for found in scaled.values())
        if not fits:
            self._fail(heights, WRONG_COUNTS, message=message)


def _counts_up_to(values: Array, edges: Array) -> Array:
    """How many values lie below each upper edge; the last one holds all that reach it."""
    return np.searchsorted(np.sort(values), edges[1:], side="right")


def _between(cumulated: Array, low: Array, high: Array) -> bool:
    room = 1e-3 + 1e-6 * float(high[-1])
    return bool(((cumulated >= low - room) & (cumulated <= high + room)).all())
