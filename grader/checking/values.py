"""Reads values that came out of a submission: data of any type, shape and size, which nothing here trusts.

Every function returns an answer for every value; none of them raises because of what the value is.

Theory of operation: what a submission answers to a hidden check may repeat the hidden inputs that it was given, in a
value as well as in a shape, a dtype, a name of a column or of a class. `describe`, `shown` and the ``told_*`` functions
are therefore the only ways of a submission's data into a sentence, and inside of `discreet` they tell nothing that the
submission could choose freely. The plugin runs each hidden check inside of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.running.text import plain_text
from grader.vocabulary import Text

MAX_ELEMENTS = 1 << 27  # elements that a sparse matrix may have once it is made dense
_MAX_SHOWN = 60  # characters of a value in a sentence
_MOST_NAMES = 10  # names that a sentence lists
_MOST_AXES = 4  # axes that a sentence about a hidden check shows
_DTYPE_WORDS = {"U": "str", "S": "bytes", "O": "object", "M": "datetime64", "m": "timedelta64", "V": "structured"}
_REPEATS = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_DISCREET: ContextVar[bool] = ContextVar("discreet", default=False)


@contextmanager
def discreet(on: bool = True) -> Iterator[None]:
    """Inside, sentences tell kinds of things and numbers of axes, but no value, length or name out of a submission."""
    token = _DISCREET.set(on)
    try:
        yield
    finally:
        _DISCREET.reset(token)


def is_discreet() -> bool:
    """Whether sentences must not repeat what a submission answered."""
    return _DISCREET.get()


def numeric(value: Any) -> NDArray[Any] | None:
    """``value`` as an array of a boolean, integer, float or complex dtype; None where it is not made of numbers.

    Lists may be nested, tables and series are read by their values, sparse matrices are made dense.
    """
    array = plain_array(value)
    return None if array is None else _numbers(array)


def plain_array(value: Any) -> NDArray[Any] | None:
    """``value`` as an array of whatever dtype; None for what is not shaped like one (ragged lists, sets, objects)."""
    if isinstance(value, np.ndarray):
        return np.asarray(value)
    if is_sparse(value):
        return np.asarray(value.toarray()) if math.prod(value.shape) <= MAX_ELEMENTS else None
    if _is_pandas(value):
        try:
            return np.asarray(value.to_numpy())
        except (TypeError, ValueError, AttributeError):
            return None
    if isinstance(value, str | bytes | Mapping | set | frozenset | slice) or value is None or value is Ellipsis:
        return None
    if isinstance(value, bool | int | float | complex | np.generic):
        return _from_plain(value)
    return _from_plain(list(value) if isinstance(value, range) else value) if isinstance(value, Sequence) else None


def shape_of(value: Any) -> tuple[int, ...] | None:
    """The shape, without making a sparse matrix dense; None where there is none."""
    return Answer(value).shape


def scalar(value: Any) -> float | None:
    """A number of any numeric type, also in an array of one element; None for anything else, bool included."""
    return Answer(value).scalar


class Answer:
    """A value out of a submission that is read once, however many questions are asked about it.

    Parameters
    ----------
    value : object

    Attributes
    ----------
    array : array or None
        The value as `plain_array` reads it.
    numbers : array or None
        The value as `numeric` reads it.
    shape : tuple of int or None
        The shape, for which no sparse matrix is made dense.
    scalar : float or None
        A number of any numeric type but bool, also in an array of one element.
    """

    def __init__(self, value: Any) -> None:
        self.value = value

    @cached_property
    def array(self) -> NDArray[Any] | None:
        return plain_array(self.value)

    @cached_property
    def numbers(self) -> NDArray[Any] | None:
        return None if self.array is None else _numbers(self.array)

    @cached_property
    def shape(self) -> tuple[int, ...] | None:
        if is_sparse(self.value) or _is_pandas(self.value):
            return tuple(int(n) for n in self.value.shape)
        return None if self.array is None else self.array.shape

    @cached_property
    def scalar(self) -> float | None:
        if self.numbers is None or self.numbers.size != 1 or self.numbers.dtype.kind == "b":
            return None
        item = self.numbers.reshape(-1)[0]
        return None if isinstance(item, complex | np.complexfloating) else float(item)

    def flattened(self) -> Answer:
        """The same value without its axes; itself where it has none."""
        return self if self.array is None else Answer(self.array.reshape(-1))

    def is_close(self, wanted: NDArray[Any], rtol: float, atol: float) -> bool:
        """Whether the numbers have this shape and are close everywhere; NaN equals NaN."""
        # the shape first: to make a large sparse matrix dense costs memory
        return self.shape == wanted.shape and self.numbers is not None and agree(self.numbers, wanted, rtol, atol)


def agree(found: NDArray[Any], wanted: NDArray[Any], rtol: Any, atol: Any) -> bool:
    """Whether two numeric arrays of one shape are close everywhere; NaN equals NaN, tolerances may be arrays."""
    with np.errstate(all="ignore"):
        return bool(np.isclose(found, wanted, rtol=rtol, atol=atol, equal_nan=True).all())


def is_sparse(value: Any) -> bool:
    """Whether it is a SciPy sparse matrix or array."""
    return hasattr(value, "toarray") and hasattr(value, "nnz") and isinstance(getattr(value, "shape", None), tuple)


def is_frame(value: Any) -> bool:
    """Whether it is a pandas DataFrame."""
    return _is_pandas(value) and type(value).__name__ == "DataFrame"


def is_series(value: Any) -> bool:
    """Whether it is a pandas Series."""
    return _is_pandas(value) and type(value).__name__ == "Series"


def describe(value: Any) -> Text:
    """What kind of thing it is, as a noun for a sentence: its type and shape, never its content."""
    held = getattr(value, "type_name", None)
    if isinstance(held, str):
        if is_discreet():
            return Text("an object of another type", "다른 타입의 객체")
        name = plain_text(held, 80)
        return Text(f"an object of type {name}", f"{name} 타입의 객체")
    if value is None:
        return Text("None", "None")
    if isinstance(value, np.ndarray) and value.ndim:
        dtype, dimensions = told_dtype(value.dtype), _dimensions(value.shape)
        if is_discreet():
            return Text(f"an array with {dimensions.en} and dtype {dtype}", f"dtype이 {dtype}인 {dimensions.ko} 배열")
        return Text(
            f"an array of shape {value.shape} and dtype {dtype}", f"모양이 {value.shape}이고 dtype이 {dtype}인 배열"
        )
    if is_sparse(value) or is_frame(value):
        kind = Text("a DataFrame", "DataFrame") if is_frame(value) else Text("a sparse matrix", "희소 행렬")
        shape = tuple(value.shape)
        return kind if is_discreet() else Text(f"{kind.en} of shape {shape}", f"모양이 {shape}인 {kind.ko}")
    name = type(value).__name__
    if isinstance(value, list | tuple | set | frozenset | dict) and not is_discreet():
        return Text(f"a {name} of length {len(value)}", f"길이가 {len(value)}인 {name}")
    return Text(f"a value of type {name}", f"{name} 타입의 값")


def described(sentence: Text, value: Any) -> Text:
    """A sentence with what kind of thing it is about in its blank ``{found}``."""
    return sentence.format(found=describe(value))


def told_shape(shape: Sequence[int]) -> Text:
    """A submission's shape for a sentence: "it is (3, 2)"; in a hidden check "it is one with 2 dimensions"."""
    if not is_discreet():
        return Text(str(tuple(shape)), str(tuple(shape)))
    if not shape:
        return Text("that of a single number", "숫자 하나의 모양")
    dimensions = _dimensions(shape)
    return Text(f"one with {dimensions.en}", dimensions.ko)


