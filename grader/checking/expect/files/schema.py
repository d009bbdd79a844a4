"""Compares data with a schema written as plain Python: types, lists of one kind, dictionaries with their keys."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from grader.checking.values import describe, is_discreet, is_integer, tell
from grader.vocabulary import Text

MISSING = Text('{place} lacks the key "{key}".', '{place}에 "{key}" 키가 없어요.')
EXTRA = Text("{place} has a key that does not belong there.", "{place}에 없어야 할 키가 있어요.")
KIND = Text("{place} should be {wanted}, but it is {found}.", "{place}은(는) {wanted}이어야 하는데 {found}이에요.")
LENGTH = Text(
    "{place} should have {wanted} elements[[, but it has {found}]].",
    "{place}의 원소는 {wanted}개여야 해요[[. 지금은 {found}개예요]].",
)
VALUE = Text("{place} does not have a value that is allowed there.", "{place}의 값이 허용되는 값이 아니에요.")
AN_ELEMENT = Text("an element", "원소 하나")
WHOLE = Text("The content", "내용")
_NAMES = {
    dict: Text("a dictionary", "딕셔너리"),
    list: Text("a list", "리스트"),
    str: Text("a text", "텍스트"),
    int: Text("a whole number", "정수"),
    float: Text("a number", "수"),
    bool: Text("true or false", "참/거짓"),
    type(None): Text("null", "null"),
}


def mismatch(value: Any, schema: Any, place: Text = WHOLE) -> Text | None:
    """The first thing in `value` that does not fit `schema`, as a sentence; None where all fits.

    Parameters
    ----------
    value : object
        Data of any kind.
    schema : object
        * a type: ``int`` (no bool), ``float`` (whole numbers too), ``str``, ``bool``, ``dict``, ``list``, ``None``;
        * a tuple of schemas: any of them;
        * ``[schema]``: a list of any length whose elements all fit; ``[schema, n]``: of length n;
        * ``{"key": schema, "maybe?": schema}``: a dictionary with these keys; with ``...: ...`` more are allowed;
        * a function of the value that says whether it is right; ``...`` for anything.

    Raises
    ------
    TypeError
        The schema has none of these forms.
    """
    if schema is ...:
        return None
    if schema is None or isinstance(schema, type):
        return None if _is(value, schema) else _wrong_kind(place, _name(schema), value)
    if isinstance(schema, tuple):
        if any(mismatch(value, choice, place) is None for choice in schema):
            return None
        names = [_name(choice) for choice in schema]
        return _wrong_kind(place, Text(" or ".join(n.en for n in names), " 또는 ".join(n.ko for n in names)), value)
    if isinstance(schema, list):
        return _list_mismatch(value, schema, place)
    if isinstance(schema, Mapping):
        return _dict_mismatch(value, schema, place)
    if callable(schema):
        try:
            fits = bool(schema(value))
        except Exception:  # an author's condition met a value of another type
            fits = False
        return None if fits else _fill(VALUE, place)
    raise TypeError(f"{schema!r} is no schema")


def _list_mismatch(value: Any, schema: list[Any], place: Text) -> Text | None:
    if len(schema) not in (1, 2) or (len(schema) == 2 and type(schema[1]) is not int):
        raise TypeError(f"{schema!r} is no schema of a list: [schema] or [schema, length]")
    if not isinstance(value, list | tuple):
        return _wrong_kind(place, _NAMES[list], value)
    if len(schema) == 2 and len(value) != schema[1]:
        return tell(LENGTH, place=place, wanted=schema[1], found=len(value))
    for number, item in enumerate(value, start=1):
        # which one it is may be a submission's choice
        element = AN_ELEMENT if is_discreet() else Text(f"element {number}", f"{number}번째 원소")
        found = mismatch(item, schema[0], _inside(place, element))
        if found is not None:
            return found
    return None


def _dict_mismatch(value: Any, schema: Mapping[Any, Any], place: Text) -> Text | None:
    if not isinstance(value, Mapping):
        return _wrong_kind(place, _NAMES[dict], value)
    wanted = {str(key).removesuffix("?"): part for key, part in schema.items() if key is not ...}
    optional = {str(key)[:-1] for key in schema if key is not ... and str(key).endswith("?")}
    for key, part in wanted.items():
        if key not in value:
            if key in optional:
                continue
            return _fill(MISSING, place, key=key)
        found = mismatch(value[key], part, _inside(place, Text(f'"{key}"', f'"{key}"')))
        if found is not None:
            return found
    return _fill(EXTRA, place) if ... not in schema and not all(key in wanted for key in value) else None


def _is(value: Any, kind: Any) -> bool:
    if kind is None or kind is type(None):
        return value is None
    if kind is bool:
        return isinstance(value, bool | np.bool_)
    if isinstance(value, bool | np.bool_):
        return False
    if kind is int:
        return is_integer(value)
    if kind is float:
        return is_integer(value) or isinstance(value, float | np.floating)
    return isinstance(value, kind)


def _name(schema: Any) -> Text:
    if schema is None:
        return _NAMES[type(None)]
    if isinstance(schema, Mapping):
        return _NAMES[dict]
    if isinstance(schema, list):
        return _NAMES[list]
    name = getattr(schema, "__name__", "value")
    return (
        _NAMES.get(schema, Text(f"a {name}", str(name)))
        if isinstance(schema, type)
        else Text("a right value", "맞는 값")
    )


def _wrong_kind(place: Text, wanted: Text, value: Any) -> Text:
    kind = describe(value)
    return KIND.format(place=place, wanted=wanted, found=kind)


def _fill(text: Text, place: Text, **values: object) -> Text:
    return text.format(place=place, **values)


def _inside(place: Text, part: Text) -> Text:
    if place is WHOLE:
        return Text(part.en[:1].upper() + part.en[1:], part.ko)
    return Text(f"{place.en}, {part.en}", f"{place.ko}의 {part.ko}")
