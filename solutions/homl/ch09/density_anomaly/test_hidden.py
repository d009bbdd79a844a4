"""Hidden checks of density: bent clusters, border rows, each round of EM, the BIC, pictures that are turned."""

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import cdist
from scipy.stats import multivariate_normal
from sklearn.cluster import DBSCAN
from sklearn.mixture import GaussianMixture

from grader.checks import Text

OWN_WORK = Text(
    "Write it yourself; scikit-learn's class is there to compare with.",
    "직접 작성하세요. 사이킷런의 클래스는 결과를 비교할 때만 쓰세요.",
)
WITHOUT_ITSELF = Text(
    "The row itself is one of its neighbours: count it too.", "자기 자신도 이웃이에요. 자기 자신까지 세세요."
)
NO_BORDER = Text(
    "Border rows, which have a core row among their neighbours, are not noise.",
    "이웃 가운데 핵심 샘플이 있는 경계의 행은 잡음이 아니에요.",
)
UNWEIGHTED = Text(
    "A covariance after the first round does not weight the rows by their responsibilities.",
    "첫 라운드의 공분산을 구할 때 행에 책임을 곱하지 않았어요.",
)
GROWN_TOGETHER = Text(
    "Clusters have grown together: only core rows carry a chain on, border rows end it.",
    "클러스터가 서로 붙어 버렸어요. 핵심 샘플만 사슬을 이어 가고, 경계의 행에서는 사슬이 끝나요.",
)
OLD_MEANS = Text(
    "The covariances are taken around the old means: update the means first.",
    "공분산을 옛 평균을 기준으로 구했어요. 평균을 먼저 갱신하세요.",
)
SAME_WEIGHTS = Text(
    "The weights stay as they were at the beginning: each round has to update them too.",
    "가중치가 처음 값 그대로예요. 라운드마다 가중치도 갱신하세요.",
)
COUNTED_TWICE = Text(
    "Too many parameters: a covariance is symmetric, so n (n + 1) / 2 of its entries are free, not n².",
    "파라미터를 너무 많이 셌어요. 공분산은 대칭이므로 자유로운 원소는 n²개가 아니라 n (n + 1) / 2개예요.",
)
DIAGONAL_ONLY = Text(
    "Too few parameters: the entries of a covariance beside the diagonal are free as well, half of them.",
    "파라미터를 너무 적게 셌어요. 공분산에서는 대각선 밖의 원소도 절반은 자유로운 파라미터예요.",
)
NO_RIDGE = Text(
    "1e-6 is missing on the diagonal of the covariances: add it after each round.",
    "공분산의 대각선에 1e-6을 더하지 않았어요. 라운드마다 더하세요.",
)
STALE = Text(
    "These are the parameters before the last round: return those that belong to the last entry of `trace`.",
    "마지막 라운드를 하기 전의 파라미터예요. `trace`의 마지막 값을 낸 파라미터를 반환하세요.",
)
OTHER_CORE = Text(
    "Core rows and noise are right, but a border row between clusters has to follow its nearest core row.",
    "핵심 샘플과 잡음은 맞아요. 하지만 여러 클러스터 사이에 있는 경계의 행은 가장 가까운 핵심 샘플을 따라야 해요.",
)


def labels_of(X, eps, m):
    """Labels by density; a border row belongs to the nearest core row."""
    found = DBSCAN(eps=eps, min_samples=m).fit(X)
    core, labels = found.core_sample_indices_, found.labels_.copy()
    border = np.setdiff1d(np.flatnonzero(labels >= 0), core)
    if len(border):
        labels[border] = labels[core][cdist(X[border], X[core]).argmin(axis=1)]
    return labels, core


def judge_labels(submission, expect, X, eps, m):
    """Compare the submission's labels; say which mistake explains them."""
    right, core = labels_of(X, eps, m)
    found = submission.call("dbscan", X, eps, m)
    expect.type(found, (np.ndarray, list, tuple), what="dbscan(...)")
    expect.shape(found, (len(X),))
    only_core = np.full(len(X), -1)
    only_core[core] = right[core]
    chained = np.where(right >= 0, connected_components(cdist(X, X) <= eps, directed=False)[1], -1)
    known = (
        (labels_of(X, eps, m + 1)[0], WITHOUT_ITSELF),
        (only_core, NO_BORDER),
        (chained, GROWN_TOGETHER),
    )
    message = next((text for wrong, text in known if expect.holds(expect.clustering, found, wrong, fixed=[-1])), None)
    labels = np.asarray(found)
    if message is None and len(core) and np.array_equal(labels == -1, right == -1):
        message = OTHER_CORE if expect.holds(expect.clustering, labels[core], right[core]) else None
    expect.clustering(found, right, fixed=[-1], message=message)


