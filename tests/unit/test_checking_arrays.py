"""Arrays with several right forms: each expectation takes all of them, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checking.diagnosis import COLUMN, NAN, TRANSPOSED_SHAPE
from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.numbers import arrays as said
from grader.checking.expect.numbers import properties as told
from grader.vocabulary import Text

Check = Callable[[Expect], None]
RNG = np.random.default_rng(5)
BASIS = np.linalg.qr(RNG.normal(size=(6, 3)))[0]
TURN = np.linalg.qr(RNG.normal(size=(3, 3)))[0]
ROWS = RNG.normal(size=(5, 3))

RIGHT: list[Check] = [
    # close
    lambda e: e.close(np.ones((3, 1)), [1, 1, 1], shape="flat"),
    lambda e: e.close(np.ones((1, 3)), np.ones(3), shape="flat"),
    lambda e: e.close([1.0], 1, shape="flat"),
    lambda e: e.close(pd.DataFrame({"a": [1.0, 2.0]}), [1, 2], shape="flat"),
    lambda e: e.close(scipy.sparse.csr_matrix([[0.0, 1.0]]), [0, 1], shape="flat"),
    lambda e: e.close(np.ones(2, "f4"), [1, 1], dtype="float"),
    lambda e: e.close(np.ones(2, "f4"), [1, 1], dtype=np.float32),
    lambda e: e.close([np.nan, 1], [np.nan, 1], nan="equal"),
    # signs
    lambda e: e.sign_invariant(-ROWS, ROWS),
    lambda e: e.sign_invariant(ROWS * [1, -1, -1], ROWS, per="column"),
    lambda e: e.sign_invariant((ROWS.T * [1, -1, -1, 1, -1]).T.tolist(), ROWS, per="row"),
    lambda e: e.sign_invariant(np.array([1, 2], "u1"), [-1, -2]),
    lambda e: e.sign_invariant(-3, 3),
    # orders
    lambda e: e.permuted(ROWS[::-1], ROWS),
    lambda e: e.permuted(ROWS[:, [2, 0, 1]], ROWS, axis="columns"),
    lambda e: e.permuted(-ROWS[[1, 0, 3, 2, 4]] * [[1], [-1], [1], [1], [-1]], ROWS, signs=True),
    lambda e: e.permuted([[0.0, 9.0], [1e-9, 1.0]], [[1e-10, 1.0], [0.0, 9.0]], atol=1e-8),
    lambda e: e.permuted(ROWS[::-1] + 1j, ROWS + 1j),
    lambda e: e.multiset([3, 1, 2, 1], [1, 1, 2, 3]),
    lambda e: e.multiset({2.0, 1.0}, [1, 2]),
    lambda e: e.multiset(("a", None, "a"), ["a", "a", None]),
    lambda e: e.multiset([[1, "x"], [2, "y"]], [(2, "y"), (1, "x")]),
    lambda e: e.multiset(ROWS[::-1], ROWS),
    lambda e: e.multiset([], []),
    lambda e: e.multiset(set(), set()),
    lambda e: e.multiset(np.zeros((0, 3)), np.zeros((0, 3))),
    lambda e: e.multiset([np.nan, 1], [1, np.nan]),
    lambda e: e.multiset(np.arange(100_000.0)[::-1], np.arange(100_000)),
    # clusters
    lambda e: e.clustering([2, 2, 0], ["a", "a", "b"]),
    lambda e: e.clustering(pd.Series(["x", "x", "y"]), np.array([0, 0, 1])),
    lambda e: e.clustering([-1, 4, 4], [-1, 0, 0], fixed=[-1]),
    lambda e: e.clustering([1] * 9 + [2] * 11, [0] * 10 + [1] * 10, at_least=0.75),
    lambda e: e.clustering([], []),
    # spaces
    lambda e: e.subspace(BASIS @ TURN * 1e200, BASIS),
    lambda e: e.subspace(-BASIS[:, 0] * 3, BASIS[:, 0]),
    lambda e: e.subspace(BASIS + 1e-4, BASIS),
    # order of scores
    lambda e: e.ordering([10, 30, 20], [1, 3, 2]),
    lambda e: e.ordering([1, 2, 3, 4], [1, 1, 2, 2]),
    lambda e: e.ordering([2, 1, 4, 3], [1, 1, 2, 2]),
    lambda e: e.ordering([1, 2, 4, 3], [1, 2, 3, 4], at_least=0.6),
    lambda e: e.ordering(np.array(["b", "a"]), ["b", "a"]),
    lambda e: e.ordering([-np.inf, 0, np.inf], [1, 2, 3]),
    # properties
    lambda e: e.increasing([1, 1, 2]),
    lambda e: e.increasing([5]),
    lambda e: e.increasing(np.array([0, 200], "u1"), strict=True),
    lambda e: e.increasing([1, 0.99, 2], tolerance=0.02),
    lambda e: e.decreasing(np.array([200, 0], "u1"), strict=True),
    lambda e: e.decreasing((3, 2, 2)),
    lambda e: e.sums_to([0.1] * 10),
    lambda e: e.sums_to(np.full((4, 5), 0.2), axis=-1),
    lambda e: e.sums_to(np.full((5, 2), 0.2), axis=0),
    lambda e: e.sums_to([1, 2], total=3),
    lambda e: e.conserved([1, 2], np.array([1.0, 2.0])),
    lambda e: e.unchanged(pd.DataFrame({"a": [1, np.nan]}), pd.DataFrame({"a": [1, np.nan]})),
    lambda e: e.unchanged([1, {"a": 2}], [1, {"a": 2}]),
    lambda e: e.integer_valued([1.0, -2e30, 5]),
    lambda e: e.integer_valued(3),
    lambda e: e.between(0.5, 0, 1),
    lambda e: e.between([0, 1], 0, 1),
    lambda e: e.between([], 0, 1),
]
WRONG: list[tuple[Check, Text | None]] = [
    (lambda e: e.close(np.ones((3, 1)), [1, 1, 1]), COLUMN),
    (lambda e: e.close(np.ones((3, 3)), [1, 1, 1], shape="flat"), None),
    (lambda e: e.close(np.ones((2, 1)), [1, 1, 1], shape="flat"), None),
    (lambda e: e.close([1, 1], [1, 1], dtype="float"), None),
    (lambda e: e.close([np.nan, 1], [np.nan, 1], nan="forbid"), NAN),
    (lambda e: e.sign_invariant(ROWS * [1, -1, -1], ROWS), said.MIXED_SIGNS),
    (lambda e: e.sign_invariant(ROWS * [1, -1, -1], ROWS, per="row"), said.MIXED_SIGNS),
    (lambda e: e.sign_invariant(ROWS + 1, ROWS, per="column"), said.UP_TO_SIGN),
    (lambda e: e.sign_invariant(ROWS.T, ROWS), TRANSPOSED_SHAPE),
    (lambda e: e.sign_invariant(np.full((5, 3), np.nan), ROWS), NAN),
    (lambda e: e.sign_invariant(True, 1), None),
    (lambda e: e.permuted(-ROWS, ROWS), said.IN_ANY_ORDER),
    (lambda e: e.permuted(ROWS[[0, 0, 1, 2, 3]], ROWS), said.IN_ANY_ORDER),
    (lambda e: e.permuted(ROWS[:3, :3].T, ROWS[:3, :3]), said.OTHER_AXIS),
    (lambda e: e.permuted(ROWS[:, [2, 0, 1]], ROWS), said.IN_ANY_ORDER),
    (lambda e: e.multiset([1, 2, 2], [1, 1, 2]), said.IN_ANY_ORDER),
    (lambda e: e.multiset([1, 1], [1, 1, 2]), said.FEWER_ITEMS),
    (lambda e: e.multiset(["a"] * 3, ["a"] * 2), said.MORE_ITEMS),
    (lambda e: e.multiset([True, False], [1, 0]), None),
    (lambda e: e.multiset(["1", "2"], [1, 2]), None),
    (lambda e: e.multiset("ab", ["a", "b"]), None),
    (lambda e: e.clustering([0, 0, 0], [0, 0, 1]), said.FEWER_CLUSTERS),
    (lambda e: e.clustering([0, 1, 2], [0, 0, 1]), said.MORE_CLUSTERS),
    (lambda e: e.clustering([0, 1, 1], [0, 0, 1]), said.OTHER_CLUSTERS),
    (lambda e: e.clustering([0, 0], [0, 0, 1]), said.NUMBER_OF_LABELS),
    (lambda e: e.clustering([4, -1, -1], [-1, 0, 0], fixed=[-1]), said.FIXED_LABEL.format(label=-1)),
    (lambda e: e.clustering([1, 2] * 10, [0] * 10 + [1] * 10, at_least=0.5), said.OTHER_CLUSTERS),
    (lambda e: e.clustering([[0], [0], [1]], [0, 0, 1]), None),
    (lambda e: e.clustering([np.nan, 0, 1], [0, 0, 1]), None),
    (lambda e: e.subspace(np.roll(BASIS, 1, axis=0), BASIS), said.OTHER_SPACE),
    (lambda e: e.subspace(np.ones((6, 3)), BASIS), said.OTHER_DIMENSION),
    (lambda e: e.subspace(BASIS.T, BASIS), TRANSPOSED_SHAPE),
    (lambda e: e.subspace([[1, 0], [5, 0]], [[0, 1], [0, 1]]), None),
    (lambda e: e.subspace([[1, 5], [0, 0]], [[1, 0], [5, 0]]), said.ROWS_SPAN),
    (lambda e: e.ordering([3, 2, 1], [1, 2, 3]), told.ORDER_REVERSED),
    (lambda e: e.ordering([1, 1, 1], [1, 2, 3]), told.ALL_TIED),
    (lambda e: e.ordering([1, 1, 2], [1, 2, 3]), told.ORDER_WRONG),
    (lambda e: e.ordering([1, 2, 4, 3], [1, 2, 3, 4], at_least=0.7), told.ORDER_WRONG),
    (lambda e: e.ordering(["a", "a"], ["b", "a"]), told.OTHER_NAMES),
    (lambda e: e.ordering(["a", "b"], ["b", "a"]), told.ORDER_REVERSED),
    (lambda e: e.ordering([np.nan, 1], [1, 2]), NAN),
    (lambda e: e.increasing([1, 1, 2], strict=True), told.ALWAYS_RISE),
    (lambda e: e.increasing([2, 1]), told.NEVER_FALL),
    (lambda e: e.increasing([]), told.NO_NUMBERS),
    (lambda e: e.decreasing([1, 2]), told.NEVER_RISE),
    (lambda e: e.decreasing([1, 1], strict=True), told.ALWAYS_FALL),
    (lambda e: e.decreasing([[2], [1]]), None),
    (lambda e: e.sums_to([0.5, 0.6]), told.SUM_WRONG),
    (lambda e: e.sums_to(np.full((5, 2), 0.2), axis=1), told.SUM_OTHER_AXIS),
    (lambda e: e.sums_to([0.5, 0.5], axis=1), None),
    (lambda e: e.sums_to([np.nan]), NAN),
    (lambda e: e.conserved([1, 2], [2, 1], what="the sum"), told.CHANGED_AMOUNT.format(what="The sum")),
    (lambda e: e.unchanged([1, 2], [1, 3], what="x_train"), told.MUTATED.format(what="`x_train`")),
    (lambda e: e.unchanged(np.ones(2), np.ones(2, "f4")), None),
    (lambda e: e.unchanged(pd.DataFrame({"a": [1]}), pd.DataFrame({"b": [1]})), None),
    (lambda e: e.integer_valued([1.5]), told.NOT_WHOLE),
    (lambda e: e.integer_valued([np.inf]), told.NOT_WHOLE),
    (lambda e: e.integer_valued([True]), None),
    (lambda e: e.between([0, 1.1], 0, 1), told.OUTSIDE.format(what=told.EVERY_VALUE, low=0, high=1)),
    (lambda e: e.between(1.1, 0, 1), told.OUTSIDE.format(what=told.THE_VALUE, low=0, high=1)),
    (
        lambda e: e.between([0, 1], 0, 1, inclusive=False),
        told.OUTSIDE_OPEN.format(what=told.EVERY_VALUE, low=0, high=1),
    ),
    (lambda e: e.between([np.nan], 0, 1), NAN),
]
MISTAKES: list[Check] = [
    lambda e: e.close(1, 1, nan="never"),  # type: ignore[arg-type]
    lambda e: e.sign_invariant(1, "x"),
    lambda e: e.sign_invariant([1], [1], per="row"),
    lambda e: e.permuted([1], [1]),
    lambda e: e.multiset([1], 1),
    lambda e: e.clustering([1], [[1]]),
    lambda e: e.subspace([1], [np.nan]),
    lambda e: e.ordering([1, 2], [1, 1]),
    lambda e: e.ordering(["a", "a"], ["a", "a"]),
    lambda e: e.ordering([1], None),
]


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_every_right_form_passes(number: int) -> None:
    RIGHT[number](Expect())


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_wrong_answers_fail_and_hear_why(number: int) -> None:
    check, sentence = WRONG[number]
    with pytest.raises(CheckFailed) as caught:
        check(Expect())
    assert caught.value.sentences
    assert sentence is None or caught.value.sentences == (sentence,)


@pytest.mark.parametrize("number", range(len(MISTAKES)))
def test_mistakes_of_a_check_are_not_the_students(number: int) -> None:
    with pytest.raises((TypeError, ValueError)):
        MISTAKES[number](Expect())


def test_rows_within_each_others_tolerance_are_not_refused() -> None:
    # Each found row is close to two wanted ones; only one of the two pairings covers all.
    wanted = np.array([[0.0, 0.0], [0.9, 0.0], [1.8, 0.0]])
    found = np.array([[0.85, 0.5], [-0.05, 0.5], [1.75, 0.4]])
    Expect().permuted(found, wanted, atol=1.0, rtol=0)
    with pytest.raises(CheckFailed):
        Expect().permuted(found, wanted, atol=0.45, rtol=0)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 4), min_size=2, max_size=30), st.randoms(use_true_random=False))
def test_order_agrees_with_counting_pairs(wanted: list[int], random: Any) -> None:
    found = [random.randint(0, 4) for _ in wanted]
    pairs = [(i, j) for i in range(len(wanted)) for j in range(i) if wanted[i] != wanted[j]]
    if not pairs:
        return
    counted = sum(int(np.sign((wanted[i] - wanted[j]) * (found[i] - found[j]))) for i, j in pairs) / len(pairs)
    Expect().ordering(found, wanted, at_least=counted)
    with pytest.raises(CheckFailed):
        Expect().ordering(found, wanted, at_least=counted + 0.001)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.permutations(range(4)))
def test_renamed_clusters_are_the_same_clusters(labels: list[int], names: list[int]) -> None:
    renamed = [f"c{names[label]}" for label in labels]
    Expect().clustering(renamed, labels)
    Expect().clustering(renamed, labels, at_least=1.0)


@pytest.mark.parametrize(("order", "share"), [("bacd", 2 / 3), ("cabd", 1 / 3), ("dcba", 0.0), ("dabc", 0.0)])
def test_order_earns_its_agreement(order: str, share: float) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().ordering(list(order), list("abcd"), partial=True)
    assert caught.value.share == pytest.approx(share)
    with pytest.raises(ValueError, match="no room"):
        Expect().ordering(list(order), list("abcd"), at_least=0.0, partial=True)
