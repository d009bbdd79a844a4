"""Visible checks of density: DBSCAN by hand, a mixture of one Gaussian, an obvious outlier."""

import numpy as np
import pytest

from grader.checks import Text

WITHOUT_ITSELF = Text(
    "The row itself is one of its neighbours: count it too.", "자기 자신도 이웃이에요. 자기 자신까지 세세요."
)
EXACTLY = Text("A row at a distance of exactly eps is a neighbour too.", "거리가 정확히 eps인 행도 이웃이에요.")
NO_BORDER = Text(
    "Border rows, which have a core row among their neighbours, are not noise.",
    "이웃 가운데 핵심 샘플이 있는 경계의 행은 잡음이 아니에요.",
)
NO_NOISE = Text(
    "No row is called noise: a row that no core row reaches gets -1.",
    "잡음이 하나도 없어요. 어느 핵심 샘플도 닿지 않는 행의 레이블은 -1이에요.",
)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="With eps = 1 and m = 3, the number 1 has the neighbours 0, 1 and 2.",
    ko="eps = 1, m = 3일 때 수 1의 이웃은 0, 1, 2예요.",
)
def test_dbscan_by_hand(submission, expect):
    """Clusters, border rows and noise among a few numbers.

    ko: 수 몇 개에서 클러스터와 경계의 행, 잡음을 찾는다.
    """
    few = np.array([[0.0], [1.0], [2.0], [9.0]])
    more = np.array([[5.0], [20.0], [4.0], [3.0], [21.0], [2.0], [22.0], [30.0]])
    # With eps = 1.5 no distance equals eps, so that noise alone means that neighbours are counted too strictly.
    for eps, hasty in ((1.5, WITHOUT_ITSELF), (1.0, EXACTLY)):
        for rows, right, core in (
            (few, [0, 0, 0, -1], [-1, 0, -1, -1]),
            (more, [0, 1, 0, 0, 1, 0, 1, -1], [-1, -1, 0, 0, 1, -1, -1, -1]),
        ):
            found = submission.call("dbscan", rows, eps, 3)
            expect.type(found, (np.ndarray, list, tuple), what="dbscan(...)")
            expect.shape(found, (len(rows),))
            labels = np.asarray(found).tolist()
            messages = [(len(set(labels)) == 1 and labels[0] == -1, hasty), (labels == core, NO_BORDER)]
            messages.append((-1 not in labels, NO_NOISE))
            message = next((text for holds, text in messages if holds), None)
            expect.clustering(found, right, fixed=[-1], message=message)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="With k = 1 all responsibilities are 1: the mean and the covariance (division by m) are those of all rows.",
    ko="k = 1이면 책임이 모두 1이므로 평균과 공분산(m으로 나눔)은 전체 행의 것이에요.",
)
def test_one_gaussian(submission, expect):
    """A mixture of one Gaussian is the mean and the covariance of all rows.

    ko: 가우시안 하나의 혼합은 전체 행의 평균과 공분산이다.
    """
    X = np.array([[0.0, 0.0], [4.0, 0.0], [0.0, 2.0], [4.0, 2.0], [2.0, 1.0]])
    result = submission.call("em_gmm", X, 1)
    expect.type(result, (tuple, list), what="em_gmm(...)")
    expect.true(
        len(result) == 4,
        en="`em_gmm` should return four things: weights, means, covariances, trace.",
        ko="`em_gmm`은 weights, means, covariances, trace 네 가지를 반환해야 해요.",
    )
    weights, means, covariances, trace = result
    expect.close(weights, np.array([1.0]), atol=1e-9)
    expect.close(means, np.array([[2.0, 1.0]]), atol=1e-9)
    expect.close(covariances, np.array([[[3.2, 0.0], [0.0, 0.8]]]), atol=1e-4, inputs=X)
    expect.type(trace, (list, tuple, np.ndarray), what="trace")
    expect.true(len(trace) > 1, en="`trace` has too few entries.", ko="`trace`의 값이 너무 적어요.")
    right = -np.log(2 * np.pi) - 0.5 * np.log(3.2 * 0.8) - 1.0
    total = Text(
        "This is a sum over the rows: `trace` holds means.", "행에 대한 합이에요. `trace`에는 평균을 담으세요."
    )
    expect.close(trace[-1], right, atol=1e-4, mistakes=[(5 * right, total)])


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Larger is odder: a log-density needs a minus sign.", ko="클수록 이상한 거예요. 로그 밀도라면 부호를 바꾸세요."
)
def test_far_away_is_odd(submission, expect, rng):
    """A row far from all others gets a larger score than ordinary ones.

    ko: 다른 모든 행에서 먼 행의 점수가 보통 행보다 크다.
    """
    mixing = rng.normal(size=(4, 4))
    X = np.concatenate([rng.normal(size=(40, 4)) @ mixing, 30 + rng.normal(size=(10, 4))])
    scores = submission.call("anomaly_score", rng.normal(size=(300, 4)) @ mixing, X)
    expect.type(scores, (np.ndarray, list, tuple), what="anomaly_score(...)")
    scores = expect.array(scores, (50,))
    expect.true(
        np.ptp(scores) > 0,
        en="All rows get the same score, so that none stands out.",
        ko="모든 행의 점수가 같아서 어느 것도 두드러지지 않아요.",
    )
    expect.true(
        scores[40:].min() > scores[:40].max(),
        en="The wrong tail: ordinary rows get the larger scores."
        if scores[40:].max() < scores[:40].min()
        else "Rows far from all others do not stand out.",
        ko="반대쪽 끝이에요. 보통 행의 점수가 더 커요."
        if scores[40:].max() < scores[:40].min()
        else "다른 행에서 아주 먼 행이 두드러지지 않아요.",
    )
