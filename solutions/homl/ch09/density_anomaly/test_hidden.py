"""Hidden checks of density: bent clusters, border rows, each round of EM, the BIC, pictures that are turned."""

import numpy as np
import pytest

from grader.checks import Text

UNTIL = Text("`trace` should end once the gain is below 1e-5.", "`trace`는 증가량이 1e-5보다 작아지면 바로 끝나야 해요.")
BORROWED = Text("The BIC should come from the mixtures of `em_gmm`.", "BIC는 `em_gmm`으로 구한 혼합에서 계산해야 해요.")
RISES = Text("The log-likelihood falls from one round to the next.", "라운드를 거치면서 로그 가능도가 작아질 때가 있어요.")
SEEDS = Text("The starting means do not follow the seed.", "처음 평균이 시드에 따라 정해지지 않아요.")
NOT_BEST = Text("None of four seeds leads to a good mixture.", "시드 네 개 가운데 어느 것으로도 좋은 혼합이 나오지 않아요.")
NO_INT = Text("The best k should be an `int`.", "가장 좋은 k는 `int`여야 해요.")
OTHERS = Text("Other rows in `X` changed the scores of the first ones.", "`X`의 다른 행이 바뀌자 점수가 달라졌어요.")


def stretched(rng, n, k):
    """Rows of k stretched clouds, and means to start from."""
    corners = 4 * rng.normal(size=(k, n))
    clouds = [c + rng.normal(size=(50 * (j + 1), n)) @ rng.normal(size=(n, n)) for j, c in enumerate(corners)]
    return np.concatenate(clouds), corners + rng.normal(scale=0.5, size=(k, n))


def author(expect, code):
    """Whose mixtures `best_k_bic` takes."""
    return "own" if expect.holds(expect.source(code, within="best_k_bic").avoids, "sklearn") else "scikit-learn's"


def highest(code, X, k):
    """The mean log-likelihood of the best mixture from four seeds."""
    return max(code.call("em_gmm", X, k, seed=seed)[3][-1] for seed in range(4))


@pytest.mark.points(4)
@pytest.mark.needs("test_own_dbscan")
def test_two_moons(expect, hidden):
    """Two moons, with a small and with a larger eps.

    ko: 두 반달 데이터를 작은 eps와 큰 eps로 나눈다.
    asks: Core rows that are neighbours belong to the same cluster, and so do those that are joined by a chain
    asks-ko: 서로 이웃인 핵심 샘플은 같은 클러스터에 속하고, 이웃 관계로 줄줄이 이어진 핵심 샘플도 모두 같은 클러스터입니다
    hint: Core rows that are neighbours are joined, and so on along the chain; only then come the border rows.
    hint-ko: 서로 이웃인 핵심 샘플을 줄줄이 이은 다음에 경계의 행을 붙이세요.
    """
    for eps in (0.05, 0.2):
        expect.agree(lambda code: code.call("dbscan", hidden.moons, eps, 5), how="clustering", fixed=[-1])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_dbscan")
def test_border_and_noise(expect, rng):
    """Other clouds with many border rows, and rows that are all noise.

    ko: 경계의 행이 많은 데이터와, 모든 행이 잡음인 데이터.
    asks: belongs to the cluster of the *nearest* core row
    asks-ko: *가장 가까운* 핵심 샘플의 클러스터에 속합니다
    hint: A border row may lie near core rows of two clusters: the nearest decides. Without any core row all is noise.
    hint-ko: 경계의 행 가까이에 두 클러스터의 핵심 샘플이 있을 수 있어요. 가장 가까운 것을 따르세요. 핵심 샘플이 없으면 모두 잡음이에요.
    """
    for m, n, eps in ((6, 2, 0.45), (9, 3, 1.0), (4, 1, 0.02), (50, 2, 0.1)):
        wide, dense = rng.normal(size=(100, n)), rng.normal(scale=0.3, size=(50, n)) + 3
        X = np.concatenate([wide, dense, rng.uniform(-6, 6, (30, n))])
        expect.agree(lambda code: code.call("dbscan", X, eps, m), how="clustering", fixed=[-1])


