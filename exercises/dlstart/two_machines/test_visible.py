"""Visible checks of the two burger machines."""

import numpy as np
import pytest

from grader.vocabulary import Text

EXCHANGED = Text(
    "Precision and recall of this machine stand in each other's place. Check the order (accuracy, precision, recall, "
    "F1), which class is positive (the expired burger), and that rows hold the truth.",
    "이 기계의 정밀도와 재현율이 서로 바뀌었어요. 순서(정확도, 정밀도, 재현율, F1), 양성 클래스(유통기한이 지난 햄버거), "
    "행이 실제 값이라는 점을 확인하세요.",
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="A calls 60 burgers expired and is right about 30; 40 burgers are expired and it finds 30 of them.",
    ko="A가 지났다고 한 햄버거는 60개이고 그중 30개가 맞아요. 실제로 지난 햄버거는 40개이고 그중 30개를 찾았어요.",
)
def test_metrics_of_machine_a(submission, expect):
    """Four scores of machine A.

    ko: 기계 A의 네 점수.
    """
    metrics = submission["metrics"]
    expect.type(metrics, dict, what="metrics")
    expect.true("A" in metrics, en='`metrics` has no key "A" yet.', ko='`metrics`에 아직 "A" 키가 없어요.')
    values = metrics["A"]
    expect.type(values, (list, tuple, np.ndarray), what="scores")
    expect.shape(values, (4,))
    accuracy, precision, recall, f1 = values
    expect.close(accuracy, 0.6, atol=1e-6)
    expect.close(precision, 0.5, atol=1e-6, message=EXCHANGED)
    expect.close(recall, 0.75, atol=1e-6, message=EXCHANGED)
    expect.close(f1, 0.6, atol=1e-6)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Share the cost of all mistakes among all burgers of the batch.",
    ko="모든 실수의 비용을 더해서 시험한 햄버거 전체 개수로 나누세요.",
)
def test_cost_of_machine_a(submission, expect):
    """Cost per burger of machine A.

    ko: 기계 A의 햄버거 한 개당 비용.
    """
    # 30 good burgers thrown away at 2 and 10 expired ones handed out at 7, over 100 burgers
    expect.close(submission.call("expected_cost", [[30, 10], [30, 30]], 2.0, 7.0), 1.3, atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Set (c_fp * FP1 + c_fn * FN1) / n1 equal to the same for machine 2 and solve for c_fn / c_fp.",
    ko="(c_fp * FP1 + c_fn * FN1) / n1과 둘째 기계의 같은 식을 같다고 놓고 c_fn / c_fp를 구하세요.",
)
def test_break_even_of_a_and_b(submission, expect):
    """The ratio at which A and B cost the same.

    ko: A와 B의 비용이 같아지는 비율.
    """
    expect.close(submission.call("break_even", [[30, 10], [30, 30]], [[30, 30], [10, 30]]), 1.0, atol=1e-9)
