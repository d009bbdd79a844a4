"""Hidden checks of choosing k: silhouettes of any data, lonely rows, scans of other clouds, the choice, the curves."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.metrics import silhouette_samples

from grader.checks import Text

OWN_WORK = Text(
    "Write the silhouette yourself; scikit-learn's functions are there to compare with.",
    "실루엣은 직접 계산하세요. 사이킷런의 함수는 결과를 비교할 때만 쓰세요.",
)
OWN_POINT = Text(
    "The row itself is counted in a: its own cluster has one row fewer to compare with.",
    "a를 구할 때 자기 자신까지 세었어요. 자기 클러스터에서는 비교할 행이 하나 적어요.",
)
OWN_CLUSTER = Text(
    "The smallest mean of b must be taken over the other clusters only.",
    "b는 자기 클러스터를 뺀 다른 클러스터의 평균 가운데 가장 작은 값이에요.",
)
ALL_OTHERS = Text(
    "b is the mean over one cluster, the nearest other one, not over all rows outside.",
    "b는 바깥의 모든 행이 아니라 가장 가까운 다른 클러스터 하나에 대한 평균이에요.",
)
NOT_LARGER = Text(
    "The difference is divided by the larger of a and b, row by row.", "행마다 a와 b 가운데 큰 값으로 나눠야 해요."
)
NAMES = Text(
    "Your code stops where labels are not 0, 1, 2, …: take the names from `labels` itself, for example with np.unique.",
    "레이블이 0, 1, 2, …가 아니면 코드가 멈춰요. np.unique 같은 방법으로 `labels`에 있는 이름을 쓰세요.",
)


BESIDE = Text(
    "Where one row is alone in its cluster, the silhouettes of other rows are wrong: its cluster counts for them like any.",
    "클러스터에 혼자 있는 행이 있으면 다른 행의 실루엣이 틀려요. 그 클러스터도 다른 클러스터와 똑같이 세야 해요.",
)
INERTIA, SILHOUETTE = ("inertia", "이너셔"), ("silhouette", "실루엣")
FLAT = Text(
    "In one scale the silhouette is a flat line: give it axes of its own.",
    "같은 눈금에서는 실루엣이 평평한 선으로 보여요. 축을 따로 주세요.",
)
AXES = Text("Each of the two curves needs axes of its own.", "두 곡선에는 저마다 축이 따로 있어야 해요.")
EXCHANGED = Text(
    "The y labels have changed places: each should name the curve that is drawn in its axes.",
    "y축 이름이 서로 바뀌었어요. 축마다 거기에 그린 곡선의 이름을 쓰세요.",
)


def wrong_silhouettes(X, labels):
    """What the usual mistakes make of it."""
    distances, names = cdist(X, X), np.unique(labels)
    inside = labels[:, np.newaxis] == names
    means = distances @ inside / inside.sum(axis=0)
    counted = means[inside]
    a = (distances * (labels == labels[:, np.newaxis])).sum(axis=1) / (
        (labels == labels[:, np.newaxis]).sum(axis=1) - 1
    )
    b = np.where(inside, np.inf, means).min(axis=1)
    outside = (distances @ ~inside)[inside] / (~inside).sum(axis=0)[inside.argmax(axis=1)]
    least, least_alone = np.minimum(b, counted), np.minimum(b, a)
    return [
        ((b - counted) / np.maximum(counted, b), OWN_POINT),
        ((least - a) / np.maximum(a, least), OWN_CLUSTER),
        ((least_alone - a) / a, OWN_CLUSTER),
        ((outside - a) / np.maximum(a, outside), ALL_OTHERS),
        ((b - a) / b, NOT_LARGER),
    ]


def own_means(submission, expect, X, all_labels):
    """Mean silhouettes as the student's function gives them, right or wrong."""
    return np.array(
        [expect.array(submission.call("silhouette", X, labels), (len(X),)).mean() for labels in all_labels]
    )


