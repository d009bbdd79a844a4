"""Expectations about the data that a plot shows: points, curves, bars, histograms, images, in whatever way they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.expect_figure import FigureExpectations
from grader.checking.plots import finite_rows, floats, histogram, points, same_points
from grader.running.figures import AxesFacts, BarFacts, FigureFacts
from grader.vocabulary import Text

Array = NDArray[Any]

UNREADABLE = Text("What is drawn here cannot be read as numbers.", "그려진 것을 숫자로 읽을 수 없어요.")
SWAPPED = Text("The two axes have changed places: swap x and y.", "두 축이 서로 바뀌었어요. x와 y를 바꾸세요.")
TOO_MANY = Text(
    "{found} points are drawn, and some of them do not belong to the data asked for.",
    "점이 {found}개 그려져 있는데, 그려야 할 데이터가 아닌 것이 섞여 있어요.",
)
TOO_FEW = Text("Only {found} points are drawn; some are missing.", "점이 {found}개뿐이에요. 빠진 점이 있어요.")
ELSEWHERE = Text("Some points are not where the data are.", "데이터와 다른 자리에 놓인 점이 있어요.")
ONE_SIZE = Text("The points all have the same size.", "점의 크기가 모두 같아요.")
WRONG_AREA = Text(
    "The areas of the points are not proportional to what they should show (`s` is an area: no square and no root).",
    "점의 넓이가 나타내야 할 값에 비례하지 않아요. `s`는 넓이이므로 제곱이나 제곱근이 필요 없어요.",
)
WRONG_COLOR = Text("The colours do not show what they should show.", "점의 색이 나타내야 할 값을 나타내지 않아요.")
WRONG_CLASSES = Text("Each class should have one colour of its own.", "클래스마다 서로 다른 색을 하나씩 써야 해요.")
WRONG_CURVE = Text("The curve does not run where it should.", "곡선이 있어야 할 자리를 지나지 않아요.")
SHORT_CURVE = Text(
    "The curve is drawn for a part of the range only, or with too few points.",
    "곡선이 범위의 일부에만 그려져 있거나 점이 너무 적어요.",
)
BAR_COUNT = Text(
    "The number of bars is not right: there are {found}.", "막대의 개수가 맞지 않아요. 지금은 {found}개예요."
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
BIN_COUNT = Text("The histogram has {found} bins.", "히스토그램의 구간이 {found}개예요.")
WRONG_IMAGE = Text("The image does not show what it should show.", "이미지가 나타내야 할 것을 나타내지 않아요.")
TURNED_IMAGE = Text(
    "The image is right, but turned, mirrored or transposed.",
    "이미지는 맞지만 돌아가 있거나 뒤집혀 있거나 전치되어 있어요.",
)


class PlotExpectations(FigureExpectations):
    """``expect.scatter``, ``expect.curve``, ``expect.bars``, ``expect.histogram``, ``expect.image``."""

    def scatter(
        self,
        figure: FigureFacts | AxesFacts,
        x: Any,
        y: Any,
        *,
        area: Any = None,
        color: Any = None,
        classes: Any = None,
        rtol: float = 1e-6,
        message: Text | None = None,
    ) -> None:
        """Exactly these points, in whatever order and in however many calls they were drawn.

        Parameters
        ----------
        x, y : array-like of shape (n,)
            Points with NaN are not drawn and not wanted.
        area : array-like of shape (n,), optional
            What the area of a point is proportional to.
        color : array-like of shape (n,), optional
            What the colour map shows, up to a positive factor and a constant.
        classes : array-like of shape (n,), optional
            Labels; each class has one colour of its own.
        rtol : float
            Tolerance of every number, relative to its column's range.

        Examples
        --------
        >>> from matplotlib.figure import Figure
        >>> from grader.running.figures import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().scatter([1, 2, 3], [4, 5, 7])
        >>> expect.scatter(FigureFacts.of(figure), x=[3, 1, 2], y=[7, 4, 5])
        """
        axes = self.figure(figure, "scatter", message=message)
        drawn = points(axes)
        if drawn is None:
            self._fail(axes.scatters, UNREADABLE, message=message)
        wanted, extra = _columns(x, y, area, color, classes)
        keep = np.isfinite(wanted[:, :2]).all(axis=1)
        wanted, extra = wanted[keep], {name: column[keep] for name, column in extra.items()}
        visible = np.isfinite(drawn.xy).all(axis=1)
        found = drawn.xy[visible]
        scale = rtol * np.maximum(np.ptp(wanted, axis=0), 1e-12)
        if not same_points(found, wanted, scale):
            self._wrong_points(found, wanted, scale, message)
        if "area" in extra:
            sizes = drawn.sizes[visible]
            self._same_with(found, wanted, sizes, extra["area"], scale, _shares, WRONG_AREA, rtol, message)
        if "color" in extra:
            if drawn.values is None:
                self._fail(drawn.colors[:5], WRONG_COLOR, message=message)
            values = drawn.values[visible]
            self._same_with(found, wanted, values, extra["color"], scale, _unit_range, WRONG_COLOR, rtol, message)
        if "classes" in extra:
            self._classes(found, drawn.colors[visible], wanted, extra["classes"], scale, message)

    def curve(
        self,
        figure: FigureFacts | AxesFacts,
        x: Any,
        y: Any,
        *,
        rtol: float = 1e-3,
        least_points: int = 10,
        message: Text | None = None,
    ) -> None:
        """A line along this curve, however finely it is drawn.

        Parameters
        ----------
        x : array-like of shape (n,)
            Increasing; the line covers its range (up to 5 %).
        y : array-like of shape (n,), or a function of an array
            Between the points an array is read as straight pieces.
        rtol : float
            Tolerance in y, relative to the curve's range.
        least_points : int
            Fewer points show no curve; where `x` has fewer, all of them are wanted.

        Examples
        --------
        >>> from matplotlib.figure import Figure
        >>> from grader.running.figures import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().plot([x / 50 for x in range(51)], [(x / 50) ** 2 for x in range(51)])
        >>> expect.curve(FigureFacts.of(figure), [0, 1], lambda x: x**2)
        """
        grid = np.asarray(x, dtype=float)
        curve: Callable[[Array], Array]
        if callable(y):
            curve, heights = y, np.asarray(y(np.linspace(grid.min(), grid.max(), 200)), dtype=float)
        else:
            heights = np.asarray(y, dtype=float)
            if grid.ndim != 1 or heights.shape != grid.shape or (np.diff(grid) <= 0).any():
                raise ValueError("expect.curve: x has to be increasing, and y of the same length")
            curve = lambda at: np.interp(at, grid, heights)  # noqa: E731
        least = least_points if callable(y) else min(least_points, len(grid))
        axes = self.figure(figure, "line", message=message)
        tolerance = rtol * max(float(np.ptp(heights)), 1e-12)
        odd = WRONG_CURVE
        for line in axes.lines:
            at, height = floats(line.x, 1), floats(line.y, 1)
            if at is None or height is None or len(at) != len(height):
                continue
            drawn = finite_rows(np.column_stack([at, height]))
            inside = drawn[(drawn[:, 0] >= grid.min()) & (drawn[:, 0] <= grid.max())]
            span = float(np.ptp(grid))
            if not len(inside) or (np.abs(inside[:, 1] - curve(inside[:, 0])) > tolerance).any():
                continue
            covered = inside[:, 0].min() <= grid.min() + 0.05 * span and inside[:, 0].max() >= grid.max() - 0.05 * span
            if covered and len(np.unique(inside[:, 0])) >= least:
                return
            odd = SHORT_CURVE
        self._fail(axes.lines, odd, message=message)

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
        >>> from grader.running.figures import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().bar(["a", "b", "c"], [3, 1, 2])
        >>> expect.bars(FigureFacts.of(figure), {"b": 1, "a": 3, "c": 2})
        """
        axes = self.figure(figure, "bar", message=message)
        lying = axes.bars[0].horizontal
        bars: list[BarFacts] = sorted(axes.bars, key=lambda bar: bar.y if lying else bar.x)
        found = np.array([bar.width if lying else bar.height for bar in bars], dtype=float)
        names = [name.strip() for name in (axes.yticklabels if lying else axes.xticklabels)]
        values = heights.values() if isinstance(heights, Mapping) else heights
        wanted = np.asarray(list(values), dtype=float)
        if len(found) != len(wanted):
            self._fail(found, BAR_COUNT.format(found=len(found)), message=message)
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
        >>> from grader.running.figures import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().hist([0.5, 1.2, 1.9], bins=7, density=True)
        >>> expect.histogram(FigureFacts.of(figure), [0.5, 1.2, 1.9], bins=7)
        """
        axes = self.figure(figure, "histogram", message=message)
        drawn = histogram(axes)
        assert drawn is not None  # the axes were found by it
        edges, heights = drawn
        values = np.asarray(data, dtype=float).ravel()
        values = values[np.isfinite(values)]
        if bins is not None and len(heights) != bins:
            self._fail(heights, BIN_COUNT.format(found=len(heights)), message=message)
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

    def image(
        self, figure: FigureFacts | AxesFacts, values: Any, *, rtol: float = 1e-6, message: Text | None = None
    ) -> None:
        """An image (``imshow``, ``pcolormesh``) of these values, up to a positive factor and a constant.

        Parameters
        ----------
        values : array-like of shape (rows, columns)

        Examples
        --------
        >>> from matplotlib.figure import Figure
        >>> from grader.running.figures import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().imshow([[0, 1], [2, 3]])
        >>> expect.image(FigureFacts.of(figure), [[0, 10], [20, 30]])
        """
        axes = self.figure(figure, "image", message=message)
        wanted = np.asarray(values, dtype=float)
        turned = False
        for image in axes.images:
            found = floats(image.values, wanted.ndim)
            if found is None:
                continue
            if _same_image(found, wanted, rtol):
                return
            ways = [found.T, *(np.rot90(found, k) for k in (1, 2, 3)), found[::-1], found[:, ::-1]]
            turned = turned or any(_same_image(way, wanted, rtol) for way in ways if wanted.ndim == 2)
        self._fail(axes.images, TURNED_IMAGE if turned else WRONG_IMAGE, message=message)

    def _wrong_points(self, found: Array, wanted: Array, scale: Array, message: Text | None) -> None:
        if same_points(found[:, ::-1], wanted, scale):
            odd = SWAPPED
        elif len(found) > len(wanted):
            odd = TOO_MANY.format(found=len(found))
        else:
            odd = TOO_FEW.format(found=len(found)) if len(found) < len(wanted) else ELSEWHERE
        if odd is not SWAPPED and len(found) and _looks_swapped(found, wanted):
            odd = SWAPPED
        self._fail(found, odd, message=message)

    def _same_with(
        self,
        found: Array,
        wanted: Array,
        told: Array,
        truth: Array,
        scale: Array,
        plain: Callable[[Array], Array | None],
        sentence: Text,
        rtol: float,
        message: Text | None,
    ) -> None:
        """The points together with one more column that each of them shows."""
        mine, theirs = plain(told), plain(truth)
        if sentence is WRONG_AREA and (np.ptp(told) if len(told) else 0) == 0 < np.ptp(truth):
            self._fail(told, ONE_SIZE, message=message)
        if mine is None or theirs is None:
            self._fail(told, sentence, message=message)
        step = np.append(scale, max(rtol, 1e-6) * max(float(np.max(np.abs(theirs), initial=0.0)), 1e-300))
        if not same_points(np.column_stack([found, mine]), np.column_stack([wanted, theirs]), step):
            self._fail(told, sentence, message=message)

    def _classes(
        self, found: Array, colors: Array, wanted: Array, classes: Array, scale: Array, message: Text | None
    ) -> None:
        labels, truth = np.unique(classes.astype(str), return_inverse=True)
        names, told = np.unique(colors.astype(str), return_inverse=True)
        if len(names) != len(labels):
            self._fail(names[:10], WRONG_CLASSES, message=message)
        left = set(range(len(names)))
        for label in range(len(labels)):
            where = wanted[truth == label]
            fitting = next((name for name in left if same_points(found[told == name], where, scale)), None)
            if fitting is None:
                self._fail(names[:10], WRONG_CLASSES, message=message)
            left.discard(fitting)


def _columns(x: Any, y: Any, area: Any, color: Any, classes: Any) -> tuple[Array, dict[str, Array]]:
    wanted = np.column_stack([np.asarray(x, dtype=float), np.asarray(y, dtype=float)])
    extra: dict[str, Array] = {}
    for name, column in (("area", area), ("color", color)):
        if column is not None:
            extra[name] = np.asarray(column, dtype=float)
    if classes is not None:
        extra["classes"] = np.asarray(classes)
    for name, column in extra.items():
        if column.shape != (len(wanted),):
            raise ValueError(f"expect.scatter: {name} has shape {column.shape}; wanted is one value for each point")
    return wanted, extra


def _looks_swapped(found: Array, wanted: Array) -> bool:
    """Whether x lies in y's range and y in x's, where these ranges are apart."""
    low, high = wanted.min(axis=0), wanted.max(axis=0)
    if low[0] <= high[1] and low[1] <= high[0]:
        return False
    return bool((found.min(axis=0) >= low[::-1]).all() and (found.max(axis=0) <= high[::-1]).all())


def _shares(values: Array) -> Array | None:
    total = float(np.sum(values))
    return values / total if np.isfinite(total) and total > 0 and (values >= 0).all() else None


def _unit_range(values: Array) -> Array | None:
    if not np.isfinite(values).all() or not len(values):
        return None
    spread = float(np.ptp(values))
    return (values - values.min()) / spread if spread > 0 else np.zeros(len(values))


def _counts_up_to(values: Array, edges: Array) -> Array:
    """How many values lie below each upper edge; the last one holds all that reach it."""
    return np.searchsorted(np.sort(values), edges[1:], side="right")


def _between(cumulated: Array, low: Array, high: Array) -> bool:
    room = 1e-3 + 1e-6 * float(high[-1])
    return bool(((cumulated >= low - room) & (cumulated <= high + room)).all())


def _same_image(found: Array, wanted: Array, rtol: float) -> bool:
    if found.shape != wanted.shape:
        return False
    one, other = _unit_range(found.ravel()), _unit_range(wanted.ravel())
    return one is not None and other is not None and bool(np.allclose(one, other, rtol=0, atol=max(rtol, 1e-9)))
