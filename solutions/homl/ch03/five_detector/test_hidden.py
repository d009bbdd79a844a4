"""Hidden checks of the detector's metrics: other vectors, ties, nothing found, unreachable targets, a real detector."""

from itertools import product

import numpy as np
import pytest

LIBRARY = {
    "confusion": ["sklearn.confusion_matrix"],
    "prf": ["sklearn.precision_score", "sklearn.recall_score", "sklearn.f1_score", "sklearn.precision_recall_fscore_support"],
    "threshold_for_precision": ["sklearn.precision_recall_curve"],
    "roc_auc": ["sklearn.roc_auc_score", "sklearn.roc_curve", "sklearn.auc"],
}
KINDS = (int, bool)


def own_work(expect, name):
    """Ask who computes what this function returns."""

    def whose(code):
        borrowed = expect.holds(expect.source(code, main=False).uses, *LIBRARY[name])
        return f"{name} of a library" if borrowed else "own work"

    expect.agree(whose, "own work")


def judged(rng, n=60, share=0.25, noise=1.0):
    """Truth with few fives, and scores without ties that know something of it."""
    y = np.zeros(n, dtype=int)
    y[rng.permutation(n)[: int(share * n)]] = 1
    return y, rng.normal(size=n) * noise + 1.5 * y


def threshold(code, *data):
    return code.call("threshold_for_precision", *data)


@pytest.mark.points(1)
def test_confusion_of_other_vectors(expect, rng):
    """Confusion matrices of other digits, also of booleans, also when nothing is called a five.

    ko: 다른 숫자의 오차 행렬. 불리언 배열일 때와 5라고 한 것이 없을 때도 맞다.
    asks: with 0 and 1, or with `False` and `True` (your functions must take both)
    asks-ko: 값은 0과 1이거나 `False`와 `True`입니다(두 가지를 모두 받아야 합니다)
    hint: The four entries sum to the number of digits; try arrays of booleans as well.
    hint-ko: 네 값을 더하면 숫자의 개수가 돼요. 불리언 배열로도 시험해 보세요.
    """
    own_work(expect, "confusion")
    y, score = judged(rng, n=200)
    for kind, cut in product(KINDS, (0.6, 9.0)):
        expect.agree(lambda code: code.call("confusion", y.astype(kind), (score > cut).astype(kind)))


@pytest.mark.points(3)
def test_scores_of_other_vectors(hidden, expect, rng):
    """Precision, recall and F1 of other digits, and of a real detector.

    ko: 다른 숫자와 실제 감지기의 정밀도, 재현율, F1.
    asks: Precision is TP / (TP + FP), recall TP / (TP + FN), F1 their harmonic mean 2PR / (P + R).
    asks-ko: 정밀도는 TP / (TP + FP), 재현율은 TP / (TP + FN), F1은 둘의 조화 평균 2PR / (P + R)입니다.
    hint: Check by hand on five digits which counts stand in the denominators; try booleans as well.
    hint-ko: 숫자 다섯 개로 손수 계산해서 분모에 어떤 수가 들어가는지 확인해 보세요. 불리언으로도 시험해 보세요.
    """
    own_work(expect, "prf")
    y, score = judged(rng, n=300)
    for kind, place in product(KINDS, range(3)):
        called = [(score > cut).astype(kind) for cut in (0.2, 0.8, 1.4)]
        expect.agree(lambda code: [code.call("prf", y.astype(kind), p)[place] for p in called])
    for place in range(3):
        expect.agree(lambda code: code.call("prf", hidden.y, hidden.score > 0)[place])


@pytest.mark.points(1)
@pytest.mark.needs("test_scores_by_hand")
def test_scores_without_a_hit(expect, rng):
    """Nothing called a five, no five there, only wrong ones: three zeros.

    ko: 5라고 한 것이 없거나, 실제 5가 없거나, 모두 틀리면 셋 다 0이다.
    asks: Whatever would be 0 / 0 is **0.0**.
    asks-ko: 0 / 0이 되는 값은 **0.0**으로 합니다.
    hint: Without a hit all three are 0.0; look before you divide.
    hint-ko: 맞힌 5가 없으면 셋 다 0.0이에요. 나누기 전에 확인하세요.
    """
    own_work(expect, "prf")
    y, _ = judged(rng, n=200)
    none = np.zeros_like(y)
    for place, (truth, p) in product(range(3), ((y, none), (none, y), (none, none), (y, 1 - y))):
        expect.agree(lambda code: code.call("prf", truth, p)[place], 0.0)


