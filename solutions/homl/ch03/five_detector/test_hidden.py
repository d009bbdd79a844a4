"""Hidden checks of the detector's metrics: other vectors, ties, nothing found, unreachable targets, a real detector."""

from contextlib import nullcontext

import numpy as np
import pytest

from grader.checks import Text

TURNED = Text(
    "The matrix is turned round: a row for each truth, a column for each prediction.",
    "오차 행렬의 행과 열이 바뀌었어요. 행이 정답, 열이 예측이에요.",
)
SWAPPED = Text(
    "Precision and recall have changed places: precision divides by what was called a five, recall by what is one.",
    "정밀도와 재현율이 서로 바뀌었어요. 정밀도는 5라고 한 것의 수로, 재현율은 실제로 5인 것의 수로 나눠요.",
)
ACCURACY = Text(
    "This is the accuracy. Where one digit in ten is a five, 'no five' every time is right in 90 % of the cases: look at "
    "the fives alone.",
    "이 값은 정확도예요. 5가 열에 하나꼴이면 늘 '5가 아니다'라고 해도 90 %가 맞아요. 5만 놓고 따져야 해요.",
)
HIGHEST = Text(
    "The precision is reached, but not at the lowest threshold that reaches it.",
    "정밀도는 맞지만, 그 정밀도가 나오는 가장 낮은 임곗값이 아니에요.",
)
MISALIGNED = Text(
    "This is the score next to the right one: each precision belongs to the score down to which it was counted.",
    "맞는 점수 바로 옆의 점수예요. 정밀도마다 어느 점수까지 세어 얻은 것인지 짝을 맞추세요.",
)
STRICT = Text(
    "The precision is exactly the target there, and that is enough: `>=`, for the scores as well as for the precision.",
    "그 자리의 정밀도가 목표와 꼭 같으면 그것으로 충분해요. 점수에도 정밀도에도 `>=`를 쓰세요.",
)
PARTED = Text(
    "Digits with equal scores are called five together or not at all; here they were counted one by one.",
    "점수가 같은 숫자는 한꺼번에 5라고 하거나 하지 않아요. 여기서는 하나씩 따로 세었어요.",
)
UNREACHABLE = Text(
    "No threshold reaches this precision: return `np.inf`. (`argmax` of an array without a True is 0.)",
    "이 정밀도가 나오는 임곗값이 없어요. `np.inf`를 반환하세요. (True가 하나도 없으면 `argmax`는 0이에요.)",
)
TIES_WON = Text(
    "Where a five and another digit have the same score, the five is taken to have won; such a pair is a draw.",
    "5와 다른 숫자의 점수가 같을 때 5가 이긴 것으로 쳤어요. 그런 쌍은 비긴 것이에요.",
)
TIES_LOST = Text(
    "Where a five and another digit have the same score, the five is taken to have lost; such a pair is a draw.",
    "5와 다른 숫자의 점수가 같을 때 5가 진 것으로 쳤어요. 그런 쌍은 비긴 것이에요.",
)
TIES_BY_ROW = Text(
    "Between equal scores the order of the rows decides, which is chance; such a pair is a draw.",
    "점수가 같으면 놓인 순서로 승부를 정했는데, 순서는 우연일 뿐이에요. 그런 쌍은 비긴 것이에요.",
)
HARD_LABELS = Text(
    "This is the AUC of yes and no; take the scores themselves.",
    "예와 아니요로만 계산한 AUC예요. 점수를 그대로 쓰세요.",
)
BOOLEANS = Text(
    "It stops when `y` or `p` holds booleans: numpy refuses `-` between booleans, and takes no minus sign of them. Turn "
    "what you get into numbers, or compare.",
    "`y`나 `p`가 불리언이면 멈춰요. 넘파이는 불리언끼리 빼거나 불리언에 음수 부호를 붙일 수 없어요. 받은 값을 정수로 바꾸거나 "
    "비교 연산을 쓰세요.",
)


