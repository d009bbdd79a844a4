"""What an author reads about a request to a submission."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from grader.proving.check_trace import _asked
from grader.proving.request_trace import TracedRequest


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "f", "args": [1], "kwargs": {"k": 2}, "hold": False}, "call f(1, k=2)"),
        ({"name": "f", "X": np.zeros((2, 1)), "other": None}, "call f(X=array (2, 1) float64 [0.0, 0.0])"),
        ({"value": 0, "hold": True}, "call label(value=0, hold=True)"),  # 0 is neither False nor left out
    ],
)
def test_a_request_is_shown_with_whatever_it_carries(fields: dict[str, Any], said: str) -> None:
    assert _asked(TracedRequest("test_f", "call", "label", fields, None, "", 0.0)) == said
