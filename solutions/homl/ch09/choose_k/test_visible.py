"""Visible checks of choosing k: silhouettes by hand, the shape of a scan, labels of the figure."""

import numpy as np
import pytest

from grader.checks import Text

X = np.array([[0.0], [2.0], [10.0], [14.0]])
NAMES = {
    ("inertia", "이너셔"): Text("No y axis is labelled `inertia`.", "y축 이름에 `이너셔`가 없어요."),
    ("silhouette", "실루엣"): Text("No y axis is labelled `silhouette`.", "y축 이름에 `실루엣`이 없어요."),
}
NO_X = Text("The x axis has no label.", "x축에 이름이 없어요.")


@pytest.mark.points(0)
def test_own_work(expect):
    """The silhouette is your own work.

    ko: 실루엣을 직접 계산한다.
    asks: Write it yourself, without scikit-learn's `silhouette_samples` and `silhouette_score`
    asks-ko: 사이킷런의 `silhouette_samples`와 `silhouette_score`를 쓰지 말고 직접 작성하세요
    hint: The checks of the silhouette ask what your own code computes; compare with scikit-learn in a cell of its own.
    hint-ko: 실루엣 검사는 여러분의 코드가 직접 계산한 것을 봐요. 사이킷런과 비교하는 코드는 다른 셀에 두세요.
    """
    # The answer names the function, so that it tells this mistake from others.
    names = ("silhouette_samples", "silhouette_score")

    def borrowed(code):
        rules = expect.source(code, within="silhouette")
        return [name for name in names if not expect.holds(rules.avoids, name)]

    expect.agree(borrowed, [])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_four_points(expect):
    """Silhouettes of the four points of the example.

    ko: 예제의 점 네 개의 실루엣.
    asks: the points 0, 2, 10, 14 on a line with the labels 0, 0, 1, 1
    asks-ko: 직선 위의 점 0, 2, 10, 14의 레이블이 0, 0, 1, 1이라고 합시다
    hint: For the first point a = 2 and b = 12. Work out a and b of the others on paper; labels may be any integers.
    hint-ko: 첫째 점은 a = 2, b = 12예요. 나머지 점의 a와 b도 종이에 계산해 보세요. 레이블은 아무 정수나 될 수 있어요.
    """
    for labels in ([0, 0, 1, 1], [7, 7, -1, -1]):
        right = np.array([10 / 12, 8 / 10, 5 / 9, 9 / 13])
        expect.agree(lambda code: code.call("silhouette", X, np.array(labels)), right)


@pytest.mark.points(2)
def test_scan_of_the_four_points(expect):
    """A scan gives two numbers for each k: the inertia, and the mean silhouette.

    ko: `scan`은 k마다 이너셔와 실루엣의 평균, 두 가지를 준다.
    asks: for each k of the sequence `ks`, in its order, the inertia of k-means and the mean silhouette
    asks-ko: `ks`에 들어 있는 k마다 그 순서대로 k-평균의 이너셔와 실루엣의 평균을 구해
    hint: Return two arrays with one number for each k: first the inertias, then the mean silhouettes.
    hint-ko: k마다 값이 하나씩인 배열 두 개를 이너셔, 실루엣 평균의 순서로 반환하세요.
    """

    def means(code):
        own = code.map("silhouette", [(X, np.array(labels)) for labels in ([0, 0, 1, 1], [0, 0, 1, 2])])
        return code.call("scan", X, [2, 3])[1], [np.mean(values) for values in own]

    def own_or_right(found, wanted):
        """The means of one's own silhouettes are as good as the right ones."""
        if not expect.holds(expect.close, *found, nan="forbid"):
            expect.close(found[0], wanted[0], rtol=1e-6)

    right = np.array([(10 / 12 + 8 / 10 + 5 / 9 + 9 / 13) / 4, (8 / 10 + 6 / 8) / 4])
    expect.agree(lambda code: code.call("scan", X, [2, 3])[0], np.array([10.0, 2.0]))
    expect.agree(means, (right, right), how=own_or_right)


@pytest.mark.points(2)
def test_labels_of_the_figure(expect):
    """The axes say what they show.

    ko: 축 이름에 무엇을 그렸는지 쓰여 있다.
    asks: The y labels name what is shown (`inertia`, `silhouette`), the x axis is labelled too.
    asks-ko: y축 이름에는 무엇을 그렸는지(`이너셔`, `실루엣` 또는 `inertia`, `silhouette`) 쓰고, x축에도 이름을 붙이세요.
    hint: `ax.set_xlabel(...)`, `ax.set_ylabel(...)`: one axes for the inertia, one for the silhouette.
    hint-ko: 이너셔와 실루엣을 서로 다른 축에 그리고 `ax.set_xlabel(...)`, `ax.set_ylabel(...)`로 이름을 붙이세요.
    """

    def drawn(code):
        return [axes for axes in code.figure("fig").plots if axes.lines]

    def named(code):
        return any(name in axes.ylabel.lower() for axes in drawn(code) for name in names)

    for names, message in NAMES.items():
        expect.agree(named, True, message=message)
    expect.agree(lambda code: any(axes.xlabel.strip() for axes in drawn(code)), True, message=NO_X)
