"""Checks that students do not have."""

import pandas as pd
import pytest

CITIES = ["seoul", "new york", "busan", "daejeon", "gwangju", "ulsan"]


@pytest.fixture
def raw(rng):
    """Twenty rows of different heights; three are no numbers, each in a city of its own."""
    heights = [f"{value:.2f}" for value in rng.permutation(20) * 1.5 + rng.uniform(1, 2)]
    heights[0] = "900"  # far from the others: their mean is not their median
    cities = [CITIES[i % 3] for i in range(20)]
    for place, city in zip((4, 9, 14), CITIES[3:]):
        heights[place], cities[place] = "n/a", city
    return pd.DataFrame({"city": [f" {city} " for city in cities], "height": heights})


@pytest.mark.points(3)
def test_repeated_rows_go(expect, raw):
    """Rows that are equal once they are tidy stand there once.

    ko: 정리하고 나서 같은 행은 한 번만 남는다.
    asks: rows that are now equal to an earlier one are left out
    asks-ko: 이렇게 바꾼 뒤 앞의 행과 같아진 행은 뺍니다.
    hint: Rows can differ in spaces and capital letters only: leave repeated ones out after the texts are tidy.
    hint-ko: 공백이나 대소문자만 다른 행이 있을 수 있어요. 텍스트를 정리한 다음에 중복된 행을 빼세요.
    """
    known = raw[raw["height"] != "n/a"]
    twice = pd.concat([known, known.assign(city=known["city"].str.upper())], ignore_index=True)
    expect.agree(lambda code: code.call("clean", twice))


@pytest.mark.points(3)
def test_gaps_get_the_median(expect, raw):
    """Gaps get the median, everything else stays.

    ko: 빠진 값은 중간값으로 채우고 나머지는 그대로 둔다.
    asks: gaps in `height` get the median of the heights that are left
    asks-ko: `height`의 빠진 값은 남아 있는 값의 중간값으로 채웁니다.
    hint: The median is not moved by a single value that lies far out; the mean is.
    hint-ko: 멀리 떨어진 값 하나에 평균은 움직이지만 중간값은 움직이지 않아요.
    """
    expect.agree(lambda code: code.call("clean", raw))


@pytest.mark.points(1)
@pytest.mark.needs("test_a_small_table")
def test_numbers_are_floats(submission, expect, raw):
    """Heights are floats without gaps.

    ko: height는 빠진 값이 없는 실수이다.
    asks: `height` as a float
    asks-ko: `height`는 실수로 바꿉니다.
    hint: Call .dtypes on your result: is `height` a float64?
    hint-ko: 결과에 .dtypes를 써 보세요. `height`가 float64인가요?
    """
    cleaned = submission.call("clean", raw)
    expect.columns(cleaned, ["city", "height"])
    expect.dtype(cleaned["height"], "float")
    expect.finite(cleaned["height"])
