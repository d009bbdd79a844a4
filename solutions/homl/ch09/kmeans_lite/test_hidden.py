"""Hidden checks of k-means: each step, empty clusters, the best of several runs, real data."""

import numpy as np
import pytest
from sklearn.cluster import KMeans

from grader.checks import Text

NOT_FIXED = Text(
    "The run has ended too early: the centres are not the means of the rows that are nearest to them.",
    "너무 일찍 끝났어요. 센트로이드가 자기에게 가장 가까운 행들의 평균이 아니에요.",
)
EMPTY = Text(
    "A cluster is left without rows: move its centre onto the row that lies farthest from its own centre, and go on.",
    "행이 하나도 없는 클러스터가 남았어요. 그 센트로이드를 자기 센트로이드에서 가장 먼 행의 자리로 옮기고 계속하세요.",
)
NO_MEAN = Text(
    "The mean of no rows is NaN: an empty cluster needs a rule of its own.",
    "행이 없으면 평균이 NaN이 돼요. 빈 클러스터는 따로 처리해야 해요.",
)
NOT_SQUARED = Text(
    "The inertia adds up squared distances, not distances.", "이너셔는 거리가 아니라 거리의 제곱을 더한 값이에요."
)
NOT_LAST = Text(
    "`inertia_` does not belong to `cluster_centers_` and the nearest rows: measure it once more at the end.",
    "`inertia_`가 `cluster_centers_`로 잰 값과 달라요. 끝난 뒤의 값을 저장하세요.",
)
NOT_FIRST = Text(
    "The first entry of `inertias_` should belong to the starting centres.",
    "`inertias_`의 첫 값은 출발점의 이너셔여야 해요.",
)
OTHER_RUN = Text(
    "`labels_`, `inertia_` and `inertias_` should all come from the run whose centres were kept, and from no other run.",
    "`labels_`, `inertia_`, `inertias_`에는 센트로이드를 남긴 실행의 값만 있어야 하는데, 다른 실행의 값이 섞였어요.",
)


def lloyd(X, start):
    """Our own run from given centres: centres, labels, inertias; None where a cluster becomes empty."""
    centers, labels, inertias = np.array(start, dtype=float), None, []
    while True:
        squared = ((X[:, np.newaxis] - centers) ** 2).sum(axis=2)
        previous, labels = labels, squared.argmin(axis=1)
        inertias.append(squared.min(axis=1).sum())
        if previous is not None and (labels == previous).all():
            return centers, labels, inertias
        if len(np.unique(labels)) < len(centers):
            return None
        centers = np.array([X[labels == j].mean(axis=0) for j in range(len(centers))])


def fitted(submission, X, init=None, **settings):
    """A model of the submission's after `fit`."""
    model = submission.new("KMeansLite", **settings)
    model.call("fit", X, *(() if init is None else (init,)), hold=True)
    return model


def centers_of(model, expect, shape):
    """Its centres as an array of floats, once they are one."""
    found = model.get("cluster_centers_")
    expect.type(found, (np.ndarray, list, tuple), what="cluster_centers_")
    expect.shape(found, shape)
    expect.finite(found, message=NO_MEAN)
    return np.real(np.asarray(found)).astype(float)


def measured(model, expect, X, n_clusters):
    """Inertia by our own formula, with the submission's centres and its own assignment."""
    centers = centers_of(model, expect, (n_clusters, X.shape[1]))
    squared = ((X[:, np.newaxis] - centers) ** 2).sum(axis=2)
    expect.close(model.call("predict", X), squared.argmin(axis=1))
    return float(squared.min(axis=1).sum())


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Assign anew in each round, with the centres as they are now; stop when no label changes.",
    ko="라운드마다 지금의 센트로이드로 다시 할당하고, 레이블이 하나도 바뀌지 않으면 멈추세요.",
)
def test_runs_until_nothing_changes(submission, expect, rng):
    """From given centres to the end of the run.

    ko: 주어진 출발점에서 시작해 더는 바뀌지 않을 때까지 실행한다.
    """
    for n, k in ((2, 3), (3, 5), (5, 4)):
        X = rng.normal(size=(150, n)) @ rng.normal(size=(n, n)) + rng.normal(scale=5, size=n)
        wanted = None
        while wanted is None:  # the rule for empty clusters has a check of its own
            start = X[rng.choice(len(X), k, replace=False)]
            start = np.round(start).astype(int) if n == 2 else start
            wanted = lloyd(X, start)
        centers, labels, _ = wanted
        model = fitted(submission, X, init=start, n_clusters=k)
        expect.close(centers_of(model, expect, (k, n)), centers, atol=1e-6, message=NOT_FIXED)
        expect.close(model.get("labels_"), labels)
        expect.close(model.call("predict", X), labels)


