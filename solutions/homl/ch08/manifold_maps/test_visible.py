"""Visible checks of the maps: shapes, and a picture whose colours are explained."""

import numpy as np
import pytest

from grader.checks import Text

PLACES = Text("Many points of this map lie on the same place.", "이 지도의 많은 점이 같은 자리에 있어요.")


@pytest.mark.points(1)
@pytest.mark.parametrize("name", ["emb_roll", "emb_digits"])
def test_a_map_of_all_rows(expect, name):
    """A map has 1,000 rows and two columns of different numbers.

    ko: 지도는 1,000행 2열이고 값이 서로 다르다.
    asks: a flat map of
    asks-ko: 행 순서를 지킨 평면 지도입니다
    hint: `n_components=2`, and `fit_transform` of all 1,000 rows.
    hint-ko: `n_components=2`로 두고 1,000행 전체에 `fit_transform`을 쓰세요.
    """

    def form(code):
        found = code[name]
        return "array" if isinstance(found, np.ndarray) else type(found).__name__, np.shape(found)

    def differing(code):
        found = np.asarray(code[name], dtype=float)
        places = np.unique(np.round(found[np.isfinite(found).all(axis=1)], 9), axis=0)
        return "different places" if len(places) > 0.9 * len(found) else "few places"

    expect.agree(form, ("array", (1000, 2)))
    expect.agree(differing, "different places", message=PLACES)


@pytest.mark.points(2)
def test_colours_are_explained(expect):
    """A legend of ten digits or a colour bar explains the colours.

    ko: 숫자 열 개의 범례나 컬러바가 색을 설명한다.
    asks: with a legend that names all ten digits or with a colour bar
    asks-ko: 숫자 열 개의 이름이 모두 있는 범례나 컬러바가 있어야 합니다
    hint: `ax.legend(*points.legend_elements())`, or `fig.colorbar(points)`.
    hint-ko: `ax.legend(*points.legend_elements())`나 `fig.colorbar(points)`를 쓰세요.
    """

    def explained_by(code):
        figure = code.figure("fig")
        told = " ".join(name for axes in figure.plots for name in axes.legend)
        if figure.colorbars or any(axes.colorbar_label for axes in figure.plots):
            return "all digits"
        return "nothing" if not told else "all digits" if all(str(d) in told for d in range(10)) else "some digits"

    expect.agree(explained_by, "all digits")
