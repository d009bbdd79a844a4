"""Hidden checks of regularisation and learning curves: other data, the lasso, the figure's values."""

import numpy as np
import pytest
from sklearn.linear_model import Lasso

PARTS = {"training": ("train", "훈련"), "validation": ("valid", "검증")}
each_part = pytest.mark.parametrize("part", PARTS, ids=list(PARTS))
SIZES = np.arange(12, 61, 4)


def notebook_data():
    """The noisy parabola of the notebook: training and validation rows."""
    rng = np.random.default_rng(3)
    x = 6 * rng.random((100, 1)) - 3
    y = 0.5 * x[:, 0] ** 2 + x[:, 0] + 2 + rng.normal(size=100)
    return x[:60], y[:60], x[60:], y[60:]


def parabola(rng, m):
    """Points around a curve, in no order."""
    x = 4 * rng.random((m, 1)) - 2
    return x, 1.0 - x[:, 0] + 0.8 * x[:, 0] ** 2 + 0.7 * rng.normal(size=m)


def own_curves(code, degrees, sizes, part):
    """What the code's own `rmse_curves` finds in the notebook's data; other checks tell whether it is right."""
    found = code.map("rmse_curves", [(*notebook_data(), degree, sizes, 0.01) for degree in degrees])
    return np.array([np.asarray(pair[list(PARTS).index(part)], dtype=float) for pair in found])


def right_or_own(expect, found, own, wanted):
    """Demand the right errors, or those that the code's own `rmse_curves` gives: one mistake is judged once."""
    if np.isfinite(own).all() and np.unique(own).size > 1 and expect.holds(expect.close, found, own, 1e-5):
        return
    expect.close(found, wanted, 1e-5)


@pytest.mark.points(4)
@pytest.mark.needs("test_own_work")
def test_ridge_with_several_features(expect, rng):
    """Ridge regression with several features, its penalty weak and strong.

    ko: 특성이 여러 개인 릿지 회귀, 규제가 약할 때와 셀 때.
    asks: they solve $(A^\\top A + \\alpha D)\\,\\theta = A^\\top y$
    asks-ko: $(A^\\top A + \\alpha D)\\,\\theta = A^\\top y$의 해입니다
    hint: Compare with Ridge(alpha=alpha) of scikit-learn: intercept_ first, then coef_.
    hint-ko: 사이킷런의 Ridge(alpha=alpha)와 비교해 보세요. intercept_가 먼저, coef_가 그다음이에요.
    """
    X = rng.normal(size=(40, 4)) * [1.0, 3.0, 0.5, 2.0] + [5.0, -2.0, 0.0, 1.0]
    y = 20.0 + X @ rng.normal(size=4) + rng.normal(size=40)
    for alpha in (0.5, 30.0):
        expect.agree(lambda code, alpha=alpha: code.call("ridge_closed", X, y, alpha))


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work")
def test_no_penalty_and_a_huge_one(expect, rng):
    """Without penalty: least squares; with a huge one: nothing but the mean.

    ko: 규제가 없으면 최소 제곱법이고, 아주 세면 평균만 남는다.
    asks: `alpha = 0` is ordinary least squares
    asks-ko: `alpha = 0`이면 보통의 최소 제곱법입니다
    hint: alpha = 0 is the normal equation; with a huge alpha only the bias is left, and it is the mean of y.
    hint-ko: alpha = 0이면 정규방정식이고, alpha가 아주 크면 편향만 남아 y의 평균이 돼요.
    """
    X, y = rng.normal(size=(25, 3)), 4.0 + rng.normal(size=25)
    expect.agree(lambda code: code.call("ridge_closed", X, y, 0.0))
    expect.agree(lambda code: code.call("ridge_closed", X, y, 1e12), np.array([y.mean(), 0.0, 0.0, 0.0]), atol=1e-6)


@pytest.mark.points(1)
def test_soft_threshold_of_a_table(expect, rng):
    """The soft threshold of a table of numbers.

    ko: 숫자 표의 소프트 임계값.
    asks: an array of the same shape as `z`
    asks-ko: `z`와 크기가 같은 배열
    hint: np.sign, np.abs and np.maximum work on arrays of any shape.
    hint-ko: np.sign, np.abs, np.maximum은 어떤 모양의 배열에도 쓸 수 있어요.
    """
    z = rng.normal(size=(6, 5))
    expect.agree(lambda code: code.call("soft_threshold", z, 0.6))