@pytest.mark.points(4)
@pytest.mark.needs("test_own_mixture")
def test_rounds_of_em(expect, rng):
    """From given means, in one case far from all rows: the first rounds, and where they lead.

    ko: 주어진 평균(한 번은 모든 행에서 먼 평균)에서 시작한 처음 몇 라운드와 그 끝.
    asks: first that of the beginning, then that after each M step
    asks-ko: 첫 값은 처음 상태의 것이고, 그다음은 M 단계를 마칠 때마다 잰 것입니다
    hint: Work out one round on paper for two rows: E step, then weights, means, and covariances around the new means.
    hint-ko: 행 두 개로 한 라운드를 종이에 계산해 보세요. E 단계 다음에 가중치, 평균, 그리고 새 평균을 기준으로 한 공분산이에요.
    """

    # The last one moves slowly, so that the last round but one is told from the last.
    wide = np.concatenate([rng.normal(size=(60, 2)), rng.normal(scale=2, size=(60, 2)) + [2, 0]])
    # Means so far away that every density is 0 in floating point; no column leans to one of them.
    half = rng.normal(size=(60, 2)) + np.where(np.arange(60)[:, np.newaxis] % 2, [2, 0], [-2, 0])
    far = np.concatenate([half, half * [1, -1]]), np.array([[-1.0, 90], [1, 90]])
    for X, start in (stretched(rng, 2, 2), stretched(rng, 3, 3), (wide, np.array([[-1.0, 0], [3, 0]])), far):
        expect.agree(lambda code: np.array(code.call("em_gmm", X, len(start), start=start)[3][:4]), rtol=0, atol=2e-5)
        for part in (0, 1, 2):
            expect.agree(lambda code: code.call("em_gmm", X, len(start), start=start)[part], rtol=1e-4, atol=1e-4)
        expect.agree(lambda code: len(code.call("em_gmm", X, len(start), start=start)[3]), message=UNTIL)


@pytest.mark.points(1)
@pytest.mark.needs("test_own_mixture")
def test_equal_rows(expect, rng):
    """A Gaussian that shrinks onto equal rows.

    ko: 똑같은 행들로 오그라드는 가우시안.
    asks: Then add $10^{-6}$ to the diagonal of each covariance.
    asks-ko: 그런 다음 공분산마다 대각선에 $10^{-6}$을 더합니다.
    hint: The covariance of equal rows is all zeros, and nothing can be divided by it: add 1e-6 to its diagonal.
    hint-ko: 똑같은 행들의 공분산은 모두 0이라서 나눌 수 없어요. 대각선에 1e-6을 더하세요.
    """
    X = np.concatenate([rng.normal(size=(30, 2)), np.tile([[9.0, 9.0]], (10, 1))])
    expect.agree(lambda code: code.call("em_gmm", X, 2, start=X[[0, -1]])[0], np.array([0.75, 0.25]), rtol=1e-4)


@pytest.mark.points(3)
@pytest.mark.needs("test_one_gaussian")
def test_likelihood_rises(expect, hidden):
    """From a seed: the log-likelihood rises, far enough, and the seed decides upon the start.

    ko: 시드에서 시작하면 로그 가능도가 충분히 커지고, 시드에 따라 출발점이 정해진다.
    asks: Without `start`, `seed` decides upon different rows of `X` as means.
    asks-ko: `start`가 없으면 `seed`로 고른 `X`의 서로 다른 행을 평균으로 씁니다.
    hint: EM never makes the likelihood smaller; if yours falls, an M step is wrong.
    hint-ko: EM은 가능도를 줄이지 않아요. 줄어든다면 M 단계가 틀린 거예요.
    """
    X = hidden.clouds

    def falls(code):
        return any((np.diff(code.call("em_gmm", X, 3, seed=seed)[3]) < -1e-5).any() for seed in range(4))

    def far_enough(code):
        return bool(highest(code, X, 3) > code.call("em_gmm", X, 3, start=hidden.means)[3][-1] - 0.005)

    def followed(code):
        begins = [code.call("em_gmm", X, 3, seed=seed)[3][0] for seed in (0, 1, 2, 2)]
        return {"same again": begins[2] == begins[3], "other starts": len(set(begins)) > 2}

    expect.agree(falls, False, message=RISES)
    expect.agree(far_enough, True, message=NOT_BEST)
    expect.agree(followed, {"same again": True, "other starts": True}, message=SEEDS)


