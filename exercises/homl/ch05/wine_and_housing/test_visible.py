"""Visible checks of wine and housing: the wine test rows, and the numbers that were reported."""

import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

from grader.checks import Text

SPLIT = train_test_split(*load_wine(return_X_y=True), stratify=load_wine().target, random_state=42)


def accuracy_on_test_rows(submission, expect):
    """Accuracy of the student's fitted pipeline on the wine test rows."""
    _, X_test, _, y_test = SPLIT
    found = submission.estimator("wine_clf").predict(X_test)
    return float(np.mean(expect.array(found, (len(X_test),)) == y_test))


@pytest.mark.points(4)
@pytest.mark.hint(
    en="`wine_clf.predict` gets raw rows: the scaler must be a step of the pipeline.",
    ko="`wine_clf.predict`는 원본 행을 받아요. 스케일 조정이 파이프라인의 단계로 들어 있어야 해요.",
)
def test_wine_on_the_test_rows(submission, expect):
    """`wine_clf` is right for at least 0.93 of the raw test rows.

    ko: `wine_clf`가 원본 테스트 세트의 0.93 이상을 맞힌다.
    """
    accuracy = accuracy_on_test_rows(submission, expect)
    expect.at_least(accuracy, 0.93, what=Text("the accuracy", "정확도"), measured=True)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="wine_clf.score(X_wine_test, y_wine_test), measured once, after all choices have been made.",
    ko="wine_clf.score(X_wine_test, y_wine_test)를 모든 선택이 끝난 다음 한 번만 재세요.",
)
def test_reported_wine_accuracy(submission, expect):
    """`wine_test_acc` is the accuracy of `wine_clf` on the test rows.

    ko: `wine_test_acc`는 테스트 세트에서 잰 `wine_clf`의 정확도이다.
    """
    claimed = submission["wine_test_acc"]
    expect.type(claimed, float, what="wine_test_acc")
    expect.true(claimed > 0.5, en="This accuracy is that of guessing.", ko="찍은 것과 다름없는 정확도예요.")
    expect.close(
        claimed,
        accuracy_on_test_rows(submission, expect),
        rtol=0,
        atol=1e-6,
        message=Text(
            "`wine_test_acc` is not the accuracy on the test rows: neither the score of cross-validation nor that on "
            "the training rows is wanted.",
            "`wine_test_acc`가 테스트 세트의 정확도와 달라요. 교차 검증 점수나 훈련 세트의 점수가 아니에요.",
        ),
    )
