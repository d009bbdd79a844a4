"""Hidden checks of choosing k: silhouettes of any data, lonely rows, scans of other clouds, the choice, the curves."""

import numpy as np
import pytest

from grader.checks import Text

INERTIA, SILHOUETTE = ("inertia", "이너셔"), ("silhouette", "실루엣")
NO_INT = Text("`best_k` should be an `int`.", "`best_k`는 `int`여야 해요.")
EXCHANGED = Text("The y labels do not fit the curves.", "y축 이름이 곡선과 맞지 않아요.")
NO_CURVES = Text(
    "Two curves over k = 2, …, 8 should be drawn with `plot`, each in axes of its own.",
    "k = 2, …, 8에 대한 곡선 두 개를 `plot`으로, 서로 다른 축에 그리세요.",
)


def says(label, names):
    """Whether a label holds one of these names."""
    return any(name in label for name in names)


def own_means(code, X, clusterings):
    """Mean silhouettes as the submission's function gives them, right or wrong."""
    return np.array([np.mean(values) for values in code.map("silhouette", [(X, labels) for labels in clusterings])])


def own_or_right(expect, atol):
    """Of a value and what the own silhouettes make of it: what follows from them is as good as the right value."""

    def how(found, wanted):
        if not expect.holds(expect.close, *found, atol=atol, nan="forbid"):
            expect.close(found[0], wanted[0], atol=atol)

    return how


@pytest.mark.points(5)
@pytest.mark.needs("test_own_work")
def test_silhouettes_of_any_data(expect, rng):
    """Silhouettes of other rows and labels.

    ko: 다른 데이터와 레이블의 실루엣.
    asks: take the mean for each other cluster, then the smallest of these means
    asks-ko: 다른 클러스터마다 평균을 구한 다음 그 가운데 가장 작은 값을 고릅니다
    hint: Compare with `sklearn.metrics.silhouette_samples` on a few rows; labels need not be 0, 1, 2.
    hint-ko: 행 몇 개로 `sklearn.metrics.silhouette_samples`와 비교해 보세요. 레이블이 0, 1, 2가 아닐 수도 있어요.
    """
    for m, n, k in ((40, 2, 3), (75, 6, 5), (30, 1, 2)):
        X = rng.normal(scale=3.0, size=(m, n))
        plain = rng.permutation(np.arange(m) % k)
        for labels in (plain, plain * 3 - 2):
            expect.agree(lambda code: code.call("silhouette", X, labels))


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_lonely_and_equal_rows(expect, rng):
    """A row alone in its cluster, and rows that are all the same.

    ko: 클러스터에 혼자 있는 행과 모두 똑같은 행.
    asks: A row that is alone in its cluster has $s_i = 0$, and so has one with $a_i = b_i = 0$.
    asks-ko: 클러스터에 혼자 있는 행은 $s_i = 0$이고, $a_i = b_i = 0$일 때도 0입니다.
    hint: Where a row is alone, there is nobody to measure a with: its silhouette is 0 by agreement, as where a = b = 0.
    hint-ko: 클러스터에 혼자 있는 행은 a를 잴 상대가 없어요. 이때와 a = b = 0일 때 실루엣은 0으로 정해요.
    """
    X, labels = rng.normal(size=(20, 3)), np.arange(20) % 3
    labels[4] = 3
    same = np.tile([[2.0, 5.0]], (6, 1))
    expect.agree(lambda code: code.call("silhouette", X, labels)[4], 0.0, atol=1e-8)
    expect.agree(lambda code: np.delete(code.call("silhouette", X, labels), 4))
    expect.agree(lambda code: code.call("silhouette", same, np.arange(6) % 2), np.zeros(6), atol=1e-8)


