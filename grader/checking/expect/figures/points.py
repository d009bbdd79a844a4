"""Expectations about points and curves, in whatever way they were drawn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.expect.figures.artists import finite_rows, floats, points, same_points
from grader.checking.expect.figures.base import FigureBase
from grader.checking.values import tell
from grader.running.figures import AxesFacts, FigureFacts
from grader.vocabulary import Text

Array = NDArray[Any]

UNREADABLE = Text("What is drawn here cannot be read as numbers.", "그려진 것을 숫자로 읽을 수 없어요.")
SWAPPED = Text("The two axes have changed places: swap x and y.", "두 축이 서로 바뀌었어요. x와 y를 바꾸세요.")
TOO_MANY = Text(
    "Some of the points drawn do not belong to the data asked for[[: there are {found}]].",
    "그려진 점 중에 그려야 할 데이터가 아닌 것이 섞여 있어요[[. 지금은 점이 {found}개예요]].",
)
TOO_FEW = Text("Some points are missing[[: only {found} are drawn]].", "빠진 점이 있어요[[. 점이 {found}개뿐이에요]].")
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


class PointExpectations(FigureBase):
    """``expect.scatter`` and ``expect.curve``."""

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
        >>> from grader.checks import FigureFacts
        >>> figure = Figure()
        >>> _ = figure.subplots().scatter([1, 2, 3], [4, 5, 7])
        >>> expect.scatter(FigureFacts.of(figure), x=[3, 1, 2], y=[7, 4, 5])
        """
        axes = self._axes(figure, "scatter", message)
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
        >>> from grader.checks import FigureFacts
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
        axes = self._axes(figure, "line", message)
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

    def _wrong_points(self, found: Array, wanted: Array, scale: Array, message: Text | None) -> None:
        if same_points(found[:, ::-1], wanted, scale):
            odd = SWAPPED
        elif len(found) > len(wanted):
            odd = tell(TOO_MANY, found=len(found))
        else:
            odd = tell(TOO_FEW, found=len(found)) if len(found) < len(wanted) else ELSEWHERE
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
    """Values moved and stretched to run from 0 to 1; None where some are not finite."""
    if not np.isfinite(values).all() or not len(values):
        return None
    spread = float(np.ptp(values))
    return (values - values.min()) / spread if spread > 0 else np.zeros(len(values))
