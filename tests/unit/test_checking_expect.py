"""Expectations: what they accept, what they say, and that no data of a student's breaks them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import example, given, settings
from hypothesis.extra import numpy as hnp

from grader.checking import diagnosis
from grader.checking.band import Band
from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.numbers import base as number_base
from grader.checking.expect.written.base import EMPTY
from grader.checking.values import discreet, tell
from grader.errors import GraderError
from grader.running.faults import SubmissionRaised
from grader.vocabulary import Outcome, Text
from tests.hostile import values

SENTENCE = Text("An authored sentence.", "선생님이 쓴 문장이에요.")
BAND = Band("accuracy", "higher", (0.95, 0.97), 0.3, 0.9)

EXPECTATIONS: list[Callable[[Expect, Any], None]] = [
    lambda e, x: e.close(x, 1.0),
    lambda e, x: e.close(x, np.ones((2, 3)), rtol=1e-3, atol=1e-3, message=SENTENCE),
    lambda e, x: e.close(x, [1, 2, 3]),
    lambda e, x: e.close(x, np.array([True, False])),
    lambda e, x: e.close(x, 1j),
    lambda e, x: e.same(x, 3),
    lambda e, x: e.same(x, "a"),
    lambda e, x: e.same(x, None),
    lambda e, x: e.same(x, [1, "a", None]),
    lambda e, x: e.same(x, {"a": [1]}),
    lambda e, x: e.same(x, {1, "a"}),
    lambda e, x: e.same(x, np.array(["x", "y"])),
    lambda e, x: e.same(x, pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})),
    lambda e, x: e.same(x, pd.Series([1.0, 2.0])),
    lambda e, x: e.finite(x),
    lambda e, x: e.close(x, [1.0, 2.0], dtype="float", nan="forbid", shape="flat"),
    lambda e, x: e.sign_invariant(x, [[1.0, 2.0], [3.0, 4.0]], per="row"),
    lambda e, x: e.permuted(x, [[1.0, 2.0], [3.0, 4.0]], signs=True),
    lambda e, x: e.multiset(x, [1, 2]),
    lambda e, x: e.multiset(x, ["a", None]),
    lambda e, x: e.multiset(x, [[1.0, 2.0]]),
    lambda e, x: e.clustering(x, [0, 1]),
    lambda e, x: e.clustering(x, [0, 1], at_least=0.5, fixed=[-1]),
    lambda e, x: e.subspace(x, [[1.0], [2.0]]),
    lambda e, x: e.subspace(x, [1.0, 2.0]),
    lambda e, x: e.ordering(x, [1, 2]),
    lambda e, x: e.ordering(x, ["a", "b"]),
    lambda e, x: e.increasing(x, strict=True),
    lambda e, x: e.decreasing(x),
    lambda e, x: e.sums_to(x),
    lambda e, x: e.sums_to(x, axis=1),
    lambda e, x: e.conserved(x, x),
    lambda e, x: e.conserved(1.0, x, what="sum"),
    lambda e, x: e.unchanged([1.0, "a"], x),
    lambda e, x: e.unchanged(pd.Series([1.0]), x),
    lambda e, x: e.integer_valued(x),
    lambda e, x: e.between(x, 0, 1),
    lambda e, x: e.frame(x, pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), dtypes="same", index="sorted"),
    lambda e, x: e.frame(x, pd.DataFrame({"a": [1, 2], "b": ["x", None]}), rows="multiset"),
    lambda e, x: e.frame(x, pd.DataFrame({"a": [1, 2], "b": ["x", "y"]}), index="same", missing="forbid"),
    lambda e, x: e.series(x, pd.Series([1.0, 2.0]), dtype="number", index="sorted", name="a"),
    lambda e, x: e.series(x, pd.Series([1.0, np.nan]), rows="multiset"),
    lambda e, x: e.series(x, pd.Series([1.0, np.nan]), index="same"),
    lambda e, x: e.matching(x, {"a": "1", "b": ["2", "3"]}),
    lambda e, x: e.concept(x, "overfitting", rejected="underfitting"),
    lambda e, x: e.ideas(x, {"one": ["memory"]}, ["memory", "batch"], stems=True),
    lambda e, x: e.shape(x, (2, None)),
    lambda e, x: e.shape(x, 3),
    lambda e, x: e.dtype(x, "float"),
    lambda e, x: e.dtype(x, np.int64),
    lambda e, x: e.type(x, (list, float, "DataFrame"), what="answer"),
    lambda e, x: e.columns(x, ["a", "b"], ordered=True),
    lambda e, x: e.frame(x, pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})),
    lambda e, x: e.at_least(x, 0.5, what="accuracy"),
    lambda e, x: e.at_most(x, 0.5),
    lambda e, x: e.metric(BAND, x, baseline=0.2),
    lambda e, x: e.choice(x, ["A", "b"]),
    lambda e, x: e.terms(x, ["label", "레이블"], rejected=["feature"]),
    lambda e, x: e.term_set(x, [["regression"], ["분류", "classification"]]),
    lambda e, x: e.ideas(x, {"one": ["memory"]}, ["memory", "batch"]),
]


@pytest.mark.parametrize("number", range(len(EXPECTATIONS)))
@settings(max_examples=120)
@given(value=values)
@example(value=np.array("NaT", dtype="timedelta64[s]"))
def test_any_data_passes_or_fails_with_a_sentence(number: int, value: Any) -> None:
    expect = Expect()
    try:
        EXPECTATIONS[number](expect, value)
    except CheckFailed as failure:
        assert failure.sentences
        assert all(text.en and text.ko for text in failure.sentences)
    assert 0 <= expect.share <= 1


@given(
    expected=hnp.arrays("f8", (4,), elements=st.floats(1e5, 1e6)),
    actual=hnp.arrays("f8", (4,), elements=st.floats(0, 9)),
)
def test_a_sentence_never_tells_what_was_expected(expected: Any, actual: Any) -> None:
    for wanted, found in ((expected, actual), (float(expected[0]), float(actual[0]))):
        with pytest.raises(CheckFailed) as caught:
            Expect().close(found, wanted)
        said = " ".join(text.en + text.ko for text in caught.value.sentences)
        first = float(np.ravel(wanted)[0])
        assert not any(shape.format(first) in said for shape in ("{:.6g}", "{:.3f}", "{!r}"))


X = np.array([[1.0, 2.5], [3.25, -4.0], [5.0, 6.5]])


@pytest.mark.parametrize(
    ("actual", "expected", "sentence"),
    [
        (X[:, :1], X[:, 0], diagnosis.COLUMN),
        (X[:, 0], X[:, :1], diagnosis.FLAT),
        (X.T, X, diagnosis.TRANSPOSED),
        ((X @ X.T + np.arange(3)).T, X @ X.T + np.arange(3), diagnosis.TRANSPOSED),
        (-X, X, diagnosis.SIGN),
        (1.7 * X, X, diagnosis.FACTOR),
        (X + 3, X, diagnosis.OFFSET),
        (np.where(X == 3.25, np.nan, X), X, diagnosis.NAN),
        (np.where(X == 3.25, np.inf, X), X, diagnosis.INFINITE),
        (X[[1, 0, 2], ::-1], X, diagnosis.ORDER),
        (X.astype(int), X, diagnosis.INTEGERS),
    ],
)
def test_a_mismatch_is_diagnosed(actual: Any, expected: Any, sentence: Text) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().close(actual, expected, message=SENTENCE)
    assert caught.value.sentences == (SENTENCE, sentence)


class Counted(scipy.sparse.csr_matrix):
    """A sparse matrix that counts how often it is made dense."""

    read = 0

    def toarray(self, *args: Any, **options: Any) -> Any:
        Counted.read += 1
        return super().toarray(*args, **options)


@pytest.mark.parametrize(
    "ask",
    [
        lambda e, x: e.close(x, [[1.0, 2.0]]),
        lambda e, x: e.close(x, [1.0, 2.0], shape="flat", dtype="float"),
        lambda e, x: e.sign_invariant(x, [[1.0, 2.0]]),
        lambda e, x: e.permuted(x, [[1.0, 2.0]]),
        lambda e, x: e.subspace(x, [[0.0, 0.0]]),
        lambda e, x: e.sums_to(x, 9.0),
        lambda e, x: e.between(x, 5, 6),
        lambda e, x: e.finite(x),
    ],
)  # fmt: skip
def test_an_answer_is_read_once(ask: Callable[[Expect, Any], None]) -> None:
    expect = Expect()
    Counted.read = 0
    with pytest.raises(CheckFailed):
        ask(expect, Counted([[1.0, np.nan]]))
    assert Counted.read == 1


def test_close_takes_numbers_in_any_clothes() -> None:
    expect = Expect()
    for actual in (
        [1, 2.5],
        (1, 2.5),
        np.array([1, 2.5], dtype=np.float32),
        pd.Series([1, 2.5]),
        np.array([1, 2.5], "O"),
    ):
        expect.close(actual, [1.0, 2.5])
    expect.close(scipy.sparse.csr_matrix([[1.0, 0.0]]), [[1.0, 0.0]])
    expect.close(pd.DataFrame({"a": [1.0], "b": [2.0]}), [[1.0, 2.0]])
    expect.close(np.float64(3), 3)
    expect.close([float("nan")], [np.nan])


def test_close_wants_the_shape_as_well() -> None:
    for actual, expected in (([1.0], 1.0), (np.ones((3, 1)), np.ones(3)), (1.0, np.ones(3))):
        with pytest.raises(CheckFailed):
            Expect().close(actual, expected)


def test_same_tells_types_apart() -> None:
    expect = Expect()
    expect.same((1, [2, "a"]), [1, (2, "a")])
    expect.same(np.int64(3), 3)
    expect.same({"a": np.array([1, 2])}, {"a": [1, 2]})
    for actual, expected in ((True, 1), (1, True), ("1", 1), ({1}, [1]), (None, 0), ([1, 2], [1, 2, 3])):
        with pytest.raises(CheckFailed):
            expect.same(actual, expected)


@pytest.mark.parametrize(
    ("actual", "expected", "sentence"),
    [
        ((1, "b"), (1, "a"), number_base.SOME_ITEMS),
        (["a"], ["a", "b"], number_base.NUMBER_OF_ITEMS),
        ({"x"}, {"a"}, number_base.SOME_ITEMS),
        ({"a", "b"}, {"a"}, number_base.NUMBER_OF_ITEMS),
        ({"a": 1, "c": "x"}, {"a": 1, "b": "x"}, number_base.WRONG_KEYS),
        ({"a": 1, "b": "y"}, {"a": 1, "b": "x"}, number_base.SOME_VALUES),
    ],
)
def test_same_says_what_of_an_answer_is_not_right(actual: Any, expected: Any, sentence: Text) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().same(actual, expected)
    assert caught.value.sentences == (sentence,)


@pytest.mark.parametrize(
    ("kind", "outcome", "explained"),
    [
        (KeyError, Outcome.ERROR, True),
        ("LookupError", Outcome.ERROR, True),  # a base
        ((ValueError, "KeyError"), Outcome.ERROR, True),
        (ValueError, Outcome.ERROR, False),
        (KeyError, Outcome.FAILED, False),  # not written yet
        (Outcome.TIMEOUT, Outcome.TIMEOUT, True),
        (Outcome.TIMEOUT, Outcome.ERROR, False),
        (KeyError, Outcome.TIMEOUT, False),
    ],
)
def test_what_stops_a_call_is_explained_and_stays_what_it_is(kind: Any, outcome: Outcome, explained: bool) -> None:
    expect = Expect()
    fault = SubmissionRaised(outcome, SENTENCE, "", "KeyError", ("KeyError", "LookupError", "Exception"), "")
    with pytest.raises(SubmissionRaised) as caught, expect.explains(kind, SENTENCE):
        raise fault
    assert caught.value is fault
    assert expect.sentences == ([SENTENCE] if explained else [])


def test_what_is_only_asked_leaves_no_trace() -> None:
    expect = Expect()
    expect.sentences.append(SENTENCE)
    assert expect.holds(expect.close, [1.0, 2.0], [1.0, 2.0 + 1e-12])
    assert expect.holds(expect.metric, BAND, 0.95, baseline=0.5)
    assert not expect.holds(expect.close, [1.0, 2.0], [1.0, 3.0], rtol=0.1)
    assert not expect.holds(expect.metric, BAND, 0.1, baseline=0.5)
    assert (expect.share, expect.readings, expect.sentences) == (1.0, [], [SENTENCE])
    with pytest.raises(TypeError):  # the check's own mistake is no answer
        expect.holds(expect.close, 1.0)


def test_a_hidden_check_leaves_out_what_repeats_the_submission() -> None:
    sentence = Text(
        "Too many rows[[: {found}]]; {wanted} are right.", "행이 많아요[[({found}개)]]. {wanted}개가 맞아요."
    )
    assert tell(sentence, found="[[9]]", wanted=3).en == "Too many rows: [[9]]; 3 are right."
    with discreet(True):
        assert tell(sentence, found=9, wanted=3) == Text("Too many rows; 3 are right.", "행이 많아요. 3개가 맞아요.")


@pytest.mark.parametrize(
    ("found", "seen", "hidden"),
    [
        (np.zeros((4, 2)), "it is (4, 2)", "it is one with 2 dimensions"),
        (np.zeros(4), "it is (4,)", "it is one with 1 dimension."),
        (1.5, "it is ()", "it is that of a single number"),
    ],
)
def test_a_hidden_check_tells_how_many_dimensions_there_are(found: Any, seen: str, hidden: str) -> None:
    with pytest.raises(CheckFailed) as told:
        Expect().shape(found, (3, 3))
    with discreet(True), pytest.raises(CheckFailed) as kept:
        Expect().shape(found, (3, 3))
    assert seen in told.value.sentences[0].en
    assert hidden in kept.value.sentences[0].en and "…" not in kept.value.sentences[0].ko


def test_frame_names_the_column_that_differs() -> None:
    expected = pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]})
    Expect().frame(expected[["b", "a"]].set_axis([5, 6]), expected)
    with pytest.raises(CheckFailed) as caught:
        Expect().frame(expected.assign(b=["x", "z"]), expected)
    assert '"b"' in caught.value.sentences[0].en
    with pytest.raises(CheckFailed):
        Expect().frame(expected[["b", "a"]], expected, ordered=True)
    with pytest.raises(CheckFailed, match="rows"):
        Expect().frame(expected[:1], expected)


def test_items_award_their_share() -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().items(
            [(True, Text("a", "가")), (False, Text("b", "나")), (True, Text("c", "다")), (False, Text("d", "라"))]
        )
    assert caught.value.share == 0.5
    assert [text.en for text in caught.value.sentences] == ["b", "d", "2 of 4 are right."]


@pytest.mark.parametrize(("right", "options", "share"), [(3, 2, 0.5), (2, 2, 0.0), (1, 2, 0.0), (3, 5, 0.6875)])
def test_wrong_items_take_back_what_guessing_earns(right: int, options: int, share: float) -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().items([(i < right, Text("a", "가")) for i in range(4)], options=options)
    assert caught.value.share == share
    assert "guessing" in caught.value.sentences[-1].en
    with pytest.raises(ValueError, match="at least two"):
        Expect().items([(True, Text("a", "가"))], options=1)


@given(earned=st.floats(-5, 15))
def test_a_fraction_stays_a_share(earned: float) -> None:
    try:
        Expect().fraction(earned, 10)
    except CheckFailed as failure:
        assert 0 <= failure.share < 1
        assert earned < 10
    else:
        assert earned >= 10


@pytest.mark.parametrize(
    "wrong", [lambda: Expect().close(1, "a"), lambda: Expect().items([]), lambda: Expect().fraction(1, 0)]
)
def test_a_mistake_in_the_check_is_not_the_students(wrong: Callable[[], None]) -> None:
    with pytest.raises((TypeError, ValueError, ZeroDivisionError)):
        wrong()


# metrics


@given(value=st.floats(allow_nan=False, allow_infinity=False), baseline=st.floats(0, 1), edge=st.floats(0, 1))
def test_a_share_is_bounded_and_monotone(value: float, baseline: float, edge: float) -> None:
    for direction, sign in (("higher", 1), ("lower", -1)):
        band = Band("m", direction, (), sign * baseline, sign * edge)
        share = band.share(sign * value, sign * baseline)
        assert 0 <= share <= 1
        assert band.share(sign * (value + 0.1), sign * baseline) >= share
        if value >= edge:
            assert share == 1
        elif value <= baseline:
            assert share == 0


def test_rounding_never_decides() -> None:
    expect = Expect()
    expect.metric(BAND, 0.8999999999)
    assert expect.share < 1
    assert "0.8999999999" in expect.sentences[0].en
    exact = Expect()
    exact.metric(BAND, 0.9)
    assert exact.share == 1
    assert not exact.sentences


def test_the_worst_of_several_metrics_decides() -> None:
    expect = Expect()
    expect.metric(BAND, 0.6)
    expect.metric(BAND, 0.95)
    assert expect.share == pytest.approx(0.5)
    assert [reading.value for reading in expect.readings] == [0.6, 0.95]


def test_measuring_records_and_passes() -> None:
    expect = Expect(measuring=True)
    expect.metric(Band("accuracy", "higher"), 0.1, baseline=0.3)
    assert (expect.readings[0].value, expect.readings[0].baseline, expect.share) == (0.1, 0.3, 1.0)
    for value, baseline in ((0.5, None), (float("nan"), 0.2)):
        with pytest.raises(GraderError):
            expect.metric(Band("accuracy", "higher"), value, baseline=baseline)


def test_a_band_without_a_card_is_our_fault() -> None:
    with pytest.raises(GraderError, match="grader calibrate"):
        Expect().metric(Band("accuracy", "higher"), 0.5, baseline=0.1)


def test_no_answer_is_said_alone() -> None:
    for empty in ("", "  ", None, ...):
        with pytest.raises(CheckFailed) as caught:
            Expect().terms(empty, ["label"], message=SENTENCE)
        assert caught.value.sentences == (EMPTY,)
