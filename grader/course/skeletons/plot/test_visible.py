"""Checks that students have too."""

import pytest

from grader.vocabulary import Text


@pytest.mark.points(3)
@pytest.mark.hint(
    en='ax.set_xlabel("epoch"), ax.set_ylabel("loss"), ax.legend().',
    ko='ax.set_xlabel("epoch"), ax.set_ylabel("loss"), ax.legend()를 쓰세요.',
)
def test_axes_and_legend_say_what_is_shown(submission, expect):
    """Axis labels and a legend say what is shown.

    ko: 축 이름과 범례가 무엇을 그렸는지 알려 준다.
    """
    plots = submission.figure("fig").plots
    expect.true(len(plots) == 1, en="The figure should have one pair of axes.", ko="그림에 좌표축이 하나 있어야 해요.")
    axes = plots[0]
    expect.items(
        [
            (
                axes.xlabel.strip().lower() == "epoch",
                Text("The label of the x axis should be `epoch`.", "x축의 이름은 `epoch`여야 해요."),
            ),
            (
                axes.ylabel.strip().lower() == "loss",
                Text("The label of the y axis should be `loss`.", "y축의 이름은 `loss`여야 해요."),
            ),
            (
                {entry.strip().lower() for entry in axes.legend} == {"training", "validation"},
                Text("The legend should name both curves.", "범례에 두 곡선의 이름이 모두 있어야 해요."),
            ),
        ]
    )
