"""Where a submission stopped is told from the submission as received, never in words that it chose while it ran."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grader.checking.places import place_of
from grader.running.run import Run
from grader.vocabulary import Outcome, Text

SOURCE = "def f(x):\n    y = x\n    return y / 0\n"


def run_of(source: str, count: int | None) -> Run:
    cells = [
        {"cell_type": "markdown", "source": "text"},
        {"cell_type": "code", "source": source, "execution_count": count},
    ]
    return Run(Outcome.PASSED, Text(""), True, (), {"cells": cells}, 0.0)


def test_last_line_of_the_own_code_is_shown() -> None:
    trace = 'Traceback (most recent call last):\n  File "sample.py", line 3, in f\nZeroDivisionError: secret 5'
    assert place_of(trace, run_of(SOURCE, None)) == "line 3:\n    return y / 0"
    cell = 'File "Cell In[7]", line 2, in f\n  File "/usr/lib/numpy/core.py", line 9000, in g'
    assert place_of(cell, run_of(SOURCE, 7)) == "cell 1, line 2:\n    y = x"


@given(st.text(), st.integers(-3, 10**7), st.integers(0, 10**6))
def test_nothing_of_a_forged_trace_is_repeated(words: str, line: int, count: int) -> None:
    for trace in (
        words,
        f'File "{words}.py", line {line}, in {words}',
        f'File "Cell In[{count}]", line {line} {words}',
    ):
        shown = place_of(trace, run_of(SOURCE, 7))
        assert shown.partition("\n")[2].strip() in {"", *(entry.strip() for entry in SOURCE.splitlines())}
        assert not shown or shown.startswith(("line ", "cell 1, line "))
