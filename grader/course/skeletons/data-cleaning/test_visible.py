"""Checks that students have too."""

import pandas as pd
import pytest


@pytest.mark.points(3)
@pytest.mark.hint(
    en='str.strip(), str.title(), pd.to_numeric(..., errors="coerce"), drop_duplicates(), fillna(...), in this order.',
    ko='str.strip(), str.title(), pd.to_numeric(..., errors="coerce"), drop_duplicates(), fillna(...)를 이 순서로 써 보세요.',
)
def test_a_small_table(submission, expect):
    """A small table is cleaned.

    ko: 작은 표를 정리한다.
    """
    raw = pd.DataFrame({"city": [" seoul", "Seoul ", "busan"], "height": ["38", "38.0", "?"]})
    wanted = pd.DataFrame({"city": ["Seoul", "Busan"], "height": [38.0, 38.0]})
    expect.frame(submission.call("clean", raw), wanted)