@pytest.mark.points(2)
def test_soft_threshold_is_the_lasso(expect, rng):
    """On orthonormal columns the soft threshold gives the lasso's weights.

    ko: 열이 정규직교이면 소프트 임계값이 곧 라쏘의 가중치이다.
    asks: its weights are exactly $S(X^\\top y / m,\\ \\alpha)$
    asks-ko: 라쏘의 가중치는 정확히 $S(X^\\top y / m,\\ \\alpha)$입니다
    hint: S(z, t) with t = alpha, neither half of it nor twice.
    hint-ko: t = alpha인 S(z, t)예요. 절반도 두 배도 아니에요.
    """
    X = np.linalg.qr(rng.normal(size=(50, 8)))[0] * np.sqrt(50)
    y = X @ np.array([2.0, -1.5, 0.3, 0.0, 0.0, 0.7, -0.1, 1.0]) + 0.2 * rng.normal(size=50)
    lasso = Lasso(alpha=0.5, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(X, y)
    expect.agree(lambda code: code.call("soft_threshold", X.T @ y / 50, 0.5), lasso.coef_, atol=1e-8)


@pytest.mark.points(3)
@each_part
def test_curves_on_other_data(expect, rng, part):
    """Learning curves of other data.

    ko: 다른 데이터의 학습 곡선.
    asks: take the **first $s$** training rows, compute the powers
    asks-ko: 훈련 세트의 **처음 $s$개** 행으로 거듭제곱을 계산하고
    hint: For every size: first s rows, powers, their mean and deviation, ridge_closed; then errors on those s rows and on all
        validation rows.
    hint-ko: 크기마다 처음 s개 행, 거듭제곱, 그 평균과 표준 편차, ridge_closed 순서예요. 그다음 그 s개 행과 전체 검증 세트에서 오차를 재세요.
    """
    data = (*parabola(rng, 50), *parabola(rng, 30))

    def errors(code):
        of_training, of_validation = code.call("rmse_curves", *data, 5, [10, 17, 30, 50], 0.3)
        return of_training if part == "training" else (of_validation, np.array_equal(of_training, of_validation))

    expect.agree(errors)


@pytest.mark.points(2)
def test_error_of_each_degree(expect):
    """The validation error of each degree.

    ko: 차수마다 검증 오차.
    asks: entry $d - 1$ is the validation RMSE of degree $d$
    asks-ko: $d - 1$번 값은 `x_train` 전체로 `alpha = 0.01`을 써서 훈련한 $d$차 모델의 검증 RMSE입니다
    hint: One number for each degree from 1 to 10, measured on the validation rows after training on all of x_train.
    hint-ko: 1차부터 10차까지 하나씩이에요. x_train 전체로 훈련하고 검증 세트에서 재세요.
    """

    def errors(code):
        return code["degree_rmse"], own_curves(code, range(1, 11), [60], "validation")[:, 0]

    expect.agree(errors, how=lambda found, wanted: right_or_own(expect, *found, wanted[0]))


@pytest.mark.points(1)
def test_best_degree(expect):
    """The degree with the lowest validation error, by the student's own `degree_rmse`.

    ko: `degree_rmse`에서 검증 오차가 가장 낮은 차수.
    asks: `best_degree: int`: the degree from 1 to 10 with the lowest one
    asks-ko: `best_degree: int`: 1부터 10까지 가운데 그 값이 가장 낮은 차수입니다
    hint: argmin counts from 0, degrees from 1.
    hint-ko: argmin은 0부터 세고 차수는 1부터 세요.
    """

    def beyond_its_place(code):
        best = code["best_degree"]
        return isinstance(best, int | np.integer), best - int(np.argmin(code["degree_rmse"]))

    expect.agree(beyond_its_place, (True, 1))


@pytest.mark.points(2)
@each_part
def test_curves_in_the_figure(expect, part):
    """The figure shows both learning curves of degree 10.

    ko: 그림에 10차 모델의 두 학습 곡선이 있다.
    asks: the learning curves of **degree 10** with `alpha = 0.01` at the given `sizes`
    asks-ko: **10차** 모델을 `alpha = 0.01`로 훈련했을 때 주어진 `sizes`에서의 학습 곡선입니다
    hint: Degree 10, alpha = 0.01, the given sizes: x is the size, y the RMSE.
    hint-ko: 10차, alpha = 0.01, 주어진 sizes예요. x는 크기, y는 RMSE예요.
    """

    def line(code):
        """The line that the legend, or its own label, calls by this name; and what it should show by the code's own curves."""
        for axes in code.figure("fig").plots:
            names = dict(zip(axes.legend_colors, axes.legend, strict=False))
            for each in axes.lines:
                called = f"{each.label} {names.get(each.color, '')}".lower()
                if any(term in called for term in PARTS[part]):
                    return each.x, each.y, own_curves(code, [10], SIZES, part)[0]
        expect.true(
            False,
            en=f"There is no line that is called `{part}`.",
            ko=f"`{PARTS[part][1]}` 곡선을 찾을 수 없어요. 범례의 이름을 확인하세요.",
        )

    def drawn(found, wanted):
        expect.close(found[0], wanted[0], 1e-6)
        right_or_own(expect, found[1], found[2], wanted[1])

    expect.agree(line, how=drawn)
