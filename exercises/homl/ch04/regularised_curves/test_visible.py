"""Visible checks of regularisation and learning curves: whose work it is, the worked examples, the names in the figure."""

import numpy as np
import pytest

from grader.checks import Text

NAMES = Text(
    "The legend should call one line `training` and the other one `validation`.",
    "범례에 두 선의 이름이 `training`과 `validation`(또는 훈련과 검증)으로 있어야 해요.",
)
AXES = Text(
    "The label of the x axis should contain `size`, that of the y axis `RMSE`.",
    "x축의 이름에는 `size`(또는 크기), y축의 이름에는 `RMSE`가 들어가야 해요.",
)


def mentions(texts, *terms):
    """Whether one of the terms stands in the texts, whatever the case."""
    return any(term in " ".join(texts).lower() for term in terms)


@pytest.mark.points(0)
def test_own_work(expect):
    """No library does the work.

    ko: 라이브러리가 대신 계산하지 않는다.
    asks: Write these two with NumPy alone
    asks-ko: 두 함수를 넘파이만으로 작성하세요
    hint: The other checks of ridge_closed ask what your own code computes.
    hint-ko: ridge_closed의 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요.
    """

    def borrowed(code):
        rules = expect.source(code, within="ridge_closed")
        return [name for name in ("sklearn", "scipy") if not expect.holds(rules.avoids, name)]

    expect.agree(borrowed, [])  # the answer names the library, so that it tells this mistake from others


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_ridge_by_hand(expect):
    """Ridge regression on three points, by hand.

    ko: 손으로 계산한 세 점의 릿지 회귀.
    asks: `ridge_closed` returns (2, 1)
    asks-ko: `ridge_closed`는 (2, 1)을 돌려줍니다
    hint: D is np.eye(n + 1) with D[0, 0] = 0: only the weights are penalised.
    hint-ko: D는 np.eye(n + 1)에서 D[0, 0] = 0으로 바꾼 것이에요. 가중치만 규제해요.
    """
    X, y = np.array([[-1.0], [0.0], [1.0]]), np.array([0.0, 1.0, 5.0])
    expect.agree(lambda code: code.call("ridge_closed", X, y, 3.0), np.array([2.0, 1.0]))


@pytest.mark.points(2)
def test_soft_threshold_by_hand(expect):
    """The soft threshold of four numbers, by hand.

    ko: 손으로 계산한 네 수의 소프트 임계값.
    asks: `[3, -1, -2, 0.5]` with `t = 1` is `[2, 0, -1, 0]`
    asks-ko: `[3, -1, -2, 0.5]`의 `soft_threshold`는 `[2, 0, -1, 0]`입니다
    hint: np.sign(z) times what is left of np.abs(z) after t is taken away, but never less than 0.
    hint-ko: np.abs(z)에서 t를 빼고 0보다 작아지면 0으로 한 다음 np.sign(z)를 곱하세요.
    """
    z = np.array([3.0, -1.0, -2.0, 0.5])
    expect.agree(lambda code: code.call("soft_threshold", z, 1.0), np.array([2.0, 0.0, -1.0, 0.0]))


@pytest.mark.points(2)
def test_powers_by_hand(expect):
    """Powers of two numbers, without a column of ones.

    ko: 두 수의 거듭제곱. 1로 채운 열은 없다.
    asks: `[[2], [3]]` up to degree 3 is `[[2, 4, 8], [3, 9, 27]]`
    asks-ko: `[[2], [3]]`의 3차까지 `powers`는 `[[2, 4, 8], [3, 9, 27]]`입니다
    hint: x ** [1, 2, ..., degree]; PolynomialFeatures needs include_bias=False.
    hint-ko: x ** [1, 2, ..., degree]예요. PolynomialFeatures를 쓴다면 include_bias=False가 필요해요.
    """
    right = np.array([[2.0, 4.0, 8.0], [3.0, 9.0, 27.0]])
    expect.agree(lambda code: code.call("powers", np.array([[2.0], [3.0]]), 3), right)


@pytest.mark.points(1)
@pytest.mark.parametrize("part", ["training", "validation"])
def test_curves_by_hand(expect, part):
    """A straight line through the first two of three rows, by hand.

    ko: 세 행 가운데 처음 두 행에 맞춘 직선, 손으로 계산.
    asks: measure the RMSE on these same $s$ rows and on **all** validation rows
    asks-ko: 훈련에 쓴 바로 그 $s$개 행과 **전체** 검증 세트에서
    hint: Two rows, x = 0 and 2, y = 1 and 5: standardised, x is -1 and 1, so with alpha = 2 the line is 3 + z.
    hint-ko: 두 행의 x는 0과 2, y는 1과 5예요. 표준화하면 x는 -1과 1이고, alpha가 2이므로 직선은 3 + z예요.
    """
    train = np.array([[0.0], [2.0], [7.0]]), np.array([1.0, 5.0, 3.0])
    valid = np.array([[1.0], [3.0]]), np.array([6.0, 8.0])

    def errors(code):
        of_training, of_validation = code.call("rmse_curves", *train, *valid, 1, [2], 2.0)
        return of_training if part == "training" else (of_validation, np.array_equal(of_training, of_validation))

    expect.agree(errors, [1.0] if part == "training" else ([3.0], False))


@pytest.mark.points(2)
def test_legend_of_the_figure(expect):
    """The legend names both curves.

    ko: 범례에 두 곡선의 이름이 있다.
    asks: The legend calls them `training` and `validation`
    asks-ko: 범례의 이름은 `training`과 `validation`(또는 훈련과 검증)이고
    hint: ax.plot(..., label=...) twice, then ax.legend().
    hint-ko: ax.plot(..., label=...)을 두 번 쓰고 ax.legend()를 부르세요.
    """

    def named(code):
        names = [name for axes in code.figure("fig").plots for name in axes.legend]
        return {"training": mentions(names, "train", "훈련"), "validation": mentions(names, "valid", "검증")}

    expect.agree(named, {"training": True, "validation": True}, message=NAMES)


@pytest.mark.points(1)
def test_labels_of_the_axes(expect):
    """The axes say what they show.

    ko: 축이 무엇을 나타내는지 쓰여 있다.
    asks: the label of the x axis contains `size` (or 크기), that of the y axis `RMSE`
    asks-ko: x축의 이름에는 `size`(또는 크기), y축의 이름에는 `RMSE`가 들어가야 합니다
    hint: ax.set_xlabel(...) and ax.set_ylabel(...).
    hint-ko: ax.set_xlabel(...)과 ax.set_ylabel(...)을 쓰세요.
    """

    def labelled(code):
        plots = code.figure("fig").plots
        x, y = [axes.xlabel for axes in plots], [axes.ylabel for axes in plots]
        return {"x": mentions(x, "size", "크기"), "y": mentions(y, "rmse")}

    expect.agree(labelled, {"x": True, "y": True}, message=AXES)
