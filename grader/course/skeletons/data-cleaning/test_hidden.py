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
@pytest.mark.hint(
    en="Rows can differ in spaces and capital letters only: leave repeated ones out after the texts are tidy.",
    ko="공백이나 대소문자만 다른 행이 있을 수 있어요. 텍스트를 정리한 다음에 중복된 행을 빼세요.",
)
def test_repeated_rows_go(submission, expect, raw):
    """Rows that are equal once they are tidy stand there once.

    ko: 정리하고 나서 같은 행은 한 번만 남는다.
    """
    known = raw[raw["height"] != "n/a"]
    twice = pd.concat([known, known.assign(city=known["city"].str.upper())], ignore_index=True)
    wanted = pd.DataFrame({"city": known["city"].str.strip().str.title(), "height": known["height"].astype(float)})
    expect.frame(submission.call("clean", twice), wanted)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="The median is not moved by a single value that lies far out; the mean is.",
    ko="멀리 떨어진 값 하나에 평균은 움직이지만 중간값은 움직이지 않아요.",
)
def test_gaps_get_the_median(submission, expect, raw):
    """Gaps get the median, everything else stays.

    ko: 빠진 값은 중간값으로 채우고 나머지는 그대로 둔다.
    """
    heights = pd.to_numeric(raw["height"], errors="coerce")
    wanted = pd.DataFrame({"city": raw["city"].str.strip().str.title(), "height": heights.fillna(heights.median())})
    expect.frame(submission.call("clean", raw), wanted)


@pytest.mark.points(1)
@pytest.mark.needs("test_a_small_table")
@pytest.mark.hint(
    en="Call .dtypes on your result: is `height` a float64?",
    ko="결과에 .dtypes를 써 보세요. `height`가 float64인가요?",
)
def test_numbers_are_floats(submission, expect, raw):
    """Heights are floats without gaps.

    ko: height는 빠진 값이 없는 실수이다.
    """
    cleaned = submission.call("clean", raw)
    expect.columns(cleaned, ["city", "height"])
    expect.dtype(cleaned["height"], "float")
    expect.finite(cleaned["height"])
