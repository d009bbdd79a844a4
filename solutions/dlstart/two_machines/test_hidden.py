"""Hidden checks of the two burger machines: machine B, other matrices, the two choices."""

import numpy as np
import pytest

from grader.checks import Text

EXCHANGED = Text(
    "Precision and recall of this machine stand in each other's place. Check the order of the four scores and which "
    "class is positive.",
    "이 기계의 정밀도와 재현율이 서로 바뀌었어요. 네 점수의 순서와 양성 클래스가 무엇인지 확인하세요.",
)
OTHER_CLASS = Text(
    "These are the scores of the normal burgers. The positive class is the expired burger.",
    "정상 햄버거를 기준으로 계산한 점수예요. 양성 클래스는 유통기한이 지난 햄버거예요.",
)
MEAN = Text(
    "F1 is the harmonic mean of precision and recall, 2PR / (P + R), not half their sum.",
    "F1은 정밀도와 재현율을 더해서 반으로 나눈 값이 아니라 조화 평균 2PR / (P + R)이에요.",
)
TWO_MACHINES = Text(
    "These are the scores of machine A or B: compute them from the matrix that is given.",
    "기계 A나 B의 점수예요. 넘겨받은 행렬에서 계산하세요.",
)
SWAPPED = Text(
    "The two prices stand in each other's place: c_fp belongs to the false positives, c_fn to the false negatives.",
    "두 비용이 서로 바뀌었어요. c_fp는 거짓 양성의 비용, c_fn은 거짓 음성의 비용이에요.",
)
TOTAL = Text(
    "This is the cost of the whole batch: divide it by the number of burgers.",
    "시험 전체의 비용이에요. 햄버거 개수로 나누세요.",
)
UPSIDE_DOWN = Text(
    "The ratio is upside down: c_fn over c_fp is wanted.",
    "비율이 거꾸로예요. c_fn을 c_fp로 나눈 값을 구하세요.",
)
COUNTS = Text(
    "This compares counts, but the batches differ in size: compare the shares of each batch.",
    "개수끼리 비교했는데 시험한 개수가 서로 달라요. 각 시험에서의 비율로 비교하세요.",
)
SAME_F1 = Text(
    "Equal F1 does not mean equal use: F1 weighs both mistakes alike, this person does not.",
    "F1이 같다고 쓸모까지 같지는 않아요. F1은 두 실수를 똑같이 보지만 이 직원에게는 그렇지 않아요.",
)


def matrices(rng, how_many):
    """Confusion matrices [[TP, FN], [FP, TN]] with no empty cell and no accidental symmetry."""
    return [rng.permutation(rng.choice(np.arange(3, 90), size=4, replace=False)).reshape(2, 2).tolist()
            for _ in range(how_many)]


def scores_of(cm):
    """(accuracy, precision, recall, F1) of a matrix whose denominators are not zero."""
    (tp, fn), (fp, tn) = cm
    return (tp + tn) / (tp + fn + fp + tn), tp / (tp + fp), tp / (tp + fn), 2 * tp / (2 * tp + fp + fn)


def wrong_scores(cm):
    """What the usual mistakes make of a matrix."""
    (tp, fn), (fp, tn) = cm
    accuracy, precision, recall, f1 = scores_of(cm)
    return [
        ((accuracy, recall, precision, f1), EXCHANGED),
        ((accuracy, tn / (tn + fn), tn / (tn + fp), 2 * tn / (2 * tn + fn + fp)), OTHER_CLASS),
        ((accuracy, precision, recall, (precision + recall) / 2), MEAN),
        ((0.6, 0.5, 0.75, 0.6), TWO_MACHINES),
        ((0.6, 0.75, 0.5, 0.6), TWO_MACHINES),
    ]


@pytest.mark.points(2)
@pytest.mark.hint(
    en="B calls 40 burgers expired and is right about 30; 60 burgers are expired and it finds 30 of them.",
    ko="B가 지났다고 한 햄버거는 40개이고 그중 30개가 맞아요. 실제로 지난 햄버거는 60개이고 그중 30개를 찾았어요.",
)
def test_metrics_of_machine_b(submission, expect):
    """Four scores of machine B.

    ko: 기계 B의 네 점수.
    """
    values = expect.entry(submission["metrics"], "B", what="metrics")
    *rates, f1 = expect.results(values, ["accuracy", "precision", "recall", "F1"], what="scores")
    expect.close(rates, [0.6, 0.75, 0.5], atol=1e-6, mistakes=[([0.6, 0.5, 0.75], EXCHANGED)])
    expect.close(f1, 0.6, atol=1e-6)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Unpack [[TP, FN], [FP, TN]] by name before you divide; rows are the truth.",
    ko="나누기 전에 [[TP, FN], [FP, TN]]에 이름을 붙여 풀어 놓으세요. 행이 실제 값이에요.",
)
def test_scores_of_other_machines(submission, expect, rng):
    """Four scores of other machines.

    ko: 다른 기계들의 네 점수.
    """
    tables = matrices(rng, 6)
    for cm, values in zip(tables, submission.map("scores", [(cm,) for cm in tables]), strict=True):
        expect.close(values, scores_of(cm), atol=1e-9, mistakes=wrong_scores(cm))


