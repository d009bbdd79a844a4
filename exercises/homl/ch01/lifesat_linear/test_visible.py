"""Visible checks of the line through countries: the worked example, the form of the numbers, no rounding on the way."""

import numpy as np
import pytest

from grader.checks import Text

NUMBERS = ("theta0", "theta1", "cyprus_pred", "knn3_pred")
CYPRUS_GDP = 37_655.2
NOT_SINGLE = Text(
    "`theta0`, `theta1`, `cyprus_pred` and `knn3_pred` should each be one finite number, not an array or a table.",
    "`theta0`, `theta1`, `cyprus_pred`, `knn3_pred`는 모두 배열이나 표가 아니라 유한한 수 하나여야 해요.",
)
NOT_TWO = Text(
    "`fit_line` should return two single numbers, not arrays with one number in them.",
    "`fit_line`은 수가 하나씩 든 배열이 아니라 수 두 개를 반환해야 해요.",
)
OFF_SCALE = Text(
    "A prediction lies outside the scale from 0 to 10.", "예측한 만족도가 0점에서 10점까지의 범위를 벗어났어요."
)
OFF_LINE = Text(
    "`cyprus_pred` is not theta0 + theta1 × 37,655.2 with the `theta0` and `theta1` that are there.",
    "`cyprus_pred`가 지금의 `theta0`와 `theta1`로 계산한 theta0 + theta1 × 37,655.2와 달라요.",
)


def single(value):
    """Whether it is one finite number."""
    return isinstance(value, float | np.floating) and bool(np.isfinite(value))


def line(code, x, y):
    """Intercept and slope, also where they stand in arrays: only the check of the four numbers minds that."""
    return np.concatenate([np.ravel(value) for value in code.call("fit_line", x, y)])


@pytest.mark.points(3)
def test_line_of_the_worked_example(expect):
    """`fit_line` finds the line of the worked example.

    ko: `fit_line`이 예제의 직선을 찾는다.
    asks: so $w = 1.5$ and $b = \\tfrac{10}{3} - 3 = 0.333$
    asks-ko: $w = 1.5$, $b = \\tfrac{10}{3} - 3 = 0.333$입니다
    hint: Work out the example of the prompt by hand, then print what each step of your function gives.
    hint-ko: 문제에 나온 예를 손으로 계산해 보고, 함수의 단계마다 값을 출력해서 비교하세요.
    """
    x, y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 5.0])
    expect.agree(lambda code: line(code, x, y), [1 / 3, 1.5])


@pytest.mark.points(2)
def test_four_single_numbers(expect):
    """The four results are single numbers, and the predictions lie on the scale.

    ko: 네 결과가 모두 수 하나이고 예측값은 점수의 범위 안에 있다.
    asks: the four numbers should be single numbers (`float`)
    asks-ko: 네 값은 모두 수 하나(`float`)여야 합니다
    hint: Take the single number out of an array, `float(model.intercept_)` or `prediction[0]`.
    hint-ko: 배열에서 수 하나를 꺼내세요. `float(model.intercept_)`나 `prediction[0]`처럼요.
    """
    expect.agree(lambda code: [single(code[name]) for name in NUMBERS], [True] * 4, message=NOT_SINGLE)
    x, y = np.array([0.0, 2.0]), np.array([1.0, 2.0])
    expect.agree(lambda code: [single(value) for value in code.call("fit_line", x, y)], [True] * 2, message=NOT_TWO)
    expect.agree(
        lambda code: [bool(np.all((code[name] > 0) & (code[name] < 10))) for name in NUMBERS[2:]],
        [True] * 2,
        message=OFF_SCALE,
    )


@pytest.mark.points(2)
def test_prediction_lies_on_the_line(expect):
    """`cyprus_pred` is what `theta0` and `theta1` say.

    ko: `cyprus_pred`는 `theta0`와 `theta1`로 계산한 값이다.
    asks: `cyprus_pred: float`: what the line says for Cyprus.
    asks-ko: `cyprus_pred: float`: 그 직선이 예측한 키프로스의 만족도입니다.
    hint: Put the GDP of Cyprus into the line with the parameters exactly as they were found.
    hint-ko: 구한 파라미터를 그대로 써서 직선의 식에 키프로스의 GDP를 넣으세요.
    """

    def beside_the_line(code):
        predicted, b, w = (np.ravel(code[name]) for name in ("cyprus_pred", "theta0", "theta1"))
        return predicted - (b + w * CYPRUS_GDP), bool(np.any(w != 0))

    expect.agree(beside_the_line, ([0.0], True), atol=5e-4, message=OFF_LINE)
