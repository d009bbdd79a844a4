"""A submission's source is read without being run, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.running.source import Source
from tests.support import make_notebook

NOTEBOOK = make_notebook(
    "%matplotlib inline\nimport numpy as np\nfrom sklearn.svm import SVC as Machine\n!ls",
    "def f(x):\n    'Doc.'\n    y = np.mean(x)\n    return y + 3.5",
    "this is no python",
    "%%bash\necho hello",
    "model = Machine().fit(f, 'text')\nfor i in range(3):\n    last = i",
)


def test_a_notebook_reads_as_cells_and_one_tree() -> None:
    source = Source(NOTEBOOK, "notebook")
    assert [cell.tree is not None for cell in source.cells] == [True, True, False, False, True]
    assert source.imports() == ["numpy", "sklearn.svm.SVC"]
    assert source.calls() == ["np.mean", ".fit", "Machine", "range"]
    assert {"np", "Machine", "f", "x", "y", "model", "last"} <= source.names()
    assert source.literals() == [3.5, "text", 3]
    assert "this is no python" in source.text


def test_names_are_found_in_the_cell_that_binds_them() -> None:
    source = Source(NOTEBOOK, "notebook")
    found = [source.defined_in(name) for name in ("np", "Machine", "f", "model", "last", "y", "missing")]
    assert found == [1, 1, 2, 5, 5, None, None]


def test_definitions_are_found_by_dotted_name() -> None:
    source = Source(b"class A:\n    def m(self):\n        return 1\ndef m():\n    return 2\n", "module")
    method = source.function("A.m")
    assert method is not None and method.lineno == 2
    assert source.function("A.n") is None


@pytest.mark.parametrize(
    "main", [b"", b"{", b"[" * 100_000, b'{"cells": 5}', b'{"cells": [5, {"cell_type": "code"}]}', b"\xff"]
)
def test_broken_notebooks_have_no_code(main: bytes) -> None:
    assert Source(main, "notebook").text.strip() == ""


@pytest.mark.parametrize("text", ["(" * 100_000, "a" + ".b" * 50_000, "-" * 100_000 + "1", "x = '\0'", "1" * 10_000])
def test_hostile_modules_do_not_stop_the_reader(text: str) -> None:
    source = Source(text.encode(), "module")
    source.calls(), source.names(), source.literals(), source.imports()


@given(st.binary(max_size=100))
def test_any_bytes_are_read(main: bytes) -> None:
    Source(main, "module").names()
    Source(main, "notebook").names()
