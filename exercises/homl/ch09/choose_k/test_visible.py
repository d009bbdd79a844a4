"""Visible checks of choosing k: silhouettes by hand, the shape of a scan, labels of the figure."""

import numpy as np
import pytest

from grader.checks import Text

X = np.array([[0.0], [2.0], [10.0], [14.0]])
RIGHT = np.array([10 / 12, 8 / 10, 5 / 9, 9 / 13])
OWN_POINT = Text(
    "The row itself is counted in a: its own cluster has one row fewer to compare with.",
    "a를 구할 때 자기 자신까지 세었어요. 자기 클러스터에서는 비교할 행이 하나 적어요.",
)
OWN_CLUSTER = Text(
    "The smallest mean of b must be taken over the other clusters only.",
    "b는 자기 클러스터를 뺀 다른 클러스터의 평균 가운데 가장 작은 값이에요.",
)
SQUARED = Text("These come from squared distances.", "거리를 제곱해서 계산한 값이에요.")


@pytest.mark.points(4)
@pytest.mark.hint(
    en="For the first point a = 2 and b = 12. Work out a and b of the others on paper.",
    ko="첫째 점은 a = 2, b = 12예요. 나머지 점의 a와 b도 종이에 계산해 보세요.",
)
def test_four_points(submission, expect):
    """Silhouettes of the four points of the example.

    ko: 예제의 점 네 개의 실루엣.
    """
    mistakes = [
        (np.array([11 / 12, 9 / 10, 7 / 9, 11 / 13]), OWN_POINT),
        (np.zeros(4), OWN_CLUSTER),
        (np.array([144 / 148, 80 / 84, 66 / 82, 154 / 170]), SQUARED),
    ]
    for labels in ([0, 0, 1, 1], [7, 7, -1, -1]):
        expect.close(submission.call("silhouette", X, np.array(labels)), RIGHT, atol=1e-8, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Return two arrays with one number for each k: first the inertias, then the mean silhouettes.",
    ko="k마다 값이 하나씩인 배열 두 개를 이너셔, 실루엣 평균의 순서로 반환하세요.",
)
def test_scan_of_the_four_points(submission, expect):
    """A scan gives two numbers for each k: the inertia, and the mean of your own silhouettes.

    ko: `scan`은 k마다 이너셔와 여러분의 실루엣을 평균한 값, 두 가지를 준다.
    """
    result = submission.call("scan", X, [2, 3])
    expect.type(result, (tuple, list), what="scan(...)")
    expect.true(
        len(result) == 2,
        en="`scan` should return two arrays: the inertias and the mean silhouettes.",
        ko="`scan`은 이너셔 배열과 실루엣 평균 배열, 두 개를 반환해야 해요.",
    )
    swapped = Text("The two arrays have changed places.", "두 배열의 순서가 바뀌었어요.")
    inertias = np.array([10.0, 2.0])
    own = [submission.call("silhouette", X, np.array(labels)) for labels in ([0, 0, 1, 1], [0, 0, 1, 2])]
    means = np.array([expect.array(values, (4,)).mean() for values in own])
    expect.close(result[0], inertias, atol=1e-8, mistakes=[(means, swapped)])
    expect.close(result[1], means, atol=1e-8)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`ax.set_xlabel(...)`, `ax.set_ylabel(...)`: one axes for the inertia, one for the silhouette.",
    ko="이너셔와 실루엣을 서로 다른 축에 그리고 `ax.set_xlabel(...)`, `ax.set_ylabel(...)`로 이름을 붙이세요.",
)
def test_labels_of_the_figure(submission, expect):
    """The axes say what they show.

    ko: 축 이름에 무엇을 그렸는지 쓰여 있다.
    """
    plots = submission.figure("fig").plots
    drawn = [axes for axes in plots if axes.lines]
    expect.true(
        len(drawn) >= 2,
        en="The two curves should stand in axes of their own: two panels, or `twinx()`.",
        ko="두 곡선을 서로 다른 축에 그리세요. 그래프를 두 개 만들거나 `twinx()`를 쓰면 돼요.",
    )
    expect.items(
        [
            (
                any(word in axes.ylabel.lower() for axes in drawn for word in ("inertia", "이너셔")),
                Text("No y axis is labelled `inertia`.", "y축 이름에 `이너셔`(`inertia`)가 없어요."),
            ),
            (
                any(word in axes.ylabel.lower() for axes in drawn for word in ("silhouette", "실루엣")),
                Text("No y axis is labelled `silhouette`.", "y축 이름에 `실루엣`(`silhouette`)이 없어요."),
            ),
            (
                any(axes.xlabel.strip() for axes in drawn),
                Text("The x axis has no label.", "x축에 이름이 없어요."),
            ),
        ]
    )