@pytest.mark.points(3)
def test_threshold_for_other_targets(hidden, expect, rng):
    """Thresholds for several precisions, and for 90 % of a real detector.

    ko: 여러 정밀도의 임곗값, 그리고 실제 감지기에서 90 %를 얻는 임곗값.
    asks: the **lowest** t for which the precision is **at least** `target`; t has to be one of the scores
    asks-ko: 정밀도가 `target` **이상**이 되는 t 가운데 **가장 낮은** 값을 반환하세요. t는 `score`에 있는 값이어야 합니다.
    hint: Compute the precision at each score, and take the smallest of the scores at which it is high enough.
    hint-ko: 점수마다 정밀도를 계산하고, 정밀도가 충분한 점수 가운데 가장 작은 것을 고르세요.
    """
    own_work(expect, "threshold_for_precision")
    for target in (0.5001, 0.6501, 0.8001, 0.9001):
        y, score = judged(rng, n=70)
        y[np.argmax(score)] = 1  # so that every target is reached
        expect.agree(lambda code: threshold(code, y, score, target))
    expect.agree(lambda code: threshold(code, hidden.y, hidden.score, 0.9))


@pytest.mark.points(3)
def test_threshold_that_hits_the_target(expect, rng):
    """A precision that is exactly the target is enough.

    ko: 정밀도가 목표와 꼭 같아도 된다.
    asks: the precision is **at least** `target`
    asks-ko: 정밀도가 `target` **이상**이 되는
    hint: "At least" includes the target itself, and `score >= t` includes the digit whose score is t.
    hint-ko: '이상'에는 목표 자신도 들어가요. `score >= t`에는 점수가 t인 숫자도 들어가고요.
    """
    own_work(expect, "threshold_for_precision")
    # Fives and others by falling score; in eighths and quarters nothing is rounded.
    for fives, target, place in (("1101", 0.75, 3), ("11101100", 0.625, 7), ("101000", 0.5, 3), ("1110", 1.0, 2)):
        score = np.sort(rng.uniform(-3, 3, size=len(fives)))[::-1]
        y, order = np.array([int(five) for five in fives]), rng.permutation(len(fives))
        expect.agree(lambda code: threshold(code, y[order], score[order], target), score[place])


@pytest.mark.points(3)
def test_threshold_with_equal_scores(expect, rng):
    """Digits with equal scores stay together.

    ko: 점수가 같은 숫자는 함께 판정된다.
    asks: a digit is called a five where `score >= t`
    asks-ko: `score >= t`이면 5라고 판정합니다
    hint: Go through the *different* scores: `np.unique(score)`.
    hint-ko: *서로 다른* 점수만 차례로 살펴보세요. `np.unique(score)`를 쓰면 돼요.
    """
    own_work(expect, "threshold_for_precision")
    # (level of the score, five) by falling score: one by one, equal ones would reach the target half-way.
    cases = (
        ([2, 1, 1, 1, 1, 0], [1, 1, 1, 0, 0, 0], 0.7, 2),
        ([2, 1, 1, 1, 1, 0], [1, 0, 0, 1, 1, 0], 0.55, 1),
        ([2, 2, 1, 1, 1, 0, 0], [1, 1, 1, 1, 0, 0, 1], 0.82, 2),
    )
    for levels, fives, target, right in cases:
        scores = np.sort(rng.uniform(-6, 6, size=3))
        score, y = scores[levels], np.array(fives)
        for turn in (slice(None), slice(None, None, -1)):  # in both orders, so that luck does not decide
            expect.agree(lambda code: threshold(code, y[turn], score[turn], target), scores[right])


