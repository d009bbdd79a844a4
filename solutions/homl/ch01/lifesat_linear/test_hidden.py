"""Hidden checks of the line through countries: parameters, both predictions, other points."""

import numpy as np
import pytest


def line(code, x, y):
    """Intercept and slope, also where they stand in arrays: a visible check minds that."""
    return np.concatenate([np.ravel(value) for value in code.call("fit_line", x, y)])


def number(expect, name, atol):
    """One of the four numbers; that it stands alone is asked elsewhere."""
    expect.agree(lambda code: code[name], how="close", shape="flat", atol=atol)


@pytest.mark.points(2)
def test_intercept(expect):
    """`theta0` is the intercept for the countries of the file.

    ko: `theta0`은 파일에 있는 나라들에 대한 절편이다.
    asks: intercept and slope of that line for all countries of the file
    asks-ko: 파일에 있는 모든 나라에 대해 GDP(달러)를 `x`로 놓고 구한 직선의 절편과 기울기
    hint: All rows of `lifesat.csv`, GDP in dollars as x, satisfaction as y, and an intercept.
    hint-ko: `lifesat.csv`의 모든 행에서 달러로 나타낸 GDP를 x, 만족도를 y로 놓고 절편까지 구하세요.
    """
    number(expect, "theta0", 1e-3)


@pytest.mark.points(2)
def test_slope(expect):
    """`theta1` is the slope for the countries of the file, in points per dollar.

    ko: `theta1`은 파일에 있는 나라들에 대한 기울기(달러당 점수)이다.
    asks: with GDP in dollars as `x`
    asks-ko: GDP(달러)를 `x`로 놓고
    hint: The slope is the satisfaction that one more dollar brings: a number well below 0.001.
    hint-ko: 기울기는 GDP가 1달러 늘 때 늘어나는 만족도예요. 0.001보다 훨씬 작은 수예요.
    """
    number(expect, "theta1", 5e-9)


@pytest.mark.points(2)
def test_cyprus_by_the_line(expect):
    """The line's prediction for Cyprus.

    ko: 직선으로 예측한 키프로스의 만족도.
    asks: and put the GDP of Cyprus into the formula
    asks-ko: 키프로스의 GDP를 식에 넣습니다
    hint: theta0 + theta1 × 37,655.2, with all digits.
    hint-ko: 모든 자릿수를 살려서 theta0 + theta1 × 37,655.2를 계산하세요.
    """
    number(expect, "cyprus_pred", 5e-4)


@pytest.mark.points(3)
def test_cyprus_by_three_neighbours(expect):
    """The mean of the three nearest neighbours of Cyprus.

    ko: 키프로스의 최근접 이웃 세 나라의 평균.
    asks: the plain mean of the satisfaction of the three nearest neighbours of Cyprus
    asks-ko: 키프로스의 최근접 이웃 세 나라의 만족도를 그대로 평균한 값
    hint: Sort the countries by the distance of their GDP from 37,655.2, take the first three and average.
    hint-ko: 나라들을 GDP와 37,655.2의 차이가 작은 순서로 늘어놓고 앞의 셋을 평균하세요.
    """
    number(expect, "knn3_pred", 1e-3)


@pytest.mark.points(2)
def test_line_of_other_points(expect, rng):
    """`fit_line` finds the line of other points, rising or falling.

    ko: `fit_line`이 다른 점들의 직선도 찾는다. 오르는 직선과 내리는 직선을 모두 본다.
    asks: the least-squares line through points
    asks-ko: 점들에 대한 최소제곱 직선
    hint: The function may use its arguments only, not the tables of the notebook.
    hint-ko: 함수는 인자로 받은 값만 써야 해요. 노트북에 있는 표를 쓰면 안 돼요.
    """
    for n, slope in ((12, 2.0), (30, -0.7), (2, 1.3)):
        x = rng.permutation(np.linspace(-5, 20, n) + rng.uniform(-1, 1, n))  # two points never come close
        y = 4 + slope * x + rng.normal(0, 2, n)
        expect.agree(lambda code, x=x, y=y: line(code, x, y))


@pytest.mark.points(2)
def test_line_of_dollars_and_whole_numbers(expect, rng):
    """`fit_line` copes with points in dollars and with whole numbers.

    ko: `fit_line`은 달러 단위의 점과 정수로 된 점에서도 맞다.
    asks: floats or whole numbers
    asks-ko: 값은 실수이거나 정수입니다
    hint: Whole numbers are numbers too: neither round nor cut off, and divide with `/`.
    hint-ko: 정수도 수예요. 반올림하거나 버리지 말고 `/`로 나누세요.
    """
    dollars = rng.uniform(20_000, 110_000, 20)
    scores = 4.5 + 3e-5 * dollars + rng.normal(0, 0.4, 20)
    expect.agree(lambda code: line(code, dollars, scores))
    x, y = rng.permutation(15), rng.integers(0, 10, 15)
    expect.agree(lambda code: line(code, x, y))
