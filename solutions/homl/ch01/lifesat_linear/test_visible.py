"""Visible checks of the line through countries: the worked example, the form of the numbers, no rounding on the way."""

import numpy as np
import pytest

from grader.checks import Text

NUMBERS = ("theta0", "theta1", "cyprus_pred", "knn3_pred")
CYPRUS_GDP = 37_655.2


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Work out the example of the prompt by hand, then print what each step of your function gives.",
    ko="문제에 나온 예를 손으로 계산해 보고, 함수의 단계마다 값을 출력해서 비교하세요.",
)
def test_line_of_the_worked_example(submission, expect):
    """`fit_line` finds the line of the worked example.

    ko: `fit_line`이 예제의 직선을 찾는다.
    """
    x, y = np.array([1.0, 2.0, 3.0]), np.array([2.0, 3.0, 5.0])
    expect.close(
        submission.call("fit_line", x, y),
        [1 / 3, 1.5],
        rtol=1e-9,
        mistakes=[
            ([1.5, 1 / 3], Text("The order is the other way round: intercept first, then slope.", "순서가 바뀌었어요. 절편이 먼저, 기울기가 다음이에요.")),
            ([0.0, 23 / 14], Text("This line is forced through the origin: the intercept has to be fitted too.", "이 직선은 원점을 지나도록 되어 있어요. 절편도 데이터에서 구해야 해요.")),
            ([43 / 21, 9 / 14], Text("The slope is divided by the spread of y: it has to be that of x.", "기울기를 y가 퍼진 정도로 나누었어요. x가 퍼진 정도로 나누어야 해요.")),
        ],
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Take the single number out of an array, `float(model.intercept_)` or `prediction[0]`; predictions lie between 4 and 9.",
    ko="배열에서 수 하나를 꺼내세요. `float(model.intercept_)`나 `prediction[0]`처럼요. 예측값은 4와 9 사이에 있어요.",
)
def test_four_single_numbers(submission, expect):
    """The four results are single numbers of a plausible size.

    ko: 네 결과가 모두 수 하나이고 그럴듯한 크기이다.
    """
    for name in NUMBERS:
        value = submission[name]
        expect.type(value, float, what=name)
        expect.finite(value)
    expect.between([submission["cyprus_pred"], submission["knn3_pred"]], 4, 9)


@pytest.mark.points(2)
@pytest.mark.needs("test_four_single_numbers")
@pytest.mark.hint(
    en="Put the GDP of Cyprus into the line with the parameters exactly as they were found.",
    ko="구한 파라미터를 그대로 써서 직선의 식에 키프로스의 GDP를 넣으세요.",
)
def test_prediction_lies_on_the_line(submission, expect):
    """`cyprus_pred` is what `theta0` and `theta1` say.

    ko: `cyprus_pred`는 `theta0`와 `theta1`로 계산한 값이다.
    """
    theta0, theta1 = (float(submission[name]) for name in ("theta0", "theta1"))
    expect.close(
        submission["cyprus_pred"],
        theta0 + theta1 * CYPRUS_GDP,
        atol=5e-4,
        nan="forbid",
        message=Text(
            "This is not theta0 + theta1 × 37,655.2. Are the parameters rounded on the way, or is it another GDP?",
            "theta0 + theta1 × 37,655.2와 달라요. 파라미터를 중간에 반올림했거나 다른 GDP를 넣지 않았나요?",
        ),
    )