@pytest.mark.points(3)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="Append the inertia right after each assignment; if it ever rises, one of the two steps is wrong.",
    ko="할당한 직후마다 이너셔를 리스트에 더하세요. 한 번이라도 커졌다면 두 단계 가운데 하나가 잘못된 거예요.",
)
def test_inertia_never_rises(submission, expect, rng):
    """The inertia begins with the starting centres and never rises.

    ko: 이너셔는 출발점의 값에서 시작해 한 번도 커지지 않는다.
    """
    X = rng.normal(size=(200, 3))
    start = X[:6] + 0.5
    model = fitted(submission, X, init=start, n_clusters=6)
    inertia, distances = model.get("inertia_"), model.call("transform", X)
    right = measured(model, expect, X, 6)
    expect.shape(distances, (200, 6))
    expect.close(inertia, right, mistakes=[(float(np.min(distances, axis=1).sum()), NOT_SQUARED)], message=NOT_LAST)
    trace = model.get("inertias_")
    expect.type(trace, (list, tuple, np.ndarray), what="inertias_")
    expect.decreasing(trace, tolerance=1e-9)
    first = float(((X[:, np.newaxis] - start) ** 2).sum(axis=2).min(axis=1).sum())
    expect.close(trace[0], first, message=NOT_FIRST)
    expect.close(trace[-1], inertia, message=NOT_LAST)


@pytest.mark.points(2)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="Look at `X[labels == j]` before you take its mean: it may have no rows.",
    ko="평균을 내기 전에 `X[labels == j]`에 행이 있는지 확인하세요.",
)
def test_empty_clusters_are_filled(submission, expect, rng):
    """Centres that no row is near to get rows of their own.

    ko: 가까운 행이 하나도 없는 센트로이드도 결국 자기 행을 갖는다.
    """
    far = np.array([0.0, 60.0, 0.0, 60.0])
    X = np.column_stack([np.repeat(far, 8), np.repeat(far[[0, 0, 1, 1]], 8)]) + rng.normal(scale=0.5, size=(32, 2))
    stray = np.array([[0.0, 0.0], [60.0, 60.0], [1e4, 1e4], [-1e4, 2e4]])
    twins = np.tile(X[:1], (4, 1))
    for start in (stray, twins):
        model = fitted(submission, X, init=start, n_clusters=4)
        measured(model, expect, X, 4)
        labels = model.call("predict", X)
        expect.true(len(np.unique(labels)) == 4, en=EMPTY.en, ko=EMPTY.ko)


@pytest.mark.points(1)
@pytest.mark.needs("test_inertia_never_rises", "test_empty_clusters_are_filled")
@pytest.mark.hint(
    en="Of all rows the one with the largest distance to its own centre: argmax.",
    ko="모든 행 가운데 자기 센트로이드까지의 거리가 가장 큰 행이에요. argmax를 쓰세요.",
)
def test_where_an_empty_cluster_goes(submission, expect, rng):
    """The centre of an empty cluster moves onto the row farthest from its own centre.

    ko: 빈 클러스터의 센트로이드는 자기 센트로이드에서 가장 먼 행의 자리로 옮겨진다.
    """
    X = np.repeat([[0.0, 0.0], [60.0, 0.0], [0.0, 60.0]], 12, axis=0) + rng.normal(scale=3.0, size=(36, 2))
    start = np.array([[0.0, 0.0], [60.0, 0.0], [0.0, 60.0], [-1e4, 2e4]])
    squared = ((X[:, np.newaxis] - start) ** 2).sum(axis=2)
    labels, nearest = squared.argmin(axis=1), squared.min(axis=1)
    means = np.array([X[labels == j].mean(axis=0) for j in range(3)])
    # The prompt leaves open whether the other centres move before the distances are measured, after that or only in the next
    # round, and whether the row still counts in the mean of the cluster that it leaves.
    seconds = []
    for row in (nearest.argmax(), ((X - means[labels]) ** 2).sum(axis=1).argmax()):
        others = np.arange(len(X)) != row
        without = np.array([X[others & (labels == j)].mean(axis=0) for j in range(3)])
        for three in (means, without, start[:3]):
            moved = np.vstack([three, X[row]])
            seconds.append(((X[:, np.newaxis] - moved) ** 2).sum(axis=2).min(axis=1).sum())
    trace = fitted(submission, X, init=start, n_clusters=4).get("inertias_")
    expect.type(trace, (list, tuple, np.ndarray), what="inertias_")
    expect.true(
        len(trace) > 1 and bool(np.isclose(trace[1], seconds).any()),
        en="An empty cluster's centre should move onto the row that lies farthest from its own centre.",
        ko="빈 클러스터의 센트로이드는 자기 센트로이드에서 가장 멀리 떨어진 행의 자리로 옮겨야 해요.",
    )