def _dimensions(shape: Sequence[int]) -> Text:
    count = min(len(shape), _MOST_AXES)
    return Text(f"{count} dimension{'s' * (count != 1)}", f"{count}차원")


def told_dtype(dtype: Any) -> str:
    """The name of a submission's dtype for a sentence: ``float64``, ``str``; pandas' own dtypes by their kind."""
    kind = getattr(dtype, "kind", "O")
    if isinstance(dtype, np.dtype) and kind in "biufc":
        return dtype.name
    return plain_text(str(dtype), _MAX_SHOWN) if not is_discreet() else _DTYPE_WORDS.get(kind, "object")


def tell(sentence: Text, **values: object) -> Text:
    """A sentence with its blanks filled, `Text.format`'s way.

    What stands in ``[[ ]]`` repeats what came out of a submission, or what it could set by how it behaved: a hidden
    check leaves it out.
    """
    kept = r"" if is_discreet() else r"\1"
    return Text(*(_REPEATS.sub(kept, text) for text in (sentence.en, sentence.ko))).format(**values)


def listed(names: Sequence[Any]) -> str:
    """The first names of several, with commas."""
    told = ", ".join(plain_text(str(name), _MAX_SHOWN) for name in names[:_MOST_NAMES])
    return told + (", …" if len(names) > _MOST_NAMES else "")


def shown(value: Any) -> str:
    """A student's own scalar or short text for a sentence; empty where it would say too much or too little."""
    if is_discreet():
        return ""
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(-1)[0]
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if is_integer(value):
        return str(int(value)) if abs(int(value)) < 10**15 else ""
    if isinstance(value, float | np.floating):
        return f"{float(value):.6g}"
    if isinstance(value, str) and len(value) <= _MAX_SHOWN:
        return f'"{plain_text(value, _MAX_SHOWN)}"'
    return ""


def is_integer(value: Any) -> bool:
    """Whether it is a whole number; NumPy counts a length of time among its integers."""
    return isinstance(value, int | np.integer) and not isinstance(value, np.timedelta64)


def for_instructor(value: Any, limit: int = 1000) -> str:
    """A bounded ``repr`` for the instructor's details."""
    try:
        with np.printoptions(threshold=60, edgeitems=4, precision=8):
            return plain_text(repr(value), limit)
    except Exception as error:  # a repr must never decide about a verdict
        return f"<{type(value).__name__} whose repr fails: {type(error).__name__}>"


def _numbers(array: NDArray[Any]) -> NDArray[Any] | None:
    """An array of numbers, objects among them read as floats; None where it holds anything else."""
    if array.dtype.kind in "biufc":
        return array
    if array.dtype.kind != "O" or not all(_is_number(item) for item in array.flat):
        return None
    try:
        return array.astype(float)
    except (TypeError, ValueError, OverflowError):
        return None


def _from_plain(value: Any) -> NDArray[Any] | None:
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, OverflowError, RecursionError):  # ragged lists among others
        return None
    # Containers that NumPy keeps as elements have no common shape.
    if array.dtype.kind == "O" and any(isinstance(item, Mapping | Sequence | set) for item in array.flat):
        return (
            None if not all(isinstance(item, str | bytes) or not _is_container(item) for item in array.flat) else array
        )
    return array


def _is_container(item: Any) -> bool:
    return isinstance(item, Mapping | Sequence | set | frozenset | np.ndarray)


def _is_number(item: Any) -> bool:
    return (is_integer(item) or isinstance(item, float | np.bool_ | np.floating)) and (
        not isinstance(item, int) or abs(item) < 10**300
    )


def _is_pandas(value: Any) -> bool:
    return (
        type(value).__module__.partition(".")[0] == "pandas" and hasattr(value, "to_numpy") and hasattr(value, "shape")
    )
