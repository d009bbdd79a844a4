"""``expect.array``: what it accepts and gives back, and what a student reads of anything else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from hypothesis import example, given, settings

from grader.checking.expect import CheckFailed, Expect
from grader.checking.values import discreet
from grader.vocabulary import Text
from tests.hostile import values

AUTHORED = Text("Each centre is a row.", "센트로이드마다 한 행이에요.")


def said(value: Any, shape: Any = (2, 3), **options: Any) -> tuple[Text, ...]:
    """What a student reads."""
    with pytest.raises(CheckFailed) as caught:
        Expect().array(value, shape, **options)
    assert all(text.en and text.ko for text in caught.value.sentences)
    return caught.value.sentences


@pytest.mark.parametrize(
    ("value", "shape", "wanted"),
    [
        ([[1, 2], [3, 4]], (2, 2), [[1.0, 2.0], [3.0, 4.0]]),
        (((1, 2), (3, 4)), (None, 2), [[1.0, 2.0], [3.0, 4.0]]),
        (np.array([1, 255], dtype="uint8"), 2, [1.0, 255.0]),
        (np.array([1.5], dtype="float32"), (None,), [1.5]),
        (pd.Series([1, 2]), (2,), [1.0, 2.0]),
        (pd.DataFrame({"a": [1], "b": [2.5]}), (1, 2), [[1.0, 2.5]]),
        (scipy.sparse.csr_matrix(np.eye(2)), (2, 2), [[1.0, 0.0], [0.0, 1.0]]),
        (np.array([1, 2.5], dtype=object), (2,), [1.0, 2.5]),
        ([True, False], (2,), [1.0, 0.0]),
        (np.array([2 + 0j, 3 + 1e-17j]), (2,), [2.0, 3.0]),
        (0.5, (), 0.5),
        (np.zeros((0, 3)), (None, 3), np.zeros((0, 3))),
    ],
    ids=repr,
)
def test_finite_numbers_of_the_shape_come_back_as_floats(value: Any, shape: Any, wanted: Any) -> None:
    found = Expect().array(value, shape)
    assert type(found) is np.ndarray and found.dtype == np.float64
    np.testing.assert_array_equal(found, np.asarray(wanted))


@pytest.mark.parametrize(
    ("value", "dtype", "kind"), [([3, 1], "int", "i"), (np.array([0.5, 1], "f4"), np.float32, "f")]
)
def test_numbers_of_a_dtype_keep_it(value: Any, dtype: Any, kind: str) -> None:
    found = Expect().array(value, (2,), dtype=dtype)
    assert found.dtype.kind == kind and found.tolist() == np.asarray(value).tolist()
    if dtype is np.float32:
        assert found.dtype == np.float32


def test_each_fault_has_its_own_sentence() -> None:
    told = {
        "nothing": said(None),
        "text": said([["a", "b", "c"]] * 2),
        "transposed": said(np.zeros((3, 2))),
        "flat": said(np.zeros(6)),
        "nan": said(np.full((2, 3), np.nan)),
        "infinite": said(np.full((2, 3), np.inf)),
        "complex": said(np.full((2, 3), 1j)),
        "floats": said(np.zeros((2, 3)), dtype="int"),
    }
    assert told["nothing"][0].en == "An array of shape (2, 3) is wanted, but this is None."
    assert told["text"][0].en.startswith("Numbers are wanted here")
    assert told["transposed"][0].en == "The shape should be (2, 3), but it is (3, 2)."
    assert "NaN" in told["nan"][0].en
    assert told["complex"][0].en == "Real numbers are wanted here, but these are complex."
    assert told["floats"][0].en == "The dtype is float64; expected is int."
    assert len(set(told.values())) == len(told)
    assert not any("prediction" in text.en for texts in told.values() for text in texts)


def test_the_shape_comes_before_the_numbers() -> None:
    assert "shape" in said(np.full((3, 2), np.nan))[0].en


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (None, None),
        (np.zeros(3), None),
        (np.full((2, 3), np.nan), None),
        (np.ones((2, 3)) * 1j, None),
        (np.eye(3)[:2], "int"),
    ],
    ids=["nothing", "shape", "nan", "complex", "dtype"],
)
def test_an_authored_sentence_comes_first_whatever_is_wrong(value: Any, dtype: Any) -> None:
    sentences = said(value, message=AUTHORED, dtype=dtype)
    assert sentences[0] == AUTHORED and len(sentences) > 1


def test_a_hidden_check_tells_no_length_of_what_came() -> None:
    with discreet():
        (sentence, *_) = said(np.zeros((71239, 1)), (2, 3))
    assert "71239" not in sentence.en + sentence.ko


@settings(max_examples=200)
@given(value=values)
@example(value=np.array("NaT", dtype="timedelta64[s]"))
@example(value=[[10**400]])
def test_any_data_comes_back_finite_or_fails_with_a_sentence(value: Any) -> None:
    for shape, dtype in (((None,), None), ((), None), ((None, None), "int"), ((None,), "number"), ((), np.complex128)):
        try:
            found = Expect().array(value, shape, dtype=dtype)
        except CheckFailed as failure:
            assert failure.sentences and all(text.en and text.ko for text in failure.sentences)
        else:
            assert np.isfinite(found).all() and found.ndim == len(shape)


def test_a_wide_float_that_none_of_ours_holds_is_not_finite() -> None:
    if np.finfo(np.longdouble).max == np.finfo(float).max:
        pytest.skip("no wider float on this machine")
    with pytest.raises(CheckFailed):
        Expect().array(np.array([np.longdouble("1e4000"), 1]), (2,))