@pytest.mark.points(4)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="With the ten starts of the default, one of them should end near the best that there is.",
    ko="기본값대로 열 번 출발하면 그 가운데 하나는 가장 좋은 결과에 가까워야 해요.",
)
def test_as_good_as_scikit_learn(submission, hidden, expect, seed):
    """Four clusters of 2,000 points, as good as scikit-learn's.

    ko: 점 2,000개를 네 클러스터로 나눈 결과가 사이킷런만큼 좋다.
    """
    X = hidden.blobs
    best = KMeans(4, n_init=3, random_state=0).fit(X)
    model = fitted(submission, X, n_clusters=4, seed=seed % 1000)
    inertia = measured(model, expect, X, 4)
    expect.at_most(
        inertia / best.inertia_,
        1.02,
        what=Text("inertia relative to scikit-learn's", "사이킷런 대비 이너셔"),
        measured=True,
    )
    expect.clustering(model.call("predict", X), best.labels_, at_least=0.98)


@pytest.mark.points(2)
@pytest.mark.timeout(30)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="64 features are no different from 2. Are all starts made, and is the best kept?",
    ko="특성이 64개여도 2개일 때와 다르지 않아요. 출발을 여러 번 하고 가장 좋은 것을 남기나요?",
)
def test_ten_clusters_of_digits(submission, hidden, expect):
    """Ten clusters of handwritten digits.

    ko: 손글씨 숫자를 열 클러스터로 나눈다.
    """
    X = hidden.digits
    best = KMeans(10, n_init=10, random_state=0).fit(X)
    # One random start in two ends above the bound: of ten all do in one case of 400, of twenty in none of 20,000.
    model = fitted(submission, X, n_clusters=10, n_init=20)
    expect.at_most(
        measured(model, expect, X, 10) / best.inertia_,
        1.02,
        what=Text("inertia relative to scikit-learn's", "사이킷런 대비 이너셔"),
        measured=True,
    )


@pytest.mark.points(2)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="Keep centres, labels and inertia of the run with the smallest inertia, not of the last one.",
    ko="마지막 실행이 아니라 이너셔가 가장 작은 실행의 센트로이드, 레이블, 이너셔를 남기세요.",
)
def test_keeps_the_best_run(submission, expect, rng):
    """Fifty starts are better than most single starts.

    ko: 쉰 번 출발한 결과는 한 번 출발한 결과 대부분보다 좋다.
    """
    for number in range(6):
        X = rng.uniform(size=(60, 2))
        starts = [X[rng.choice(60, 6, replace=False)] for _ in range(60)]
        single = [run[2][-1] for run in (lloyd(X, start) for start in starts) if run is not None]
        model = fitted(submission, X, n_clusters=6, n_init=50, seed=number)
        expect.true(
            measured(model, expect, X, 6) <= np.quantile(single, 0.25),
            en="With n_init=50 the inertia is larger than many single runs reach: is the best of all runs kept?",
            ko="n_init=50인데도 한 번만 실행한 결과보다 이너셔가 클 때가 많아요. 가장 좋은 실행을 남기나요?",
        )


@pytest.mark.points(1)
@pytest.mark.needs("test_inertia_never_rises", "test_keeps_the_best_run")
@pytest.mark.hint(
    en="When a run is better than the best so far, store all that it found together: centres, labels and inertias.",
    ko="지금까지보다 나은 실행이 나오면 그 실행의 센트로이드, 레이블, 이너셔를 한꺼번에 저장하세요.",
)
def test_all_belongs_to_one_run(submission, expect, rng):
    """Centres, labels and inertias belong to the same run.

    ko: 센트로이드, 레이블, 이너셔가 모두 같은 실행의 것이다.
    """
    for number in range(3):
        X = rng.uniform(size=(60, 2))
        model = fitted(submission, X, n_clusters=6, n_init=20, seed=number)
        inertia, trace = measured(model, expect, X, 6), model.get("inertias_")
        expect.close(model.get("inertia_"), inertia, message=OTHER_RUN)
        expect.close(model.get("labels_"), model.call("predict", X), message=OTHER_RUN)
        expect.type(trace, (list, tuple, np.ndarray), what="inertias_")
        expect.decreasing(trace, tolerance=1e-9, message=OTHER_RUN)
        expect.close(trace[-1], inertia, message=OTHER_RUN)


