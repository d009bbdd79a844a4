"""Checks that students have too."""

import pytest


@pytest.mark.points(3)
@pytest.mark.hint(
    en='ax.set_xlabel("epoch"), ax.set_ylabel("loss"), ax.legend().',
    ko='ax.set_xlabel("epoch"), ax.set_ylabel("loss"), ax.legend()를 쓰세요.',
)
def test_axes_and_legend_say_what_is_shown(submission, expect):
    """Axis labels and a legend say what is shown.

    ko: 축 이름과 범례가 무엇을 그렸는지 알려 준다.
    """
    expect.figure(submission.figure("fig"), plots=1, xlabel="epoch", ylabel="loss", legend=["training", "validation"])