@pytest.mark.points(2)
def test_unreachable_precision(expect, rng):
    """A precision that no threshold reaches.

    ko: 어떤 임곗값으로도 얻을 수 없는 정밀도.
    asks: Where no score does it, return `np.inf`
    asks-ko: 그런 값이 없으면 `np.inf`를 반환합니다
    hint: If no precision is high enough, the answer is `np.inf`.
    hint-ko: 정밀도가 충분한 곳이 없으면 답은 `np.inf`예요.
    """
    own_work(expect, "threshold_for_precision")
    y, score = judged(rng, n=40)
    y[np.argmax(score)] = 0  # the best score is no five: 1.0 is never reached
    for truth, target in ((y, 1.0), (np.zeros_like(y), 0.1)):
        expect.agree(lambda code: threshold(code, truth, score, target), np.inf)


@pytest.mark.points(2)
def test_auc_of_other_scores(hidden, expect, rng):
    """The area under the ROC curve of other scores, and of a real detector.

    ko: 다른 점수와 실제 감지기의 AUC.
    asks: the share of all pairs of a five and a non-five in which the five has the higher score
    asks-ko: 모든 쌍 가운데 5의 점수가 더 높은 쌍의 비율입니다
    hint: Count the pairs in which the five has the higher score, and divide by all pairs.
    hint-ko: 5의 점수가 더 높은 쌍을 세어 전체 쌍의 수로 나누세요.
    """
    own_work(expect, "roc_auc")
    for kind, noise in product(KINDS, (0.5, 4.0)):
        y, score = judged(rng, noise=noise)
        expect.agree(lambda code: code.call("roc_auc", y.astype(kind), score))
    expect.agree(lambda code: code.call("roc_auc", hidden.y, hidden.score))


@pytest.mark.points(3)
def test_auc_with_equal_scores(expect, rng):
    """Equal scores count one half.

    ko: 점수가 같은 쌍은 반 개로 센다.
    asks: a pair with **equal** scores counts one half
    asks-ko: 점수가 **같은** 쌍은 반 개로 셉니다
    hint: Two equal scores are worth half a pair; with ranks, equal scores share the mean of their ranks.
    hint-ko: 점수가 같은 쌍은 반 개예요. 순위를 쓴다면 같은 점수에는 평균 순위를 주세요.
    """
    own_work(expect, "roc_auc")
    for highest in (1, 4):
        y, score = judged(rng)
        expect.agree(lambda code: code.call("roc_auc", y, np.clip(np.round(score), -1, highest)))
    expect.agree(lambda code: code.call("roc_auc", y, np.zeros(len(y))), 0.5)


@pytest.mark.points(1)
@pytest.mark.needs("test_auc_of_other_scores")
def test_auc_without_pairs(expect, rng):
    """Without fives, or with fives only, the AUC is NaN.

    ko: 5가 없거나 5만 있으면 AUC는 NaN이다.
    asks: Without a five, or without a non-five, there is no pair: return `np.nan`.
    asks-ko: 5가 하나도 없거나 전부 5이면 쌍을 만들 수 없으니 `np.nan`을 반환하세요.
    hint: No pair, no AUC: `np.nan`.
    hint-ko: 쌍이 없으면 AUC도 없어요. `np.nan`을 반환하세요.
    """
    own_work(expect, "roc_auc")
    score = rng.normal(size=9)
    for y in (np.zeros(9, dtype=int), np.ones(9, dtype=int)):
        expect.agree(lambda code: code.call("roc_auc", y, score), np.nan)


@pytest.mark.points(1)
@pytest.mark.needs("test_scores_by_hand")
def test_numpy_only(expect):
    """Numpy only, no ready-made metrics.

    ko: 이미 만들어진 지표를 쓰지 않고 넘파이만 쓴다.
    asks: Use **numpy only**: compute each of them yourself, and import nothing else.
    asks-ko: **넘파이만** 쓰세요. 모두 직접 계산하고, 다른 것은 임포트하지 않습니다.
    hint: Import numpy and nothing else.
    hint-ko: numpy만 임포트하세요.
    """
    others = ("sklearn", "scipy", "pandas", "tensorflow", "statistics")
    expect.agree(lambda code: [name for name in others if not expect.holds(expect.source(code, main=False).avoids, name)], [])