@pytest.mark.points(2)
@pytest.mark.needs("test_new_rows")
@pytest.mark.hint(
    en="`predict` and `transform` use the centres of the fit; they work for any number of rows.",
    ko="`predict`와 `transform`은 `fit`에서 얻은 센트로이드를 쓰고, 행이 몇 개든 동작해야 해요.",
)
def test_rows_never_seen(submission, expect, rng):
    """Rows that were not there at the fit.

    ko: 훈련할 때 없던 행을 다룬다.
    """
    X = rng.normal(size=(80, 4))
    model = fitted(submission, X, n_clusters=5, n_init=2, seed=3)
    centers = centers_of(model, expect, (5, 4))
    for m in (1, 5, 80):
        new = 2 * rng.normal(size=(m, 4))
        distances = np.sqrt(((new[:, np.newaxis] - centers) ** 2).sum(axis=2))
        expect.close(model.call("transform", new), distances, rtol=1e-6, atol=1e-6)
        expect.close(model.call("predict", new), distances.argmin(axis=1))


@pytest.mark.points(2)
@pytest.mark.needs("test_worked_example")
@pytest.mark.hint(
    en="One `np.random.default_rng(self.seed)`, made in `fit`; copy `init` before you move the centres.",
    ko="`fit` 안에서 `np.random.default_rng(self.seed)`를 한 번 만드세요. `init`은 복사한 뒤에 센트로이드를 옮기세요.",
)
def test_seed_and_inputs(submission, expect, rng):
    """`fit` returns self, repeats itself under the same seed and leaves its arguments as they are.

    ko: `fit`은 self를 반환하고, 시드가 같으면 결과도 같으며, 넘겨받은 배열을 바꾸지 않는다.
    """
    X = rng.uniform(size=(120, 2))
    returned = submission.new("KMeansLite", n_clusters=2).call("fit", X, hold=True)
    expect.true(
        returned.type_name == "KMeansLite", en="`fit` must return `self`.", ko="`fit`은 `self`를 반환해야 해요."
    )
    one, two = (fitted(submission, X, n_clusters=7, n_init=1, seed=11) for _ in range(2))
    expect.close(
        two.call("transform", X),
        one.call("transform", X),
        message=Text("The same seed gave other centres.", "시드가 같은데 센트로이드가 달라졌어요."),
    )
    grid, start = submission.hold(X), submission.hold(X[:3])
    fitted(submission, grid, init=start, n_clusters=3)
    expect.unchanged(X, grid.call("copy"), what="X")
    expect.unchanged(X[:3], start.call("copy"), what="init")


@pytest.mark.points(2)
@pytest.mark.needs("test_names_of_clusters_do_not_count")
@pytest.mark.hint(
    en="Count the different pairs (a[i], b[i]): there are as many as labels in a, and as many as labels in b.",
    ko="서로 다른 쌍 (a[i], b[i])의 수를 세어 보세요. a의 레이블 수와도, b의 레이블 수와도 같아야 해요.",
)
def test_groupings(submission, expect, rng):
    """Groupings that differ in names, in one row, or in being finer.

    ko: 이름만 다른 묶음, 한 행만 다른 묶음, 더 잘게 나눈 묶음을 구별한다.
    """
    calls, wanted = [], []
    for _ in range(6):
        a = rng.permutation(np.arange(60) % 4)
        renamed = np.array([7, 3, 9, 0])[a]
        moved = renamed.copy()
        moved[0] = 7 if moved[0] != 7 else 3
        finer = np.where(np.arange(60) == int(np.flatnonzero(a == 2)[0]), 4, a)
        calls += [(a, renamed), (a, moved), (a, finer), (finer, a), (renamed, finer)]
        wanted += [True, False, False, False, False]
    found = submission.map("same_grouping", calls)
    for answer in found:
        expect.type(answer, (bool, np.bool_), what="same_grouping(...)")
    expect.same([bool(answer) for answer in found], wanted)