def counted(y, p):
    """[[TN, FP], [FN, TP]]."""
    y, p = np.asarray(y, dtype=bool), np.asarray(p, dtype=bool)
    return np.array([[np.sum(~y & ~p), np.sum(~y & p)], [np.sum(y & ~p), np.sum(y & p)]])


def measured(y, p):
    """Precision, recall, F1."""
    (_, false_alarms), (missed, hits) = counted(y, p)
    return [
        hits / max(hits + false_alarms, 1),
        hits / max(hits + missed, 1),
        2 * hits / max(2 * hits + false_alarms + missed, 1),
    ]


def precisions(y, score):
    """Every different score, falling, with the precision of ``score >= t`` there."""
    thresholds = np.unique(score)[::-1]
    return thresholds, np.array([np.mean(np.asarray(y)[score >= t]) for t in thresholds])


def area(y, score):
    """Share of pairs in the right order, equal scores one half."""
    fives, others = score[np.asarray(y) == 1], score[np.asarray(y) == 0]
    above = np.sum(fives[:, np.newaxis] > others)
    equal = np.sum(fives[:, np.newaxis] == others)
    return (above + equal / 2) / (len(fives) * len(others))


def explained(expect, y):
    """Say why booleans stop what works with 0 and 1."""
    return expect.explains(TypeError, BOOLEANS) if y.dtype == bool else nullcontext()


def from_ranks(y, rank):
    """The area that these ranks of the scores lead to."""
    fives = np.asarray(y) == 1
    won = rank[fives].sum() - fives.sum() * (fives.sum() + 1) / 2
    return float(won / (fives.sum() * np.sum(~fives)))


def judged(rng, n=60, share=0.25, noise=1.0):
    """Truth with few fives, and scores without ties that know something of it."""
    y = np.zeros(n, dtype=int)
    y[rng.permutation(n)[: int(share * n)]] = 1
    return y, rng.normal(size=n) * noise + 1.5 * y


def swapped(scores):
    """Precision and recall exchanged."""
    return [scores[1], scores[0], scores[2]]


def known_mistakes(y, p):
    """What usual mistakes make of precision, recall and F1."""
    right, accuracy = measured(y, p), float(np.mean(y == p))
    both = accuracy * right[1]
    negatives = Text(
        "This is how well the digits are told that are no fives: count the fives.",
        "5가 아닌 숫자를 얼마나 잘 맞혔는지 센 값이에요. 5를 기준으로 세세요.",
    )
    return [
        (swapped(right), SWAPPED),
        ([accuracy, right[1], right[2]], ACCURACY),
        ([accuracy, right[1], 2 * both / max(accuracy + right[1], 1e-12)], ACCURACY),
        ([right[0], accuracy, right[2]], ACCURACY),
        ([accuracy] * 3, ACCURACY),
        (measured(1 - y, 1 - p), negatives),
    ]


@pytest.mark.points(1)
@pytest.mark.needs("test_confusion_by_hand")
@pytest.mark.hint(
    en="The four entries sum to the number of digits; try arrays of booleans as well.",
    ko="네 값을 더하면 숫자의 개수가 돼요. 불리언 배열로도 시험해 보세요.",
)
def test_confusion_of_other_vectors(submission, expect, rng):
    """Confusion matrices of other digits, also of booleans, also when nothing is called a five.

    ko: 다른 숫자의 오차 행렬. 불리언 배열일 때와 5라고 한 것이 없을 때도 맞다.
    """
    y, score = judged(rng)
    for p in (score > 0.6, score > 1.4, np.zeros(len(y), dtype=bool)):
        right = counted(y, p)
        for truth, predicted in ((y, p.astype(int)), (y.astype(bool), p)):
            with explained(expect, truth):
                found = submission.call("confusion", truth, predicted)
            expect.close(found, right, mistakes=[(right.T, TURNED), (right[::-1, ::-1], TURNED)])
            expect.dtype(found, "int")


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Check by hand on five digits which counts stand in the denominators.",
    ko="숫자 다섯 개로 손수 계산해서 분모에 어떤 수가 들어가는지 확인해 보세요.",
)
def test_scores_of_other_vectors(submission, expect, rng):
    """Precision, recall and F1 of other digits.

    ko: 다른 숫자의 정밀도, 재현율, F1.
    """
    y, score = judged(rng, n=80)
    for cut in (0.3, 1.2):
        p = (score > cut).astype(int)
        for truth, predicted in ((y, p), (y == 1, p == 1)):
            with explained(expect, truth):
                found = submission.call("prf", truth, predicted)
            expect.close(found, measured(y, p), rtol=1e-9, mistakes=known_mistakes(y, p))