def em(X, start, rounds, slip=""):
    """Our own rounds of EM, with a slip in the M step if one is named: weights, means, covariances and the trace."""
    (m, n), k = X.shape, len(start)
    weights, means, covariances = np.full(k, 1 / k), np.array(start), [np.cov(X.T, ddof=0)] * k
    trace = []
    for number in range(rounds + 1):
        joint = np.column_stack(
            [w * multivariate_normal(mu, c).pdf(X) for w, mu, c in zip(weights, means, covariances, strict=True)]
        )
        trace.append(float(np.log(joint.sum(axis=1)).mean()))
        if number == rounds:
            return weights, means, np.array(covariances), np.array(trace)
        r = joint / joint.sum(axis=1, keepdims=True)
        sizes = r.sum(axis=0)
        old, means = means, r.T @ X / sizes[:, np.newaxis]
        weights = weights if slip == "same weights" else sizes / m
        covariances = []
        for j in range(k):
            d = X - (old if slip == "old means" else means)[j]
            seen = np.full(m, 1 / m) if slip == "unweighted" else r[:, j] / sizes[j]
            covariances.append((seen * d.T) @ d + (0.0 if slip == "no ridge" else 1e-6) * np.eye(n))
    raise AssertionError


def mixture(submission, expect, *args, **kwargs):
    """The four results of the submission's `em_gmm`."""
    result = submission.call("em_gmm", *args, **kwargs)
    expect.type(result, (tuple, list), what="em_gmm(...)")
    expect.true(
        len(result) == 4,
        en="`em_gmm` should return four things: weights, means, covariances, trace.",
        ko="`em_gmm`은 weights, means, covariances, trace 네 가지를 반환해야 해요.",
    )
    expect.type(result[3], (list, tuple, np.ndarray), what="trace")
    expect.finite(result[3])
    return result


def traces_of_three(submission, expect, X):
    """The traces of three Gaussians from four seeds, right or wrong."""
    return [mixture(submission, expect, X, 3, seed=seed)[3] for seed in (0, 1, 2, 3)]


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Core rows that are neighbours are joined, and so on along the chain; only then come the border rows.",
    ko="서로 이웃인 핵심 샘플을 줄줄이 이은 다음에 경계의 행을 붙이세요.",
)
def test_two_moons(submission, hidden, expect):
    """Two moons, with a small and with a larger eps.

    ko: 두 반달 데이터를 작은 eps와 큰 eps로 나눈다.
    """
    expect.source(submission, within="dbscan").avoids("DBSCAN", message=OWN_WORK)
    for eps in (0.05, 0.2):
        judge_labels(submission, expect, hidden.moons, eps, 5)


@pytest.mark.points(3)
@pytest.mark.needs("test_dbscan_by_hand")
@pytest.mark.hint(
    en="A border row may lie near core rows of two clusters: the nearest decides. Without any core row all is noise.",
    ko="경계의 행 가까이에 두 클러스터의 핵심 샘플이 있을 수 있어요. 가장 가까운 것을 따르세요. 핵심 샘플이 없으면 모두 잡음이에요.",
)
def test_border_and_noise(submission, expect, rng):
    """Other clouds with many border rows, and rows that are all noise.

    ko: 경계의 행이 많은 데이터와, 모든 행이 잡음인 데이터.
    """
    expect.source(submission, within="dbscan").avoids("DBSCAN", message=OWN_WORK)
    for m, n, eps in ((6, 2, 0.45), (9, 3, 1.0), (4, 1, 0.02), (50, 2, 0.1)):
        X = np.concatenate(
            [rng.normal(size=(100, n)), rng.normal(scale=0.3, size=(50, n)) + 3, rng.uniform(-6, 6, (30, n))]
        )
        judge_labels(submission, expect, X, eps, m)


