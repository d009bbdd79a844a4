"""Our own values as JSON text and back, as their types say; nothing here can run code.

Grades, the rows and the memory of a proof, and what worker processes answer all go this way. The text is strict JSON and
plain ASCII, whatever students put into it, lone surrogates included.
"""

from __future__ import annotations

import inspect
import json
import math
from functools import cached_property
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BeforeValidator, PlainSerializer, Strict, TypeAdapter, ValidationError, WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema
from typing_extensions import TypeAliasType

from grader.errors import FormatError

T = TypeVar("T")

_WORDS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def _number_of(found: Any) -> Any:
    return _WORDS.get(found, found) if isinstance(found, str) else found


def _written(value: float) -> float | str:
    if math.isfinite(value):
        return value
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


Number = TypeAliasType(
    "Number",
    Annotated[
        float,
        Strict(),
        BeforeValidator(_number_of),
        PlainSerializer(_written),
        WithJsonSchema({"anyOf": [{"type": "number"}, {"enum": list(_WORDS)}]}),
    ],
)
"""A float that may be what JSON has no word for: written as ``"NaN"``, ``"Infinity"`` or ``"-Infinity"``."""


class Codec(Generic[T]):
    """Writes and reads the values of one type.

    Fields that the text has and the type has not are passed over, fields with a default may be missing: what an earlier
    version wrote can be read as long as no field changed its meaning.

    Parameters
    ----------
    kind : type
        A dataclass, made of such and of what JSON holds.
    """

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._kind)

    def to_data(self, value: T) -> Any:
        """What ``json.dumps`` takes. Arbitrary data inside is handed on as it is."""
        return self._adapter.dump_python(value, warnings=False)  # what is wrong is refused by whoever reads it

    def from_data(self, data: Any) -> T:
        """The value of what ``json.loads`` gave.

        Raises
        ------
        FormatError
            Names the first field that is missing or wrong.
        """
        try:
            return self._adapter.validate_python(data)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False, include_context=False)[0]
            field = ".".join(map(str, first["loc"]))
            raise FormatError(f"{self._kind.__name__}: {field + ': ' if field else ''}{first['msg']}") from None

    def dumps(self, value: T) -> str:
        """JSON text.

        Raises
        ------
        TypeError, ValueError
            Arbitrary data inside is not what strict JSON holds.
        """
        return json.dumps(self.to_data(value), allow_nan=False)

    def loads(self, text: str | bytes) -> T:
        """The value of a JSON text.

        Raises
        ------
        FormatError
            The text is not JSON, or see `from_data`.
        """
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise FormatError(f"{self._kind.__name__}: not JSON ({error})") from error
        return self.from_data(data)

    def schema(self) -> dict[str, Any]:
        """JSON Schema (draft 2020-12) of what is written: every field is there unless left out by its type, and no other."""
        schema = self._adapter.json_schema(mode="serialization", schema_generator=_WrittenSchema)
        return {"$schema": _WrittenSchema.schema_dialect, **schema}


class _WrittenSchema(GenerateJsonSchema):
    """Objects without further fields, described by the first paragraph of their docstrings."""

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> dict[str, Any]:
        described = {**super().dataclass_schema(schema), "additionalProperties": False}
        described["description"] = _first_paragraph(schema["cls"])
        return described

    def enum_schema(self, schema: core_schema.EnumSchema) -> dict[str, Any]:
        return {**super().enum_schema(schema), "description": _first_paragraph(schema["cls"])}

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        return "serialization_exclude_if" not in field

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def _first_paragraph(kind: type) -> str:
    return " ".join((inspect.getdoc(kind) or "").split("\n\n")[0].split())