@pytest.mark.points(1)
@pytest.mark.needs("test_scores_of_other_vectors")
@pytest.mark.hint(
    en="Without a hit all three are 0.0; look before you divide.",
    ko="맞힌 5가 없으면 셋 다 0.0이에요. 나누기 전에 확인하세요.",
)
def test_scores_without_a_hit(submission, expect, rng):
    """Nothing called a five, no five there, only wrong ones: three zeros.

    ko: 5라고 한 것이 없거나, 실제 5가 없거나, 모두 틀리면 셋 다 0이다.
    """
    y, _ = judged(rng)
    none = np.zeros_like(y)
    for truth, predicted in ((y, none), (none, y), (none, none), (y, 1 - y)):
        found = submission.call("prf", truth, predicted)
        accuracy = float(np.mean(truth == predicted))
        mistakes = [([accuracy, 0.0, 0.0], ACCURACY), ([accuracy] * 3, ACCURACY), ([0.0, accuracy, 0.0], ACCURACY)]
        expect.close(found, [0.0, 0.0, 0.0], atol=1e-12, mistakes=mistakes if accuracy else None)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Compute the precision at each score, and take the smallest of the scores at which it is high enough.",
    ko="점수마다 정밀도를 계산하고, 정밀도가 충분한 점수 가운데 가장 작은 것을 고르세요.",
)
def test_threshold_for_other_targets(submission, expect, rng):
    """Thresholds for several precisions.

    ko: 여러 정밀도의 임곗값.
    """
    for target in (0.5001, 0.6501, 0.8001, 0.9001):
        y, score = judged(rng, n=70)
        score[np.argmax(score)] = 9.0
        y[np.argmax(score)] = 1  # so that every target is reached
        thresholds, precision = precisions(y, score)
        right = np.flatnonzero(precision >= target)[-1]
        neighbours = [thresholds[i] for i in (right - 1, right + 1) if 0 <= i < len(thresholds)]
        others = [thresholds[i] for i in np.flatnonzero(precision >= target)[:-1]]
        expect.close(
            submission.call("threshold_for_precision", y, score, target),
            thresholds[right],
            rtol=1e-9,
            mistakes=[*((value, MISALIGNED) for value in neighbours), *((value, HIGHEST) for value in others)],
        )


