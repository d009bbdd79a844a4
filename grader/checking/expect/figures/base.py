"""What all expectations about figures share: the axes that they are about."""

from __future__ import annotations

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.figures.artists import KINDS, find_axes
from grader.running.figures import AxesFacts, FigureFacts
from grader.vocabulary import Text

NAMES = {
    "line": Text("line", "선 그래프"),
    "scatter": Text("scatter plot", "산점도"),
    "bar": Text("bar chart", "막대그래프"),
    "histogram": Text("histogram", "히스토그램"),
    "image": Text("image", "이미지"),
    "contour": Text("contour plot", "등고선"),
    "text": Text("text", "글자"),
}
NOTHING_DRAWN = Text("The figure has no plot in it yet.", "그림에 아직 그래프가 없어요.")
NO_KIND = Text("The figure holds no {kind}.", "그림에 {kind}이(가) 없어요.")


class FigureBase(ExpectBase):
    """Finds the axes of a figure that an expectation is about."""

    def _axes(self, figure: FigureFacts | AxesFacts, kind: str | None, message: Text | None) -> AxesFacts:
        """The axes with most artists of one of `KINDS`, or the failure that says that there are none.

        Raises
        ------
        TypeError, ValueError
            `figure` holds no facts, or there is no such kind: a mistake in the check.
        """
        if kind is not None and kind not in KINDS:
            raise ValueError(f"expect.figure: kind is {kind!r}; there are: {', '.join(KINDS)}")
        if not isinstance(figure, FigureFacts | AxesFacts):
            raise TypeError("expect.figure: give it submission.figure(name), or one of its plots")
        axes = find_axes(figure, kind)
        if axes is None:
            named = NAMES.get(kind or "")
            gone = NOTHING_DRAWN if named is None else NO_KIND.format(kind=named)
            self._fail(figure, gone, message=message)
        return axes
