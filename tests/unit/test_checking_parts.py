"""Answers taken apart: results of a call, entries of dictionaries, columns of tables, measured metrics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from grader.checking.expect import CheckFailed, Expect
from grader.checking.values import discreet
from tests.hostile import values

TABLE = pd.DataFrame({"rooms": [3, 2], "share": [0.5, np.nan], "city": ["Seoul", "Busan"], "new": [True, False]})
Taking = Callable[[Expect, Any], Any]


def sentences(take: Taking, answer: Any) -> str:
    with pytest.raises(CheckFailed) as caught:
        take(Expect(), answer)
    return " ".join(text.en for text in caught.value.sentences)


@pytest.mark.parametrize("answer", [(1, 2), [1, 2], np.array([1, 2])])
def test_results_come_back_in_their_order(answer: Any) -> None:
    assert Expect().results(answer, ["loss", "gradient"]) == (1, 2)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "but it is None"),
        (0.5, "2 results (loss, gradient)"),
        ("ab", "but it is"),
        (np.array(0.5), "but it is"),
        (np.zeros((3, 2)), "neither more nor fewer"),
        ({"loss": 1, "gradient": 2}, "but it is"),
        ((1,), "neither more nor fewer"),
        ([1, 2, 3], "neither more nor fewer"),
        ((), "neither more nor fewer"),
    ],
)
def test_other_results_hear_how_many_are_wanted(answer: Any, said: str) -> None:
    told = sentences(lambda e, x: e.results(x, ["loss", "gradient"], what="fit(...)"), answer)
    assert said in told and "`fit(...)`" in told


def test_an_entry_comes_back_whatever_it_is() -> None:
    assert Expect().entry({"A": None, 3: "x"}, "A") is None
    assert Expect().entry({"A": None, 3: "x"}, 3) == "x"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, 'no key "A"'),
        ({"a": 1}, 'no key "A"'),
        (["A"], "a dictionary"),
        (None, "a dictionary"),
        ("A", "a dictionary"),
    ],
)
def test_missing_entries_hear_their_key(answer: Any, said: str) -> None:
    told = sentences(lambda e, x: e.entry(x, "A", what="metrics"), answer)
    assert said in told and "`metrics`" in told


def test_a_column_of_numbers_comes_back_as_floats() -> None:
    assert Expect().column(TABLE, "rooms").tolist() == [3.0, 2.0]
    np.testing.assert_array_equal(Expect().column(TABLE, "share"), [0.5, np.nan])
    np.testing.assert_array_equal(Expect().column(TABLE.astype({"rooms": "Int64"}), "rooms"), [3.0, 2.0])
    gaps = pd.DataFrame({"x": pd.array([1, None], dtype="Int64")})
    np.testing.assert_array_equal(Expect().column(gaps, "x"), [1.0, np.nan])


@pytest.mark.parametrize(
    ("table", "name", "said"),
    [
        (TABLE, "price", "lacks columns: price"),
        (TABLE, "city", "should hold"),
        (TABLE, "new", "should hold"),
        (pd.DataFrame([[1, 2]], columns=["a", "a"]), "a", "more than one column"),
        ({"rooms": [1]}, "rooms", "DataFrame is wanted"),
        (None, "rooms", "DataFrame is wanted"),
    ],
)
def test_other_columns_hear_what_is_wrong(table: Any, name: str, said: str) -> None:
    assert said in sentences(lambda e, x: e.column(x, name), table)


def test_values_come_back_in_the_order_of_the_labels() -> None:
    series = pd.Series([0.7, -0.2, np.nan], index=["income", "age", "rooms"])
    np.testing.assert_array_equal(Expect().values_at(series, ["rooms", "income"]), [np.nan, 0.7])


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (pd.Series([0.7], index=["income"]), "exactly one entry for `age`"),
        (pd.Series([0.7, 0.7], index=["age", "age"]), "exactly one entry for `age`"),
        (pd.Series([0.7, 0.7], index=pd.MultiIndex.from_tuples([("age", 1), ("b", 2)])), "exactly one entry"),
        (pd.Series([[1], "x"], index=["age", 2]), "should hold"),
        ({"age": 0.7}, "Series is wanted"),
        (None, "Series is wanted"),
    ],
)
def test_other_series_hear_what_is_wrong(series: Any, said: str) -> None:
    assert said in sentences(lambda e, x: e.values_at(x, ["age"], what="corr"), series)


def test_columns_among_others() -> None:
    Expect().columns(TABLE, ["city", "rooms"], extra="allow")
    assert "lacks" in sentences(lambda e, x: e.columns(x, ["city", "price"], extra="allow"), TABLE)
    assert "other order" in sentences(lambda e, x: e.columns(x, ["city", "rooms"], ordered=True, extra="allow"), TABLE)
    twice = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert "do not belong" in sentences(lambda e, x: e.columns(x, ["a"], extra="allow"), twice)


def test_sorting_by_size_is_told_from_other_orders() -> None:
    assert "absolute value" in sentences(lambda e, x: e.decreasing(x), [-0.9, 0.7, -0.1])
    assert "absolute value" in sentences(lambda e, x: e.increasing(x, strict=True), [-0.1, 0.7, -0.9])
    assert "never rise" in sentences(lambda e, x: e.decreasing(x), [0.1, 0.7])


def test_a_metric_is_measured_without_a_band() -> None:
    assert Expect().measure("accuracy", ["a", "b", "a", "b"], ["a", "b", "b", "b"]) == 0.75
    assert Expect().measure("accuracy", np.array([0, 1]), pd.Series([0, 0])) == 0.5


@pytest.mark.parametrize(
    "answer", [None, "x", [0, 1, 1], [[0], [1]], ["a", "b"], [0, np.nan], [0.2, 0.8], [[0], [1, 2]]]
)
def test_what_cannot_be_measured_says_why(answer: Any) -> None:
    assert sentences(lambda e, x: e.measure("accuracy", [0, 1], x), answer)


def test_hidden_checks_tell_no_length() -> None:
    with discreet():
        assert "1234" not in sentences(lambda e, x: e.results(x, ["loss"], what="fit"), [0] * 1234)


@given(values)
def test_nothing_else_is_ever_raised(answer: Any) -> None:
    for take in (
        lambda e, x: e.results(x, ["a", "b"]),
        lambda e, x: e.entry(x, "a"),
        lambda e, x: e.column(x, "a"),
        lambda e, x: e.values_at(x, ["a"]),
        lambda e, x: e.measure("accuracy", [0, 1], x),
    ):
        try:
            take(Expect(), answer)
        except CheckFailed:
            pass
