"""Hidden checks of the two splits: real strata, edges, seeds, growth, text identifiers, what must stay as it is."""

import numpy as np
import pandas as pd
import pytest

from grader.checks import Text

SHARES = Text(
    "The strata do not have their shares in the test set. Draw within each stratum, and mind where its edges belong.",
    "테스트 세트에서 계층의 비율이 맞지 않아요. 계층마다 따로 뽑고, 경계값이 어느 계층에 속하는지도 확인하세요.",
)
EXCHANGED = Text(
    "The parts have changed places: the test set got the rows that belong into the training set. Return `train, test`.",
    "두 부분이 바뀌었어요. 훈련 세트에 들어갈 행이 테스트 세트에 들어 있어요. `train, test`의 순서로 반환하세요.",
)
MOVED = Text(
    "Old rows changed sides although their identifiers are the same.",
    "식별자가 같은데도 예전 행이 다른 쪽으로 옮겨 갔어요.",
)

ARGUMENTS = {"stratified_split": ("income", [0, 2, 4], 0.25, 1), "hash_split": ("key", 0.5)}


def split(submission, expect, function, *args, extra="allow"):
    """The two parts, each with the columns of the table; further ones are left out where one check alone forbids them."""
    answer = submission.call(function, *args)
    right = isinstance(answer, tuple | list) and len(answer) == 2 and all(isinstance(p, pd.DataFrame) for p in answer)
    expect.true(
        right,
        en="Return two DataFrames: `return train, test`.",
        ko="DataFrame 두 개를 반환하세요: `return train, test`.",
    )
    names, parts = [str(name) for name in args[0].columns], []
    for part in answer:
        expect.columns(part, names, extra=extra)
        found = [str(name) for name in part.columns]
        parts.append(part.iloc[:, [found.index(name) for name in names]].set_axis(names, axis=1))
    return parts


def numbered(rng, identifiers):
    """A table with these identifiers, in any order."""
    n = len(identifiers)
    shuffled = [identifiers[i] for i in rng.permutation(n)]
    return pd.DataFrame({"row": np.arange(n), "key": shuffled, "size": rng.normal(size=n)})