@pytest.mark.points(5)
@pytest.mark.hint(
    en="Compare with `sklearn.metrics.silhouette_samples` on a few rows; labels need not be 0, 1, 2.",
    ko="행 몇 개로 `sklearn.metrics.silhouette_samples`와 비교해 보세요. 레이블이 0, 1, 2가 아닐 수도 있어요.",
)
def test_silhouettes_of_any_data(submission, expect, rng):
    """Silhouettes of other rows and labels.

    ko: 다른 데이터와 레이블의 실루엣.
    """
    expect.source(submission, within="silhouette").avoids("silhouette_samples", "silhouette_score", message=OWN_WORK)
    for m, n, k in ((40, 2, 3), (75, 6, 5), (30, 1, 2)):
        X = rng.normal(scale=3.0, size=(m, n))
        plain = rng.permutation(np.arange(m) % k)
        right, mistakes = silhouette_samples(X, plain), wrong_silhouettes(X, plain)
        found = submission.call("silhouette", X, plain)
        expect.close(found, right, rtol=0, atol=1e-8, mistakes=mistakes, inputs=X)
        with expect.explains(Exception, NAMES):
            found = submission.call("silhouette", X, plain * 3 - 2)
        expect.close(found, right, rtol=0, atol=1e-8, mistakes=mistakes, inputs=X)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Where a row is alone, there is nobody to measure a with: the silhouette is 0 by agreement.",
    ko="클러스터에 혼자 있는 행은 a를 잴 상대가 없어요. 이때 실루엣은 0으로 정해요.",
)
def test_lonely_and_equal_rows(submission, expect, rng):
    """A row alone in its cluster, and rows that are all the same.

    ko: 클러스터에 혼자 있는 행과 모두 똑같은 행.
    """
    expect.source(submission, within="silhouette").avoids("silhouette_samples", "silhouette_score", message=OWN_WORK)
    X = rng.normal(size=(20, 3))
    labels = np.arange(20) % 3
    labels[4] = 3
    found = submission.call("silhouette", X, labels)
    expect.shape(found, (20,))
    lonely = Text(
        "One row is alone in its cluster: its silhouette is 0.", "클러스터에 혼자 있는 행의 실루엣은 0이에요."
    )
    expect.close(found[4], 0.0, atol=1e-8, nan="forbid", message=lonely)
    expect.true(np.any(found), en="No row at all has a silhouette.", ko="실루엣이 0이 아닌 행이 하나도 없어요.")
    plain = np.arange(20) % 3
    if np.allclose(expect.array(submission.call("silhouette", X, plain), (20,)), silhouette_samples(X, plain)):
        # silhouettes are right where no row is alone: then the others must be so beside a lonely one as well
        expect.close(found, silhouette_samples(X, labels), atol=1e-8, nan="forbid", message=BESIDE)
    same = np.tile([[2.0, 5.0]], (6, 1))
    expect.close(
        submission.call("silhouette", same, np.arange(6) % 2),
        np.zeros(6),
        atol=1e-8,
        nan="forbid",
        message=Text(
            "All rows are equal, so a = b = 0: the silhouette is 0.", "행이 모두 같으면 a = b = 0이고 실루엣은 0이에요."
        ),
    )


@pytest.mark.points(4)
@pytest.mark.hint(
    en="One k-means for each k, in the order of `ks`; the silhouette's mean over all rows.",
    ko="`ks`의 순서대로 k마다 k-평균을 한 번씩 훈련하고, 실루엣은 모든 행의 평균을 구하세요.",
)
def test_scan_of_other_clouds(submission, expect, rng):
    """A scan of other clouds with your own silhouettes, in the order of `ks`.

    ko: 여러분의 실루엣으로 다른 데이터를 `ks`의 순서대로 살핀다.
    """
    corners = np.array([[0.0, 0.0, 0.0], [9.0, 0.0, 1.0], [0.0, 14.0, 0.0], [11.0, 12.0, 20.0]])
    X = np.repeat(corners, 30, axis=0) + rng.normal(size=(120, 3))
    ks = [4, 2, 3]
    result = submission.call("scan", X, ks)
    expect.type(result, (tuple, list), what="scan(...)")
    expect.true(
        len(result) == 2,
        en="`scan` should return two arrays: the inertias and the mean silhouettes.",
        ko="`scan`은 이너셔 배열과 실루엣 평균 배열, 두 개를 반환해야 해요.",
    )
    models = [KMeans(k, n_init=10, random_state=0).fit(X) for k in ks]
    inertias = np.array([model.inertia_ for model in models])
    means = own_means(submission, expect, X, [model.labels_ for model in models])
    sorted_ks = Text(
        "The values belong to the k in sorted order: keep the order of `ks`.",
        "값이 k의 크기순으로 놓였어요. `ks`의 순서를 지키세요.",
    )
    turned = np.argsort(ks)
    expect.close(result[0], inertias, rtol=0.01, mistakes=[(inertias[turned], sorted_ks)])
    expect.close(result[1], means, rtol=0, atol=0.005, mistakes=[(means[turned], sorted_ks)])