@pytest.mark.points(5)
@pytest.mark.timeout(60)
def test_number_of_gaussians(expect, hidden, rng):
    """The BIC of the mixtures that your `em_gmm` finds, and its minimum at three Gaussians.

    ko: 여러분의 `em_gmm`이 찾은 혼합의 BIC, 그리고 가우시안이 셋일 때의 최솟값.
    asks: the Bayesian information criterion of the best mixture that `em_gmm` finds from several seeds
    asks-ko: `em_gmm`을 여러 시드(네 개면 됩니다)로 실행해 얻은 가장 좋은 혼합의 BIC
    hint: BIC is small for good models: parameters cost ln m each, likelihood pays. Count a symmetric covariance once.
    hint-ko: BIC는 작을수록 좋아요. 파라미터마다 ln m을 내고 가능도만큼 돌려받아요. 대칭인 공분산은 한 번만 세세요.
    """
    X, ks = hidden.clouds, [2, 1, 3]  # how good four are depends on the seeds

    def penalty(code):
        """What the parameters of three Gaussians cost, whatever the likelihood is worth."""
        return code.call("best_k_bic", X, ks)[1][2] + 2 * len(X) * highest(code, X, 3)

    def best(code):
        found = code.call("best_k_bic", X, ks)[0]
        return found, isinstance(found, int | np.integer)

    expect.agree(lambda code: author(expect, code), "own", message=BORROWED)
    for n in (1, 3):
        rows = rng.normal(size=(40, n))
        expect.agree(lambda code: code.call("best_k_bic", rows, [1])[1], rtol=1e-4)
    expect.agree(penalty, 17 * np.log(1250), rtol=0, atol=2)
    expect.agree(best, (3, True), message=NO_INT)


@pytest.mark.points(5)
def test_turned_digits_stand_out(submission, hidden, expect, band, remembered, seed):
    """Turned and mirrored digits get the larger scores.

    ko: 돌리거나 뒤집은 숫자의 점수가 더 크다.
    asks: among 400 new ones 50 are turned or mirrored, and the score should put these first
    asks-ko: 새 사진 400장 가운데 50장은 돌리거나 뒤집은 것이고, 이것들의 점수가 더 커야 합니다
    hint: Reduce the 64 pixels first, then estimate the density with a Gaussian mixture: its log-density, with a minus sign.
    hint-ko: 먼저 픽셀 64개를 줄인 다음 가우시안 혼합으로 밀도를 추정하세요. 로그 밀도에 음의 부호를 붙이면 돼요.
    """
    data = remembered("pictures", lambda: hidden.pictures(seed))
    scores = expect.array(submission.call("anomaly_score", data.ordinary, data.new), data.odd.shape)
    reached, lazy = (expect.measure("roc_auc", data.odd.astype(int), each) for each in (scores, data.lazy))
    expect.metric(band["auc"], max(reached, lazy), baseline=lazy)


@pytest.mark.points(1)
@pytest.mark.needs("test_far_away_is_odd")
def test_each_row_is_judged_alone(expect, rng):
    """The score of a row does not depend on the other rows.

    ko: 한 행의 점수는 다른 행에 따라 달라지지 않는다.
    asks: The score of a row does not depend on the other rows of `X`.
    asks-ko: 한 행의 점수는 `X`의 다른 행에 따라 달라지면 안 됩니다.
    hint: Fit on `X_train` alone; `X` is only judged.
    hint-ko: 훈련은 `X_train`으로만 하고 `X`는 점수만 매기세요.
    """
    ordinary, X = rng.normal(size=(300, 30)), rng.normal(size=(60, 30))

    def alone(code):
        first, again, by_themselves = (code.call("anomaly_score", ordinary, rows) for rows in (X, X, X[:20]))
        repeats = np.array_equal(first, again)  # a model without `random_state` need not
        return not repeats or bool(np.allclose(first[:20], by_themselves, rtol=1e-6, atol=1e-9))

    expect.agree(alone, True, message=OTHERS)
