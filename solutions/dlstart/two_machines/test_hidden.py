"""Hidden checks of the two burger machines: machine B, other matrices, the two choices."""

import numpy as np
import pytest

from grader.checks import Text

ACCURACY, PRECISION, RECALL, F1 = range(4)
SCORES = [
    Text("The accuracy is not right yet.", "정확도가 아직 맞지 않아요."),
    Text("The precision is not right yet.", "정밀도가 아직 맞지 않아요."),
    Text("The recall is not right yet.", "재현율이 아직 맞지 않아요."),
    Text("The F1 score is not right yet.", "F1 점수가 아직 맞지 않아요."),
]


def matrices(rng, how_many):
    """Confusion matrices [[TP, FN], [FP, TN]] with no empty cell and no accidental symmetry."""
    return [rng.permutation(rng.choice(np.arange(3, 90), size=4, replace=False)).reshape(2, 2).tolist()
            for _ in range(how_many)]


def rivals(rng):
    """Two machines, tried on batches of different size; the first one has more false alarms and misses fewer."""
    first = [[rng.integers(40, 60), rng.integers(2, 9)], [rng.integers(30, 50), rng.integers(40, 60)]]
    second = [[rng.integers(90, 130), rng.integers(60, 90)], [rng.integers(2, 19), rng.integers(90, 130)]]
    return np.array(first).tolist(), np.array(second).tolist()


@pytest.mark.points(1)
def test_metrics_of_machine_b(expect):
    """Four scores of machine B.

    ko: 기계 B의 네 점수.
    asks: a dictionary from `"A"` and `"B"` to the machine's four scores
    asks-ko: 키는 `"A"`와 `"B"`, 값은 그 기계의 네 점수입니다
    hint: B calls 40 burgers expired and is right about 30; 60 burgers are expired and it finds 30 of them.
    hint-ko: B가 지났다고 한 햄버거는 40개이고 그중 30개가 맞아요. 실제로 지난 햄버거는 60개이고 그중 30개를 찾았어요.
    """

    def score(code, place):
        """Also where machines or scores stand otherwise: only the check of the form minds that."""
        metrics = code["metrics"]
        four = expect.entry(metrics, "B", what="metrics") if isinstance(metrics, dict) else metrics[1]
        return list(four.values())[place] if isinstance(four, dict) else four[place]

    for place, right in enumerate([0.6, 0.75, 0.5, 0.6]):
        expect.agree(lambda code, place=place: score(code, place), right, message=SCORES[place])


@pytest.mark.points(2)
def test_scores_of_other_machines(expect, rng):
    """Four scores of other machines.

    ko: 다른 기계들의 네 점수.
    asks: `cm` is a matrix `[[TP, FN], [FP, TN]]`; the result is (accuracy, precision, recall, F1)
    asks-ko: 결과는 (정확도, 정밀도, 재현율, F1) 순서입니다
    hint: Unpack [[TP, FN], [FP, TN]] by name before you divide; rows hold the truth.
    hint-ko: 나누기 전에 [[TP, FN], [FP, TN]]에 이름을 붙여 풀어 놓으세요. 행이 실제 값이에요.
    """
    calls = [(cm,) for cm in matrices(rng, 6)]
    for place in (ACCURACY, PRECISION, RECALL, F1):
        expect.agree(
            lambda code, place=place: [four[place] for four in code.map("scores", calls)], message=SCORES[place]
        )


@pytest.mark.points(1)
def test_scores_without_predictions(expect):
    """A machine that calls nothing expired, and a batch without expired burgers.

    ko: 아무것도 지났다고 하지 않는 기계, 그리고 지난 햄버거가 없는 시험.
    asks: Where a denominator is zero, the score is 0.0.
    asks-ko: 분모가 0이면 그 점수는 0.0으로 합니다.
    hint: If nothing was called expired, TP + FP is zero; the score is then 0.0 by agreement.
    hint-ko: 지났다고 판정한 햄버거가 하나도 없으면 TP + FP가 0이에요. 이때 점수는 0.0으로 약속했어요.
    """
    silent, harmless = [[0, 12], [0, 28]], [[0, 0], [5, 15]]
    for place, right in ((ACCURACY, [0.7, 0.75]), (PRECISION, [0.0, 0.0]), (RECALL, [0.0, 0.0]), (F1, [0.0, 0.0])):

        def score(code, place=place):
            return [code.call("scores", cm)[place] for cm in (silent, harmless)]

        expect.agree(score, right, message=SCORES[place])


@pytest.mark.points(2.5)
def test_machine_for_the_stock_room(expect):
    """The machine for the stock room.

    ko: 재고 관리 직원에게 줄 기계.
    asks: A good burger in the bin is lost money.
    asks-ko: 멀쩡한 햄버거를 버리면 그만큼 손해입니다.
    hint: Here a false alarm costs money. Which score gets worse with every false alarm?
    hint-ko: 여기서는 멀쩡한 것을 지났다고 하는 실수가 손해예요. 그런 실수가 늘면 어떤 점수가 나빠지나요?
    """
    expect.agree(lambda code: expect.entry(code["choice"], "stock", what="choice"), "B", how="choice")


@pytest.mark.points(2.5)
def test_machine_for_the_counter(expect):
    """The machine for the counter.

    ko: 고객 응대 직원에게 줄 기계.
    asks: An expired burger must not reach a customer.
    asks-ko: 유통기한이 지난 햄버거가 손님에게 가서는 안 됩니다.
    hint: Here an expired burger that slips through is the danger. Which score gets worse with each of them?
    hint-ko: 여기서는 지난 햄버거를 놓치는 실수가 위험해요. 그런 실수가 늘면 어떤 점수가 나빠지나요?
    """
    expect.agree(lambda code: expect.entry(code["choice"], "counter", what="choice"), "A", how="choice")


@pytest.mark.points(2)
def test_cost_of_other_machines(expect, rng):
    """Cost per burger of other machines.

    ko: 다른 기계들의 햄버거 한 개당 비용.
    asks: when a good burger thrown away costs `c_fp` and an expired one handed out costs `c_fn`
    asks-ko: 멀쩡한 햄버거를 버리면 `c_fp`, 지난 햄버거를 내주면 `c_fn`이 듭니다
    hint: c_fp is the price of a false positive, c_fn that of a false negative; divide by all four counts together.
    hint-ko: c_fp는 거짓 양성의 값, c_fn은 거짓 음성의 값이에요. 네 칸을 모두 더한 수로 나누세요.
    """
    calls = [(cm, *rng.uniform(0.5, 20, size=2).tolist()) for cm in matrices(rng, 5)]
    expect.agree(lambda code: code.map("expected_cost", calls))


@pytest.mark.points(2)
def test_break_even_of_other_machines(expect, rng):
    """Break-even ratio of machines that were tried on batches of different size.

    ko: 시험한 개수가 다른 기계들의 손익 분기 비율.
    asks: The two batches need not have the same size.
    asks-ko: 두 시험의 햄버거 개수가 다를 수 있습니다.
    hint: The batches may differ in size: compare shares, not counts. The ratio is c_fn over c_fp.
    hint-ko: 시험한 개수가 다를 수 있으니 개수 대신 비율을 비교하세요. 구하는 것은 c_fn을 c_fp로 나눈 값이에요.
    """
    pairs = [rivals(rng) for _ in range(4)]
    expect.agree(lambda code: code.map("break_even", [*pairs[:2], *[pair[::-1] for pair in pairs[2:]]]))
