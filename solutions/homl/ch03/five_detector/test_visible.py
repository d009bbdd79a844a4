"""Visible checks of the detector's metrics: small examples by hand."""

import numpy as np
import pytest

from grader.checks import Text

Y = np.array([0, 1, 0, 0, 1, 0, 1, 0, 0, 1])
P = np.array([0, 1, 1, 0, 1, 0, 0, 1, 1, 0])
TURNED = Text(
    "The matrix is turned round: a row for each truth, a column for each prediction.",
    "오차 행렬의 행과 열이 바뀌었어요. 행이 정답, 열이 예측이에요.",
)
ONE_CELL = Text(
    "All digits are counted as rightly called no fives. `~` turns booleans round, but not 0 and 1: `~0` is -1.",
    "모든 숫자를 '5가 아니라고 맞게 판정한 것'으로 세었어요. `~`는 불리언만 뒤집어요. `~0`은 -1이에요.",
)
NOT_COUNTS = Text("The counts are right, but they have to be whole numbers.", "개수는 맞지만 정수여야 해요.")
SWAPPED = Text(
    "Precision and recall have changed places: precision divides by what was called a five, recall by what is one.",
    "정밀도와 재현율이 서로 바뀌었어요. 정밀도는 5라고 한 것의 수로, 재현율은 실제로 5인 것의 수로 나눠요.",
)
ACCURACY = Text(
    "This is the accuracy, the share of all digits that are told rightly: look at the fives alone.",
    "이 값은 전체 숫자 가운데 맞힌 비율, 곧 정확도예요. 5만 놓고 따져야 해요.",
)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Count the four kinds with `np.sum((y == 1) & (p == 0))` and the like.",
    ko="`np.sum((y == 1) & (p == 0))`처럼 네 경우를 하나씩 세어 보세요.",
)
def test_confusion_by_hand(submission, expect):
    """The confusion matrix of ten digits.

    ko: 숫자 열 개의 오차 행렬.
    """
    right = np.array([[3, 3], [2, 2]])
    found = submission.call("confusion", Y, P)
    expect.close(found, right, mistakes=[(right.T, TURNED), ([[10, 0], [0, 0]], ONE_CELL)])
    expect.dtype(found, "int", message=NOT_COUNTS)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Two hits, three false alarms, two fives missed.",
    ko="맞힌 5가 두 개, 5라고 잘못 말한 것이 세 개, 놓친 5가 두 개예요.",
)
def test_scores_by_hand(submission, expect):
    """Precision, recall and F1 of ten digits.

    ko: 숫자 열 개의 정밀도, 재현율, F1.
    """
    arithmetic = Text(
        "F1 is the harmonic mean, 2PR / (P + R), not the arithmetic one.",
        "F1은 산술 평균이 아니라 조화 평균 2PR / (P + R)이에요.",
    )
    expect.close(
        submission.call("prf", Y, P),
        [0.4, 0.5, 4 / 9],
        rtol=1e-9,
        mistakes=[([0.5, 0.4, 4 / 9], SWAPPED), ([0.4, 0.5, 0.45], arithmetic), ([0.5] * 3, ACCURACY)],
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Going down with the threshold the precisions are 1, 1/2, 2/3, 3/4, 3/5 and 1/2.",
    ko="임곗값을 내려 가면 정밀도가 1, 1/2, 2/3, 3/4, 3/5, 1/2로 바뀌어요.",
)
def test_threshold_by_hand(submission, expect):
    """The threshold for a precision of 70 % among six digits.

    ko: 숫자 여섯 개에서 정밀도 70 %를 얻는 임곗값.
    """
    y = np.array([0, 1, 0, 1, 0, 1])
    score = np.array([-1.0, 2.0, -2.0, 0.5, 3.0, 4.0])
    found = submission.call("threshold_for_precision", y, score, 0.7)
    too_careful = Text(
        "This threshold has the precision, but a lower one has it too and finds more fives.",
        "이 임곗값도 정밀도는 맞지만, 더 낮은 임곗값으로도 되고 그러면 5를 더 많이 찾아요.",
    )
    neighbour = Text(
        "This is the threshold next to the right one: does each precision stand beside its own score?",
        "맞는 임곗값 바로 옆의 값이에요. 정밀도와 점수의 자리가 서로 맞나요?",
    )
    expect.close(
        found,
        0.5,
        rtol=1e-9,
        mistakes=[(4.0, too_careful), (2.0, neighbour), (-1.0, neighbour)],
        message=Text(
            "The lowest score at which the precision is at least the target is another one.",
            "정밀도가 목표 이상이 되는 가장 낮은 점수가 아니에요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Compare each five with each other digit: `five[:, None] > other`.",
    ko="5와 다른 숫자를 하나씩 모두 비교하세요. `five[:, None] > other`를 쓰면 돼요.",
)
def test_auc_by_hand(submission, expect):
    """The area under the ROC curve of six digits.

    ko: 숫자 여섯 개의 AUC.
    """
    y = np.array([0, 1, 0, 1, 0, 1])
    score = np.array([1.0, 0.5, 2.5, 3.0, -1.0, 4.0])
    turned = Text(
        "This is 1 − AUC: a pair counts where the five has the *higher* score.",
        "이것은 1 − AUC예요. 5의 점수가 *더 높은* 쌍을 세어야 해요.",
    )
    expect.close(submission.call("roc_auc", y, score), 7 / 9, rtol=1e-9, mistakes=[(2 / 9, turned)])
