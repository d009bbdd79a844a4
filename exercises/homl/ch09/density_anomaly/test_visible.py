"""Visible checks of density: DBSCAN by hand, a mixture of one Gaussian, an obvious outlier."""

import numpy as np
import pytest

from grader.checks import Text

FAR = Text("Rows far from all others should get the larger scores.", "다른 행에서 아주 먼 행의 점수가 더 커야 해요.")


def author(expect, code, function, *names):
    """Whose work a function is: scikit-learn's, if it uses one of these names."""
    return "own" if expect.holds(expect.source(code, within=function).avoids, *names) else "scikit-learn's"


@pytest.mark.points(0)
def test_own_dbscan(expect):
    """DBSCAN is your own work.

    ko: DBSCAN을 직접 구현한다.
    asks: an array of integers, without scikit-learn's `DBSCAN`
    asks-ko: 정수 배열입니다. 사이킷런의 `DBSCAN`은 쓰지 않습니다.
    hint: The checks of `dbscan` ask what your own code computes.
    hint-ko: `dbscan` 검사는 여러분의 코드가 직접 계산한 것을 봐요.
    """
    expect.agree(lambda code: author(expect, code, "dbscan", "DBSCAN", "sklearn.cluster.dbscan"), "own")


@pytest.mark.points(0)
def test_own_mixture(expect):
    """The mixture is your own work.

    ko: 혼합을 직접 구현한다.
    asks: by expectation–maximisation, without scikit-learn's `GaussianMixture`
    asks-ko: 사이킷런의 `GaussianMixture`는 쓰지 않습니다
    hint: The checks of `em_gmm` ask what your own code computes.
    hint-ko: `em_gmm` 검사는 여러분의 코드가 직접 계산한 것을 봐요.
    """
    expect.agree(lambda code: author(expect, code, "em_gmm", "GaussianMixture", "BayesianGaussianMixture"), "own")


@pytest.mark.points(4)
@pytest.mark.needs("test_own_dbscan")
def test_dbscan_by_hand(expect):
    """Clusters, border rows and noise among a few numbers.

    ko: 수 몇 개에서 클러스터와 경계의 행, 잡음을 찾는다.
    asks: with `eps=1` and `m=3` the numbers 0, 1, 2, 9 are a cluster of three and noise, `[0, 0, 0, -1]`
    asks-ko: `eps=1`, `m=3`일 때 수 0, 1, 2, 9는 셋이 한 클러스터이고 하나는 잡음이므로 `[0, 0, 0, -1]`입니다
    hint: With eps = 1 and m = 3, the number 1 has the neighbours 0, 1 and 2; 0 and 2 are border rows.
    hint-ko: eps = 1, m = 3일 때 수 1의 이웃은 0, 1, 2예요. 0과 2는 경계의 행이에요.
    """
    few = np.array([[0.0], [1.0], [2.0], [9.0]])
    more = np.array([[5.0], [20.0], [4.0], [3.0], [21.0], [2.0], [22.0], [30.0]])
    for eps in (1.5, 1.0):  # no distance equals 1.5
        for rows, right in ((few, [0, 0, 0, -1]), (more, [0, 1, 0, 0, 1, 0, 1, -1])):
            expect.agree(lambda code: code.call("dbscan", rows, eps, 3), np.array(right), how="clustering", fixed=[-1])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_mixture")
def test_one_gaussian(expect):
    """A mixture of one Gaussian is the mean and the covariance of all rows.

    ko: 가우시안 하나의 혼합은 전체 행의 평균과 공분산이다.
    asks: `trace` is a list of the mean log-likelihood
    asks-ko: `trace`는 평균 로그 가능도
    hint: With k = 1 all responsibilities are 1: the mean and the covariance (division by m) are those of all rows.
    hint-ko: k = 1이면 책임이 모두 1이므로 평균과 공분산(m으로 나눔)은 전체 행의 것이에요.
    """
    X = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 2.0], [4.0, 2.0], [2.0, 1.0]])
    for part, right in enumerate(([1.0], [[2.0, 1.0]], [[[3.2, 0.0], [0.0, 0.8]]])):
        expect.agree(lambda code: code.call("em_gmm", X, 1)[part], np.array(right), rtol=1e-5, atol=1e-5)
    last = -np.log(2 * np.pi) - 0.5 * np.log(3.2 * 0.8) - 1.0
    expect.agree(lambda code: code.call("em_gmm", X, 1)[3][-1], last, rtol=1e-4)


@pytest.mark.points(2)
def test_far_away_is_odd(expect, rng):
    """A row far from all others gets a larger score than ordinary ones.

    ko: 다른 모든 행에서 먼 행의 점수가 보통 행보다 크다.
    asks: how odd each row of `X` is, floats, **larger is odder**
    asks-ko: 얼마나 이상한지 나타내는 실수이며, **클수록 이상합니다**
    hint: Larger is odder: a log-density needs a minus sign.
    hint-ko: 클수록 이상한 거예요. 로그 밀도라면 부호를 바꾸세요.
    """
    mixing = rng.normal(size=(4, 4))
    ordinary = rng.normal(size=(300, 4)) @ mixing
    X = np.concatenate([rng.normal(size=(40, 4)) @ mixing, 30 + rng.normal(size=(10, 4))])

    def far(code):
        scores = np.asarray(code.call("anomaly_score", ordinary, X))
        first, last = scores[40:].min() > scores[:40].max(), scores[40:].max() < scores[:40].min()
        return {"shape": scores.shape, "first": bool(first), "last": bool(last)}

    expect.agree(far, {"shape": (50,), "first": True, "last": False}, message=FAR)
