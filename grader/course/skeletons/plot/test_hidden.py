"""Checks that students do not have."""

import pytest

from grader.checks import Text

NO_LINE = Text("There is no line with one of the two labels.", "두 레이블 가운데 하나가 붙은 선이 없어요.")


def curve(code, name):
    """Where the line with a label goes: x and y; None where there is no such line."""
    lines = {line.label.strip().lower(): line for axes in code.figure("fig").plots for line in axes.lines}
    return [lines[name].x, lines[name].y] if name in lines else None


@pytest.mark.points(5)
def test_each_curve_shows_its_loss(expect):
    """Each curve shows the loss that its label names, over the epochs.

    ko: 곡선마다 레이블에 적힌 손실을 에포크에 따라 보여 준다.
    asks: Draw both losses over the epochs into one figure called `fig`
    asks-ko: 두 손실을 에포크에 따라 `fig`라는 그림 하나에 그리세요.
    hint: ax.plot(epochs, training_loss, label=...): x first, then y; one line for each loss.
    hint-ko: ax.plot(epochs, training_loss, label=...)처럼 x를 먼저, y를 다음에 쓰세요. 손실마다 선이 하나씩 있어야 해요.
    """
    names = ("training", "validation")
    expect.agree(lambda code: [curve(code, name) is not None for name in names], [True, True], message=NO_LINE)
    for name in names:
        expect.agree(lambda code, name=name: curve(code, name))


@pytest.mark.points(2)
def test_losses_on_a_logarithmic_axis(expect):
    """The losses stand on a logarithmic axis, the epochs on a linear one.

    ko: 손실은 로그 눈금, 에포크는 보통 눈금이다.
    asks: a logarithmic y axis
    asks-ko: y축은 로그 눈금으로 하고
    hint: ax.set_yscale("log").
    hint-ko: ax.set_yscale("log")를 쓰세요.
    """
    expect.agree(lambda code: [(axes.xscale, axes.yscale) for axes in code.figure("fig").plots], [("linear", "log")])
