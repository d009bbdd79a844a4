"""Visible checks of the detector's metrics: small examples by hand."""

import numpy as np
import pytest

LIBRARY = {
    "confusion": ["sklearn.confusion_matrix"],
    "prf": ["sklearn.precision_score", "sklearn.recall_score", "sklearn.f1_score", "sklearn.precision_recall_fscore_support"],
    "threshold_for_precision": ["sklearn.precision_recall_curve"],
    "roc_auc": ["sklearn.roc_auc_score", "sklearn.roc_curve", "sklearn.auc"],
}
Y = np.array([0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0])
P = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0])
FIVES = np.array([0, 1, 1, 1, 0, 0])
SCORE = np.array([-1.0, 3.0, 0.5, 4.0, -2.0, 2.0])


def own_work(expect, name):
    """Ask who computes what this function returns."""

    def whose(code):
        borrowed = expect.holds(expect.source(code, main=False).uses, *LIBRARY[name])
        return f"{name} of a library" if borrowed else "own work"

    expect.agree(whose, "own work")


@pytest.mark.points(2)
def test_confusion_by_hand(expect):
    """The confusion matrix of twelve digits, in whole numbers.

    ko: 숫자 열두 개의 오차 행렬을 정수로.
    asks: `confusion(y, p) -> int array (2, 2)`
    asks-ko: `confusion(y, p) -> 정수 배열 (2, 2)`
    hint: Count the four kinds with `np.sum((y == 1) & (p == 0))` and the like.
    hint-ko: `np.sum((y == 1) & (p == 0))`처럼 네 경우를 하나씩 세어 보세요.
    """
    own_work(expect, "confusion")
    expect.agree(lambda code: code.call("confusion", Y, P), [[5, 3], [1, 3]])
    expect.agree(lambda code: np.asarray(code.call("confusion", Y, P)).dtype.kind in "iu", True)


@pytest.mark.points(3)
def test_scores_by_hand(expect):
    """Precision, recall and F1 of twelve digits.

    ko: 숫자 열두 개의 정밀도, 재현율, F1.
    asks: Precision is TP / (TP + FP), recall TP / (TP + FN), F1 their harmonic mean 2PR / (P + R).
    asks-ko: 정밀도는 TP / (TP + FP), 재현율은 TP / (TP + FN), F1은 둘의 조화 평균 2PR / (P + R)입니다.
    hint: Three hits, three false alarms, one five missed.
    hint-ko: 맞힌 5가 세 개, 5라고 잘못 말한 것이 세 개, 놓친 5가 한 개예요.
    """
    own_work(expect, "prf")
    for place, right in enumerate((3 / 6, 3 / 4, 0.6)):
        expect.agree(lambda code: code.call("prf", Y, P)[place], right)


@pytest.mark.points(2)
def test_threshold_by_hand(expect):
    """The threshold for a precision of 70 % among six digits.

    ko: 숫자 여섯 개에서 정밀도 70 %를 얻는 임곗값.
    asks: the **lowest** t for which the precision is **at least** `target`
    asks-ko: 정밀도가 `target` **이상**이 되는 t 가운데 **가장 낮은** 값을 반환하세요
    hint: Going down with the threshold the precisions are 1, 1, 2/3, 3/4, 3/5 and 1/2.
    hint-ko: 임곗값을 내려 가면 정밀도가 1, 1, 2/3, 3/4, 3/5, 1/2로 바뀌어요.
    """
    own_work(expect, "threshold_for_precision")
    expect.agree(lambda code: code.call("threshold_for_precision", FIVES, SCORE, 0.7), 0.5)


@pytest.mark.points(2)
def test_auc_by_hand(expect):
    """The area under the ROC curve of six digits.

    ko: 숫자 여섯 개의 AUC.
    asks: the share of all pairs of a five and a non-five in which the five has the higher score
    asks-ko: 모든 쌍 가운데 5의 점수가 더 높은 쌍의 비율입니다
    hint: Compare each five with each other digit: `five[:, None] > other`.
    hint-ko: 5와 다른 숫자를 하나씩 모두 비교하세요. `five[:, None] > other`를 쓰면 돼요.
    """
    own_work(expect, "roc_auc")
    expect.agree(lambda code: code.call("roc_auc", FIVES, SCORE), 8 / 9)
