"""What is kept of an executed notebook is plain data."""

from __future__ import annotations

import json
import math

from nbformat.v4 import new_code_cell, new_notebook, new_output

from grader.running.cells import clean_notebook


def test_numbers_that_json_has_no_word_for_become_text() -> None:
    data = {"application/json": {"losses": [0.5, math.nan, math.inf, -math.inf]}}
    notebook = new_notebook(cells=[new_code_cell("train()", outputs=[new_output("display_data", data)])])
    clean = clean_notebook(notebook)
    assert clean["cells"][0]["outputs"][0]["data"]["application/json"]["losses"] == [
        0.5,
        "NaN",
        "Infinity",
        "-Infinity",
    ]
    json.dumps(clean, allow_nan=False)
