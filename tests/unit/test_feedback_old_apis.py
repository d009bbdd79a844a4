"""Every row of the table of old forms and slips, against the installed versions: the old form shows, the modern one does not."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from grader.feedback import advice_on_code, advice_on_error, advice_on_output
from grader.feedback.old_apis import OldApi, UsePattern, old_apis
from grader.vocabulary import Text

WORKER = Path(__file__).with_name("old_apis_worker.py")
KERAS = {"keras", "tensorflow"}
ROWS = old_apis()


@cache
def outcomes(keras: bool) -> dict[str, dict[str, dict[str, Any]]]:
    """What came of the samples; those with TensorFlow share one process, since importing it takes seconds."""
    rows = [row.model_dump(include={"id", "old", "new", "shows"}) for row in ROWS if (row.library in KERAS) == keras]
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(
        [sys.executable, WORKER], input=json.dumps(rows), capture_output=True, text=True, env=environment, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, dict[str, dict[str, Any]]] = json.loads(done.stdout)
    return found


def said(result: dict[str, Any], code: str) -> list[str]:
    """Ids of the rows that are said about a sample."""
    texts: set[Text] = {*advice_on_output(result["output"]), *advice_on_code(code)}
    if result["error"]:
        name, message, trace, bases = result["error"]
        texts |= set(advice_on_error(name, message, trace, [code], bases))
    return [row.id for row in ROWS if row.text in texts]


def marked(row: OldApi) -> Any:
    if row.library not in KERAS:
        return pytest.param(row, id=row.id)
    absent = find_spec("tensorflow") is None
    marks = [pytest.mark.tensorflow, pytest.mark.slow, pytest.mark.skipif(absent, reason="TensorFlow is not installed")]
    return pytest.param(row, id=row.id, marks=marks)


@pytest.mark.parametrize("row", [marked(row) for row in ROWS])
def test_the_old_form_still_fails_and_only_its_row_is_said(row: OldApi) -> None:
    result = outcomes(row.library in KERAS)[row.id]["old"]
    if row.error is not None:
        assert result["error"] is not None, "the old form works again: delete the row"
    elif row.shows:
        assert result["shown"] is True, "the old form does what it should again: delete the row"
    assert said(result, row.old) == [row.id], result


@pytest.mark.parametrize("row", [marked(row) for row in ROWS])
def test_the_modern_form_works_and_nothing_is_said(row: OldApi) -> None:
    result = outcomes(row.library in KERAS)[row.id]["new"]
    assert result["error"] is None
    assert result["shown"] is (False if row.shows else None)
    assert said(result, row.new) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_rows_are_whole(row: OldApi) -> None:
    if row.error is None or row.error.type != "SyntaxError":
        ast.parse(row.old)
    ast.parse(row.new)
    assert len([other for other in ROWS if other.id == row.id or other.text == row.text]) == 1
    assert not row.silent or row.shows, "nothing proves that the old form misbehaves"
    assert any("가" <= letter <= "힣" for letter in row.ko)
    assert row.en.endswith(".") and row.ko.endswith((".", "요"))
    assert max(len(row.en), len(row.ko)) < 180


@pytest.mark.parametrize(
    ("name", "message", "code"),
    [
        ("KeyError", "'acc'", "scores = {}\nscores['acc']"),
        ("KeyError", "0", "table = {}\ntable[0]"),
        ("AttributeError", "'Basket' object has no attribute 'append'", "Basket().append(1)"),
        ("TypeError", "rmse() got an unexpected keyword argument 'squared'", "rmse(y, squared=False)"),
        ("NotImplementedError", "", "raise NotImplementedError"),
        ("NotImplementedError", "write this part", "add_loss(1)"),
        ("IndexError", "invalid index to scalar variable.", "total = x.sum()\ntotal[0]"),
        ("ValueError", "could not convert string to float: 'x'", "float('x')"),
        ("TypeError", "add() got an unexpected keyword argument 'labels'", "add(labels=3)"),
        ("ImportError", "cannot import name 'helper' from 'utils'", "from utils import helper"),
        ("AttributeError", "This 'SVC' has no attribute 'predict_proba'", "import sklearn\nSVC().predict_proba(X)"),
        ("AttributeError", "'LinearSVC' object has no attribute 'predict_proba'", "LinearSVC().predict_proba(X)"),
        ("AttributeError", "'ImageDataGenerator' object has no attribute 'flip'", "ImageDataGenerator().flip()"),
        ("AttributeError", "'Board' object has no attribute 'output_shape'", "Board().output_shape"),
        ("AttributeError", "'Tagger' object has no attribute 'get_feature_names'", "Tagger().get_feature_names()"),
        ("AttributeError", "'Plan' object has no attribute 'lr'", "Plan().lr"),
        ("TypeError", "step() got an unexpected keyword argument 'lr'", "step(lr=0.1)"),
        ("KeyError", "'acc'", "scores = model.history\ntable = {}\ntable['acc']"),
        ("SyntaxError", "invalid syntax", "x = 1 //"),
        (
            "TypeError",
            "mine() got an unexpected keyword argument 'squared'",
            "from sklearn.metrics import mean_squared_error\nmean_squared_error(y, p)\nmine(squared=1)",
        ),
        ("ModuleNotFoundError", "No module named 'dataset'", "import dataset"),
        ("", "", ""),
    ],
)
def test_errors_of_the_students_own_making_get_no_advice(name: str, message: str, code: str) -> None:
    trace = f'Traceback (most recent call last):\n  File "work.py", line 1, in <module>\n    {code}\n{name}: {message}'
    assert advice_on_error(name, message, trace, [code]) == ()


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.cluster import KMeans\nKMeans(3, n_init=10)",
        "from sklearn.cluster import KMeans\nKMeans(3, **settings)",
        "class KMeans: ...\nKMeans(3)",
        "from sklearn.cluster import KMeans\nclass KMeans(KMeans): ...\nKMeans(3)",
        "def build(KMeans):\n    return KMeans(3)",
        "metrics_names = ['accuracy']\nprint(metrics_names)",
        "KMeans(",
        "%%bash\nKMeans(3)",
        "\x00",
        "(" * 5000,
    ],
)
def test_code_that_is_fine_or_no_code_gets_no_advice(code: str) -> None:
    assert advice_on_code(code) == ()


@pytest.mark.parametrize(
    "code",
    [
        "from sklearn.cluster import KMeans\nKMeans(3)",
        "import sklearn.cluster\nsklearn.cluster.KMeans(n_clusters=3)",
        "from sklearn import cluster as c\ndef f(X):\n    return c.KMeans(3).fit(X)",
    ],
)
def test_a_silent_old_form_is_found_however_it_is_imported(code: str) -> None:
    assert [text.en for text in advice_on_code(code)] == [row.en for row in ROWS if row.id == "kmeans-n-init"]


def test_imports_of_another_cell_count() -> None:
    assert advice_on_code("KMeans(3)") == ()
    assert len(advice_on_code("KMeans(3)", ["from sklearn.cluster import KMeans", "KMeans(3)"])) == 1


def test_hostile_text_is_searched_in_no_time_and_says_nothing() -> None:
    for text in (
        "Lambda is unsafe " * 50_000,
        "ChainedAssignmentError: " * 50_000,
        "keras/src/" * 50_000,
        "\x1b[31m" * 9999,
    ):
        assert advice_on_output(text) == ()
        assert advice_on_error("NotImplementedError", "", text) == ()
        assert advice_on_error("ValueError", text, text) == ()


def test_a_pattern_without_a_place_is_refused() -> None:
    makers: list[Callable[[], object]] = [
        lambda: UsePattern.model_validate({}),
        lambda: UsePattern.model_validate({"call": "a.b", "method": "c"}),
        lambda: OldApi(id="x", library="x", since="1", en="a.", ko="가요.", old="", new=""),
    ]
    for make in makers:
        with pytest.raises(ValueError, match=r"."):
            make()
