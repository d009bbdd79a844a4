"""Values survive the way through the codec, and nothing malformed comes out of it."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from scipy import sparse

from grader.running.probe.bounds import Bounds, CodecError, TooLarge
from grader.running.probe.codec import Rng, decode, encode

RELAXED = settings(max_examples=60)


def through(value: Any, **options: Any) -> Any:
    """Encode, pass as bytes, decode."""
    node, buffers = encode(value, generators=True)
    return decode(json.loads(json.dumps(node, allow_nan=False)), [bytearray(b) for b in buffers], **options)


def same(a: Any, b: Any) -> bool:
    """Equal in type, dtype and value; NaN equals NaN."""
    if isinstance(a, np.ndarray):
        if a.dtype.kind == "O":
            return a.shape == b.shape and all(map(same, a.reshape(-1).tolist(), b.reshape(-1).tolist()))
        equal_nan = a.dtype.kind in "fcmM"
        return bool(a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b, equal_nan=equal_nan))
    if type(a) is not type(b):
        return False
    if isinstance(a, float | np.floating):
        return bool(a == b or (math.isnan(a) and math.isnan(b)))
    if isinstance(a, complex | np.complexfloating):
        return same(float(a.real), float(b.real)) and same(float(a.imag), float(b.imag))
    if isinstance(a, np.datetime64 | np.timedelta64):
        return bool(a.dtype == b.dtype and (a == b or (np.isnat(a) and np.isnat(b))))
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a.items(), b.items()))
    return bool(a == b)


texts = st.text(st.characters(codec="utf-8"), max_size=20)
hashables = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**200), 2**200),
    st.floats(allow_nan=False),
    texts,
    st.binary(max_size=20),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
    st.tuples(st.integers(), texts),
    st.frozensets(st.integers(), max_size=4),
)
dtypes = st.one_of(
    npst.boolean_dtypes(),
    npst.integer_dtypes(endianness="<"),
    npst.unsigned_integer_dtypes(endianness="<"),
    npst.floating_dtypes(endianness="<", sizes=(16, 32, 64)),
    npst.complex_number_dtypes(endianness="<", sizes=(64, 128)),
    npst.datetime64_dtypes(endianness="<"),
    npst.timedelta64_dtypes(endianness="<"),
    npst.byte_string_dtypes(min_len=1, max_len=5),
)
shapes = npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
arrays = npst.arrays(dtypes, shapes)
scalars = (
    dtypes.filter(lambda dtype: dtype.kind != "S").flatmap(lambda dtype: npst.arrays(dtype, ())).map(lambda a: a[()])
)
leaves = st.one_of(
    hashables,
    st.floats(),
    st.complex_numbers(),
    st.just(Ellipsis),
    st.builds(range, st.integers(-99, 99), st.integers(-99, 99), st.integers(1, 9)),
    st.lists(st.floats(), min_size=40, max_size=50),
    st.lists(st.integers(), min_size=40, max_size=50),
    st.lists(texts, min_size=40, max_size=50),
    dtypes.filter(lambda d: d.kind in "biuf").flatmap(lambda d: npst.arrays(d, 40)).map(list),
    st.sets(st.integers(), max_size=5),
    arrays,
    scalars,
)
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(hashables, inner, max_size=4),
    ),
    max_leaves=12,
)


@RELAXED
@given(values)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    assert same(value, through(value))


@RELAXED
@given(npst.arrays(npst.floating_dtypes(endianness=">"), shapes))
def test_foreign_byte_order_keeps_the_numbers(array: Any) -> None:
    np.testing.assert_array_equal(through(array), array)


@RELAXED
@given(npst.arrays("U5", shapes, elements=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)))
def test_arrays_of_text_keep_shape_and_content(array: Any) -> None:
    back = through(array)
    assert back.shape == array.shape
    assert back.tolist() == array.tolist()


def test_object_arrays_masked_arrays_and_bytes_are_plain_data() -> None:
    array = np.array([1, "zwei", None, 3.5], dtype=object).reshape(2, 2)
    assert same(through(array), array)
    masked = np.ma.masked_array([1.0, 2.0], mask=[False, True])
    assert through(masked).tolist() == [1.0, None]
    assert same(through(np.ma.masked_array([1.0, 2.0])), np.array([1.0, 2.0]))
    assert through(bytearray(b"ab")) == b"ab"


def test_decoded_arrays_are_writable() -> None:
    array = through(np.zeros(3))
    array[0] = 1
    assert array.sum() == 1


columns = st.sampled_from(
    [
        [1, 2, 3],
        [1.5, float("nan"), -0.0],
        ["a", "b", "한글"],
        [True, False, True],
        pd.array(["x", None, "z"], dtype="string"),
        pd.array([1, None, 3], dtype="Int64"),
        pd.array([True, None, False], dtype="boolean"),
        pd.array([1.5, None, 2.0], dtype="Float64"),
        pd.Categorical(["lo", "hi", None], categories=["lo", "hi"], ordered=True),
        pd.Categorical([3, 1, 3]),
        pd.to_datetime(["2020-01-01", None, "2021-06-01"]),
        pd.to_datetime(["2020-01-01", "2020-07-01", "2021-06-01"]).tz_localize("Asia/Seoul"),
        pd.to_timedelta(["1h", "2D", None]),
        np.array([1, 2, 3], dtype="int8"),
        np.array([1, 2, 3], dtype="float32"),
        np.array([1, "b", None], dtype=object),
    ]
)
indices = st.sampled_from(
    [
        pd.RangeIndex(3, name="n"),
        pd.Index(["p", "q", "q"], name=("a", 1)),
        pd.Index([3, 1, 2]),
        pd.DatetimeIndex(["2020-01-01", "2020-01-02", "2020-01-03"], name="day"),
        pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["one", None]),
        pd.CategoricalIndex(["u", "v", "u"]),
    ]
)
labels = st.one_of(st.integers(-5, 5), texts)


@RELAXED
@given(st.lists(st.tuples(labels, columns), max_size=4), indices)
def test_frames_keep_dtypes_labels_and_missing_values(parts: list[tuple[Any, Any]], index: Any) -> None:
    frame = pd.DataFrame({i: pd.Series(column, index=index) for i, (_, column) in enumerate(parts)}, index=index)
    frame.columns = pd.Index([label for label, _ in parts], dtype=None if parts else object)
    pd.testing.assert_frame_equal(through(frame), frame, check_freq=False)


@RELAXED
@given(columns, indices, st.one_of(st.none(), texts))
def test_series_and_indices_come_back(column: Any, index: Any, name: str | None) -> None:
    series = pd.Series(column, index=index, name=name)
    pd.testing.assert_series_equal(through(series), series, check_freq=False)
    pd.testing.assert_index_equal(through(index), index)


def test_intervals_and_periods_come_back_as_text() -> None:
    cut = pd.Series(pd.cut([1.0, 2.0, 9.0], [0, 5, 10]))
    assert through(cut).astype(str).tolist() == cut.astype(str).tolist()
    assert through(pd.Series(pd.period_range("2020-01", periods=2, freq="M"))).tolist() == ["2020-01", "2020-02"]


@pytest.mark.parametrize(
    "value",
    [
        pd.Timestamp("2020-01-01 10:00"),
        pd.Timestamp("2020-01-01", tz="Asia/Seoul"),
        pd.Timedelta("3h"),
        datetime.time(1, 2),
    ],
)
def test_points_in_time_come_back(value: Any) -> None:
    assert through(value) == value


def test_missing_markers_keep_their_identity() -> None:
    assert through(pd.NA) is pd.NA
    assert through(pd.NaT) is pd.NaT


@pytest.mark.parametrize("make", [sparse.csr_matrix, sparse.csc_matrix, sparse.coo_matrix, sparse.csr_array])
def test_sparse_matrices_come_back_in_their_format(make: Any) -> None:
    matrix = make(np.array([[0, 1, 0], [2, 0, 3]]))
    back = through(matrix)
    assert back.format == matrix.format
    assert isinstance(back, sparse.sparray) == isinstance(matrix, sparse.sparray)
    np.testing.assert_array_equal(back.toarray(), matrix.toarray())


def test_generators_cross_as_a_seed_or_as_their_state() -> None:
    def there(value: Any) -> Any:
        return through(value, held=lambda identity: None)

    assert there(Rng(7)).random() == np.random.default_rng(7).random()
    generator = np.random.default_rng(3)
    copy = there(generator)
    assert copy.random(5).tolist() == generator.random(5).tolist()
    legacy = np.random.RandomState(5)
    assert there(legacy).rand() == legacy.rand()


def test_what_is_not_data_goes_to_the_hook() -> None:
    held: list[Any] = []

    def refer(value: Any) -> Any:
        held.append(value)
        return {"$ref": [len(held), type(value).__name__, ["object"]]}

    node, buffers = encode((1, [object, len]), refer)
    assert held == [object, len]
    found = decode(node, [bytearray(b) for b in buffers], refer=lambda reference: reference)
    assert found == (1, [[1, "type", ("object",)], [2, "builtin_function_or_method", ("object",)]])
    with pytest.raises(CodecError):
        encode(object())


def test_a_value_that_holds_itself_is_refused() -> None:
    knot: list[Any] = []
    knot.append(knot)
    with pytest.raises(TooLarge):
        encode(knot)


@pytest.mark.parametrize("value", [np.zeros(1000), "x" * 1000, b"x" * 5000, [1] * 1000, 2**5000, list(range(10**4))])
def test_what_exceeds_the_bounds_is_not_encoded(value: Any) -> None:
    with pytest.raises(TooLarge):
        encode(value, bounds=Bounds(total=4000, text=500, items=900))


LIES: list[tuple[Any, list[bytes]]] = [
    ({"$nd": ["<f8", [3], 0]}, [b"\0" * 8]),
    ({"$nd": ["<f8", [1 << 50], 0]}, [b"\0" * 8]),
    ({"$nd": ["<f8", [-1], 0]}, [b"\0" * 8]),
    ({"$nd": ["<f8", [True], 0]}, [b"\0" * 8]),
    ({"$nd": ["<f8", [0, 1 << 60], 0]}, [b""]),
    ({"$nd": ["<f8", [1] * 100, 0]}, [b"\0" * 8]),
    ({"$nd": ["|O", [1], 0]}, [b"\0" * 8]),
    ({"$nd": ["<U2", [1], 0]}, [b"\xff" * 8]),
    ({"$nd": ["<f8,<f8", [1], 0]}, [b"\0" * 16]),
    ({"$nd": ["<f8", [1], 5]}, [b"\0" * 8]),
    ({"$nd": ["<f8", [1], -1]}, [b"\0" * 8]),
    ({"$nd": [["<f8"], [1], 0]}, [b"\0" * 8]),
    ({"$nd": None}, []),
    ({"$np": ["|i1", 300]}, []),
    ({"$np": ["<f8", "1"]}, []),
    ({"$ndtext": [[2], [0, 1]]}, [b"\1\0\0\0", b"a"]),
    ({"$texts": [0, 1]}, [b"\xff\xff\xff\x7f", b"a"]),
    ({"$texts": [0, 1]}, [b"\1\0\0\0", b"\xff"]),
    ({"$texts": [0, 1]}, [b"\xfe\xff\xff\xff", b""]),
    ({"$ndobject": [[3], [1]]}, []),
    ({"$floats": 0}, [b"abc"]),
    ({"$set": [[1]]}, []),
    ({"$dict": [[{"$dict": []}, 1]]}, []),
    ({"$dict": [[1]]}, []),
    ({"$float": "1e5"}, []),
    ({"$range": [0, 1, 0]}, []),
    ({"$held": 1}, []),
    ({"$rng": ["seed", 1]}, []),
    ({"$ref": [1, "x", []]}, []),
    ({"$import": "os"}, []),
    ({"a": 1, "b": 2}, []),
    ({}, []),
    ({"$date": "x" * 100}, []),
    ({"$frame": [["range", 0, 1, 1, None], ["range", 0, 10**15, 1, None], []]}, []),
    ({"$frame": [["range", 0, 0, 1, None], ["range", 0, 10**15, 1, None], []]}, []),
    ({"$series": [["nullable", "object", 1, 1], ["range", 0, 1, 1, None], None]}, []),
    ({"$series": [["category", 1, 1, 1], ["range", 0, 1, 1, None], None]}, []),
    ({"$series": [["zoned", {"$nd": ["<M8[ns]", [0], 0]}, "../../etc/passwd"], ["range", 0, 0, 1, None], None]}, [b""]),
    ({"$pd": ["Timestamp", 10**30, "ns", None]}, []),
    ({"$sparse": ["csr", False, [1 << 20, 1 << 20], 0, 0, 0]}, []),
]


@pytest.mark.parametrize(("node", "buffers"), LIES, ids=lambda part: repr(part)[:50])
def test_lies_are_refused(node: Any, buffers: list[bytes]) -> None:
    with pytest.raises(CodecError):
        decode(node, [bytearray(b) for b in buffers])


@pytest.mark.parametrize(
    ("indices", "indptr"),
    [([5, 0], [0, 1, 2]), ([-1, 0], [0, 1, 2]), ([0, 1], [0, 2]), ([0, 1], [0, 9, 2]), ([0, 1], [1, 1, 2])],
)
def test_sparse_indices_outside_the_matrix_are_refused(indices: list[int], indptr: list[int]) -> None:
    parts = [np.array([1.0, 2.0]), np.array(indices), np.array(indptr)]
    nodes = [{"$nd": [part.dtype.str, [len(part)], i]} for i, part in enumerate(parts)]
    with pytest.raises(CodecError):
        decode({"$sparse": ["csr", False, [2, 2], *nodes]}, [bytearray(part.tobytes()) for part in parts])


def test_a_boolean_cannot_count_as_more_than_one() -> None:
    assert decode({"$nd": ["|b1", [2], 0]}, [bytearray(b"\7\0")]).sum() == 1


def test_keys_that_all_share_a_hash_are_refused() -> None:
    keys = [i * (2**61 - 1) for i in range(1, 200)]
    with pytest.raises(CodecError):
        decode({"$set": keys}, [])


def test_lone_surrogates_are_replaced() -> None:
    decode(json.loads('"\\ud800"'), []).encode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
tags = st.sampled_from(
    "$nd $np $np0 $ndtext $ndobject $sparse $frame $series $index $column $pd $tuple $set $frozenset $dict $floats $ints"
    " $texts $scalars $range $slice $ref $held $rng $complex $bytes $date $datetime $time $timedelta $float $ellipsis".split()
)


@settings(max_examples=300)
@given(tags, json_values, st.lists(st.binary(max_size=16), max_size=3))
def test_any_json_decodes_or_is_refused(tag: str, body: Any, buffers: list[bytes]) -> None:
    try:
        decode({tag: body}, [bytearray(b) for b in buffers], refer=lambda reference: reference)
    except CodecError:
        pass


@given(st.integers(-(10**20), 10**20), st.integers(-(10**20), 10**20), st.integers(-50, 50).filter(bool))
def test_a_range_that_nobody_could_list_is_refused(start: int, stop: int, step: int) -> None:
    body, buffers = encode(range(start, stop, step))
    length = max(0, -((start - stop) // step))
    if length > Bounds().items:
        with pytest.raises(TooLarge):
            decode(body, buffers)
    else:
        assert decode(body, buffers) == range(start, stop, step)