@pytest.mark.points(2)
@pytest.mark.needs("test_threshold_for_other_targets")
@pytest.mark.hint(
    en='"At least" includes the target itself, and `score >= t` includes the digit whose score is t.',
    ko="'이상'에는 목표 자신도 들어가요. `score >= t`에는 점수가 t인 숫자도 들어가고요.",
)
def test_threshold_that_hits_the_target(submission, expect, rng):
    """A precision that is exactly the target is enough.

    ko: 정밀도가 목표와 꼭 같아도 된다.
    """
    # Fives and others by falling score; in eighths and quarters nothing is rounded.
    for fives, target, place in (("1101", 0.75, 3), ("11101100", 0.625, 7), ("101000", 0.5, 3), ("1110", 1.0, 2)):
        score = np.sort(rng.uniform(-3, 3, size=len(fives)))[::-1]
        y = np.array([int(five) for five in fives])
        order = rng.permutation(len(y))
        mistakes = [(other, STRICT) for other in [*score[:place], np.inf, *score[place + 1 :]]]
        found = submission.call("threshold_for_precision", y[order], score[order], target)
        expect.close(found, score[place], rtol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.needs("test_threshold_for_other_targets")
@pytest.mark.hint(
    en="Go through the *different* scores: `np.unique(score)`.",
    ko="*서로 다른* 점수만 차례로 살펴보세요. `np.unique(score)`를 쓰면 돼요.",
)
def test_threshold_with_equal_scores(submission, expect, rng):
    """Digits with equal scores stay together.

    ko: 점수가 같은 숫자는 함께 판정된다.
    """
    # (score, five) by falling score: one by one, the equal ones would reach the target half-way.
    cases = (
        ([9, 5, 5, 5, 5, 1], [1, 1, 1, 0, 0, 0], 0.7, 9),
        ([9, 5, 5, 5, 5, 1], [1, 0, 0, 1, 1, 0], 0.55, 5),
        ([8, 8, 4, 4, 4, 2, 2], [1, 1, 1, 1, 0, 0, 1], 0.82, 8),
    )
    for levels, fives, target, right in cases:
        shift = float(rng.integers(-6, 7))
        order = rng.permutation(len(levels))
        score, y = np.array(levels, dtype=float)[order] + shift, np.array(fives)[order]
        # In both orders of the equal ones, so that luck does not decide.
        for turn in (slice(None), slice(None, None, -1)):
            wrong = [(level + shift, PARTED) for level in set(levels) - {right}]
            found = submission.call("threshold_for_precision", y[turn], score[turn], target)
            expect.close(found, right + shift, rtol=1e-9, atol=1e-9, mistakes=wrong)
    y = np.array([1, 0, 1, 0, 1, 0, 0])
    found = submission.call("threshold_for_precision", y, np.full(7, 2.5), 3 / 7 - 0.01)
    expect.close(found, 2.5, mistakes=[(np.inf, PARTED)])


@pytest.mark.points(2)
@pytest.mark.needs("test_threshold_for_other_targets")
@pytest.mark.hint(
    en="If no precision is high enough, the answer is `np.inf`.",
    ko="정밀도가 충분한 곳이 없으면 답은 `np.inf`예요.",
)
def test_unreachable_precision(submission, expect, rng):
    """A precision that no threshold reaches.

    ko: 어떤 임곗값으로도 얻을 수 없는 정밀도.
    """
    y, score = judged(rng, n=40)
    y[np.argmax(score)] = 0  # the best score is no five: 1.0 is never reached
    for truth, target in ((y, 1.0), (np.zeros_like(y), 0.1)):
        found = submission.call("threshold_for_precision", truth, score, target)
        expect.close(
            found, np.inf, mistakes=[(value, UNREACHABLE) for value in [*np.unique(score), -np.inf, 0.0, -1.0]]
        )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Count the pairs in which the five has the higher score, and divide by all pairs.",
    ko="5의 점수가 더 높은 쌍을 세어 전체 쌍의 수로 나누세요.",
)
def test_auc_of_other_scores(submission, expect, rng):
    """The area under the ROC curve of other scores.

    ko: 다른 점수의 AUC.
    """
    for noise in (0.5, 1.5, 4.0):
        y, score = judged(rng, n=50, noise=noise)
        right = area(y, score)
        turned = Text("This is 1 − AUC.", "이것은 1 − AUC예요.")
        mistakes = [
            (1 - right, turned),
            (area(y, (score > 0) * 1.0), HARD_LABELS),
            (np.mean(y == (score > 0)), ACCURACY),
        ]
        for truth in (y, y == 1):
            with explained(expect, truth):
                found = submission.call("roc_auc", truth, score)
            expect.close(found, right, rtol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.needs("test_auc_of_other_scores")
@pytest.mark.hint(
    en="Two equal scores are worth half a pair; with ranks, equal scores share the mean of their ranks.",
    ko="점수가 같은 쌍은 반 개예요. 순위를 쓴다면 같은 점수에는 평균 순위를 주세요.",
)
def test_auc_with_equal_scores(submission, expect, rng):
    """Equal scores count one half.

    ko: 점수가 같은 쌍은 반 개로 센다.
    """
    for levels in (3, 6):
        y, score = judged(rng, n=60)
        score = np.clip(np.round(score), -1, levels - 2)
        fives, others = score[y == 1][:, np.newaxis], score[y == 0]
        ordered, row = np.sort(score), np.argsort(np.argsort(score, kind="stable"))
        wrong = [
            (float(np.mean(fives > others)), TIES_LOST),
            (float(np.mean(fives >= others)), TIES_WON),
            (from_ranks(y, np.searchsorted(ordered, score, side="right")), TIES_WON),
            (from_ranks(y, np.searchsorted(ordered, score, side="left") + 1), TIES_LOST),
            (from_ranks(y, row + 1), TIES_BY_ROW),
        ]
        expect.close(submission.call("roc_auc", y, score), area(y, score), rtol=1e-9, mistakes=wrong)
    expect.close(
        submission.call("roc_auc", y, np.zeros(len(y))), 0.5, rtol=1e-9, mistakes=[(0.0, TIES_LOST), (1.0, TIES_WON)]
    )


@pytest.mark.points(1)
@pytest.mark.needs("test_auc_of_other_scores")
@pytest.mark.hint(en="No pair, no AUC: `np.nan`.", ko="쌍이 없으면 AUC도 없어요. `np.nan`을 반환하세요.")
def test_auc_without_pairs(submission, expect, rng):
    """Without fives, or with fives only, the AUC is NaN.

    ko: 5가 없거나 5만 있으면 AUC는 NaN이다.
    """
    score = rng.normal(size=9)
    for y in (np.zeros(9, dtype=int), np.ones(9, dtype=int)):
        expect.true(
            is_nan(submission.call("roc_auc", y, score)),
            en="Without fives, or without other digits, there is no pair to count: return `np.nan`.",
            ko="5가 없거나 5만 있으면 셀 쌍이 없어요. `np.nan`을 반환하세요.",
        )


def is_nan(value):
    """Whether one number came back, and is no number."""
    return isinstance(value, float | np.floating) and bool(np.isnan(value))


@pytest.mark.points(2)
@pytest.mark.needs("test_scores_of_other_vectors", "test_threshold_for_other_targets", "test_auc_of_other_scores")
@pytest.mark.hint(
    en="Run the snippet of the task and compare with the figures given there.",
    ko="문제에 있는 예제 코드를 실행하고 거기 적힌 값과 비교해 보세요.",
)
def test_a_real_detector(submission, hidden, expect):
    """A detector of fives among 1,347 noisy digits.

    ko: 잡음이 섞인 숫자 1,347개에서 5를 찾는 감지기.
    """
    y, score = hidden.y, hidden.score
    p = score > 0
    right = measured(y, p)
    expect.close(submission.call("prf", y, p), right, rtol=1e-9, mistakes=[(swapped(right), SWAPPED)])
    thresholds, precision = precisions(y, score)
    wanted = thresholds[np.flatnonzero(precision >= 0.9)[-1]]
    found = submission.call("threshold_for_precision", y, score, 0.9)
    expect.close(found, wanted, rtol=1e-9, mistakes=[(t, HIGHEST) for t in thresholds[precision >= 0.9] if t != wanted])
    expect.close(submission.call("roc_auc", y, score), area(y, score), rtol=1e-9)


@pytest.mark.points(1)
@pytest.mark.needs("test_scores_of_other_vectors", "test_auc_of_other_scores")
@pytest.mark.hint(en="Import numpy and nothing else.", ko="numpy만 임포트하세요.")
def test_numpy_only(submission, expect):
    """Numpy only, no ready-made metrics.

    ko: 이미 만들어진 지표를 쓰지 않고 넘파이만 쓴다.
    """
    expect.source(submission, main=False).avoids("sklearn", "scipy", "pandas", "tensorflow", "statistics")