@pytest.mark.points(5)
@pytest.mark.needs("test_one_gaussian")
@pytest.mark.hint(
    en="Work out one round on paper for two rows: E step, then weights, means, and covariances around the new means.",
    ko="행 두 개로 한 라운드를 종이에 계산해 보세요. E 단계 다음에 가중치, 평균, 그리고 새 평균을 기준으로 한 공분산이에요.",
)
def test_rounds_of_em(submission, expect, rng):
    """From given means: the first rounds, and where they lead.

    ko: 주어진 평균에서 시작한 처음 몇 라운드와 그 끝.
    """
    expect.source(submission, within="em_gmm").avoids("GaussianMixture", message=OWN_WORK)
    for n, k in ((2, 2), (3, 3)):
        corners = 4 * rng.normal(size=(k, n))
        X = np.concatenate(
            [c + rng.normal(size=(50 * (j + 1), n)) @ rng.normal(size=(n, n)) for j, c in enumerate(corners)]
        )
        start = corners + rng.normal(scale=0.5, size=(k, n))
        weights, means, covariances, trace = mixture(submission, expect, X, k, start=start)
        _, _, _, right = em(X, start, 3)
        slips = {"unweighted": UNWEIGHTED, "old means": OLD_MEANS, "same weights": SAME_WEIGHTS, "no ridge": NO_RIDGE}
        expect.true(len(trace) >= 4, en="`trace` ends too early.", ko="`trace`가 너무 일찍 끝나요.")
        expect.close(
            np.real(np.asarray(trace[:4])).astype(float),
            right,
            rtol=0,
            atol=2e-5,
            mistakes=[(em(X, start, 3, slip)[3], text) for slip, text in slips.items()],
        )
        end, before = em(X, start, len(trace) - 1), em(X, start, len(trace) - 2)
        for found, wanted, old in zip((weights, means, covariances), end[:3], before[:3], strict=True):
            expect.close(found, wanted, rtol=1e-3, atol=1e-3, mistakes=[(old, STALE)])
        expect.true(
            bool(np.diff(end[3])[-1] < 1.2e-5 and np.all(np.diff(end[3])[1:-1] > 0.8e-5)),
            en="The rounds should go on until the gain is less than 1e-5, and then end.",
            ko="증가량이 1e-5보다 작아질 때까지 계속하고, 그다음에는 끝내야 해요.",
        )


@pytest.mark.points(3)
@pytest.mark.needs("test_one_gaussian")
@pytest.mark.hint(
    en="EM never makes the likelihood smaller; if yours falls, an M step is wrong.",
    ko="EM은 가능도를 줄이지 않아요. 줄어든다면 M 단계가 틀린 거예요.",
)
def test_likelihood_rises(submission, hidden, expect, remembered):
    """From a seed: the log-likelihood rises, nearly to that of scikit-learn, and the seed repeats it.

    ko: 시드에서 시작하면 로그 가능도가 계속 커져 사이킷런만큼 되고, 같은 시드로는 같은 결과가 나온다.
    """
    expect.source(submission, within="em_gmm").avoids("GaussianMixture", message=OWN_WORK)
    X = hidden.clouds
    traces = remembered("three", lambda: traces_of_three(submission, expect, X))
    for trace in traces:
        expect.increasing(trace, tolerance=1e-5)
    best = GaussianMixture(3, means_init=hidden.means).fit(X).score(X)
    expect.at_least(
        max(float(trace[-1]) for trace in traces),
        best - 0.005,
        what=Text("mean log-likelihood, best of four seeds", "시드 네 개 가운데 가장 좋은 평균 로그 가능도"),
        measured=True,
    )
    again = Text("The same seed gave another mixture.", "시드가 같은데 다른 혼합이 나왔어요.")
    expect.close(mixture(submission, expect, X, 3, seed=1)[3][-1], traces[1][-1], message=again)


