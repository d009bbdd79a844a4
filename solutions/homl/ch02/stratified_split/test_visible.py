"""Visible checks of the two splits: nothing lost, nothing twice, shares about right."""

import ast

import numpy as np
import pandas as pd
import pytest

from grader.checks import Text

ONCE = Text("Each row belongs into exactly one of two parts.", "모든 행은 두 부분 가운데 꼭 한 곳에 있어야 해요.")
SHARES = Text(
    "The strata hold 1600, 400 and 2000 rows: two fifths of each go to the test set, the rest stays for training.",
    "계층의 행은 1600, 400, 2000개예요. 저마다 5분의 2는 테스트 세트로 보내고 나머지는 훈련 세트에 남겨야 해요.",
)
SAME = Text(
    "The same identifiers should give the same test rows, call after call and in whatever order the rows come.",
    "식별자가 같으면 몇 번을 호출하든, 행이 어떤 순서로 오든 테스트 세트가 같아야 해요.",
)
EDGES = [0, 3, 5, 10]


def districts(n=4000):
    """Make-believe districts, rich and poor ones in an order that says nothing."""
    row = np.arange(n)
    income = np.interp(np.random.default_rng(0).permutation(n) / n, [0, 0.4, 0.5, 1], [0.1, 3.0001, 5.0001, 10])
    return pd.DataFrame({"row": row, "district": 1000 + 7 * row, "income": income})


def rows_of(part, table):
    """Numbers of a part's rows, which stand in the column `row`; all else in them must be as in the table."""
    names = list(table.columns)
    part = part[names] if isinstance(part, pd.DataFrame) else pd.DataFrame(np.asarray(part)[:, : len(names)], columns=names)
    rows = part["row"].to_numpy(dtype=int)
    if not np.array_equal(part.to_numpy(dtype=object), table.iloc[rows].to_numpy(dtype=object)):
        raise ValueError("a row holds other values than in the table")
    return rows


def once(parts, table):
    """Whether each row is in a part, none is there twice, and no part is empty."""
    train, test = rows_of(parts[0], table), rows_of(parts[1], table)
    found = np.concatenate([train, test]).tolist()
    return set(found) == set(range(len(table))), len(set(found)) == len(found), min(len(train), len(test)) > 0


def shares(code, table, edges, test_size):
    """Of strata that have rows: whether train and test have their exact shares, under four seeds; test's share in tenths."""
    stratum = np.searchsorted(edges, table["income"])
    sizes, counts = np.bincount(stratum, minlength=len(edges)), []
    for seed in range(4):
        parts = code.call("stratified_split", table, "income", edges, test_size, seed)
        counts.append([np.bincount(stratum[rows_of(part, table)], minlength=len(edges)) for part in (parts[0], parts[1])])
    counts, some = np.array(counts)[:, :, sizes > 0], sizes[sizes > 0]
    away = np.abs(counts - np.outer([1 - test_size, test_size], some))
    return np.all(away < 2, axis=0), np.round(np.mean(counts[:, 1], axis=0) / some, 1)


@pytest.mark.points(1)
def test_stratified_parts_hold_every_row_once(expect):
    """The stratified parts hold every row exactly once.

    ko: 계층적으로 나눈 두 부분에 모든 행이 꼭 한 번씩 있다.
    asks: Together they hold each row of `df` exactly once
    asks-ko: 둘을 합치면 `df`의 모든 행이 꼭 한 번씩 들어 있고
    hint: `df.drop(test.index)` gives what is left for training, if the labels of the index are unique.
    hint-ko: 인덱스 레이블이 겹치지 않으면 `df.drop(test.index)`가 훈련 세트에 남는 행이에요.
    """
    table = districts()
    args = (table, "income", EDGES, 0.4, 0)
    expect.agree(lambda code: once(code.call("stratified_split", *args), table), (True, True, True), message=ONCE)


@pytest.mark.points(4)
def test_shares_of_three_strata(expect):
    """Each of three strata sends two fifths of its rows.

    ko: 세 계층이 저마다 행의 5분의 2를 테스트 세트로 보낸다.
    asks: Of each stratum `test_size` × its size rows go to the test set
    asks-ko: 계층마다 크기 × `test_size`만큼의 행을 테스트 세트로 보냅니다
    hint: Name the stratum of each row with `pd.cut`, and draw within each stratum.
    hint-ko: `pd.cut`으로 행마다 계층을 정하고, 계층 안에서 뽑으세요.
    """
    table = districts()
    expect.agree(lambda code: shares(code, table, EDGES, 0.4), (np.full((2, 3), True), np.full(3, 0.4)), message=SHARES)


@pytest.mark.points(0)
def test_no_hash_of_python(expect):
    """Python's own `hash` is not used.

    ko: 파이썬의 `hash` 함수를 쓰지 않는다.
    asks: Python's own `hash` is not allowed
    asks-ko: 파이썬의 `hash` 함수는 쓸 수 없습니다
    hint: The checks of `hash_split` ask for a number that is the same in every process.
    hint-ko: `hash_split`의 검사는 어느 프로세스에서나 같은 수를 요구해요.
    """

    def forbidden(code):
        names = [node for node in ast.walk(code.source.tree) if isinstance(node, ast.Name) and node.id == "hash"]
        is_a_variable = any(isinstance(node.ctx, ast.Store) for node in names)
        return [] if is_a_variable or expect.holds(expect.source(code).avoids, "hash") else ["hash"]

    expect.agree(forbidden, [])


@pytest.mark.points(3)
@pytest.mark.needs("test_no_hash_of_python")
def test_hash_split_by_identifier(expect):
    """The hash split holds every row once, and the same rows in whatever order they come.

    ko: 해시 분할에 모든 행이 꼭 한 번씩 있고, 행의 순서가 바뀌어도 결과가 같다.
    asks: The order of the rows, the index of the table and all other rows play no part
    asks-ko: 행의 순서, 표의 인덱스, 다른 행은 결과에 영향을 주면 안 됩니다
    hint: One fixed number between 0 and 1 for each identifier, compared with `ratio`.
    hint-ko: 식별자마다 0과 1 사이의 정해진 수를 하나씩 구해 `ratio`와 비교하세요.
    """
    table = districts()
    turned = table[::-1].reset_index(drop=True)

    def test_rows(code, rows):
        return rows_of(code.call("hash_split", rows, "district", 0.4)[1], table)

    def same_rows(code):
        first, again, other = (set(test_rows(code, rows).tolist()) for rows in (table, table, turned))
        return again == first, other == first

    expect.agree(lambda code: once(code.call("hash_split", table, "district", 0.4), table), (True, True, True), message=ONCE)
    expect.agree(lambda code: round(len(test_rows(code, table)) / len(table), 1), 0.4)
    expect.agree(same_rows, (True, True), message=SAME)