@pytest.mark.points(4)
@pytest.mark.needs("test_scan_of_the_four_points")
def test_scan_of_other_clouds(expect, rng):
    """A scan of other clouds, in the order of `ks`.

    ko: 다른 데이터를 `ks`의 순서대로 살핀다.
    asks: for each k of the sequence `ks`, in its order, the inertia of k-means and the mean silhouette
    asks-ko: `ks`에 들어 있는 k마다 그 순서대로 k-평균의 이너셔와 실루엣의 평균을 구해
    hint: One k-means for each k, in the order of `ks`; the silhouette's mean over all rows.
    hint-ko: `ks`의 순서대로 k마다 k-평균을 한 번씩 훈련하고, 실루엣은 모든 행의 평균을 구하세요.
    """
    corners = np.array([[0.0, 0.0, 0.0], [9.0, 0.0, 1.0], [0.0, 14.0, 0.0], [11.0, 12.0, 20.0]])
    X = np.repeat(corners, 30, axis=0) + rng.normal(size=(120, 3))
    clusterings = [np.repeat(names, 30) for names in ([0, 1, 2, 3], [0, 0, 1, 2], [0, 0, 0, 1])]

    def means(code):
        """In the order of the inertias: whether that is the order of `ks` is another question."""
        inertias, values = code.call("scan", X, [4, 2, 3])
        return np.asarray(values)[np.argsort(inertias)], own_means(code, X, clusterings)

    expect.agree(lambda code: code.call("scan", X, [4, 2, 3])[0], rtol=0.01)
    expect.agree(means, how=own_or_right(expect, atol=0.005))


@pytest.mark.points(3)
def test_best_k(expect, hidden):
    """The number of clusters that the silhouette prefers.

    ko: 실루엣이 가장 좋다고 하는 클러스터 수.
    asks: the number of clusters from 2 to 8 with the largest mean silhouette for `X`
    asks-ko: 2부터 8까지의 클러스터 수 가운데 `X`의 실루엣 평균이 가장 큰 k
    hint: The largest mean silhouette, over k from 2 to 8.
    hint-ko: k가 2부터 8까지일 때 실루엣 평균이 가장 큰 것이에요.
    """

    def best(code):
        """What was chosen, and what the own silhouettes speak for."""
        means = own_means(code, hidden.X, hidden.clusterings)
        return code["best_k"], np.flatnonzero(means > means.max() - 0.02) + 2

    def chosen(found, wanted):
        if not any(expect.holds(expect.close, found[0], k) for k in found[1]):
            expect.close(found[0], wanted[0])

    expect.agree(best, how=chosen)
    expect.agree(lambda code: isinstance(code["best_k"], int | np.integer), True, message=NO_INT)


@pytest.mark.points(3)
def test_both_curves(expect, hidden):
    """The inertia and the mean silhouette over k = 2, …, 8.

    ko: k = 2, …, 8에 대한 이너셔와 실루엣 평균의 곡선.
    asks: one curve each, each in axes of its own
    asks-ko: 이너셔와 실루엣 평균을 곡선 하나씩 그립니다. 두 곡선은 서로 다른 축에 그립니다
    hint: `ax.plot(ks, inertias)` in one panel, `ax.plot(ks, means)` in another, each with its own y label.
    hint-ko: 한 그래프에는 `ax.plot(ks, inertias)`, 다른 그래프에는 `ax.plot(ks, means)`를 그리고 저마다 y축 이름을 붙이세요.
    """

    def curves(code):
        """Of the highest curve between 2 and 8 and of the lowest: its k, its heights, its axes and their y label."""
        found = []
        for number, axes in enumerate(code.figure("fig").plots):
            for line in axes.lines:
                rows = sorted((x, y) for x, y in zip(line.x, line.y, strict=True) if 2 <= x <= 8)
                if len({x for x, _ in rows}) > 2:
                    found.append((*np.array(rows).T, number, axes.ylabel.lower()))
        expect.true(found, en=NO_CURVES["en"], ko=NO_CURVES["ko"])
        return max(found, key=lambda curve: curve[1].max()), min(found, key=lambda curve: curve[1].max())

    def silhouettes(code):
        return curves(code)[1][1], own_means(code, hidden.X, hidden.clusterings)

    def exchanged(code):
        inertia, silhouette = (label for *_, label in curves(code))
        return says(inertia, SILHOUETTE) and says(silhouette, INERTIA) and not says(inertia, INERTIA)

    for curve in (0, 1):
        expect.agree(lambda code: curves(code)[curve][0], np.arange(2.0, 9.0), message=NO_CURVES)
    expect.agree(lambda code: curves(code)[0][1], atol=30.0)  # one start in ten ends in another corner
    expect.agree(silhouettes, how=own_or_right(expect, atol=0.025))
    expect.agree(lambda code: curves(code)[0][2] != curves(code)[1][2], True, message=NO_CURVES)
    expect.agree(exchanged, False, message=EXCHANGED)
