"""Values survive the way to JSON and back, and what does not fit a type is refused."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.codec import Codec, Number
from grader.errors import FormatError
from grader.vocabulary import Outcome, Text


@dataclass(frozen=True)
class Sample:
    """A value with something of everything.

    This is not for people who read the schema.
    """

    name: str
    outcome: Outcome
    number: Number
    numbers: tuple[Number, ...] = ()
    title: Text = field(default_factory=lambda: Text(""))
    data: dict[str, Any] = field(default_factory=dict)


SAMPLE = Codec(Sample)
anything = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates included
samples = st.builds(
    Sample,
    anything,
    st.sampled_from(Outcome),
    st.floats(allow_nan=False) | st.integers(-(2**40), 2**40),
    st.lists(st.floats(allow_nan=False), max_size=3).map(tuple),
    st.builds(Text, anything, anything),
    st.dictionaries(anything, anything | st.lists(anything, max_size=2), max_size=2),
)


@given(samples)
def test_a_value_survives(value: Sample) -> None:
    text = SAMPLE.dumps(value)
    assert text.isascii()
    assert SAMPLE.loads(text) == SAMPLE.loads(text.encode()) == value


def test_numbers_without_a_json_word_are_written_as_text() -> None:
    value = Sample("x", Outcome.PASSED, math.nan, (math.inf, -math.inf, 1.0))
    data = json.loads(SAMPLE.dumps(value))
    assert (data["number"], data["numbers"]) == ("NaN", ["Infinity", "-Infinity", 1.0])
    assert repr(SAMPLE.from_data(data)) == repr(value)  # NaN does not equal itself


@pytest.mark.parametrize("found", ["1.5", "nan", "inf", "", True, None, [], {}])
def test_what_is_no_number_is_refused(found: Any) -> None:
    with pytest.raises(FormatError, match=r"Sample: numbers\.1: "):
        SAMPLE.from_data({"name": "x", "outcome": "passed", "number": 1, "numbers": [1, found]})


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, '{"name": 1}', "[]", "null", '{"outcome": "great"}', b"\xff"])
def test_other_text_is_refused_cleanly(text: str | bytes) -> None:
    with pytest.raises(FormatError, match=r"^Sample: "):
        SAMPLE.loads(text)


def test_nested_data_comes_through_at_any_depth_that_json_takes() -> None:
    nested: Any = []
    for _ in range(450):
        nested = [nested]
    value = Sample("x", Outcome.PASSED, 0.0, data={"nested": nested})
    assert SAMPLE.loads(SAMPLE.dumps(value)) == value


@pytest.mark.parametrize("found", [math.nan, object(), b"bytes"])
def test_data_that_strict_json_does_not_hold_is_never_written(found: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        SAMPLE.dumps(Sample("x", Outcome.PASSED, 0.0, data={"a": found}))


def test_the_schema_wants_every_field_and_no_other() -> None:
    schema = SAMPLE.schema()
    assert schema["required"] == ["name", "outcome", "number", "numbers", "title", "data"]
    assert schema["additionalProperties"] is schema["$defs"]["Text"]["additionalProperties"] is False
    assert schema["description"] == "A value with something of everything."
