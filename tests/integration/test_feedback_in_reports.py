"""A submission that really stumbles over old forms: each is explained at its cell or check, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.checking import run_checks
from grader.feedback.old_apis import old_apis
from grader.reporting.cells import notebook_cells
from grader.running.session import open_session
from grader.sandbox import Backend
from tests.support import make_exercise, make_notebook

CELLS = (
    "import numpy as np\nimport pandas as pd\nfrom sklearn.cluster import KMeans",
    "zeros = np.zeros(3, dtype=np.float)",
    "table = pd.DataFrame({'a': [1.0, None]})\ntable['a'].fillna(0, inplace=True)",
    "model = KMeans(2, random_state=0)",
    "def joined(first, second):\n    return first.append(second)",
    "def first_of(values):\n    return pd.Series(values, index=list('abc'))[0]",
    "scores = {'a': 1}\nscores[0]",
    "pd.DataFrame({'a': [1.0, 2.0], 'b': ['x', 'y']}).corr()",
    "n = 1\n// count them\nn += 1",
    "float('x')",
)
CHECKS = """
import pandas as pd

def test_joined(submission, expect):
    submission.call("joined", pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [2]}))

def test_first(submission, expect):
    submission.call("first_of", [1, 2, 3])

def test_fine(submission, expect):
    expect.same(submission["scores"], {"a": 1})
"""
TEXTS = {row.id: row.text for row in old_apis()}


@pytest.mark.sandbox
@pytest.mark.parametrize("file", ["test_visible.py", "test_hidden.py"])
def test_old_forms_are_explained_where_they_stand(tmp_path: Path, warm_backend: Backend, file: str) -> None:
    (tmp_path / file).write_text(CHECKS)
    exercise = make_exercise(source_dir=tmp_path, requires=["pandas", "sklearn"])
    with open_session(exercise, make_notebook(*CELLS), backend=warm_backend) as session:
        verdicts = run_checks(exercise, session, seed=0, reference=None, card=None)
        run = session.run
    said = {verdict.check: verdict.feedback for verdict in verdicts}
    assert TEXTS["frame-append"] in said["test_joined"]
    assert TEXTS["series-position"] in said["test_first"]
    assert said["test_fine"] == ()
    advice = {cell.number: cell.advice for cell in notebook_cells(run, "ko", silent_advice=True) if cell.advice}
    wanted = {2: "numpy-aliases", 3: "chained-inplace", 4: "kmeans-n-init", 8: "numeric-only", 9: "slip-comment"}
    assert advice == {number: (TEXTS[row].ko,) for number, row in wanted.items()}
    quiet = {cell.number for cell in notebook_cells(run, "en") if cell.advice}
    assert quiet == {2, 3, 8, 9}  # what goes wrong in silence is left alone where nothing is wrong
