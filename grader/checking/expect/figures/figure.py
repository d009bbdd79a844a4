"""Expectations about how a figure is drawn: kinds of artists, labels, legend, scales, colours, colour bar."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader.checking.expect.figures.artists import data_extent, group_colors, mentions
from grader.checking.expect.figures.base import FigureBase
from grader.checking.expect.structure import award_items
from grader.checking.values import listed, tell
from grader.running.figures import AxesFacts, FigureFacts
from grader.vocabulary import Text

Terms = bool | str | Sequence[str]

COUNT = Text(
    "The figure should have {wanted} plots side by side or stacked[[; it has {found}]].",
    "그래프가 {wanted}개 있어야 해요[[. 지금은 {found}개예요]].",
)
NO_LABEL = Text(
    "The {axis} axis has no label: readers cannot know what it shows.",
    "{axis}축에 이름이 없어요. 무엇을 나타내는지 읽는 사람이 알 수 없어요.",
)
OTHER_LABEL = Text(
    "The label of the {axis} axis does not say what the axis shows, or in which unit.",
    "{axis}축의 이름에 무엇을 어떤 단위로 나타내는지가 드러나지 않아요.",
)
NO_TITLE = Text("The plot has no title.", "그래프에 제목이 없어요.")
OTHER_TITLE = Text("The title does not say what the plot is about.", "제목에 무엇을 그린 그래프인지가 드러나지 않아요.")
SCALE = Text(
    "The scale `{wanted}` shows these data better on the {axis} axis[[ than `{found}`]].",
    "{axis}축에는 `{wanted}` 눈금이 알맞아요[[. 지금은 `{found}`예요]].",
)
NO_LEGEND = Text(
    "Several things are drawn and no legend tells them apart: give each a `label=` and call `legend()`.",
    "여러 가지를 그렸는데 범례가 없어요. 각각 `label=`을 주고 `legend()`를 호출하세요.",
)
LEGEND_EMPTY = Text(
    "An entry of the legend has no name: give each line or group of points a `label=`.",
    "범례에 이름 없는 항목이 있어요. 선이나 점 묶음마다 `label=`을 주세요.",
)
LEGEND_LACKS = Text("The legend has no entry for {name}.", "범례에 {name} 항목이 없어요.")
LEGEND_COLORS = Text(
    "A colour in the legend is not the colour of what it names.", "범례의 색이 그 이름이 가리키는 것의 색과 달라요."
)
SAME_COLORS = Text(
    "Two things that should be told apart have the same colour.", "구별해야 할 두 가지가 같은 색으로 그려져 있어요."
)
NO_COLORBAR = Text(
    "Colours without a colour bar tell nothing: add one.",
    "컬러바가 없으면 색의 뜻을 알 수 없어요. 컬러바를 추가하세요.",
)
COLORBAR_LABEL = Text(
    "The colour bar does not say what its colours show: give it a `label=`.",
    "컬러바에 색이 무엇을 나타내는지 쓰여 있지 않아요. `label=`을 주세요.",
)
CUT_OFF = Text(
    "Part of the data lies outside the axes: widen the limits.",
    "데이터의 일부가 축 범위를 벗어나 있어요. 범위를 넓히세요.",
)
NOT_EQUAL = Text(
    'One unit should be as long on x as on y: `ax.set_aspect("equal")`.',
    'x축과 y축에서 단위 하나의 길이가 같아야 해요. `ax.set_aspect("equal")`을 쓰세요.',
)
NOT_SHARED = Text(
    "The plots should share their {axis} axis, so that they can be compared: `share{axis}=True`.",
    "그래프끼리 견줄 수 있게 {axis}축을 함께 써야 해요. `share{axis}=True`를 쓰세요.",
)


class FigureExpectations(FigureBase):
    """``expect.figure``."""

    def figure(
        self,
        figure: FigureFacts | AxesFacts,
        kind: str | None = None,
        *,
        plots: int | None = None,
        xlabel: Terms = False,
        ylabel: Terms = False,
        title: Terms = False,
        xscale: str | None = None,
        yscale: str | None = None,
        legend: bool | Sequence[Terms] = False,
        colorbar: Terms = False,
        distinct_colors: bool = False,
        contains_data: bool = False,
        equal_aspect: bool = False,
        shared: str = "",
        message: Text | None = None,
    ) -> AxesFacts:
        """A figure that is drawn as demanded; each demand is an item, and what holds earns its share.

        Parameters
        ----------
        figure : FigureFacts or AxesFacts
            ``submission.figure("fig")``, or one of its ``plots``.
        kind : {"line", "scatter", "bar", "histogram", "image", "contour", "text"}, optional
            The demands concern the first axes with such artists. ``plot(x, y, "o")`` counts as a scatter plot.
        plots : int, optional
            Number of axes, colour bars not counted.
        xlabel, ylabel, title : bool, str or sequence of str
            True wants some text; terms want one of them in it, in whatever case: ``("price", "가격")``. A unit is a term.
            The figure's own title counts as well.
        xscale, yscale : str, optional
            ``"log"``, ``"linear"``.
        legend : bool or sequence
            True wants a legend with named entries in the colours of what they name; terms want an entry for each.
        colorbar : bool, str or sequence of str
            True wants a colour bar; terms want one of them in its label.
        distinct_colors : bool
            No two lines, groups of points or groups of bars in one colour.
        contains_data : bool
            The limits of the axes contain all data.
        equal_aspect : bool
        shared : {"", "x", "y"}
            All plots share this axis.

        Returns
        -------
        AxesFacts
            The axes that the demands were about.

        Raises
        ------
        CheckFailed
            With the sentences of the demands that do not hold.

        Examples
        --------
        >>> from matplotlib.figure import Figure
        >>> from grader.checks import FigureFacts
        >>> figure = Figure()
        >>> axes = figure.subplots()
        >>> _ = axes.plot([1, 2, 3], [0.9, 0.5, 0.4])
        >>> _ = axes.set(xlabel="epoch", ylabel="loss")
        >>> _ = expect.figure(FigureFacts.of(figure), "line", xlabel=("epoch", "에포크"), ylabel=True)
        """
        axes = self._axes(figure, kind, message)
        whole = figure if isinstance(figure, FigureFacts) else FigureFacts("", (0.0, 0.0), [figure])
        items = _labels(axes, whole, xlabel, ylabel, title) + _legend(axes, legend)
        for name, found, wanted in (("x", axes.xscale, xscale), ("y", axes.yscale, yscale)):
            if wanted is not None:
                items.append((found == wanted, tell(SCALE, axis=name, found=listed([found]), wanted=wanted)))
        if plots is not None:
            items.append((len(whole.plots) == plots, tell(COUNT, wanted=plots, found=len(whole.plots))))
        if colorbar:
            items += _colorbar(axes, whole, colorbar)
        if distinct_colors:
            colors = group_colors(axes)
            items.append((len(set(colors)) == len(colors), SAME_COLORS))
        if contains_data:
            items.append((_contains(axes), CUT_OFF))
        if equal_aspect:
            items.append((axes.aspect == 1.0, NOT_EQUAL))
        if shared:
            together = [plot.shares_x if shared == "x" else plot.shares_y for plot in whole.plots]
            items.append((len(together) > 1 and all(together), NOT_SHARED.format(axis=shared)))
        if items:
            award_items(items, message)
        return axes


def _labels(
    axes: AxesFacts, figure: FigureFacts, xlabel: Terms, ylabel: Terms, title: Terms
) -> list[tuple[bool, Text]]:
    items = []
    for name, found, wanted in (("x", axes.xlabel, xlabel), ("y", axes.ylabel, ylabel)):
        if wanted:
            sentence = OTHER_LABEL if mentions(found, True) else NO_LABEL
            items.append((mentions(found, wanted), sentence.format(axis=name)))
    if title:
        found = f"{axes.title} {figure.suptitle}"
        items.append((mentions(found, title), OTHER_TITLE if mentions(found, True) else NO_TITLE))
    return items


def _legend(axes: AxesFacts, wanted: bool | Sequence[Terms]) -> list[tuple[bool, Text]]:
    if not wanted:
        return []
    if not axes.legend:
        return [(False, NO_LEGEND)]
    named = all(entry.strip() and not entry.startswith("_") for entry in axes.legend)
    items = [(named, LEGEND_EMPTY), (_legend_colors_fit(axes), LEGEND_COLORS)]
    for terms in () if wanted is True else wanted:
        name = terms if isinstance(terms, str) else next(iter(terms))  # type: ignore[arg-type]
        items.append((any(mentions(entry, terms) for entry in axes.legend), LEGEND_LACKS.format(name=name)))
    return items


def _legend_colors_fit(axes: AxesFacts) -> bool:
    """Whether each entry has the colour of the lines of its name; what has no colour of its own is passed over."""
    for entry, color in zip(axes.legend, axes.legend_colors, strict=False):
        colors = {line.color for line in axes.lines if line.label == entry}
        colors |= {bar.color for bar in axes.bars if bar.label == entry}
        if color and colors and color not in colors:
            return False
    return True


def _colorbar(axes: AxesFacts, figure: FigureFacts, wanted: Terms) -> list[tuple[bool, Text]]:
    labels = [axes.colorbar_label, *(bar.colorbar_label for bar in figure.colorbars)]
    if not figure.colorbars and not axes.colorbar_label:
        return [(False, NO_COLORBAR)]
    return [] if wanted is True else [(any(mentions(label, wanted) for label in labels), COLORBAR_LABEL)]


def _contains(axes: AxesFacts) -> bool:
    extent = data_extent(axes)
    if extent is None:
        return True
    limits = np.sort(np.array([axes.xlim, axes.ylim], dtype=float), axis=1)
    slack = 1e-9 * np.maximum(1.0, np.abs(limits).max(axis=1))
    low, high = extent
    return bool((low >= limits[:, 0] - slack).all() and (high <= limits[:, 1] + slack).all())