@pytest.mark.points(2)
@pytest.mark.needs("test_scan_of_other_clouds")
@pytest.mark.hint(
    en="The largest mean silhouette, over k from 2 to 8.", ko="k가 2부터 8까지일 때 실루엣 평균이 가장 큰 것이에요."
)
def test_best_k(submission, hidden, expect):
    """The number of clusters that your silhouette prefers.

    ko: 여러분의 실루엣이 가장 좋다고 하는 클러스터 수.
    """
    best, found = int(hidden.ks[hidden.means.argmax()]), submission["best_k"]
    expect.type(found, (int, np.integer), what="best_k")
    if found != best:
        best = int(hidden.ks[own_means(submission, expect, hidden.X, hidden.labels).argmax()])
    expect.close(
        found,
        best,
        mistakes=[
            (best - 2, Text("This is a position in the list, not a k.", "이것은 k가 아니라 목록에서의 위치예요.")),
            (
                8,
                Text(
                    "Here the inertia is smallest, as it always is for the largest k: go by the silhouette.",
                    "이너셔가 가장 작은 k인데, 이너셔는 k가 클수록 늘 작아져요. 실루엣을 보고 고르세요.",
                ),
            ),
            (
                3,
                Text(
                    "Of these k the mean silhouette is smaller than its neighbours'.",
                    "이 k에서는 실루엣 평균이 옆의 k보다 작아요.",
                ),
            ),
        ],
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="`ax.plot(ks, inertias)` in one panel, `ax.plot(ks, means)` in another.",
    ko="한 그래프에는 `ax.plot(ks, inertias)`, 다른 그래프에는 `ax.plot(ks, means)`를 그리세요.",
)
def test_both_curves(submission, hidden, expect):
    """The inertia and the mean silhouette over k = 2, …, 8.

    ko: k = 2, …, 8에 대한 이너셔와 실루엣 평균의 곡선.
    """
    plots = [axes for axes in submission.figure("fig").plots if axes.lines]
    expect.true(plots, en="No line is drawn yet.", ko="아직 그려진 선이 없어요.")

    def shown(y, rtol):
        """Numbers of the axes that show this curve."""
        return [number for number, axes in enumerate(plots) if expect.holds(expect.curve, axes, hidden.ks, y, rtol=rtol)]

    def called(numbers, *words):
        """Whether every one of these axes is named so, whatever else its name says."""
        names = [plots[number].ylabel.lower() for number in numbers]
        return bool(names) and all(any(word in name for word in words) for name in names)

    inertia = shown(hidden.inertias, 0.03)
    silhouette = shown(hidden.means, 0.2) or shown(own_means(submission, expect, hidden.X, hidden.labels), 0.2)
    message = None
    if silhouette and not set(silhouette) - set(inertia):
        message = FLAT
    elif called(inertia, *SILHOUETTE) and called(silhouette, *INERTIA) and not called(inertia, *INERTIA):
        message = EXCHANGED
    expect.items(
        [
            (
                inertia,
                Text("No curve shows the inertia over k = 2, …, 8.", "k = 2, …, 8의 이너셔를 나타내는 곡선이 없어요."),
            ),
            (
                silhouette,
                Text(
                    "No curve shows the mean silhouette over k = 2, …, 8.",
                    "k = 2, …, 8의 실루엣 평균을 나타내는 곡선이 없어요.",
                ),
            ),
            (inertia and silhouette and not message, message or AXES),
        ]
    )
