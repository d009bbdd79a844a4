"""Hidden checks of the normal equation: several features, columns for targets, dependent columns."""

import numpy as np
import pytest

FITS = [pytest.param(fit, id=fit, marks=pytest.mark.needs(f"test_own_work[{fit}]")) for fit in ("normal_eq", "svd_fit")]


def problem(rng, m=40, n=5):
    """Features of different size, and targets with noise."""
    X = rng.normal(size=(m, n)) * rng.uniform(0.5, 20.0, size=n) + rng.uniform(-3.0, 3.0, size=n)
    return X, 7.0 + X @ rng.normal(size=n) + rng.normal(size=m)


def dependent(rng, kind, shift=0.0, scale=1.0):
    """Features whose columns, the ones included, depend on each other linearly; and targets."""
    X = scale * (shift + rng.normal(size=(6, 12) if kind == "more columns than rows" else (30, 4)))
    if kind == "sum of columns":
        X[:, 3] = X[:, :3] @ [0.3, 0.7, -1.1]
    if kind == "constant column":
        X[:, 3] = 3.3
    return X, 2.0 + X @ rng.normal(size=X.shape[1]) + rng.normal(size=len(X))


def case(kind, points):
    return pytest.param(kind, id=kind, marks=pytest.mark.points(points))


@pytest.mark.points(3)
@pytest.mark.parametrize("fit", FITS)
def test_many_features(expect, rng, fit):
    """Five features of different size.

    ko: 크기가 서로 다른 특성 다섯 개.
    asks: $\\hat y = A\\theta$, and the best $\\theta$ can be computed without any training loop
    asks-ko: $\\hat y = A\\theta$이고, 가장 좋은 $\\theta$는 반복 훈련 없이 한 번에 계산할 수 있습니다
    hint: normal_eq solves A.T @ A @ theta = A.T @ y; svd_fit multiplies V by (U.T @ y divided by the singular values).
    hint-ko: normal_eq는 A.T @ A @ theta = A.T @ y를 풀고, svd_fit은 (U.T @ y를 특잇값으로 나눈 것)에 V를 곱해요.
    """
    X, y = problem(rng)
    expect.agree(lambda code: code.call(fit, X, y))


@pytest.mark.points(3)
def test_error_with_a_column_of_targets(expect, rng):
    """The error is the same whether the targets are flat or a column.

    ko: 타깃이 1차원이든 열 하나이든 오차는 같다.
    asks: A column of shape (m, 1) minus an array of shape (m,) becomes an (m, m) table
    asks-ko: 크기가 (m, 1)인 열에서 (m,)인 배열을 빼면 아무 경고 없이 (m, m) 표가 됩니다
    hint: Make y flat first, for example with np.ravel(y).
    hint-ko: 먼저 np.ravel(y) 같은 방법으로 y를 1차원으로 펴세요.
    """
    X, y = problem(rng, m=25, n=3)
    theta = rng.normal(size=4)
    for targets in (y, y[:, np.newaxis]):
        expect.agree(lambda code, targets=targets: code.call("mse", X, targets, theta))


@pytest.mark.needs("test_own_work[normal_eq]", "test_many_features[normal_eq]")
@pytest.mark.parametrize("kind", [case("sum of columns", 2), case("constant column", 1), case("more columns than rows", 1)])
def test_normal_equation_refuses_dependent_columns(expect, rng, kind):
    """The normal equation says so where it has no unique solution.

    ko: 해가 하나로 정해지지 않으면 정규방정식은 오류를 일으킨다.
    asks: there is no unique solution: raise a `ValueError`
    asks-ko: 해가 하나로 정해지지 않으므로 `ValueError`를 일으킵니다
    hint: Compare np.linalg.matrix_rank of the matrix with the ones to its number of columns.
    hint-ko: 1로 채운 열을 붙인 행렬의 np.linalg.matrix_rank를 열의 개수와 비교하세요.
    """
    for _ in range(2):
        X, y = dependent(rng, kind, shift=100.0)  # so that rounding never leaves a matrix that LAPACK refuses by itself
        expect.agree(lambda code, X=X, y=y: np.shape(code.call("normal_eq", X, y)))  # its digits are rounding errors


@pytest.mark.needs("test_own_work[svd_fit]", "test_many_features[svd_fit]")
@pytest.mark.parametrize("kind", [case("sum of columns", 2), case("constant column", 1), case("more columns than rows", 1)])
def test_svd_finds_the_smallest_solution(expect, rng, kind):
    """Of many best solutions the SVD picks the one with the smallest norm.

    ko: 가장 좋은 해가 여럿이면 SVD는 노름이 가장 작은 해를 고른다.
    asks: Count a singular value as zero if it is at most $10^{-10}$ times the largest one.
    asks-ko: 가장 큰 특잇값의 $10^{-10}$배 이하인 특잇값은 0으로 봅니다.
    hint: A singular value that is zero up to rounding contributes nothing: leave it out instead of dividing by it.
    hint-ko: 반올림 오차를 빼면 0인 특잇값은 결과에 들어가지 않아요. 나누지 말고 빼세요.
    """
    X, y = dependent(rng, kind, scale=1e8 if kind == "sum of columns" else 1.0)  # zero is relative to the largest

    def smallest(code):
        theta = code.call("svd_fit", X, y)
        return theta if np.all(np.abs(theta) < 1e3) else "beyond all bounds"  # its digits are rounding errors

    expect.agree(smallest, atol=1e-5)