@pytest.mark.points(1)
@pytest.mark.hint(
    en="If nothing was called expired, TP + FP is zero; the score is then 0.0 by agreement.",
    ko="지났다고 판정한 햄버거가 하나도 없으면 TP + FP가 0이에요. 이때 점수는 0.0으로 약속했어요.",
)
def test_scores_without_predictions(submission, expect):
    """A machine that calls nothing expired, and a batch without expired burgers.

    ko: 아무것도 지났다고 하지 않는 기계, 그리고 지난 햄버거가 없는 시험.
    """
    silent, harmless = submission.map("scores", [([[0, 12], [0, 28]],), ([[0, 0], [5, 15]],)])
    for values, accuracy in ((silent, 0.7), (harmless, 0.75)):
        expect.close(values, [accuracy, 0.0, 0.0, 0.0], atol=1e-9)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Here a false alarm costs money. Which score gets worse with every false alarm?",
    ko="여기서는 멀쩡한 것을 지났다고 하는 실수가 손해예요. 그런 실수가 늘면 어떤 점수가 나빠지나요?",
)
def test_machine_for_the_stock_room(submission, expect):
    """The machine for the stock room.

    ko: 재고 관리 직원에게 줄 기계.
    """
    answer = expect.entry(submission["choice"], "stock", what="choice")
    wrong = Text(
        "The stock clerk suffers from good burgers in the bin (FP), and precision is the score that counts them.",
        "재고 관리 직원은 멀쩡한 햄버거를 버릴 때(FP) 손해를 봐요. 이 실수를 세는 점수는 정밀도예요.",
    )
    expect.choice(answer, "B", wrong, mistakes={"same": SAME_F1})


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Here an expired burger that slips through is the danger. Which score gets worse with each of them?",
    ko="여기서는 지난 햄버거를 놓치는 실수가 위험해요. 그런 실수가 늘면 어떤 점수가 나빠지나요?",
)
def test_machine_for_the_counter(submission, expect):
    """The machine for the counter.

    ko: 고객 응대 직원에게 줄 기계.
    """
    answer = expect.entry(submission["choice"], "counter", what="choice")
    wrong = Text(
        "At the counter the danger is an expired burger called normal (FN), and recall is the score that counts them.",
        "고객 응대에서 위험한 것은 지난 햄버거를 정상이라고 하는 실수(FN)예요. 이 실수를 세는 점수는 재현율이에요.",
    )
    expect.choice(answer, "A", wrong, mistakes={"same": SAME_F1})


@pytest.mark.points(2)
@pytest.mark.hint(
    en="c_fp is the price of a false positive, c_fn that of a false negative; divide by all four counts together.",
    ko="c_fp는 거짓 양성의 값, c_fn은 거짓 음성의 값이에요. 네 칸을 모두 더한 수로 나누세요.",
)
def test_cost_of_other_machines(submission, expect, rng):
    """Cost per burger of other machines.

    ko: 다른 기계들의 햄버거 한 개당 비용.
    """
    questions = [(cm, *rng.uniform(0.5, 20, size=2).tolist()) for cm in matrices(rng, 5)]
    for (cm, c_fp, c_fn), value in zip(questions, submission.map("expected_cost", questions), strict=True):
        (tp, fn), (fp, tn) = cm
        n, total = tp + fn + fp + tn, c_fp * fp + c_fn * fn
        wrong = [((c_fn * fp + c_fp * fn) / n, SWAPPED), (total, TOTAL)]
        expect.close(value, total / n, rtol=1e-9, mistakes=wrong)


@pytest.mark.points(1)
@pytest.mark.needs("test_break_even_of_a_and_b")
@pytest.mark.signatures(False)
@pytest.mark.hint(
    en="The batches may differ in size: compare shares, not counts. The ratio is c_fn over c_fp.",
    ko="시험한 개수가 다를 수 있으니 개수 대신 비율을 비교하세요. 구하는 것은 c_fn을 c_fp로 나눈 값이에요.",
)
def test_break_even_of_other_machines(submission, expect):
    """Break-even ratio of machines that were tried on batches of different size.

    ko: 시험한 개수가 다른 기계들의 손익 분기 비율.
    """
    questions = [
        ([[45, 5], [30, 20]], [[60, 40], [12, 88]]),
        ([[18, 2], [9, 31]], [[70, 30], [10, 90]]),
    ]
    for (cm_1, cm_2), value in zip(questions, submission.map("break_even", questions), strict=True):
        n_1, n_2 = np.sum(cm_1), np.sum(cm_2)
        expected = (cm_1[1][0] / n_1 - cm_2[1][0] / n_2) / (cm_2[0][1] / n_2 - cm_1[0][1] / n_1)
        counts = (cm_1[1][0] - cm_2[1][0]) / (cm_2[0][1] - cm_1[0][1])
        expect.close(value, expected, rtol=1e-9, mistakes=[(1 / expected, UPSIDE_DOWN), (counts, COUNTS)])
