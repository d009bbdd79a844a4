"""Checks that students do not have."""

import numpy as np
import pytest

EPOCHS = np.arange(1, 41)
LOSSES = {
    "training": 2.0 * np.exp(-EPOCHS / 8) + 0.01,
    "validation": 2.2 * np.exp(-EPOCHS / 10) + 0.002 * EPOCHS,
}


@pytest.mark.points(5)
@pytest.mark.hint(
    en="ax.plot(epochs, training_loss, label=...): x first, then y; one line for each loss.",
    ko="ax.plot(epochs, training_loss, label=...)처럼 x를 먼저, y를 다음에 쓰세요. 손실마다 선이 하나씩 있어야 해요.",
)
def test_each_curve_shows_its_loss(submission, expect):
    """Each curve shows the loss that its label names, over the epochs.

    ko: 곡선마다 레이블에 적힌 손실을 에포크에 따라 보여 준다.
    """
    lines = {line.label.strip().lower(): line for axes in submission.figure("fig").plots for line in axes.lines}
    for name, loss in LOSSES.items():
        expect.true(
            name in lines,
            en=f"There is no line with the label `{name}`.",
            ko=f"`{name}`이라는 레이블이 붙은 선이 없어요.",
        )
        expect.close(lines[name].x, EPOCHS)
        expect.close(lines[name].y, loss, rtol=1e-6)


@pytest.mark.points(2)
@pytest.mark.hint(en='ax.set_yscale("log").', ko='ax.set_yscale("log")를 쓰세요.')
def test_losses_on_a_logarithmic_axis(submission, expect):
    """The losses stand on a logarithmic axis, the epochs on a linear one.

    ko: 손실은 로그 눈금, 에포크는 보통 눈금이다.
    """
    expect.figure(submission.figure("fig"), xscale="linear", yscale="log")
