"""What students read about estimators, splits, source, files and services never repeats a hidden value."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from grader.checking.expect import CheckFailed, Expect
from tests.probing import answering

STUDENT = """
class Model:
    def __init__(self, value):
        self.value_ = value
        self.value = value
    def fit(self, X, y=None):
        return self
    def get_params(self, deep=True):
        return {"value": self.value}

def handle(path, body):
    return 200, {body: body, "more": [body]}
"""


class Files:
    """A submission that left one file with this content."""

    def __init__(self, content: str) -> None:
        self._content = content.encode()

    def read(self, path: str) -> bytes:
        return self._content


def _cases(number: float, word: str) -> dict[str, Callable[[Expect, Any], Any]]:
    """Failing expectations whose hidden side, and the student's answer too, hold the secrets."""
    ids = np.array([number, number + 1])
    echo: Any = Files(json.dumps({word: number}))
    table: Any = Files(f"{word},b\n{number},2\n")
    return {
        "fitted": lambda e, p: e.fitted(p.new("Model", number + 1), {"value_": number}),
        "fitted text": lambda e, p: e.fitted(p.new("Model", number), {"value_": word}),
        "params": lambda e, p: e.params(p.new("Model", word), {"value": number}),
        "params choice": lambda e, p: e.params(p.new("Model", number), {"value": {word}}),
        "estimator": lambda e, p: e.estimator(p.new("Model", number), "transformer", np.full((8, 2), number)),
        "leak": lambda e, p: e.no_leak(lambda train, test: [test, word], ids, ids),
        "constant": lambda e, p: e.no_leak(lambda train, test: {word: number}, ids, ids),
        "disjoint": lambda e, p: e.disjoint(pd.DataFrame({"id": [word]}), pd.DataFrame({"id": [word]}), by="id"),
        "partition": lambda e, p: e.partition([np.array([number])], ids),
        "strange": lambda e, p: e.partition([ids, np.array([number + 3])], ids),
        "stratified": lambda e, p: e.stratified([word] * 9, [word, "other"] * 9),
        "grouped": lambda e, p: e.grouped([word, "a"], [word, "b"]),
        "literal": lambda e, p: e.source(f"x = {number!r}").literal_free([number]),
        "text": lambda e, p: e.source(f"x = {word!r}").literal_free([word]),
        "forbidden": lambda e, p: e.source(f"import os\nx = os.path.join('{word}')").avoids("os"),
        "json": lambda e, p: e.json_file(echo, "a.json", {"other": number.__eq__}),
        "json value": lambda e, p: e.json_file(echo, "a.json", {...: ..., "x": 1.0.__eq__}),
        "csv": lambda e, p: e.csv_file(table, "a.csv", ["a", "b"]),
        "service": lambda e, p: _answered(e, p, word),
        "calls": lambda e, p: e.calls(p.oracle(lambda x: number), at_least=1),
    }  # fmt: skip


def _answered(expect: Expect, proxy: Any, word: str) -> None:
    with expect.service(proxy) as http:
        expect.response(http.post("/", word), 200, {"more": [float]})


@pytest.mark.parametrize("name", _cases(0.5, "word"))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_secret_reaches_a_student(name: str, seed: int) -> None:
    rng = np.random.default_rng(seed)
    number = float(rng.uniform(1e3, 1e6))
    word = "".join(rng.choice(list("qxzvkj"), 12))
    with answering(STUDENT) as proxy, pytest.raises(Exception) as caught:
        _cases(number, word)[name](Expect(), proxy)
    error = caught.value
    if name == "estimator":  # its fault is told by the submission's own words, which hidden checks leave out
        assert not isinstance(error, CheckFailed)
        return
    assert isinstance(error, CheckFailed), error
    told = " ".join(text.en + text.ko for text in error.sentences)
    assert told and word not in told
    for digits in (f"{number:.4f}"[:6], f"{number + 1:.4f}"[:6], f"{number:.6g}"):
        assert digits not in told
