"""Visible checks of the normal equation: whose work it is, the worked examples, a noisy line."""

import numpy as np
import pytest

X = np.array([[0.0], [1.0], [2.0]])
Y = np.array([1.0, 2.0, 6.0])
BORROWED = {"normal_eq": ("lstsq", "sklearn"), "svd_fit": ("pinv", "pinvh", "lstsq", "sklearn")}
FITS = [pytest.param(fit, id=fit, marks=pytest.mark.needs(f"test_own_work[{fit}]")) for fit in BORROWED]


@pytest.mark.points(0)
@pytest.mark.parametrize("fit", list(BORROWED), ids=list(BORROWED))
def test_own_work(expect, fit):
    """No library does the work.

    ko: 라이브러리가 대신 계산하지 않는다.
    asks: `lstsq` and scikit-learn would do it all for you, so they are not allowed
    asks-ko: `lstsq`와 사이킷런은 모든 일을 대신 해 주므로 쓸 수 없습니다
    hint: All other checks of this function ask what your own code computes; `svd_fit` starts from np.linalg.svd.
    hint-ko: 이 함수의 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요. `svd_fit`은 np.linalg.svd에서 시작하세요.
    """

    # The answer names the library, so that it tells this mistake from others.
    def borrowed(code):
        rules = expect.source(code, within=fit)
        found = [name for name in BORROWED[fit] if not expect.holds(rules.avoids, name)]
        missing = fit == "svd_fit" and not expect.holds(rules.uses, "svd")
        return found or (["no svd"] if missing else [])

    expect.agree(borrowed, [])


@pytest.mark.points(2)
@pytest.mark.parametrize("fit", FITS)
def test_worked_example(expect, fit):
    """Three points by hand.

    ko: 손으로 계산한 세 점.
    asks: for `X = [[0], [1], [2]]` and `y = [1, 2, 6]` both give $\\theta = (0.5, 2.5)$
    asks-ko: `X = [[0], [1], [2]]`, `y = [1, 2, 6]`이면 두 함수 모두 $\\theta = (0.5, 2.5)$를 돌려줍니다
    hint: Put a column of ones in front of X; the first parameter is the bias.
    hint-ko: X 앞에 1로 채운 열을 붙이세요. 첫 번째 파라미터가 편향이에요.
    """
    expect.agree(lambda code: code.call(fit, X, Y), np.array([0.5, 2.5]))


@pytest.mark.points(2)
def test_error_of_the_worked_example(expect):
    """The mean squared error, by hand.

    ko: 손으로 계산한 평균 제곱 오차.
    asks: the mean squared error is 1.5 / 3 = 0.5
    asks-ko: 평균 제곱 오차는 1.5 / 3 = 0.5입니다
    hint: Square the errors, then take the mean: neither half of it, nor the sum, nor the root.
    hint-ko: 오차를 제곱한 다음 평균을 구하세요. 반으로 나누거나, 합만 구하거나, 제곱근을 취하지 않아요.
    """
    expect.agree(lambda code: code.call("mse", X, Y, np.array([0.5, 2.5])), 0.5)


@pytest.mark.points(2)
@pytest.mark.parametrize("fit", FITS)
def test_noisy_line(expect, fit):
    """A hundred points around y = 4 + 3x; the targets come as a column.

    ko: y = 4 + 3x 둘레의 점 100개. 타깃은 열 하나로 주어진다.
    asks: `y` has shape (m,) or (m, 1). Parameter vectors are always **flat**
    asks-ko: `y`의 크기는 (m,) 또는 (m, 1)입니다. 파라미터 벡터는 언제나 크기가 (n + 1,)인 **1차원** 배열이고
    hint: The noise moves the parameters a little away from 4 and 3: about (4.215, 2.770) is right here.
    hint-ko: 잡음 때문에 파라미터가 4와 3에서 조금 벗어나요. 여기서는 (4.215, 2.770)쯤이 맞아요.
    """
    random = np.random.RandomState(42)
    x = 2 * random.rand(100, 1)
    y = 4 + 3 * x + random.randn(100, 1)
    expect.agree(lambda code: code.call(fit, x, y), np.array([4.21509616, 2.77011339]))


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work[svd_fit]")
def test_two_columns_of_ones(expect):
    """The SVD shares out what two equal columns explain.

    ko: 똑같은 열이 둘이면 SVD는 값을 나누어 준다.
    asks: `svd_fit` shares the mean 4 out: $(2, 2)$
    asks-ko: `svd_fit`은 평균 4를 둘로 나눈 $(2, 2)$를 돌려줍니다
    hint: One of the two singular values is 0 up to rounding: it gets 0 in place of 1 / sigma.
    hint-ko: 두 특잇값 가운데 하나는 반올림 오차를 빼면 0이에요. 그 자리에는 1 / sigma 대신 0을 넣으세요.
    """

    def shared_out(code):
        theta = code.call("svd_fit", np.array([[1.0], [1.0]]), np.array([3.0, 5.0]))
        return theta if np.all(np.abs(theta) < 1e3) else "beyond all bounds"

    expect.agree(shared_out, np.array([2.0, 2.0]))
