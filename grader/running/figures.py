"""A matplotlib figure as plain values: what is drawn, how it is labelled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from numpy.typing import NDArray

from grader.running.typed_fields import Fields

Array = NDArray[Any]


@dataclass(frozen=True)
class LineFacts:
    """One line; ``x`` and ``y`` are float arrays of shape (n,), ``color`` is ``#rrggbb``."""

    x: Array
    y: Array
    label: str
    color: str
    linestyle: str
    marker: str


@dataclass(frozen=True)
class ScatterFacts:
    """One scatter: ``offsets`` (n, 2), ``sizes`` (1 or n,) in points², ``values`` (n,) where a colour map is used.

    ``colors`` has shape (1 or n, 4), RGBA in [0, 1]; before the figure is drawn, mapped colours are not in it.
    """

    offsets: Array
    sizes: Array
    values: Array | None
    colors: Array
    cmap: str | None
    label: str
    alpha: float | None


@dataclass(frozen=True)
class BarFacts:
    """One bar of a bar chart or histogram: ``x`` is its left edge (``y`` its lower one).

    Bars that one call drew have the same ``group``.
    """

    x: float
    y: float
    width: float
    height: float
    color: str
    label: str
    group: int = 0
    horizontal: bool = False

    @property
    def center(self) -> float:
        """Middle of a vertical bar."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class ImageFacts:
    """An image: ``values`` (rows, columns[, channels]), ``extent`` (left, right, bottom, top), ``clim`` (low, high)"""

    values: Array
    cmap: str
    extent: tuple[float, ...]
    clim: tuple[float, ...]


@dataclass(frozen=True)
class ContourFacts:
    """A contour plot; ``levels`` has shape (n,)."""

    levels: Array
    filled: bool


@dataclass(frozen=True)
class PatchFacts:
    """Any other shape; ``vertices`` (n, 2) in data coordinates."""

    type_name: str
    label: str
    color: str
    vertices: Array


@dataclass(frozen=True)
class AxesFacts:
    """One pair of axes. A colour bar has axes of its own (``is_colorbar``); its label stands on both.

    ``legend_colors`` holds one ``#rrggbb`` for each entry of ``legend``; ``aspect`` is None where it is automatic.
    """

    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str
    xlim: tuple[float, ...]
    ylim: tuple[float, ...]
    legend: list[str]
    xticklabels: list[str]
    yticklabels: list[str]
    lines: list[LineFacts]
    scatters: list[ScatterFacts]
    collections: list[str]
    bars: list[BarFacts]
    images: list[ImageFacts]
    patches: list[PatchFacts]
    texts: list[str]
    is_colorbar: bool
    colorbar_label: str
    legend_colors: list[str] = field(default_factory=list)
    aspect: float | None = None
    contours: list[ContourFacts] = field(default_factory=list)
    shares_x: bool = False
    shares_y: bool = False


@dataclass(frozen=True)
class FigureFacts:
    """A figure; ``size`` is (width, height) in inches. All text in it is hostile."""

    suptitle: str
    size: tuple[float, ...]
    axes: list[AxesFacts]

    @property
    def plots(self) -> list[AxesFacts]:
        """The axes that are not colour bars."""
        return [axes for axes in self.axes if not axes.is_colorbar]

    @property
    def colorbars(self) -> list[AxesFacts]:
        """The axes that are colour bars."""
        return [axes for axes in self.axes if axes.is_colorbar]

    @classmethod
    def of(cls, figure: Any) -> FigureFacts:
        """The facts of a figure of one's own, to try an expectation with; a submission's stay in the sandbox."""
        from grader.running.probe.figures import describe

        return cls.from_data(describe(figure))  # type: ignore[no-untyped-call]

    @classmethod
    def from_data(cls, data: Any) -> FigureFacts:
        """Read what the probe described.

        Raises
        ------
        SubmissionFault
            It is not such a description.
        """
        fields = Fields(data)
        axes = [_axes(Fields(item)) for item in fields.items("axes")]
        return cls(fields.text("suptitle"), fields.numbers("size", 2), axes)


def _axes(f: Fields) -> AxesFacts:
    return AxesFacts(
        title=f.text("title"),
        xlabel=f.text("xlabel"),
        ylabel=f.text("ylabel"),
        xscale=f.text("xscale"),
        yscale=f.text("yscale"),
        xlim=f.numbers("xlim", 2),
        ylim=f.numbers("ylim", 2),
        legend=f.texts("legend"),
        xticklabels=f.texts("xticklabels"),
        yticklabels=f.texts("yticklabels"),
        lines=[_line(Fields(item)) for item in f.items("lines")],
        scatters=[_scatter(Fields(item)) for item in f.items("scatters")],
        collections=f.texts("collections"),
        bars=[_bar(Fields(item)) for item in f.items("bars")],
        images=[_image(Fields(item)) for item in f.items("images")],
        patches=[_patch(Fields(item)) for item in f.items("patches")],
        texts=f.texts("texts"),
        is_colorbar=f.flag("is_colorbar"),
        colorbar_label=f.text("colorbar_label"),
        legend_colors=f.texts("legend_colors"),
        aspect=f.number_or_none("aspect"),
        contours=[_contour(Fields(item)) for item in f.items("contours")],
        shares_x=f.flag("shares_x"),
        shares_y=f.flag("shares_y"),
    )


def _line(f: Fields) -> LineFacts:
    texts = {key: f.text(key) for key in ("label", "color", "linestyle", "marker")}
    return LineFacts(x=f.array("x"), y=f.array("y"), **texts)


def _scatter(f: Fields) -> ScatterFacts:
    return ScatterFacts(
        offsets=f.array("offsets"),
        sizes=f.array("sizes"),
        values=f.array_or_none("values"),
        colors=f.array("colors"),
        cmap=f.text_or_none("cmap"),
        label=f.text("label"),
        alpha=f.number_or_none("alpha"),
    )


def _bar(f: Fields) -> BarFacts:
    x, y, width, height = (f.number(key) for key in ("x", "y", "width", "height"))
    group = f.whole_or_none("group") or 0
    return BarFacts(x, y, width, height, f.text("color"), f.text("label"), group, f.flag("horizontal"))


def _contour(f: Fields) -> ContourFacts:
    return ContourFacts(f.array("levels"), f.flag("filled"))


def _image(f: Fields) -> ImageFacts:
    return ImageFacts(f.array("values"), f.text("cmap"), f.numbers("extent", 4), f.numbers("clim", 2))


def _patch(f: Fields) -> PatchFacts:
    return PatchFacts(f.text("type_name"), f.text("label"), f.text("color"), f.array("vertices"))
