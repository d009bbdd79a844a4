"""Checks that students have too."""

import pytest


@pytest.mark.points(3)
def test_axes_and_legend_say_what_is_shown(submission, expect):
    """Axis labels and a legend say what is shown.

    ko: 축 이름과 범례가 무엇을 그렸는지 알려 준다.
    asks: axis labels `epoch` and `loss`
    asks-ko: 축 이름은 `epoch`와 `loss`로 합니다.
    hint: ax.set_xlabel("epoch"), ax.set_ylabel("loss"), ax.legend().
    hint-ko: ax.set_xlabel("epoch"), ax.set_ylabel("loss"), ax.legend()를 쓰세요.
    """
    expect.figure(submission.figure("fig"), plots=1, xlabel="epoch", ylabel="loss", legend=["training", "validation"])
