"""Visible checks of the two splits: nothing lost, nothing twice, shares about right."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import Text


def districts():
    """A hundred make-believe districts, rich and poor ones in an order that says nothing."""
    number = np.arange(100)
    income = np.where(number % 10 == 3, 7.0, np.where(number % 2 == 0, 2.0, 4.0)) + number / 1000
    return pd.DataFrame({"district": 1000 + 7 * number, "income": income, "houses": number**2 % 37})


def two_tables(answer, expect):
    """The two parts of a split."""
    expect.true(
        isinstance(answer, tuple | list) and len(answer) == 2 and all(isinstance(p, pd.DataFrame) for p in answer),
        en="Return two DataFrames, first the training part, then the test part.",
        ko="DataFrame 두 개를 훈련 세트, 테스트 세트의 순서로 반환하세요.",
    )
    return answer


@pytest.mark.points(2)
@pytest.mark.hint(
    en="`df.drop(test.index)` gives what is left for training, if the labels of the index are unique.",
    ko="인덱스 레이블이 겹치지 않으면 `df.drop(test.index)`가 훈련 세트에 남는 행이에요.",
)
def test_stratified_parts_hold_every_row_once(submission, expect):
    """The stratified parts hold every row exactly once.

    ko: 계층적으로 나눈 두 부분에 모든 행이 꼭 한 번씩 있다.
    """
    table = districts()
    train, test = two_tables(submission.call("stratified_split", table, "income", [0, 3, 6, 9], 0.2, 0), expect)
    expect.partition([train, test], table)
    expect.between([len(train), len(test)], 1, 99)


@pytest.mark.points(3)
@pytest.mark.needs("test_stratified_parts_hold_every_row_once")
@pytest.mark.hint(
    en="Name the stratum of each row with `pd.cut`, and draw within each stratum.",
    ko="`pd.cut`으로 행마다 계층을 정하고, 계층 안에서 뽑으세요.",
)
def test_shares_of_three_strata(submission, expect):
    """Each of three strata sends a fifth of its rows.

    ko: 세 계층이 저마다 행의 5분의 1을 테스트 세트로 보낸다.
    """
    table = districts()
    found = []
    for seed in range(4):
        _, test = two_tables(submission.call("stratified_split", table, "income", [0, 3, 6, 9], 0.2, seed), expect)
        expect.columns(test, table.columns)
        found.append([((test["income"] > low) & (test["income"] <= low + 3)).sum() for low in (0, 3, 6)])
    expect.true(
        not expect.holds(expect.close, found, [[40, 32, 8]] * 4, rtol=0, atol=1.99),
        en="The parts have changed places: return the training part first, then the test part.",
        ko="두 부분이 바뀌었어요. 훈련 세트를 먼저, 테스트 세트를 나중에 반환하세요.",
    )
    expect.true(
        expect.holds(expect.close, found, [[10, 8, 2]] * 4, rtol=0, atol=1.99),
        message=Text(
            "The strata have 50, 40 and 10 rows: about 10, 8 and 2 of them belong into the test set, whatever the seed.",
            "계층의 크기가 50, 40, 10이므로 시드가 무엇이든 테스트 세트에는 10, 8, 2개쯤 들어가야 해요.",
        ),
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="One fixed number between 0 and 1 for each identifier, compared with `ratio`.",
    ko="식별자마다 0과 1 사이의 정해진 수를 하나씩 구해 `ratio`와 비교하세요.",
)
def test_hash_split_of_a_hundred(submission, expect):
    """The hash split holds every row once, and the same rows in whatever order they come.

    ko: 해시 분할에 모든 행이 꼭 한 번씩 있고, 행의 순서가 바뀌어도 결과가 같다.
    """
    table = districts()
    train, test = two_tables(submission.call("hash_split", table, "district", 0.4), expect)
    expect.partition([train, test], table)
    expect.true(
        20 <= len(test) <= 55,
        en=f"With ratio 0.4 about 40 of 100 rows belong into the test set, but there are {len(test)}: which part comes first?",
        ko=f"비율이 0.4이면 100행 가운데 40행쯤 테스트 세트에 들어가야 하는데 {len(test)}행이에요. 어느 쪽을 먼저 반환하나요?",
    )
    turned = table[::-1].reset_index(drop=True)
    _, again = two_tables(submission.call("hash_split", turned, "district", 0.4), expect)
    expect.multiset(
        again["district"] if "district" in again else again,
        test["district"],
        message=Text(
            "Only the order of the rows changed, and other rows came into the test set.",
            "행의 순서만 바꾸었는데 테스트 세트에 다른 행이 들어갔어요.",
        ),
    )
