"""Visible checks of the maps: shapes, and a picture whose colours are explained."""

import numpy as np
import pytest

from grader.checks import Text


@pytest.mark.points(3)
@pytest.mark.hint(
    en="`n_components=2`, and `fit_transform` of all 1,000 rows.",
    ko="`n_components=2`로 두고 1,000행 전체에 `fit_transform`을 쓰세요.",
)
def test_two_maps_of_all_rows(submission, expect):
    """Both maps have 1,000 rows and two columns of different numbers.

    ko: 두 지도 모두 1,000행 2열이고 값이 서로 다르다.
    """
    for name in ("emb_roll", "emb_digits"):
        found = submission[name]
        expect.type(found, np.ndarray, what=name)
        expect.array(found, (1000, 2), dtype="float")
        expect.true(
            len(np.unique(found, axis=0)) > 900,
            en=f"Many points of `{name}` lie on the same place.",
            ko=f"`{name}`의 많은 점이 같은 자리에 있어요.",
        )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`ax.legend(*points.legend_elements())`, or `fig.colorbar(points)`.",
    ko="`ax.legend(*points.legend_elements())`나 `fig.colorbar(points)`를 쓰세요.",
)
def test_colours_are_explained(submission, expect):
    """A legend of ten digits or a colour bar explains the colours.

    ko: 숫자 열 개의 범례나 컬러바가 색을 설명한다.
    """
    figure = submission.figure("fig")
    axes = expect.figure(figure, "scatter")
    if not figure.colorbars and not axes.colorbar_label:
        expect.true(
            axes.legend,
            en="Nothing says which colour is which digit: add a legend or a colour bar.",
            ko="어느 색이 어느 숫자인지 알 수 없어요. 범례나 컬러바를 추가하세요.",
        )
        told = " ".join(axes.legend)
        expect.items(
            [
                (
                    str(digit) in told,
                    Text(f"The legend does not name the digit {digit}.", f"범례에 숫자 {digit}이(가) 없어요."),
                )
                for digit in range(10)
            ]
        )
