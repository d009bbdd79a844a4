"""Reads tables that came out of a submission: kinds of columns, labels that match, rows as numbers that can be paired."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.values import numeric
from grader.vocabulary import Text

KINDS = {
    "int": Text("whole numbers (int)", "정수(int)"),
    "float": Text("decimal numbers (float)", "실수(float)"),
    "number": Text("numbers", "수"),
    "bool": Text("True and False (bool)", "참과 거짓(bool)"),
    "str": Text("text", "글자(str)"),
    "category": Text("categories (category)", "범주(category)"),
    "datetime": Text("points in time (datetime)", "날짜와 시각(datetime)"),
    "timedelta": Text("lengths of time (timedelta)", "시간 간격(timedelta)"),
    "object": Text("values of mixed types (object)", "여러 타입이 섞인 값(object)"),
}


def kind_of(column: Any) -> str:
    """What a Series or Index holds: a key of `KINDS`, never "number"; missing values do not count."""
    from pandas.api import types

    dtype = column.dtype
    tests: dict[str, bool] = {
        "category": str(dtype) == "category",
        "bool": types.is_bool_dtype(dtype),
        "int": types.is_integer_dtype(dtype),
        "float": types.is_float_dtype(dtype),
        "datetime": types.is_datetime64_any_dtype(dtype),
        "timedelta": types.is_timedelta64_dtype(dtype),
    }
    kind = next((kind for kind, holds in tests.items() if holds), "object")
    text = kind == "object" and all(isinstance(item, str) or missing(item) for item in column.tolist())
    return "str" if text else kind


def missing(item: Any) -> bool:
    """Whether an item of a column is None, NaN, NA or NaT."""
    return item is None or type(item).__name__ in ("NAType", "NaTType") or (isinstance(item, float) and item != item)  # noqa: PLR0124


def has_missing(column: Any) -> bool:
    """Whether any item of a Series is missing."""
    return any(missing(item) for item in column.tolist())


def key(item: Any) -> Any:
    """A hashable stand-in that is equal for equal items: all missing ones are one, True is not 1."""
    if missing(item):
        return ("missing",)
    if isinstance(item, tuple | list):
        return ("items", *map(key, item))
    if isinstance(item, bool | np.bool_):
        return ("truth", bool(item))
    try:
        hash(item)
    except TypeError:
        return ("unlike", id(item))
    return item


def aligned(found: Any, wanted: Any) -> list[int] | None:
    """For each label of the wanted index its place in the found one; None where the labels are not the same.

    Raises
    ------
    ValueError
        A wanted label is there twice.
    """
    places = {key(label): place for place, label in enumerate(found.tolist())}
    labels = [key(label) for label in wanted.tolist()]
    if len(set(labels)) != len(labels):
        raise ValueError('index="sorted": a label of the expected index stands there twice')
    if len(found) != len(labels) or len(places) != len(labels) or any(label not in places for label in labels):
        return None
    return [places[label] for label in labels]


def same_labels(found: Any, wanted: Any) -> bool:
    """Whether two indexes hold the same labels in the same order."""
    return [key(label) for label in found.tolist()] == [key(label) for label in wanted.tolist()]


def as_rows(
    found: list[Any], wanted: list[Any], rtol: float, atol: float
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]] | int:
    """Columns as two matrices of numbers whose rows can be paired, with their tolerances by column.

    Columns of numbers are kept, the items of others are counted through and compared exactly.

    Parameters
    ----------
    found, wanted : list of Series
        The same number of columns, all of one length.

    Returns
    -------
    found rows, wanted rows, rtol, atol; or the place of a column that should hold numbers and does not
    """
    sides: tuple[list[NDArray[Any]], list[NDArray[Any]]] = ([], [])
    exact = []
    for place, (a, e) in enumerate(zip(found, wanted, strict=True)):
        numbers = numeric(e)
        if numbers is not None and numbers.dtype.kind in "iuf":
            own = numeric(a)
            if own is None or own.dtype.kind not in "iuf":
                return place
            exact.append(False)
            sides[0].append(own.astype(float))
            sides[1].append(numbers.astype(float))
        else:
            codes: dict[Any, int] = {}
            exact.append(True)
            for side, column in zip(sides, (a, e), strict=True):
                side.append(
                    np.array([codes.setdefault(key(item), len(codes)) for item in column.tolist()], dtype=float)
                )
    tolerances = (np.where(exact, 0.0, rtol), np.where(exact, 0.0, atol))
    return np.column_stack(sides[0]), np.column_stack(sides[1]), *tolerances
