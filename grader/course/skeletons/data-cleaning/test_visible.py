"""Checks that students have too."""

import pandas as pd
import pytest


@pytest.mark.points(3)
def test_a_small_table(expect):
    """A small table is cleaned.

    ko: 작은 표를 정리한다.
    asks: It takes a DataFrame with the columns `city` (text) and `height` (text) and returns a new one
    asks-ko: 열이 `city`(텍스트)와 `height`(텍스트)인 DataFrame을 받아 새로운 DataFrame을 돌려줍니다.
    hint: str.strip(), str.title(), pd.to_numeric(..., errors="coerce"), drop_duplicates(), fillna(...), in this
        order.
    hint-ko: str.strip(), str.title(), pd.to_numeric(..., errors="coerce"), drop_duplicates(), fillna(...)를 이 순서로 써
        보세요.
    """
    raw = pd.DataFrame({"city": [" seoul", "Seoul ", "busan"], "height": ["38", "38.0", "?"]})
    wanted = pd.DataFrame({"city": ["Seoul", "Busan"], "height": [38.0, 38.0]})
    expect.agree(lambda code: code.call("clean", raw), wanted)
