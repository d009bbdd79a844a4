"""Hidden checks of the line through countries: parameters, both predictions, other points."""

import numpy as np
import pytest

from grader.checks import Text

SAID = {
    "no intercept": Text(
        "This is the line through the origin: the intercept has to be fitted too.",
        "원점을 지나는 직선의 값이에요. 절편도 데이터에서 구해야 해요.",
    ),
    "36 countries": Text(
        "This comes from a table with more countries, very poor and very rich ones among them: use the file given.",
        "아주 가난한 나라와 아주 부유한 나라까지 들어 있는 더 큰 표에서 나온 값이에요. 주어진 파일을 쓰세요.",
    ),
    "7 countries": Text(
        "This comes from the seven countries that the slides print: use all rows of the file.",
        "강의 자료에 나온 일곱 나라만 쓴 값이에요. 파일의 모든 행을 쓰세요.",
    ),
    "a few rows": Text(
        "This comes from the first or the last five rows, as `head()` and `tail()` show them: use all rows of the file.",
        "`head()`나 `tail()`이 보여 주는 다섯 행만 쓴 값이에요. 파일의 모든 행을 쓰세요.",
    ),
    "spread of y": Text(
        "The slope is divided by the spread of y: it has to be that of x.",
        "기울기를 y가 퍼진 정도로 나누었어요. x가 퍼진 정도로 나누어야 해요.",
    ),
    "countries": Text(
        "This is the line of the countries, whatever points are passed in: use the arguments alone.",
        "어떤 점을 넣어도 나라들의 직선이 나와요. 인자로 받은 값만 쓰세요.",
    ),
    "rounded": Text(
        "This was computed with rounded parameters: round nothing before the end.",
        "반올림한 파라미터로 계산한 값이에요. 끝날 때까지 반올림하지 마세요.",
    ),
    "other way": Text(
        "The order is the other way round: intercept first, then slope.",
        "순서가 바뀌었어요. 절편이 먼저, 기울기가 다음이에요.",
    ),
    "inverse": Text(
        "This line predicts x from y: least squares looks at the distances in the direction of y.",
        "이 직선은 y로 x를 예측해요. 최소제곱은 y 방향의 오차를 줄여요.",
    ),
    "ddof": Text(
        "Numerator and denominator are divided by different numbers (n and n - 1): use the same ddof for both.",
        "분자와 분모를 서로 다른 수(n과 n - 1)로 나누었어요. 두 곳의 ddof를 같게 하세요.",
    ),
}


def line(x, y):
    """Intercept and slope by another route than the prompt's."""
    slope, intercept = np.polyfit(x, y, 1)
    return np.array([intercept, slope])


def known(x, y):
    """What usual mistakes make of the same points."""
    right, n = line(x, y), len(x)
    back = line(y, x)
    mistaken = {"other way": right[::-1], "no intercept": [0.0, x @ y / (x @ x)], "inverse": [-back[0] / back[1], 1 / back[1]]}
    mistaken["spread of y"] = [y.mean() - back[1] * x.mean(), back[1]]
    mistakes = [(value, SAID[name]) for name, value in mistaken.items()] + [(back, SAID["inverse"])]
    for factor in (n / (n - 1), (n - 1) / n):
        slope = factor * right[1]
        mistakes.append(([y.mean() - slope * x.mean(), slope], SAID["ddof"]))
    return mistakes


