"""Visible checks of the triage: the worked examples and one case of each kind."""

import numpy as np
import pytest

from grader.checks import Text

# (train, train_dev, dev, test, target) of one case of each kind
CASES = {
    "mismatch": (0.03, 0.04, 0.15, 0.16, 0.02),
    "underfit": (0.12, 0.12, 0.13, 0.13, 0.03),
    "overfit": (0.01, 0.10, 0.10, 0.11, 0.01),
    "overfit_dev": (0.04, 0.05, 0.05, 0.12, 0.04),
    "ok": (0.05, 0.06, 0.06, 0.07, 0.05),
}
NOT_WHOLE = Text(
    "`split_sizes` should return one whole number (`int`) for each fraction.",
    "`split_sizes`는 비율마다 정수(`int`)를 하나씩 반환해야 해요.",
)


def sizes(code, n, fractions):
    """Sizes of the parts, also where they are floats: only one check minds that."""
    return np.asarray(code.call("split_sizes", n, fractions), dtype=float)


@pytest.mark.points(2)
def test_one_case_of_each_kind(expect):
    """`diagnose` names one case of each kind.

    ko: `diagnose`가 다섯 가지 경우를 하나씩 알아본다.
    asks: Compute the four gaps and return the name of the **largest**
    asks-ko: 차이 네 개를 계산해서 **가장 큰 것**의 이름을 반환합니다
    hint: Print the four gaps of each case here; which one is largest, and is it larger than 0.02?
    hint-ko: 이 경우마다 차이 네 개를 출력해서 어느 것이 가장 큰지, 0.02보다 큰지 살펴보세요.
    """
    expect.agree(lambda code: [code.call("diagnose", *errors) for errors in CASES.values()], list(CASES))


@pytest.mark.points(2)
def test_sizes_of_the_worked_example(expect):
    """`split_sizes` of the worked example and of three equal parts.

    ko: 예제와 똑같은 세 부분에 대한 `split_sizes`.
    asks: One row is left over and goes to the first part: `(6, 2, 2)`.
    asks-ko: 남은 행 하나는 첫째 부분이 받아서 `(6, 2, 2)`가 됩니다.
    hint: Round down first, then hand out the rows that are left over, one to a part.
    hint-ko: 먼저 버림하고, 남은 행을 한 부분에 하나씩 나누어 주세요.
    """
    expect.agree(lambda code: sizes(code, 10, (0.55, 0.25, 0.2)), [6, 2, 2])
    expect.agree(lambda code: sizes(code, 10, (1 / 3, 1 / 3, 1 / 3)), [4, 3, 3])


@pytest.mark.points(1)
def test_sizes_are_whole_numbers(expect):
    """Sizes are whole numbers, one for each fraction.

    ko: 크기는 비율마다 하나씩 있는 정수이다.
    asks: one whole number per fraction, in their order
    asks-ko: 비율의 순서대로 정수를 하나씩 반환하고
    hint: math.floor and int give whole numbers; np.floor, and whatever is computed with its results, does not.
    hint-ko: math.floor와 int의 결과는 정수예요. np.floor의 결과와 그것으로 계산한 값은 정수가 아니에요.
    """

    def whole(code):
        return [isinstance(size, int | np.integer) for size in code.call("split_sizes", 20, (0.5, 0.3, 0.2))]

    expect.agree(whole, [True] * 3, message=NOT_WHOLE)
