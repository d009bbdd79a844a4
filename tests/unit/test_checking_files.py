"""Files that a submission left: right ones in several forms pass, hostile bytes never do more than fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.files.schema import mismatch
from grader.errors import SubmissionFault


class Files:
    """A submission that left these files."""

    def __init__(self, **files: bytes) -> None:
        self._files = {name.replace("_", "."): content for name, content in files.items()}

    def read(self, path: str) -> bytes:
        return self._files[path]


def failure(ask: Callable[[], Any]) -> str:
    with pytest.raises(CheckFailed) as caught:
        ask()
    assert all(text.en and text.ko for text in caught.value.sentences)
    return caught.value.sentences[-1].en


def csv(content: str | bytes, *args: Any, **options: Any) -> pd.DataFrame:
    files: Any = Files(t_csv=content.encode() if isinstance(content, str) else content)
    return Expect().csv_file(files, "t.csv", *args, **options)


def json_of(content: str | bytes, schema: Any = ...) -> Any:
    files: Any = Files(t_json=content.encode() if isinstance(content, str) else content)
    return Expect().json_file(files, "t.json", schema)


RIGHT = {"Id": int, "Survived": int}


@pytest.mark.parametrize(
    "content",
    [
        "Id,Survived\n1,0\n2,1\n",
        "Id,Survived\r\n1,0\r\n2,1",
        '"Id","Survived"\n"1",0\n2,1\n\n',
        "\ufeffId,Survived\n1,0\n2,1\n",
    ],
)
def test_right_tables(content: str) -> None:
    table = csv(content, RIGHT, rows=2)
    assert table["Survived"].tolist() == [0, 1]
    csv("a,b,c\n1,x,True\n2.5,y,False", {"a": float, "b": str, "c": bool})
    csv("a,b\n1,2", ["a", "b"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (",Id,Survived\n0,1,0\n1,2,1", "index=False"),
        ("Survived,Id\n0,1\n1,2", "should be Id, Survived, in this order"),
        ("Id,Survived\n1,0.0\n2,1.0", "whole numbers"),
        ("Id,Survived\n1,False\n2,True", "whole numbers"),
        ("Id,Survived\n1,\n2,1", "whole numbers"),
        ("Id,Survived\n1,no\n2,1", "whole numbers"),
        ("Id,Survived\n1,0", "rows: it has 1."),
        ("Id,Survived\n", "whole numbers"),
        ("Id;Survived\n1;0\n2;1", "in this order"),
        ("", "empty"),
        (b"\xff\xfe\x00\x01", "cannot be read as CSV"),
        ("\x00" * 50, "CSV"),
        ("," * 20_000, "cannot be read as CSV"),
        ("Id,Survived\n1,0\n1,2,3,4,5\n", "cannot be read as CSV"),
        ('Id,Survived\n"1,0', "cannot be read as CSV"),
        ("Id,Survived\n1,9e999999\n2,1", "whole numbers"),
        ("Id,Survived\n" + "9" * 5000 + ",0\n2,1", "whole numbers"),
    ],
)  # fmt: skip
def test_wrong_tables_are_told(content: Any, said: str) -> None:
    text = failure(lambda: csv(content, RIGHT, rows=2))
    assert said in text or ("CSV" in said and "in this order" in text)


def test_large_files_are_refused() -> None:
    assert "larger" in failure(lambda: csv("a\n" * 2000, largest_mb=0.001))


SCHEMA = {"accuracy": float, "classes": [str], "params": {"C": (int, float), "kernel?": {"rbf"}.__contains__, ...: ...}}


def test_right_json() -> None:
    value = {"accuracy": 1, "classes": ["a"], "params": {"C": 0.5, "kernel": "rbf", "more": None}}
    assert json_of(json.dumps(value), SCHEMA) == value
    assert json_of("\ufeff[1, 2]", [int, 2]) == [1, 2]
    assert json_of("null", None) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (
            {"accuracy": "high", "classes": [], "params": {"C": 1}},
            '"accuracy" should be a number, but it is a value of type str',
        ),
        ({"accuracy": True, "classes": [], "params": {"C": 1}}, "bool"),
        ({"classes": [], "params": {"C": 1}}, 'lacks the key "accuracy"'),
        ({"accuracy": 1, "classes": ["a", 2], "params": {"C": 1}}, '"classes", element 2 should be a text'),
        ({"accuracy": 1, "classes": "ab", "params": {"C": 1}}, '"classes" should be a list'),
        ({"accuracy": 1, "classes": [], "params": {"C": None}}, "a whole number or a number"),
        ({"accuracy": 1, "classes": [], "params": {"C": 1, "kernel": [1]}}, "not have a value that is allowed"),
        ({"accuracy": 1, "classes": [], "params": {"C": 1}, "secret": 1}, "does not belong"),
        ([], "should be a dictionary"),
    ],
)
def test_wrong_json_is_told_where(value: Any, said: str) -> None:
    assert said in failure(lambda: json_of(json.dumps(value), SCHEMA))
    assert "secret" not in failure(lambda: json_of(json.dumps(value), SCHEMA))


@pytest.mark.parametrize(
    "content", ["{", "[NaN]", "[1e", b"\xff", "[" * 100_000, '{"a": Infinity}', "9" * 5000, "\x00"]
)
def test_hostile_json_only_fails(content: Any) -> None:
    assert "cannot be read as JSON" in failure(lambda: json_of(content))


@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        3,
        True,
        [1, [2]],
        float("nan"),
        10**400,
        {"a": {1: 2}},
        np.zeros(3),
        np.array([None]),
        ...,
        {1},
        object,
    ],
)
def test_hostile_values_against_a_schema(value: Any) -> None:
    assert mismatch(value, SCHEMA) is not None
    assert mismatch(value, [int, 2]) is not None
    assert mismatch(value, lambda v: v["a"]["b"] > 1) is not None
    assert mismatch(value, ...) is None


def test_mistakes_in_a_schema_are_not_verdicts() -> None:
    for wrong in (3, "x", [int, int, int], [int, "x"]):
        with pytest.raises(TypeError):
            mismatch([1], wrong)


class Process:
    """A submission whose new process answers otherwise, or not."""

    def __init__(self, now: Any, then: Any) -> None:
        self._now, self._then = now, then
        self.closed = False

    def call(self, name: str) -> Any:
        return self._now

    def fresh(self) -> Process:
        self.other = Process(self._then, None)
        return self.other

    def close(self) -> None:
        self.closed = True


def test_a_new_process_must_answer_alike() -> None:
    process: Any = Process(np.eye(2), np.eye(2) + 1e-9)
    np.testing.assert_allclose(Expect().reloads(process, lambda p: p.call("f")), np.eye(2), atol=1e-8)
    assert process.other.closed
    for then in (np.eye(3), None, "x", [1, [2]], np.nan):
        process = Process(np.eye(2), then)
        assert "new process" in failure(lambda process=process: Expect().reloads(process, lambda p: p.call("f")))  # type: ignore[misc]


def test_a_missing_file_is_the_proxys_fault() -> None:
    class Nothing:
        def read(self, path: str) -> bytes:
            from grader.running import faults
            from grader.vocabulary import Outcome

            raise SubmissionFault(Outcome.FAILED, faults.NO_FILE.format(name=path))

    nothing: Any = Nothing()
    with pytest.raises(SubmissionFault, match="was not found"):
        Expect().csv_file(nothing, "t.csv")
