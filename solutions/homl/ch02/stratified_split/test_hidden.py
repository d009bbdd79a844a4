"""Hidden checks of the two splits: real strata, edges, seeds, growth, text identifiers, what must stay as it is."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import Text

SHARES = Text("The strata do not have their shares in the two parts.", "두 부분에서 계층의 비율이 맞지 않아요.")
SEED = Text("The same seed, the same rows; another seed, others.", "시드가 같으면 같은 행이, 다르면 다른 행이 뽑혀야 해요.")
MOVED = Text("Old rows changed sides, or all new ones are on one.", "예전 행이 옮겨 갔거나, 새 행이 모두 한쪽에 있어요.")
SMALLER = Text("From ratio 0 to 1, rows are only added, up to all.", "비율을 0에서 1로 키우면 행이 더해지기만 해야 해요.")
APART = Text("Rows with one identifier are on different sides.", "식별자가 같은데 서로 다른 쪽에 있는 행이 있어요.")
ARGUMENTS = {"stratified_split": ("income", [0, 2, 4], 0.25, 1), "hash_split": ("key", 0.5)}


def rows_of(part, table):
    """Numbers of a part's rows, which stand in the column `row`; all else in them must be as in the table."""
    names = list(table.columns)
    part = part[names] if isinstance(part, pd.DataFrame) else pd.DataFrame(np.asarray(part)[:, : len(names)], columns=names)
    rows = part["row"].to_numpy(dtype=int)
    if not np.array_equal(part.to_numpy(dtype=object), table.iloc[rows].to_numpy(dtype=object)):
        raise ValueError("a row holds other values than in the table")
    return rows


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


def numbered(rng, identifiers):
    """A table with these identifiers, in any order."""
    return pd.DataFrame({"row": np.arange(len(identifiers)), "key": rng.permutation(np.array(identifiers, dtype=object))})


def in_test(code, table, ratio):
    """Identifiers in the test set of `hash_split`."""
    return set(table["key"][rows_of(code.call("hash_split", table, "key", ratio)[1], table)])


@pytest.mark.points(3)
@pytest.mark.parametrize("place", ["inside", "on the edges"])
def test_shares_of_other_strata(expect, rng, place):
    """Other strata, an empty one among them; in one case half of the values lie on the edges.

    ko: 다른 계층(빈 계층도 있다). 한 경우에는 값의 절반이 경계와 같다.
    asks: a value on an edge belongs to the lower stratum
    asks-ko: 경계와 같은 값은 아래쪽 계층에 속합니다
    hint: Draw from each stratum by itself. `pd.cut` puts a value on an edge into the stratum below; `right=False` does not.
    hint-ko: 계층마다 따로 뽑으세요. `pd.cut`은 경계와 같은 값을 아래쪽 계층에 넣지만 `right=False`이면 반대예요.
    """
    edges = np.array([-2, 0, 1, 2, 3, 4.5, 5, 5.5, 6])  # nothing lies between 5 and 5.5
    stratum = np.repeat(np.arange(8), [800, 1600, 1000, 1600, 1400, 2000, 0, 1000])
    below = np.where((np.arange(len(stratum)) % 2 == 0) & (place != "inside"), 0.0, 0.7)
    table = pd.DataFrame({"row": np.arange(len(stratum))})
    table["income"] = rng.permutation(edges[stratum + 1] - below * np.diff(edges)[stratum])
    right = np.full((2, 7), True), np.full(7, 0.4)
    expect.agree(lambda code: shares(code, table, edges.tolist(), 0.4), right, message=SHARES)


@pytest.mark.points(3)
def test_the_seed_decides(expect, rng):
    """The seed decides which rows are drawn, and they come from all over the table.

    ko: 어느 행을 뽑을지 시드가 정하고, 표의 곳곳에서 뽑는다.
    asks: Which rows go is drawn at random, and `seed` decides it
    asks-ko: 어느 행을 보낼지는 무작위로 뽑고, `seed`가 결과를 정합니다
    hint: Pass `seed` to whatever draws, and draw: the first rows of each stratum are no sample.
    hint-ko: 무작위로 뽑는 함수에 `seed`를 넘기세요. 계층의 앞쪽 행을 그대로 가져오면 표본이 아니에요.
    """
    n, seed = 1000, int(rng.integers(1, 10_000))
    table = pd.DataFrame({"row": np.arange(n), "income": rng.uniform(0, 3, n)})

    def draws(code, *seeds):
        calls = [code.call("stratified_split", table, "income", [0, 1, 2, 3], 0.4, s) for s in seeds]
        return [rows_of(parts[1], table) for parts in calls]

    def same_and_other(code):
        first, again, other = (set(rows.tolist()) for rows in draws(code, seed, seed, seed + 1))
        return again == first, len(first & other) < 0.8 * len(first)

    expect.agree(same_and_other, (True, True), message=SEED)
    # Where drawn rows stand in the table, and in their stratum by income: 0 is the beginning, 1 the end.
    for place in (table["row"] / n, table["income"] % 1):
        expect.agree(lambda code, place=place: round(place[np.concatenate(draws(code, *range(4)))].mean(), 1), 0.5)


