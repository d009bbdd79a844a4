"""What intake makes of the bytes of one file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.models import Bilingual, Exercise, IntakeLimits
from grader.intake import Submission, read_submission

LIMITS = IntakeLimits(file_mb=0.2, total_mb=0.5, files=20, cells=30)


def exercise(form: str = "notebook") -> Exercise:
    return Exercise(id="homl/ch04/softmax-regression", title=Bilingual(en="S", ko="소"), form=form, kind=[], points=1)


def notebook(**changes: Any) -> dict[str, Any]:
    code = {"cell_type": "code", "metadata": {}, "source": ["x = 1\n", "x"], "outputs": [], "execution_count": 3}
    return {"nbformat": 4, "nbformat_minor": 2, "metadata": {}, "cells": [code], **changes}


def received(tmp_path: Path, content: bytes | dict[str, Any], form: str = "notebook") -> Submission:
    path = tmp_path / ("softmax_regression.ipynb" if form == "notebook" else "softmax_regression.py")
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return read_submission(path, exercise(form), LIMITS, student="kim")


def reason(submission: Submission) -> str:
    assert submission.main == b"" and submission.invalid is not None
    assert submission.invalid.ko and submission.invalid.ko != submission.invalid.en
    return submission.invalid.en


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_version_of_format_4_becomes_4_5(tmp_path: Path, minor: int) -> None:
    submission = received(tmp_path, notebook(nbformat_minor=minor))
    assert submission.invalid is None
    parsed = nbformat.reads(submission.main.decode(), as_version=nbformat.NO_CONVERT)
    nbformat.validate(parsed)
    assert (parsed.nbformat, parsed.nbformat_minor) == (4, 5)
    assert parsed.cells[0].source == "x = 1\nx"


def test_outputs_and_counts_are_dropped_but_hashed(tmp_path: Path) -> None:
    plain = received(tmp_path, notebook())
    shown = notebook()
    shown["cells"][0]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["100/100"]}]
    with_output = received(tmp_path, shown)
    assert with_output.main == plain.main and b"100/100" not in with_output.main
    assert with_output.digest != plain.digest


def test_the_same_file_has_the_same_digest_and_main(tmp_path: Path) -> None:
    assert received(tmp_path, notebook()) == received(tmp_path, notebook())


def test_format_3_is_refused_with_what_to_do(tmp_path: Path) -> None:
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}
    assert "old notebook format (3.0)" in reason(received(tmp_path, old))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n", "is empty"),
        (b'{"nbformat": 4, "cells": [', "break off"),
        (b"hello", "break off"),
        (b"[1, 2]", "not a Jupyter notebook"),
        (b"12", "not a Jupyter notebook"),
        (b'{"a": 1}', "not a Jupyter notebook"),
        (b'{"nbformat": 4, "cells": {}}', "not a Jupyter notebook"),
        (b'{"nbformat": 5, "cells": []}', "not known here (5.0)"),
        (b'{"nbformat": 4, "cells": []}', "no code"),
        (b"PK\x03\x04 and so on", "a ZIP archive"),
        (b"%PDF-1.7", "a PDF"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b'{"nbformat": 4, "cells": [\n<<<<<<< HEAD\n', "Git merge"),
        ("{'안녕'}".encode("cp949"), "UTF-8"),
        (json.dumps(notebook()).encode("utf-16"), "UTF-8"),
        (b'{"a": ' * 10_000, "too deeply nested"),
        (b"[" * 50 + b"]" * 50, "too deeply nested"),
        (b'{"nbformat": ' + b"9" * 5000 + b"}", "too deeply nested"),
        (b" " * 200_001, "larger than 0.2 MB"),
    ],
)
def test_what_is_not_a_notebook_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in reason(received(tmp_path, content))


@pytest.mark.parametrize("cell", [None, [], {}, {"cell_type": "evil"}, {"cell_type": "code", "source": {"a": 1}}])
def test_a_damaged_cell_is_named_by_its_number(tmp_path: Path, cell: Any) -> None:
    good = notebook()["cells"][0]
    assert "Cell 2 of" in reason(received(tmp_path, notebook(cells=[good, cell])))


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    assert "31 cells; at most 30" in reason(received(tmp_path, notebook(cells=notebook()["cells"] * 31)))


def test_a_notebook_in_another_language_is_refused(tmp_path: Path) -> None:
    metadata = {"kernelspec": {"language": "R", "name": "ir"}}
    assert "notebook for R" in reason(received(tmp_path, notebook(metadata=metadata)))


def test_hostile_metadata_ids_and_constants_do_not_pass(tmp_path: Path) -> None:
    cell = notebook()["cells"][0] | {
        "id": "a",
        "metadata": {"tags": ["ok", 5, "<b>"], "trusted": True},
        "attachments": {},
    }
    content = notebook(cells=[cell, cell, cell | {"id": "../x"}], metadata={"widgets": {"x": float("nan")}})
    submission = received(tmp_path, content)
    parsed = nbformat.reads(submission.main.decode(), as_version=4)
    nbformat.validate(parsed)
    assert len({c.id for c in parsed.cells}) == 3
    assert parsed.cells[0].metadata == {"tags": ["ok"]}
    assert "widgets" not in parsed.metadata


def test_lone_surrogates_become_text_that_a_kernel_takes(tmp_path: Path) -> None:
    submission = received(tmp_path, b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}')
    assert submission.invalid is None
    submission.main.decode("utf-8")


def test_a_module_keeps_its_source_without_the_byte_order_mark(tmp_path: Path) -> None:
    submission = received(tmp_path, "\ufeffx = '안녕'\n".encode(), "module")
    assert submission.main.decode() == "x = '안녕'\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b" \n", "is empty"),
        (b"x = 1\0", "binary"),
        ("x = 1".encode("utf-16"), "UTF-8"),
        ("# 안녕".encode("cp949"), "UTF-8"),
        (json.dumps(notebook()).encode(), "a Jupyter notebook"),
    ],
)
def test_what_is_not_a_module_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in reason(received(tmp_path, content, "module"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
cell_like = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw"]) | json_values,
        "source": st.text() | st.lists(st.text(), max_size=3) | json_values,
        "metadata": json_values,
        "id": st.text() | json_values,
        "outputs": json_values,
    },
)


@given(st.lists(cell_like | json_values, max_size=5), json_values, st.sampled_from([4, 4, 3, "4", None]))
def test_no_notebook_shaped_json_raises_and_what_is_taken_is_valid(cells: list[Any], metadata: Any, major: Any) -> None:
    from grader.errors import InvalidSubmission
    from grader.intake.content import clean_main

    data = json.dumps({"nbformat": major, "nbformat_minor": 4, "metadata": metadata, "cells": cells}).encode()
    try:
        main = clean_main(data, "a.ipynb", exercise(), IntakeLimits())
    except InvalidSubmission as refusal:
        assert refusal.reason.en and refusal.reason.ko
        return
    parsed = json.loads(main)
    nbformat.validate(parsed)
    assert all(cell.get("outputs", []) == [] for cell in parsed["cells"])
    assert clean_main(main, "a.ipynb", exercise(), IntakeLimits()) == main


@given(st.binary(max_size=300), st.sampled_from(["notebook", "module"]))
def test_no_bytes_raise(data: bytes, form: str) -> None:
    from grader.errors import InvalidSubmission
    from grader.intake.content import clean_main

    try:
        clean_main(data, "a", exercise(form), LIMITS).decode("utf-8")
    except InvalidSubmission as refusal:
        assert refusal.reason.ko
