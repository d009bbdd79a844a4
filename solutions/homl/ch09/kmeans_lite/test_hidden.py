"""Hidden checks of k-means: each step, empty clusters, the best of several runs, real data."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans

from grader.checks import Text

NOT_THE_BEST = Text(
    "The clusters are worse than the best of the runs should be: does each run start elsewhere, and is the best of all kept?",
    "여러 번 실행해서 얻을 수 있는 가장 좋은 결과보다 나빠요. 실행마다 다른 곳에서 출발하고, 그중 가장 좋은 것을 남기나요?",
)
OTHER_RUN = Text(
    "`labels_`, `inertia_` and `inertias_` should all come from the run whose centres were kept, and from no other run.",
    "`labels_`, `inertia_`, `inertias_`에는 센트로이드를 남긴 실행의 값만 있어야 하는데, 다른 실행의 값이 섞였어요.",
)
EMPTY = Text(
    "A cluster is left without rows: move its centre onto the row that lies farthest from its own centre, and go on.",
    "행이 하나도 없는 클러스터가 남았어요. 그 센트로이드를 자기 센트로이드에서 가장 먼 행의 자리로 옮기고 계속하세요.",
)


def fitted(code, X, init=None, **settings):
    """A model after `fit`."""
    model = code.new("KMeansLite", **settings)
    model.call("fit", X, *(() if init is None else (init,)), hold=True)
    return model


def inertia(X, model):
    """What the centres of a model are worth, whatever it says of itself."""
    return cdist(X, model.get("cluster_centers_"), "sqeuclidean").min(axis=1).sum()


def clouds(rng, n, k):
    """Rows around ``k`` places, and a row of each place to start from: so far apart that no cluster becomes empty."""
    X = rng.normal(scale=80, size=(k, n))[np.arange(150) % k] + rng.normal(scale=25, size=(150, n))
    return X, X[:k].copy()


@pytest.mark.points(4)
@pytest.mark.needs("test_own_work")
def test_runs_until_nothing_changes(expect, rng):
    """From given centres to the end of the run.

    ko: 주어진 출발점에서 시작해 더는 바뀌지 않을 때까지 실행한다.
    asks: It ends when an assignment changes nothing any more
    asks-ko: 할당이 더는 바뀌지 않으면 끝납니다
    hint: Assign anew in each round, with the centres as they are now; stop when no label changes.
    hint-ko: 라운드마다 지금의 센트로이드로 다시 할당하고, 레이블이 하나도 바뀌지 않으면 멈추세요.
    """

    def found(code):
        model = fitted(code, X, start, n_clusters=len(start))
        return model.get("cluster_centers_"), model.get("labels_"), model.call("predict", X)

    for n, k in ((2, 3), (3, 5), (5, 4)):
        X, start = clouds(rng, n, k)
        start = np.round(start).astype(int) if n == 2 else start
        expect.agree(found)


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_worked_example")
def test_inertia_never_rises(expect, rng):
    """The inertia begins with the starting centres and never rises.

    ko: 이너셔는 출발점의 값에서 시작해 한 번도 커지지 않는다.
    asks: the first entry belongs to the starting centres, the last one is `inertia_`
    asks-ko: 첫 값은 출발점의 이너셔이고 마지막 값은 `inertia_`입니다
    hint: Append the inertia right after each assignment; if it ever rises, one of the two steps is wrong.
    hint-ko: 할당한 직후마다 이너셔를 리스트에 더하세요. 한 번이라도 커졌다면 두 단계 가운데 하나가 잘못된 거예요.
    """
    X, start = clouds(rng, 3, 6)

    def trace(code):
        model = fitted(code, X, start, n_clusters=6)
        values = model.get("inertias_")
        falls = bool((np.diff(values) <= 1e-6).all())
        return model.get("inertia_"), values[0], values[-1], falls, model.call("predict", X)

    expect.agree(trace)


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_worked_example")
def test_empty_clusters_are_filled(expect, rng):
    """The centre of an empty cluster moves onto the row farthest from its own centre, and gets rows of its own.

    ko: 빈 클러스터의 센트로이드는 자기 센트로이드에서 가장 먼 행의 자리로 옮겨져 자기 행을 갖는다.
    asks: Move it onto the row that lies farthest from its own centre.
    asks-ko: 이때는 자기 센트로이드에서 가장 멀리 떨어진 행의 자리로 옮기세요.
    hint: Look at `X[labels == j]` before you take its mean: it may have no rows. The farthest row is an argmax.
    hint-ko: 평균을 내기 전에 `X[labels == j]`에 행이 있는지 확인하세요. 가장 먼 행은 argmax로 찾으세요.
    """
    clumps = np.repeat([[0.0, 0.0], [60.0, 0.0]], 15, axis=0) + rng.normal(size=(30, 2))
    X = np.vstack([clumps, [[0.0, 40.0], [60.0, -55.0]]])  # each of the last two rows ends alone, whichever moves first
    stray = np.array([[0.0, 0.0], [60.0, 0.0], [1e4, 1e4], [-1e4, 2e4]])

    def clusters(code):
        model = fitted(code, X, stray, n_clusters=4)
        return np.sort(np.bincount(model.call("predict", X))), model.get("inertia_")

    expect.agree(clusters, message=EMPTY)
    twins = np.tile(X[:1], (4, 1))
    expect.agree(lambda code: len(np.unique(fitted(code, X, twins, n_clusters=4).call("predict", X))), 4, message=EMPTY)


@pytest.mark.points(4)
@pytest.mark.needs("test_own_work")
@pytest.mark.timeout(30)
@pytest.mark.needs("test_worked_example")
def test_as_good_as_scikit_learn(expect, hidden, rng, seed):
    """Points of the chapter, handwritten digits and scattered points, as good as scikit-learn's.

    ko: 책의 점들, 손글씨 숫자, 흩어진 점들을 사이킷런만큼 잘 나눈다.
    asks: keeps the run with the smallest inertia
    asks-ko: 이너셔가 가장 작은 결과를 남깁니다
    hint: Does each of the `n_init` runs start elsewhere, and is the best of all kept? 64 features are no different from 2.
    hint-ko: `n_init`번의 실행이 저마다 다른 곳에서 출발하고, 그중 가장 좋은 것을 남기나요? 특성이 64개여도 2개일 때와 다르지 않아요.
    """
    # One random start in two ends above its bound, of so many all do in less than one case of 400; a single start for each
    # table stays below all bounds in one of 500.
    tables = [(hidden.blobs, 4, 10, 1.02), (hidden.digits, 10, 20, 1.02)]
    tables += [(X, 6, 50, 1.05) for X in rng.uniform(size=(4, 60, 2))]
    limits = [bound * KMeans(k, n_init=20, random_state=0).fit(X).inertia_ for X, k, _, bound in tables]

    def good(code):
        models = [fitted(code, X, n_clusters=k, n_init=n_init, seed=seed % 1000) for X, k, n_init, _ in tables]
        return all(inertia(tables[i][0], model) <= limits[i] for i, model in enumerate(models))

    expect.agree(good, True, message=NOT_THE_BEST)


@pytest.mark.points(4)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_worked_example")
def test_all_belongs_to_one_run(expect, rng):
    """Centres, labels and inertias belong to the same run.

    ko: 센트로이드, 레이블, 이너셔가 모두 같은 실행의 것이다.
    asks: list of the inertia after each assignment of the run that was kept
    asks-ko: 남긴 실행에서 할당할 때마다 잰 이너셔의 리스트
    hint: When a run is better than the best so far, store all that it found together: centres, labels and inertias.
    hint-ko: 지금까지보다 나은 실행이 나오면 그 실행의 센트로이드, 레이블, 이너셔를 한꺼번에 저장하세요.
    """
    X = rng.uniform(size=(60, 2))

    def belongs(code):
        model = fitted(code, X, n_clusters=6, n_init=20, seed=seed)
        trace = model.get("inertias_")
        return {
            "labels_": bool((model.get("labels_") == model.call("predict", X)).all()),
            "inertia_": bool(np.isclose(model.get("inertia_"), inertia(X, model))),
            "inertias_": bool(np.diff(trace).max(initial=0) < 0.05 * trace[0] and np.isclose(trace[-1], model.get("inertia_"))),
        }

    for seed in range(3):
        expect.agree(belongs, message=OTHER_RUN)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_new_rows")
def test_rows_never_seen(expect, rng):
    """Rows that were not there at the fit.

    ko: 훈련할 때 없던 행을 다룬다.
    asks: the nearest centre's number for any rows
    asks-ko: 임의의 행에 대해 가장 가까운 센트로이드의 번호
    hint: `predict` and `transform` use the centres of the fit; they work for any number of rows.
    hint-ko: `predict`와 `transform`은 `fit`에서 얻은 센트로이드를 쓰고, 행이 몇 개든 동작해야 해요.
    """
    X, start = clouds(rng, 4, 5)

    def asked(code):
        model = fitted(code, X, start, n_clusters=5)
        return model.call("transform", new), model.call("predict", new)

    for m in (1, 5, 80):
        new = 80 * rng.normal(size=(m, 4))
        expect.agree(asked)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_worked_example")
def test_seed_and_inputs(expect, rng):
    """`fit` returns self, follows its seed and leaves its arguments as they are.

    ko: `fit`은 self를 반환하고, 시드를 따르며, 넘겨받은 배열을 바꾸지 않는다.
    asks: the same seed gives the same result
    asks-ko: 시드가 같으면 결과도 같아야 합니다
    hint: One `np.random.default_rng(self.seed)`, made in `fit`; copy `init` before you move the centres.
    hint-ko: `fit` 안에서 `np.random.default_rng(self.seed)`를 한 번 만드세요. `init`은 복사한 뒤에 센트로이드를 옮기세요.
    """
    X = rng.uniform(size=(120, 2))

    def followed(code):
        first, again, *others = (
            fitted(code, X, n_clusters=7, n_init=1, seed=seed).get("inertia_") for seed in (11, 11, 12, 13, 14, 15)
        )
        return {"same seed, same result": first == again, "other seeds, other starts": set(others) != {first}}

    def afterwards(code):
        grid, start = code.hold(X), code.hold(X[:3])
        fitted(code, grid, start, n_clusters=3)
        return grid.call("copy"), start.call("copy")

    expect.agree(lambda code: code.new("KMeansLite", n_clusters=2).call("fit", X, hold=True).type_name, "KMeansLite")
    expect.agree(followed, message=Text("The centres do not follow the seed.", "센트로이드가 시드에 따라 정해지지 않아요."))
    expect.agree(afterwards, (X, X[:3]))


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_names_of_clusters_do_not_count")
def test_groupings(expect, rng):
    """Groupings that differ in names, in one row, or in being finer.

    ko: 이름만 다른 묶음, 한 행만 다른 묶음, 더 잘게 나눈 묶음을 구별한다.
    asks: group the rows in the same way
    asks-ko: 행을 똑같이 묶었는지
    hint: Count the different pairs (a[i], b[i]): there are as many as labels in a, and as many as labels in b.
    hint-ko: 서로 다른 쌍 (a[i], b[i])의 수를 세어 보세요. a의 레이블 수와도, b의 레이블 수와도 같아야 해요.
    """
    calls = []
    for _ in range(6):
        a = rng.permutation(np.arange(60) % 4)
        renamed = np.array([7, 3, 9, 0])[a]
        moved = np.where(np.arange(60) == 0, np.roll([7, 3, 9, 0], 1)[a], renamed)
        finer = np.where(np.arange(60) == a.argmin(), 4, a)
        calls += [(a, renamed), (a, moved), (a, finer), (finer, a), (renamed, finer)]
    expect.agree(lambda code: code.map("same_grouping", calls), [True, False, False, False, False] * 6)