@pytest.mark.points(2)
@pytest.mark.hint(
    en="All rows of `lifesat.csv`, GDP in dollars as x, satisfaction as y, and an intercept.",
    ko="`lifesat.csv`의 모든 행에서 달러로 나타낸 GDP를 x, 만족도를 y로 놓고 절편까지 구하세요.",
)
def test_intercept(submission, hidden, expect):
    """`theta0` is the intercept for the countries of the file.

    ko: `theta0`은 파일에 있는 나라들에 대한 절편이다.
    """
    expect.close(
        submission["theta0"],
        hidden.right[0],
        atol=1e-3,
        shape="flat",
        nan="forbid",
        mistakes=[*((pair[0], SAID[name]) for name, pair in hidden.wrong), (hidden.right[1], SAID["other way"])],
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="The slope is the satisfaction that one more dollar brings: a number well below 0.001.",
    ko="기울기는 GDP가 1달러 늘 때 늘어나는 만족도예요. 0.001보다 훨씬 작은 수예요.",
)
def test_slope(submission, hidden, expect):
    """`theta1` is the slope for the countries of the file, in points per dollar.

    ko: `theta1`은 파일에 있는 나라들에 대한 기울기(달러당 점수)이다.
    """
    expect.close(
        submission["theta1"],
        hidden.right[1],
        rtol=0,
        atol=5e-9,
        shape="flat",
        nan="forbid",
        mistakes=[*((pair[1], SAID[name]) for name, pair in hidden.wrong), (hidden.right[0], SAID["other way"])],
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="theta0 + theta1 × 37,655.2, with all digits.",
    ko="모든 자릿수를 살려서 theta0 + theta1 × 37,655.2를 계산하세요.",
)
def test_cyprus_by_the_line(submission, hidden, expect):
    """The line's prediction for Cyprus.

    ko: 직선으로 예측한 키프로스의 만족도.
    """
    mistakes = [(b + w * hidden.cyprus, SAID[name]) for name, (b, w) in hidden.wrong]
    everybody = Text("This is the mean of all countries, whatever their GDP.", "GDP와 상관없이 모든 나라를 평균한 값이에요.")
    neighbours = Text("This is the neighbours' mean; the line is wanted here.", "이웃 나라의 평균이에요. 여기에는 직선의 예측이 필요해요.")
    expect.close(
        submission["cyprus_pred"],
        hidden.right[0] + hidden.right[1] * hidden.cyprus,
        rtol=0,
        atol=5e-4,
        shape="flat",
        nan="forbid",
        mistakes=[*mistakes, (hidden.mean, everybody), (hidden.neighbours[3], neighbours)],
    )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Sort the countries by the distance of their GDP from 37,655.2, take the first three and average.",
    ko="나라들을 GDP와 37,655.2의 차이가 작은 순서로 늘어놓고 앞의 셋을 평균하세요.",
)
def test_cyprus_by_three_neighbours(submission, hidden, expect):
    """The mean of the three nearest neighbours of Cyprus.

    ko: 키프로스의 최근접 이웃 세 나라의 평균.
    """
    counted = {
        k: Text(
            "This is the answer of another number of neighbours: exactly three are wanted.",
            "이웃의 수가 달라요. 정확히 세 나라를 써야 해요.",
        )
        for k in (1, 2, 4, 5)
    }
    one = Text(
        "This is the answer of another number of neighbours, or the mean of the three rounded, or their median: "
        "average exactly three, and round nothing.",
        "이웃의 수가 다르거나, 세 나라의 평균을 반올림했거나, 평균 대신 중앙값을 구한 값이에요. "
        "정확히 세 나라를 평균하고 반올림하지 마세요.",
    )
    slips = [hidden.median, round(hidden.neighbours[3], 1)]
    for k in counted:
        if np.isclose(hidden.neighbours[k], slips, rtol=0, atol=1e-3).any():  # nobody can tell which it was
            counted[k] = one
    weighted = Text(
        "Here closer countries count for more; the plain mean of the three is wanted.",
        "가까운 나라에 더 큰 가중치를 주었어요. 세 나라를 그대로 평균하세요.",
    )
    expect.close(
        submission["knn3_pred"],
        hidden.neighbours[3],
        rtol=0,
        atol=1e-3,
        shape="flat",
        nan="forbid",
        mistakes=[
            *((hidden.neighbours[k], text) for k, text in counted.items()),
            *((value, one) for value in slips),
            (hidden.weighted, weighted),
        ],
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="The function may use its arguments only, not the tables of the notebook.",
    ko="함수는 인자로 받은 값만 써야 해요. 노트북에 있는 표를 쓰면 안 돼요.",
)
def test_line_of_other_points(submission, hidden, expect, rng):
    """`fit_line` finds the line of other points, rising or falling.

    ko: `fit_line`이 다른 점들의 직선도 찾는다. 오르는 직선과 내리는 직선을 모두 본다.
    """
    for n, slope in ((12, 2.0), (30, -0.7), (2, 1.3)):
        x = rng.permutation(np.linspace(-5, 20, n) + rng.uniform(-1, 1, n))  # two points never come close
        y = 4 + slope * x + rng.normal(0, 2, n)
        mistakes = [*known(x, y), (hidden.right, SAID["countries"])] if n > 2 else None
        expect.close(submission.call("fit_line", x, y), line(x, y), rtol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Whole numbers are numbers too: neither round nor cut off, and divide with `/`.",
    ko="정수도 수예요. 반올림하거나 버리지 말고 `/`로 나누세요.",
)
def test_line_of_dollars_and_whole_numbers(submission, expect, rng):
    """`fit_line` copes with points in dollars and with whole numbers.

    ko: `fit_line`은 달러 단위의 점과 정수로 된 점에서도 맞다.
    """
    dollars = rng.uniform(20_000, 110_000, 20)
    scores = 4.5 + 3e-5 * dollars + rng.normal(0, 0.4, 20)
    expect.close(submission.call("fit_line", dollars, scores), line(dollars, scores), rtol=1e-6, mistakes=known(dollars, scores))
    x, y = rng.permutation(15), rng.integers(0, 10, 15)
    expect.close(submission.call("fit_line", x, y), line(x, y), rtol=1e-9, atol=1e-12, mistakes=known(x, y))