@pytest.mark.points(4)
@pytest.mark.needs("test_no_hash_of_python")
def test_old_rows_stay_when_the_table_grows(expect, rng):
    """Old rows stay on their side when rows are added, with smaller identifiers and with some in between, and shuffled.

    ko: 더 작은 식별자나 사이에 드는 식별자의 행을 더하고 섞어도 예전 행은 원래 있던 쪽에 남는다.
    asks: an old row stays on its side when rows are added, removed or shuffled
    asks-ko: 예전 행은 원래 있던 쪽에 남아 있어야 합니다
    hint: Neither the position of a row, nor the index, nor other identifiers may have a say: work on each identifier alone.
    hint-ko: 행의 위치, 인덱스, 다른 식별자가 결과에 영향을 주면 안 돼요. 식별자를 하나씩 따로 계산하세요.
    """
    keys = np.sort(rng.choice(10**6, size=6000, replace=False)).tolist()
    kept = keys[2000::2]
    old, new = set(kept), set(keys) - set(kept)
    small, grown = numbered(rng, kept), numbered(rng, keys)

    def moves(code):
        before, after = in_test(code, small, 0.3), in_test(code, grown, 0.3)
        moved = len(before ^ (after & old))
        return {"all stay": moved == 0, "share that moves": round(moved / 2000, 1), "new": bool(after & new and new - after)}

    expect.agree(moves, {"all stay": True, "share that moves": 0.0, "new": True}, message=MOVED)


@pytest.mark.points(3)
@pytest.mark.needs("test_no_hash_of_python")
def test_share_of_test_rows(expect, rng):
    """The share of test rows is about `ratio`, and a larger ratio only adds rows.

    ko: 테스트 행의 비율이 `ratio`와 비슷하고, 비율을 키우면 행이 더해지기만 한다.
    asks: the share of test rows must lie within 0.05 of `ratio`
    asks-ko: 테스트 행의 비율은 `ratio`와 0.05 이내로 같아야 합니다
    hint: Compare a well mixed number with `ratio` times its range; the last digits of an identifier are not mixed.
    hint-ko: 골고루 섞인 수를 `ratio` × (수의 범위)와 비교하세요. 식별자의 끝자리 숫자는 섞여 있지 않아요.
    """
    kinds = [list(range(1, 4001)), list(range(100, 400_100, 100)), [f"CA-{i:05d}" for i in range(4000)]]
    tables = [numbered(rng, kind) for kind in kinds]

    def share(code, table, ratio):
        found = len(in_test(code, table, ratio)) / len(table)
        return ratio if abs(found - ratio) <= 0.05 else round(found, 1)

    def only_adds(code):
        none, some, more, every = ([in_test(code, table, ratio) for table in tables] for ratio in (0.0, 0.2, 0.6, 1.0))
        fewer = all(one <= other for one, other in zip(some, more, strict=True))
        return fewer, not any(none), [len(each) for each in every] == [4000] * 3

    for table in tables:
        expect.agree(lambda code, table=table: [share(code, table, ratio) for ratio in (0.2, 0.6)], [0.2, 0.6])
    expect.agree(only_adds, (True, True, True), message=SMALLER)


@pytest.mark.points(2)
@pytest.mark.needs("test_no_hash_of_python")
def test_same_identifier_same_side(expect, rng):
    """Rows with the same identifier, here texts, are on the same side, and none is lost.

    ko: 식별자(여기서는 텍스트)가 같은 행은 같은 쪽에 있고, 없어지는 행이 없다.
    asks: Rows with the same identifier are always on the same side.
    asks-ko: 식별자가 같은 행은 늘 같은 쪽에 들어갑니다.
    hint: Look at the identifier alone (no counter, no random numbers), and keep every row, also where identifiers repeat.
    hint-ko: 순서를 세거나 난수를 쓰지 말고 식별자만 보세요. 식별자가 겹쳐도 모든 행을 남겨야 해요.
    """
    table = numbered(rng, [f"집-{i}" for i in rng.choice(5000, size=200, replace=False)] * 3)

    def sides(code):
        answer = code.call("hash_split", table, "key", 0.5)
        return rows_of(answer[0], table), rows_of(answer[1], table)

    def apart(code):
        train, test = (set(table["key"][rows]) for rows in sides(code))
        return bool(train and test), train.isdisjoint(test)

    expect.agree(lambda code: sorted(np.concatenate(sides(code)).tolist()) == list(range(600)), True)
    expect.agree(apart, (True, True), message=APART)


@pytest.mark.points(1)
@pytest.mark.parametrize("function", ARGUMENTS)
def test_labels_and_table_stay(expect, rng, function):
    """Rows keep their index labels and columns, and the table passed in stays as it is.

    ko: 행의 인덱스 레이블과 열이 그대로이고, 넘겨받은 표도 바뀌지 않는다.
    asks: with the columns, values and index labels of `df` and no column more
    asks-ko: 열과 값과 인덱스 레이블은 `df`와 같으며 다른 열은 없습니다
    hint: Keep helper columns out of `df` (a Series of its own does), and do not reset the index.
    hint-ko: 보조 열을 `df`에 넣지 말고 따로 Series로 두세요. 인덱스도 다시 매기지 마세요.
    """
    n, args = 160, ARGUMENTS[function]
    table = pd.DataFrame({"row": np.arange(n), "key": rng.permutation(n), "income": rng.uniform(0, 4, n), "town": "Jeju"})
    table.index = rng.permutation(n) + 500

    def columns(code):
        """How many are missing, and how many there are besides."""
        found = [set(part.columns) for part in code.call(function, table, *args)]
        return [(len({*table.columns} - names), len(names - {*table.columns})) for names in found]

    def labels_stay(code):
        parts = code.call(function, table, *args)
        return [part.index.tolist() == table.index[rows_of(part, table)].tolist() for part in parts]

    def afterwards(code):
        held = code.hold(table)
        code.call(function, held, *args, hold=True)
        return held.call("copy").equals(table)

    expect.agree(columns, [(0, 0), (0, 0)])
    expect.agree(labels_stay, [True, True])
    expect.agree(afterwards, True)
