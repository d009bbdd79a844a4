"""Visible checks of wine and housing: pipelines that end in an SVM, the wine test rows, and what was reported of them."""

import numpy as np
import pytest
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split

from grader.checks import RemoteEstimator, Text

WINE = train_test_split(*load_wine(return_X_y=True), stratify=load_wine().target, random_state=42)
MACHINES = {"wine_clf": ("SVC", "NuSVC", "LinearSVC"), "housing_reg": ("SVR", "NuSVR", "LinearSVR")}
NO_PIPELINE = Text("This is not a scikit-learn Pipeline.", "사이킷런 Pipeline이 아니에요.")
INACCURATE = Text("Fewer than 0.93 of the raw test rows are right.", "원본 테스트 세트를 0.93만큼 맞히지 못했어요.")
REPORT = Text("This is not the accuracy on the test rows.", "테스트 세트의 정확도와 달라요.")


def model(code, name):
    """The pipeline; of a search, the one that it found."""
    held = code.estimator(name)
    return RemoteEstimator(held.get("best_estimator_", hold=True)) if held.is_a("BaseSearchCV") else held


def accuracy(code, X, y):
    return float(np.mean(np.asarray(model(code, "wine_clf").predict(X)) == y))


@pytest.mark.points(0)
@pytest.mark.parametrize("name", MACHINES)
def test_support_vector_machine(expect, name):
    """The last step is a support vector machine.

    ko: 마지막 단계가 서포트 벡터 머신이다.
    asks: `Pipeline` whose last step is `SVC`, `NuSVC` or `LinearSVC`
    asks-ko: 마지막 단계가 `SVC`, `NuSVC`, `LinearSVC` 가운데 하나인
    hint: End `wine_clf` with a classifier and `housing_reg` with a regressor of `sklearn.svm`; the other checks need that.
    hint-ko: `wine_clf`는 `sklearn.svm`의 분류기로, `housing_reg`는 회귀 모델로 끝내세요. 다른 검사가 이것을 바탕으로 해요.
    """

    def machine(code):
        held = model(code, name)
        last = held.call("__getitem__", -1, hold=True) if held.is_a("Pipeline") else held
        return "an SVM" if any(last.is_a(f"sklearn.svm.{kind}") for kind in MACHINES[name]) else "another model"

    expect.agree(machine, "an SVM")


@pytest.mark.points(1)
@pytest.mark.needs("test_support_vector_machine[wine_clf]")
def test_wine_on_the_test_rows(expect):
    """`wine_clf` is right for at least 0.93 of the raw test rows.

    ko: `wine_clf`가 원본 테스트 세트의 0.93 이상을 맞힌다.
    asks: It takes raw rows; the scaler is one of its steps.
    asks-ko: 원본 행을 그대로 받고, 스케일 조정도 파이프라인의 단계로 들어 있어야 합니다
    hint: `wine_clf.predict` gets raw rows: the scaler must be a step of the pipeline.
    hint-ko: `wine_clf.predict`는 원본 행을 받아요. 스케일 조정이 파이프라인의 단계로 들어 있어야 해요.
    """
    expect.agree(lambda code: accuracy(code, WINE[1], WINE[3]) >= 0.93, True, message=INACCURATE)


@pytest.mark.points(1)
@pytest.mark.needs("test_wine_on_the_test_rows")
def test_both_are_pipelines(expect):
    """Both are pipelines.

    ko: 둘 다 파이프라인이다.
    asks: a **fitted** scikit-learn `Pipeline`
    asks-ko: **훈련한** 사이킷런 `Pipeline`
    hint: make_pipeline(...) makes one; after a search, hand in its best_estimator_.
    hint-ko: make_pipeline(...)으로 만드세요. 탐색을 했다면 best_estimator_를 내세요.
    """
    for name in MACHINES:
        expect.agree(lambda code: code.estimator(name).is_a("sklearn.pipeline.Pipeline"), True, message=NO_PIPELINE)


@pytest.mark.points(3)
@pytest.mark.needs("test_support_vector_machine[wine_clf]")
def test_reported_wine_accuracy(expect):
    """`wine_test_acc` is the accuracy of `wine_clf` on the test rows.

    ko: `wine_test_acc`는 테스트 세트에서 잰 `wine_clf`의 정확도이다.
    asks: the accuracy of `wine_clf` on the wine test rows, between 0 and 1
    asks-ko: 와인 테스트 세트에서 잰 `wine_clf`의 정확도(0에서 1 사이)
    hint: wine_clf.score(X_wine_test, y_wine_test), measured once, after all choices have been made.
    hint-ko: wine_clf.score(X_wine_test, y_wine_test)를 모든 선택이 끝난 다음 한 번만 재세요.
    """

    X_train, X_test, y_train, y_test = WINE

    def reported(code):
        """Says what number was reported."""
        right, claimed = accuracy(code, X_test, y_test), float(code["wine_test_acc"])
        known = {
            "test": right,
            "training": accuracy(code, X_train, y_train),
            "percent": 100 * right,
            "errors": 1 - right,
        }
        return next(
            (f"accuracy: {name}" for name, value in known.items() if abs(claimed - value) < 1e-6), "another number"
        )

    expect.agree(reported, "accuracy: test", message=REPORT)