@pytest.mark.points(5)
@pytest.mark.needs("test_one_gaussian")
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="BIC is small for good models: parameters cost ln m each, likelihood pays. Count a symmetric covariance once.",
    ko="BIC는 작을수록 좋아요. 파라미터마다 ln m을 내고 가능도만큼 돌려받아요. 대칭인 공분산은 한 번만 세세요.",
)
def test_number_of_gaussians(submission, hidden, expect, remembered):
    """The BIC of the mixtures that your `em_gmm` finds has its minimum at three Gaussians.

    ko: 여러분의 `em_gmm`이 찾은 혼합의 BIC는 가우시안이 셋일 때 가장 작다.
    """
    X, ks = hidden.clouds, [4, 1, 3, 2]
    result = submission.call("best_k_bic", X, ks)
    expect.type(result, (tuple, list), what="best_k_bic(...)")
    expect.true(
        len(result) == 2,
        en="`best_k_bic` should return the best k and the array of BICs.",
        ko="`best_k_bic`은 가장 좋은 k와 BIC 배열을 반환해야 해요.",
    )
    best, bics = result
    bics = expect.array(bics, (4,))
    traces = remembered("three", lambda: traces_of_three(submission, expect, X))
    highest = max(float(trace[-1]) for trace in traces)
    best_known = GaussianMixture(3, means_init=hidden.means).fit(X).score(X)
    reached = highest >= best_known - 0.005
    likelihood = np.array([GaussianMixture(1).fit(X).score(X), best_known if reached else highest])
    p, m = np.array([5.0, 17.0]), len(X)
    right = p * np.log(m) - 2 * m * likelihood
    mistakes = [
        (
            right + np.log(m),
            Text(
                "One parameter too many: the weights sum to 1, so that only k − 1 of them are free.",
                "파라미터를 하나 더 셌어요. 가중치의 합은 1이므로 자유로운 것은 k − 1개예요.",
            ),
        ),
        (
            -right,
            Text(
                "The sign is turned round: a likelier model has a smaller BIC.",
                "부호가 반대예요. 더 그럴듯한 모델일수록 BIC가 작아요.",
            ),
        ),
        (
            p * np.log(m) + 2 * m * likelihood,
            Text("The likelihood counts against the model here: its sign is wrong.", "가능도의 부호가 반대예요."),
        ),
        (
            p * np.log(m) - 2 * likelihood,
            Text(
                "The mean log-likelihood was put in: BIC wants the sum over all rows.",
                "평균 로그 가능도를 넣었어요. BIC에는 모든 행의 합이 필요해요.",
            ),
        ),
        (
            2 * p - 2 * m * likelihood,
            Text(
                "That is the AIC: each parameter costs ln m.", "이것은 AIC예요. BIC에서는 파라미터마다 ln m을 더해요."
            ),
        ),
        (
            np.array([7.0, 21.0]) * np.log(m) - 2 * m * likelihood,
            Text("Too many parameters are counted.", "파라미터를 너무 많이 셌어요."),
        ),
        (np.array([6.0, 20.0]) * np.log(m) - 2 * m * likelihood, COUNTED_TWICE),
        (np.array([4.0, 14.0]) * np.log(m) - 2 * m * likelihood, DIAGONAL_ONLY),
    ]
    expect.close(bics[[1, 2]], right, rtol=3e-4, mistakes=mistakes)
    expect.true(
        bics[2] == bics.min() or not reached,
        en="Two or four Gaussians get a smaller BIC than three: are they fitted from several seeds?",
        ko="가우시안이 셋일 때보다 둘이나 넷일 때 BIC가 더 작아요. 여러 시드로 맞추었나요?",
    )
    expect.type(best, (int, np.integer), what=Text("the best k", "가장 좋은 k"))
    place = Text("This is a position in `ks`, not a k.", "이것은 k가 아니라 `ks`에서의 위치예요.")
    largest = Text("This k has the largest BIC: the smallest is best.", "BIC가 가장 큰 k예요. 가장 작은 것이 좋아요.")
    right = ks[int(bics.argmin())]
    expect.close(best, right, mistakes=[(int(bics.argmin()), place), (ks[int(bics.argmax())], largest)])


@pytest.mark.points(5)
@pytest.mark.needs("test_far_away_is_odd")
@pytest.mark.hint(
    en="Reduce the 64 pixels first, then estimate the density with a Gaussian mixture: its log-density, with a minus sign.",
    ko="먼저 픽셀 64개를 줄인 다음 가우시안 혼합으로 밀도를 추정하세요. 로그 밀도에 음의 부호를 붙이면 돼요.",
)
def test_turned_digits_stand_out(submission, hidden, expect, band, remembered, seed):
    """Turned and mirrored digits get the larger scores.

    ko: 돌리거나 뒤집은 숫자의 점수가 더 크다.
    """
    data = remembered("pictures", lambda: hidden.pictures(seed))
    scores = remembered("scores", lambda: submission.call("anomaly_score", data.ordinary, data.new))
    expect.type(scores, (np.ndarray, list, tuple), what="anomaly_score(...)")
    expect.score(band["auc"], data.odd.astype(int), expect.array(scores, data.odd.shape))


@pytest.mark.points(1)
@pytest.mark.needs("test_far_away_is_odd")
@pytest.mark.hint(
    en="Fit on `X_train` alone; `X` is only judged.", ko="훈련은 `X_train`으로만 하고 `X`는 점수만 매기세요."
)
def test_each_row_is_judged_alone(submission, hidden, expect, remembered, seed):
    """The score of a row does not depend on the other rows.

    ko: 한 행의 점수는 다른 행에 따라 달라지지 않는다.
    """
    data = remembered("pictures", lambda: hidden.pictures(seed))
    scores = remembered("scores", lambda: submission.call("anomaly_score", data.ordinary, data.new))
    expect.type(scores, (np.ndarray, list, tuple), what="anomaly_score(...)")
    expect.shape(scores, data.odd.shape)
    expect.close(
        submission.call("anomaly_score", data.ordinary, data.new[:40]),
        np.real(np.asarray(scores)).astype(float)[:40],
        rtol=1e-6,
        atol=1e-9,
        message=Text(
            "Other rows in `X` changed the scores of the first ones.", "`X`의 다른 행이 바뀌자 점수가 달라졌어요."
        ),
    )