@pytest.mark.points(3)
@pytest.mark.hint(
    en="A plain random split misses the shares by several percent; draw from each stratum by itself.",
    ko="무작위로만 나누면 비율이 몇 퍼센트씩 어긋나요. 계층마다 따로 뽑으세요.",
)
def test_income_groups_of_the_districts(submission, expect, hidden, rng):
    """Five income groups of the districts keep their shares.

    ko: 구역의 다섯 소득 계층이 비율을 지킨다.
    """
    housing, edges = hidden.housing, hidden.income_edges
    for test_size in (0.2, 0.25):
        seed = int(rng.integers(10_000))
        train, test = split(submission, expect, "stratified_split", housing, "median_income", edges, test_size, seed)
        expect.partition([train, test], housing)
        found = hidden.sizes(test["median_income"], edges)
        sizes = hidden.sizes(housing["median_income"], edges)
        exchanged = expect.holds(expect.close, found, (1 - test_size) * sizes, rtol=0, atol=1.99)
        expect.true(not exchanged, message=EXCHANGED)
        expect.true(expect.holds(expect.close, found, test_size * sizes, rtol=0, atol=1.99), message=SHARES)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="A value on an edge belongs to the stratum below it: `pd.cut` does so by default, `right=False` does not.",
    ko="경계와 같은 값은 아래쪽 계층에 속해요. `pd.cut`은 기본으로 그렇게 하지만 `right=False`이면 반대예요.",
)
def test_values_on_the_edges(submission, expect, hidden, rng):
    """Values on the edges belong to the lower stratum; other edges, an empty stratum.

    ko: 경계와 같은 값은 아래쪽 계층에 속한다. 다른 경계와 빈 계층이 있어도 맞다.
    """
    edges = [-2, 0, 1, 2, 3, 4, 5, 5.5, 6]  # nothing lies between 5 and 5.5
    sizes = np.array([400, 1000, 600, 1000, 800, 1400, 0, 600])
    lows, highs = np.array(edges[:-1]), np.array(edges[1:])
    score = np.concatenate([
        np.where(rng.permutation(n) < n // 2, high, low + 0.3 * (high - low))
        for low, high, n in zip(lows, highs, sizes, strict=True)
    ])
    table = pd.DataFrame({"name": [f"s{i}" for i in range(len(score))], "score": score})
    table = table.iloc[rng.permutation(len(table))].set_index("name", drop=False).rename_axis(None)
    test_size = 0.5
    train, test = split(submission, expect, "stratified_split", table, "score", edges, test_size, 5)
    expect.partition([train, test], table)
    message = Text(
        "The shares are wrong where values lie on an edge: to which stratum do they belong?",
        "경계와 같은 값이 있을 때 비율이 어긋나요. 그 값은 어느 계층에 속하나요?",
    )
    expect.close(hidden.sizes(test["score"], edges), test_size * sizes, rtol=0.005, message=message)


@pytest.mark.points(2)
@pytest.mark.needs("test_stratified_parts_hold_every_row_once")
@pytest.mark.hint(
    en="Pass `seed` to whatever draws, and draw: the first rows of each stratum are no sample.",
    ko="무작위로 뽑는 함수에 `seed`를 넘기세요. 계층의 앞쪽 행을 그대로 가져오면 표본이 아니에요.",
)
def test_the_seed_decides(submission, expect, hidden, rng):
    """The same seed draws the same rows, another seed draws others.

    ko: 시드가 같으면 같은 행이, 다르면 다른 행이 뽑힌다.
    """
    n = 300
    table = pd.DataFrame({"row": np.arange(n), "weight": rng.uniform(0, 3, n)})
    seed = int(rng.integers(1, 10_000))
    first, again, other = (
        split(submission, expect, "stratified_split", table, "weight", [0, 1, 2, 3], 0.3, s)[1]["row"].tolist()
        for s in (seed, seed, seed + 1)
    )
    expect.multiset(
        again,
        first,
        message=Text("The same seed drew other rows.", "같은 시드인데 다른 행이 뽑혔어요."),
    )
    expect.true(
        len(set(first) & set(other)) < 0.8 * len(first),
        en="Another seed draws (almost) the same rows: is `seed` used, and are rows drawn at random?",
        ko="시드가 다른데 (거의) 같은 행이 뽑혔어요. `seed`를 쓰고 있나요? 행을 무작위로 뽑고 있나요?",
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Neither the position of a row, nor the index, nor the number of rows may have a say.",
    ko="행의 위치, 인덱스, 행의 개수가 결과에 영향을 주면 안 돼요.",
)
def test_old_rows_stay_when_the_table_grows(submission, expect, rng):
    """Old rows stay on their side when rows are added and shuffled.

    ko: 행을 더하고 섞어도 예전 행은 원래 있던 쪽에 남는다.
    """
    keys = rng.choice(10**6, size=1500, replace=False).tolist()
    old, grown = numbered(rng, keys[:1000]), numbered(rng, keys)
    parts = [split(submission, expect, "hash_split", table, "key", 0.3) for table in (old, grown)]
    expect.partition(parts[1], grown)
    before, after = (set(test["key"]) for _, test in parts)
    expect.true(after & set(keys[:1000]) == before, en=MOVED.en, ko=MOVED.ko)
    expect.true(
        bool(after - set(keys[:1000])),
        en="None of the new rows came into the test set.",
        ko="새로 더한 행이 하나도 테스트 세트에 들어가지 않았어요.",
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Compare a well mixed number with `ratio` times its range; the last digits of an identifier are not mixed.",
    ko="골고루 섞인 수를 `ratio` × (수의 범위)와 비교하세요. 식별자의 끝자리 숫자는 섞여 있지 않아요.",
)
def test_share_of_test_rows(submission, expect, rng):
    """The share of test rows is about `ratio`, and a larger ratio only adds rows.

    ko: 테스트 행의 비율이 `ratio`와 비슷하고, 비율을 키우면 행이 더해지기만 한다.
    """
    kinds = [list(range(1, 4001)), list(range(0, 400_000, 100)), [f"CA-{i:05d}" for i in range(4000)]]
    for table in (numbered(rng, kind) for kind in kinds):
        smaller: set = set()
        for ratio in (0.0, 0.2, 0.5, 1.0):
            train, test = split(submission, expect, "hash_split", table, "key", ratio)
            if ratio == 0.2:
                expect.partition([train, test], table)
            expect.close(
                len(test) / len(table),
                ratio,
                rtol=0,
                atol=0.03 if 0 < ratio < 1 else 0.0,
                message=Text(
                    "The share of test rows is not the ratio: are the numbers well mixed, and compared with the right bound?",
                    "테스트 행의 비율이 `ratio`와 달라요. 수가 골고루 섞여 있고 알맞은 값과 비교하고 있나요?",
                ),
            )
            expect.true(
                smaller <= set(test["key"]),
                en="With a larger ratio, rows left the test set: the number of an identifier must not depend on the ratio.",
                ko="비율을 키웠더니 테스트 세트에서 빠진 행이 있어요. 식별자의 수는 비율과 상관없이 정해져야 해요.",
            )
            smaller = set(test["key"])


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Look at the identifier alone: no counter, no `hash`, no random numbers that depend on the rows before.",
    ko="식별자만 보세요. 순서를 세거나 `hash`를 쓰거나 앞의 행에 따라 달라지는 난수를 쓰면 안 돼요.",
)
def test_same_identifier_same_side(submission, expect, rng):
    """Rows with the same identifier, here texts, are on the same side, in every process.

    ko: 식별자(여기서는 텍스트)가 같은 행은 같은 쪽에 있고, 새 프로세스에서도 같다.
    """
    names = [f"집-{i}" for i in rng.choice(5000, size=200, replace=False)]
    table = numbered(rng, names * 3)
    train, test = split(submission, expect, "hash_split", table, "key", 0.5)
    expect.partition([train, test], table)
    expect.grouped(train["key"], test["key"])
    expect.between([len(train), len(test)], 200, 400)
    changing = Text(
        "Python's own `hash` gives a text another number in every process. If it is only a variable's name, choose another.",
        "파이썬의 `hash` 함수는 프로세스마다 텍스트에 다른 수를 매겨요. 변수 이름일 뿐이라면 다른 이름을 쓰세요.",
    )
    expect.source(submission).avoids("hash", message=changing)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Keep helper columns out of `df` (a Series of its own does), and do not reset the index.",
    ko="보조 열을 `df`에 넣지 말고 따로 Series로 두세요. 인덱스도 다시 매기지 마세요.",
)
@pytest.mark.parametrize("function", ARGUMENTS)
def test_labels_and_table_stay(submission, expect, rng, function):
    """Rows keep their index labels and columns, and the table passed in stays as it is.

    ko: 행의 인덱스 레이블과 열이 그대로이고, 넘겨받은 표도 바뀌지 않는다.
    """
    n = 160
    table = pd.DataFrame({"key": rng.permutation(n), "income": rng.uniform(0, 4, n), "town": ["a", "b"] * (n // 2)})
    table.index = rng.permutation(n) + 500
    args = ARGUMENTS[function]
    for part in split(submission, expect, function, table, *args, extra="forbid"):
        expect.true(
            len(part) > 0 and set(part.index) <= set(table.index),
            en="The index labels of the rows have changed: do not reset the index.",
            ko="행의 인덱스 레이블이 바뀌었어요. 인덱스를 다시 매기지 마세요.",
        )
        expect.frame(part, table.loc[part.index], index="same", dtypes="same")
    # What a call returns and is held lives on the submission's side: it can be passed in and looked at afterwards.
    held = submission.call(function, table, *args, hold=True).call("__getitem__", 0, hold=True)
    before = held.call("copy")
    submission.call(function, held, *args, hold=True)
    changed = Text(
        "The table that was passed in is another one afterwards: work on a Series of your own or on a copy.",
        "넘겨받은 표가 바뀌었어요. 따로 만든 Series나 복사본에서 작업하세요.",
    )
    expect.frame(held.call("copy"), before, index="same", message=changed)
