"""Diagnosis: planted mistakes are named, unrelated answers are not explained, and no data breaks it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.checking import diagnosis
from grader.checking.diagnosis import EXPLANATIONS, diagnose, diagnose_kind, diagnose_shape, sentences
from grader.checking.diagnosis.case import evidence
from grader.checking.expect import CheckFailed, Expect
from grader.vocabulary import Text

Rng = np.random.Generator
NAMES = {explanation.sentence: explanation.name for explanation in EXPLANATIONS}
KNOWN = Text("You added instead of multiplying.", "곱하지 않고 더했어요.")
OTHER = Text("You forgot the last row.", "마지막 행을 빠뜨렸어요.")


def softmax(X: Any) -> Any:
    powers = np.exp(X - X.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def standardised(X: Any, ddof: int = 0) -> Any:
    return (X - X.mean(axis=0)) / X.std(axis=0, ddof=ddof)


def changed(change: Callable[[Any], Any], draw: Callable[[Rng], Any]) -> Callable[[Rng], tuple[Any, Any]]:
    """The wrong answer and the right one, where the mistake is a function of the right one."""

    def plant(rng: Rng) -> tuple[Any, Any]:
        right = draw(rng)
        return change(right), right

    return plant


def from_inputs(
    wrong: Callable[[Any], Any], right: Callable[[Any], Any], shape: tuple[int, ...]
) -> Callable[[Rng], tuple[Any, Any, Any]]:
    """The same, where both are functions of the inputs."""

    def plant(rng: Rng) -> tuple[Any, Any, Any]:
        X = rng.normal(size=shape)
        return wrong(X), right(X), X

    return plant


def normal(*shape: int) -> Callable[[Rng], Any]:
    return lambda rng: rng.normal(size=shape)


def shares(*shape: int) -> Callable[[Rng], Any]:
    return lambda rng: rng.uniform(0.1, 0.9, size=shape)


def labels(k: int, n: int) -> Callable[[Rng], Any]:
    return lambda rng: rng.permutation(np.resize(np.arange(k), n))


say = sentences
PLANTED: list[tuple[Text, Callable[[Rng], tuple[Any, ...]]]] = [
    (say.SIGN, changed(np.negative, normal(6))),
    (say.SIGN, changed(np.negative, normal())),
    (say.TRANSPOSED, changed(np.transpose, normal(4, 4))),
    (say.TRANSPOSED, changed(np.transpose, normal(4, 3))),
    (say.COMPLEMENT, changed(lambda e: 1 - e, shares(5))),
    (say.COMPLEMENT, changed(lambda e: 1 - e, shares())),
    (say.TWICE, changed(lambda e: 2 * e, normal(3))),
    (say.HALF, changed(lambda e: e / 2, normal(3, 2))),
    (say.PERCENT, changed(lambda e: 100 * e, shares())),
    (say.FRACTION, changed(lambda e: e / 100, normal(4))),
    (say.NATURAL_LOG, changed(lambda e: e * np.log(2), normal(4))),
    (say.NATURAL_LOG, changed(lambda e: e * np.log(10), normal())),
    (say.DECIMAL_LOG, changed(lambda e: e / np.log(10), normal(4))),
    (say.BINARY_LOG, changed(lambda e: e / np.log(2), normal(4))),
    (say.DEGREES, changed(np.rad2deg, normal(3))),
    (say.RADIANS, changed(np.deg2rad, normal(3))),
    (say.OFF_BY_ONE, changed(lambda e: e + 1, lambda rng: rng.integers(0, 10, 12))),
    (say.INTEGERS, changed(lambda e: e.astype(int), lambda rng: rng.uniform(5, 90, 12))),
    (say.NOT_NORMALISED, lambda rng: (e := rng.uniform(0.1, 0.9, 5), e / e.sum())),
    (say.NOT_NORMALISED, lambda rng: (e := rng.uniform(0.1, 0.9, (5, 3)), e / e.sum(axis=1, keepdims=True))),
    (say.NORMALISED_TWICE, changed(lambda e: e / e.sum(), shares(6))),
    (say.NOT_UNIT_LENGTH, lambda rng: (e := rng.normal(size=6), e / np.linalg.norm(e))),
    (say.SUM_FOR_MEAN, changed(lambda e: 7 * e, normal(7))),
    (say.MEAN_FOR_SUM, changed(lambda e: e / 7, normal(7))),
    (say.DDOF, lambda rng: (standardised(X := rng.normal(size=(9, 3)), 1), standardised(X))),
    (say.SQUARED, changed(np.square, shares(4))),
    (say.ROOT, changed(np.sqrt, shares(4))),
    (say.RECIPROCAL, changed(lambda e: 1 / e, normal(4))),
    (say.LOGITS, lambda rng: (X := rng.normal(size=(5, 3)), softmax(X))),
    (say.SCORES, lambda rng: (X := rng.normal(size=5), 1 / (1 + np.exp(-X)))),
    (say.EXPONENTIAL, changed(np.exp, normal(5))),
    (say.LOGARITHM, changed(np.log, shares(5))),
    (say.NOT_SCALED, lambda rng: ((X := 4 * rng.normal(size=(9, 3))) - X.mean(axis=0), standardised(X))),
    (say.NOT_STANDARDISED, lambda rng: (X := 3 + 4 * rng.normal(size=(9, 3)), standardised(X))),
    (say.NOT_CENTRED, lambda rng: (X := 3 + rng.normal(size=(9, 3)), X - X.mean(axis=0))),
    (say.REVERSED, changed(lambda e: e[::-1], normal(6))),
    (say.SHIFTED, changed(lambda e: np.roll(e, 1), normal(6))),
    (say.ROW_ORDER, changed(lambda e: e[[2, 0, 3, 1]], normal(4, 3))),
    (say.COLUMN_ORDER, changed(lambda e: e[:, [1, 2, 0]], normal(5, 3))),
    (say.ORDER, changed(lambda e: e[[2, 0, 1, 4, 3]], normal(5))),
    (say.LABELS, changed(lambda e: np.array([2, 0, 1])[e], labels(3, 30))),
    (say.ZERO_AND_ONE, changed(lambda e: 1 - e, labels(2, 30))),
    (say.FACTOR, changed(lambda e: 2.7 * e, normal(5))),
    (say.OFFSET, changed(lambda e: e + 2.7, normal(5))),
    (say.ONLY_FIRST, changed(lambda e: np.r_[9, e[1:]], normal(5))),
    (say.ONLY_LAST, changed(lambda e: np.r_[e[:-1], 9], normal(5))),
    (say.FEW, changed(lambda e: np.r_[e[:3], 9, e[4:]], normal(9))),
    (say.ABSOLUTE, changed(np.abs, lambda rng: np.r_[-1.0, 1.0, 1.0, -1.0, 1.0] * rng.uniform(1, 2, 5))),
    (say.SATURATED, changed(np.rint, shares(9))),
    (say.ZEROS, changed(np.zeros_like, normal(9))),
    (say.CONSTANT, changed(lambda e: np.full_like(e, 0.3), normal(9))),
    (say.UNDERFLOW, changed(lambda e: np.r_[0.0, e[1:]], lambda rng: np.r_[1e-250, rng.uniform(1, 2, 6)])),
    (say.LOW_PRECISION, changed(lambda e: e.astype(np.float16), normal(9))),
    (say.ROUNDED, changed(lambda e: np.round(e, 2), normal(9))),
    (say.FIRST_MISSING, changed(lambda e: e[1:], normal(9))),
    (say.LAST_MISSING, changed(lambda e: e[:-1], normal(9, 2))),
    (say.FIRST_EXTRA, changed(lambda e: np.r_[0.0, e], normal(9))),
    (say.LAST_EXTRA, changed(lambda e: np.r_[e, 0.0], normal(9))),
    (say.RIGHT_BUT_SHAPED, changed(lambda e: e.reshape(2, 6), normal(3, 4))),
    (say.BROADCAST, changed(lambda e: e - e[:, None], normal(4))),
    (say.WRONG_AXIS, lambda rng: ((P := np.exp(rng.normal(size=(3, 2)))) / P.sum(axis=0), softmax(np.log(P[::-1])))),
    (say.WRONG_AXIS, lambda rng: (standardised((X := rng.normal(size=(5, 9))).T).T, standardised(X))),
    (say.WRONG_AXIS, from_inputs(lambda X: X.mean(axis=1), lambda X: X.mean(axis=0), (5, 5))),
    (say.WRONG_AXIS, from_inputs(lambda X: X.sum(axis=1), lambda X: X.sum(axis=0), (5, 3))),
    (say.WRONG_AXIS, from_inputs(lambda X: softmax(X.T).T, softmax, (5, 3))),
    (say.WHOLE_ARRAY, from_inputs(lambda X: X.max(), lambda X: X.max(axis=0), (5, 3))),
    (say.WHOLE_ARRAY, from_inputs(lambda X: (X - X.mean()) / X.std(), standardised, (9, 3))),
    (say.DDOF, from_inputs(lambda X: X.std(ddof=1), lambda X: X.std(), (9,))),
    (say.DDOF, from_inputs(lambda X: X.var(axis=0), lambda X: X.var(axis=0, ddof=1), (9, 3))),
    (say.SUM_FOR_MEAN, from_inputs(lambda X: X.sum(axis=0), lambda X: X.mean(axis=0), (9, 3))),
    (say.SQUARED, from_inputs(lambda X: (X**2).mean(), lambda X: np.sqrt((X**2).mean()), (9,))),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(PLANTED)), ids=[text.en[:40] for text, _ in PLANTED])
@settings(max_examples=25)
@given(seed=st.integers(0, 2**32))
def test_a_planted_mistake_is_named(number: int, seed: int) -> None:
    sentence, plant = PLANTED[number]
    actual, expected, *inputs = plant(np.random.default_rng(seed))
    assert diagnose(np.asarray(actual), np.asarray(expected), 1e-7, 1e-12, *inputs) == sentence


def test_every_explanation_is_planted_somewhere() -> None:
    assert set(NAMES) <= {sentence for sentence, _ in PLANTED}


FAMILIES: dict[str, Callable[[Rng, tuple[int, ...]], Any]] = {
    "normal": lambda rng, shape: rng.normal(size=shape),
    "hardly different": lambda rng, shape: 1000 + rng.normal(size=shape),
    "shares": lambda rng, shape: rng.random(shape),
    "two decimals": lambda rng, shape: np.round(rng.random(shape), 2),
    "fractions": lambda rng, shape: rng.integers(1, 40, shape) / rng.integers(1, 40, shape),
    "digits": lambda rng, shape: rng.integers(0, 10, shape),
    "counts": lambda rng, shape: rng.integers(0, 1000, shape),
    "bits": lambda rng, shape: rng.integers(0, 2, shape),
    "labels": lambda rng, shape: rng.integers(0, 3, shape),
    "heavy tails": lambda rng, shape: np.exp(rng.normal(0, 2, shape)),
    "mostly zero": lambda rng, shape: rng.random(shape) * (rng.random(shape) < 0.2),
}  # fmt: skip
SHAPES: tuple[tuple[int, ...], ...] = ((), (1,), (2,), (3,), (4,), (8,), (20,), (2, 2), (3, 2), (4, 4), (30, 2))
ABOUT_THE_ANSWER_ALONE = {sentences.ZEROS, sentences.CONSTANT, sentences.SATURATED}


@pytest.mark.parametrize("tolerance", [(1e-7, 0.0), (1e-3, 1e-3), (0.0, 0.05)], ids=str)
def test_unrelated_answers_are_not_explained(tolerance: tuple[float, float]) -> None:
    rng, asked, explained = np.random.default_rng(5), 0, []
    for name, draw in FAMILIES.items():
        for shape in SHAPES:
            for _ in range(40):
                actual, expected = np.asarray(draw(rng, shape)), np.asarray(draw(rng, shape))
                if np.isclose(actual, expected, *tolerance).all():
                    continue
                asked += 1
                sentence = diagnose(actual, expected, *tolerance)
                if sentence is not None and sentence not in ABOUT_THE_ANSWER_ALONE:
                    explained.append((name, shape, NAMES[sentence]))
    assert asked > 4000
    assert len(explained) < 0.01 * asked, explained


numbers = st.one_of(
    st.integers(-(2**60), 2**60), st.floats(width=64), st.sampled_from([0.0, -0.0, 1.0, 1e308, 5e-324, np.nan, np.inf])
)
arrays = hnp.arrays(
    st.sampled_from(["f8", "f4", "f2", "i8", "u1", "?", "c16"]),
    hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=5),
)


@settings(max_examples=400)
@given(actual=arrays, expected=arrays, inputs=st.none() | arrays, rtol=st.sampled_from([0.0, 1e-7, 0.5]))
def test_no_data_breaks_it(actual: Any, expected: Any, inputs: Any, rtol: float) -> None:
    sentence = diagnose(actual, expected, rtol, 0.0, inputs)
    assert sentence is None or (sentence.en and sentence.ko)


@settings(max_examples=200)
@given(expected=hnp.arrays("f8", (4,), elements=numbers), actual=hnp.arrays("f8", (4,), elements=numbers))
def test_a_diagnosis_is_one_of_the_constants(expected: Any, actual: Any) -> None:
    constants = {text for text in vars(sentences).values() if isinstance(text, Text)}
    assert diagnose(actual, expected, 1e-7, 0.0) in constants | {None}


def test_a_simple_number_is_no_evidence() -> None:
    assert diagnose(np.array(0.25), np.array(0.75), 1e-7, 0.0) is None  # not "one minus"
    assert diagnose(np.array(4), np.array(2), 1e-7, 0.0) is None  # neither twice nor squared
    assert diagnose(np.array(0.2871), np.array(0.7129), 1e-7, 0.0) == sentences.COMPLEMENT
    assert evidence(np.array([0.5]), 1e-5) < 3
    assert evidence(np.array([0.5403023058]), 1e-5) > 12


def test_one_number_is_never_off_by_a_free_constant_or_factor() -> None:
    rng = np.random.default_rng(0)
    for a, e in rng.normal(size=(200, 2)):
        assert diagnose(np.array(a), np.array(e), 1e-7, 0.0) not in (sentences.FACTOR, sentences.OFFSET)


def test_a_loose_tolerance_lets_no_mistake_in() -> None:
    wanted = np.array([0.51, 0.49, 0.52])
    assert diagnose(np.array([0.3, 0.7, 0.1]), wanted, 0.0, 0.4) is None


def test_an_answer_that_is_nearly_right_is_not_in_another_order() -> None:
    wanted = np.random.default_rng(1).normal(size=50)
    assert diagnose(wanted + 1e-9, wanted, 1e-12, 0.0) is None
    assert diagnose(wanted.astype(np.float32), wanted, 1e-12, 0.0) == sentences.LOW_PRECISION


def test_labels_in_equal_numbers_are_not_in_another_order() -> None:
    wanted = np.eye(3)[[0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]]
    found = wanted[[4, 0, 8, 1, 9, 5, 2, 10, 6, 3, 7, 11]]
    assert diagnose(found, wanted, 1e-7, 0.0) is None
    assert diagnose(found.argmax(axis=1), wanted.argmax(axis=1), 1e-7, 0.0) is None


def test_large_arrays_are_sampled() -> None:
    wanted = np.random.default_rng(2).normal(size=(1000, 100))
    assert diagnose(-wanted, wanted, 1e-7, 0.0) == sentences.SIGN
    assert diagnose(wanted[:, ::-1], wanted, 1e-7, 0.0) is None
    wrong = wanted.copy()
    wrong[500, 50] = np.nan
    assert diagnose(np.full_like(wanted, np.nan), wanted, 1e-7, 0.0) == sentences.NAN
    began = time.process_time()
    for _ in range(5):
        diagnose(np.roll(wanted, 7) * 1.3, wanted, 1e-7, 0.0)
    assert time.process_time() - began < 5  # a hundredth of this is usual; without limits it takes far more


@pytest.mark.parametrize(
    ("found", "wanted", "sentence"),
    [
        ((3, 1), (3,), sentences.COLUMN),
        ((1, 3), (3,), sentences.ROW),
        ((3,), (3, 1), sentences.FLAT),
        ((3, 3), (3,), sentences.BROADCAST),
        ((3, 3), (3, 1), sentences.BROADCAST),
        ((2, 3), (3, 2), sentences.TRANSPOSED_SHAPE),
        ((1, 1), (1,), sentences.COLUMN),
        ((4,), (3,), None),
        ((), (3,), None),
        ((0,), (), None),
    ],
)
def test_a_shape_is_diagnosed(found: tuple[int, ...], wanted: tuple[int, ...], sentence: Text | None) -> None:
    assert diagnose_shape(found, wanted) == sentence


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (True, sentences.TRUTH_VALUES),
        ("1.5", sentences.TEXT_NUMBERS),
        (["1", "2.5e3"], sentences.TEXT_NUMBERS),
        (np.array(["1", "2"]), sentences.TEXT_NUMBERS),
        ([1.0, None], sentences.NONE_INSIDE),
        (np.array([None, 2.0], dtype=object), sentences.NONE_INSIDE),
        ([[1, 2], [3]], sentences.RAGGED),
        ("one", None),
        ([], None),
        (None, None),
        ({"a": 1}, None),
        (b"1", None),
        (["1", 2], None),
    ],
)
def test_what_is_no_array_of_numbers_is_diagnosed(value: Any, sentence: Text | None) -> None:
    assert diagnose_kind(value) == sentence


def said(actual: Any, expected: Any, **options: Any) -> tuple[Text, ...]:
    with pytest.raises(CheckFailed) as caught:
        Expect().close(actual, expected, **options)
    return caught.value.sentences


def test_inputs_that_are_no_numbers_are_the_authors_fault() -> None:
    with pytest.raises(TypeError, match="inputs"):
        Expect().close(1.0, 2.0, inputs="X")


@pytest.mark.parametrize("value", [None, "x", [[1, 2], [3]], [], np.nan, np.array([None]), 10**400, True, {"a": 1}])
def test_any_answer_may_come_where_inputs_are_known(value: Any) -> None:
    assert said(value, 1.5, inputs=[1.0, 2.0])


def test_where_values_differ_adds_nothing_to_an_authored_sentence() -> None:
    wanted = np.random.default_rng(3).normal(size=9)
    wrong = np.r_[wanted[:3], 9, wanted[4:]]
    assert said(wrong, wanted) == (sentences.FEW,)
    assert said(wrong, wanted, message=OTHER) == (OTHER,)


def test_same_explains_numbers_too() -> None:
    with pytest.raises(CheckFailed) as caught:
        Expect().same([905, 892, 901, 899, 893, 904], [892, 893, 899, 901, 904, 905])
    assert caught.value.sentences == (sentences.ORDER,)


def test_names_that_checks_import_are_still_there() -> None:
    for name in ("COLUMN", "NAN", "SIGN", "FEW", "diagnose", "diagnose_shape"):
        assert hasattr(diagnosis, name)
