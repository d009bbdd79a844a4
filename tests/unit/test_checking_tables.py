"""Tables: what may differ by the exercise's rules, and what may not."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from grader.checking.diagnosis.sentences import REVERSED
from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.tables import tables as said
from grader.checking.expect.tables.values import KINDS
from grader.checking.values import tell
from grader.vocabulary import Text

TABLE = pd.DataFrame(
    {"n": [1, 2, 3], "x": [0.5, np.nan, 2.5], "city": ["Seoul", None, "Busan"], "ok": [True, False, True]},
    index=["a", "b", "c"],
)
SERIES = pd.Series([3.0, 1.0, 2.0], index=["x", "y", "z"], name="count")
LONG = pd.Series(np.sqrt(np.arange(8.0)))
WIDE = pd.DataFrame(np.arange(8000.0).reshape(-1, 2), columns=["a", "b"])

RIGHT: list[Callable[[Expect], None]] = [
    lambda e: e.frame(TABLE.reset_index(drop=True), TABLE),
    lambda e: e.frame(TABLE, TABLE, dtypes="same", index="same", ordered=True),
    lambda e: e.frame(TABLE.assign(n=[1.0, 2.0, 3.0]), TABLE, dtypes={"n": "number", "city": "str"}),
    lambda e: e.frame(TABLE[::-1], TABLE, index="sorted"),
    lambda e: e.frame(TABLE.set_axis([2, 0, 1]), TABLE.set_axis([2.0, 0, 1]), index="sorted"),
    lambda e: e.frame(TABLE[::-1], TABLE, rows="multiset"),
    lambda e: e.frame(TABLE[::-1].assign(x=[2.5 + 1e-9, np.nan, 0.5]), TABLE, rows="multiset", rtol=1e-6),
    lambda e: e.frame(TABLE.assign(x=TABLE.x.astype("Float64")), TABLE),
    lambda e: e.frame(pd.DataFrame({"a": []}), pd.DataFrame({"a": []}), rows="multiset"),
    lambda e: e.frame(pd.DataFrame(), pd.DataFrame(), rows="multiset"),
    lambda e: e.frame(WIDE.sample(frac=1, random_state=0), WIDE, rtol=0, rows="multiset"),
    lambda e: e.frame(TABLE[["n"]], TABLE[["n"]], missing="forbid"),
    lambda e: e.columns(TABLE, ["ok", "city", "x", "n"], dtypes={"ok": "bool", "x": "float"}),
    lambda e: e.columns(
        pd.DataFrame({"t": pd.to_datetime(["2024-01-01"]), "c": pd.Categorical(["u"]), "i": pd.array([1], "Int64")}),
        ["t", "c", "i"],
        dtypes={"t": "datetime", "c": "category", "i": "int"},
    ),
    lambda e: e.series(SERIES, SERIES, name="count", dtype="float", index="same"),
    lambda e: e.series(SERIES[::-1], SERIES, index="sorted"),
    lambda e: e.series(SERIES.sort_values(), SERIES, rows="multiset"),
    lambda e: e.series(pd.Series(["b", "a"]), pd.Series(["a", "b"]), rows="multiset", dtype="str"),
    lambda e: e.series(
        pd.Series([1, 2], index=pd.MultiIndex.from_tuples([("a", 1), ("b", 2)])),
        pd.Series([2, 1], index=pd.MultiIndex.from_tuples([("b", 2), ("a", 1)])),
        index="sorted",
    ),
]
WRONG: list[tuple[Callable[[Expect], None], Text | None]] = [
    (
        lambda e: e.frame(TABLE.assign(n=[1.0, 2.0, 3.0]), TABLE, dtypes="same"),
        said.COLUMN_KIND.format(name="n", wanted=KINDS["int"].en, found=KINDS["float"].en),
    ),
    (lambda e: e.frame(TABLE[::-1], TABLE, index="same"), said.INDEX_ORDER),
    (lambda e: e.frame(TABLE.set_axis(list("abd")), TABLE, index="sorted"), said.OTHER_INDEX),
    (lambda e: e.frame(TABLE.set_axis(list("abb")), TABLE, index="sorted"), said.OTHER_INDEX),
    (lambda e: e.frame(TABLE[::-1], TABLE), said.COLUMN_DIFFERS.format(name="n")),
    (lambda e: e.frame(TABLE.iloc[[0, 0, 1]], TABLE, rows="multiset"), said.ROWS_DIFFER),
    (lambda e: e.frame(TABLE.assign(ok=[1, 0, 1]), TABLE, rows="multiset"), said.ROWS_DIFFER),
    (lambda e: e.frame(TABLE.assign(n=list("abc")), TABLE, rows="multiset"), said.COLUMN_DIFFERS.format(name="n")),
    (lambda e: e.frame(TABLE[:2], TABLE, rows="multiset"), tell(said.ROWS, found=2)),
    (lambda e: e.frame(TABLE, TABLE, missing="forbid"), said.COLUMN_MISSING.format(name="x")),
    (lambda e: e.frame(TABLE.drop(columns="n"), TABLE), said.MISSING_COLUMNS.format(names="n")),
    (lambda e: e.frame(TABLE.assign(m=1), TABLE), tell(said.EXTRA_COLUMNS, names="m")),
    (lambda e: e.series(SERIES.to_numpy(), SERIES), None),
    (lambda e: e.series(SERIES.rename("n"), SERIES, name="count"), said.OTHER_NAME.format(name="count")),
    (lambda e: e.series(LONG[::-1], LONG), REVERSED),
    (lambda e: e.series(SERIES[:2], SERIES), tell(said.LENGTH, found=2)),
    (lambda e: e.series(SERIES.replace(1.0, np.nan), SERIES, missing="forbid"), said.VALUES_MISSING),
    (lambda e: e.series(SERIES + 1, SERIES, rows="multiset"), said.ROWS_DIFFER),
    (lambda e: e.series(SERIES.astype(str), SERIES), None),
    (lambda e: e.series(SERIES, SERIES, dtype="int"), None),
]


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_every_right_table_passes(number: int) -> None:
    RIGHT[number](Expect())


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_wrong_tables_fail_and_hear_why(number: int) -> None:
    check, sentence = WRONG[number]
    with pytest.raises(CheckFailed) as caught:
        check(Expect())
    assert caught.value.sentences
    assert sentence is None or caught.value.sentences[0].en == sentence.en


@pytest.mark.parametrize(
    "mistake",
    [
        lambda e: e.frame(TABLE, SERIES),
        lambda e: e.series(SERIES, [1]),
        lambda e: e.frame(TABLE, TABLE, rows="multiset", index="same"),
        lambda e: e.frame(TABLE, TABLE, index="other"),
        lambda e: e.frame(TABLE, TABLE.set_axis(list("aab")), index="sorted"),
        lambda e: e.columns(TABLE, list(TABLE), dtypes={"n": "integer"}),
        lambda e: (
            e.frame(WIDE.loc[::-1], pd.concat([WIDE, WIDE[:0]]).iloc[:], rows="multiset")
            or e.frame(pd.concat([WIDE] * 2), pd.concat([WIDE] * 2), rows="multiset")
        ),
    ],
)
def test_mistakes_of_a_check_are_not_the_students(mistake: Callable[[Expect], None]) -> None:
    with pytest.raises((TypeError, ValueError)):
        mistake(Expect())
