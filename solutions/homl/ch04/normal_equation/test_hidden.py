"""Hidden checks of the normal equation: several features, columns for targets, dependent columns."""

import numpy as np
import pytest

from grader.checks import Text

SINGULAR = Text(
    "The columns depend on each other linearly here, so there is no unique solution. An inverse that comes out all the "
    "same is nothing but rounding errors.",
    "여기서는 열이 서로 선형 종속이라서 해가 하나로 정해지지 않아요. 그런데도 역행렬이 나왔다면 반올림 오차일 뿐이에요.",
)
ONES_COUNT = Text(
    "A column that never changes depends on the column of ones: look at the whole matrix with the ones, not at X alone.",
    "값이 모두 같은 열은 1로 채운 열에 종속돼요. X만 보지 말고 1로 채운 열까지 붙인 행렬을 살펴보세요.",
)
NOT_SMALLEST = Text(
    "This predicts as well as possible, but another solution does so with a smaller norm (bias included).",
    "예측은 더 좋을 수 없지만, 예측이 같으면서 (편향까지 포함한) 노름이 더 작은 해가 있어요.",
)
NO_FIT = Text(
    "The predictions of these parameters are not the best ones. Which singular values do you divide by?",
    "이 파라미터의 예측은 최선이 아니에요. 어떤 특잇값으로 나누고 있나요?",
)
BIAS_LAST = Text("The bias belongs in front, not at the end.", "편향은 맨 뒤가 아니라 맨 앞에 와야 해요.")
KINDS = ("repeated column", "constant column", "more columns than rows")


def problem(rng, m=40, n=5):
    """Features of different size, targets with noise, and the best parameters."""
    X = rng.normal(size=(m, n)) * rng.uniform(0.5, 20.0, size=n) + rng.uniform(-3.0, 3.0, size=n)
    y = 7.0 + X @ rng.normal(size=n) + rng.normal(size=m)
    return X, y, np.linalg.lstsq(with_ones(X), y, rcond=None)[0]


def with_ones(X):
    """The features with a column of ones in front."""
    return np.column_stack([np.ones(len(X)), X])


def dependent(rng, kind):
    """Features whose columns, the ones included, depend on each other exactly; and targets."""
    if kind == "more columns than rows":
        X = rng.normal(size=(4, 6))
    else:
        X = rng.integers(-9, 10, size=(30, 4)).astype(float)
        if kind == "repeated column":
            X *= 1e5  # "zero" is relative to the largest singular value
        X[:, 3] = X[:, 0] if kind == "repeated column" else 3.0
    return X, 2.0 + X @ rng.normal(size=X.shape[1]) + rng.normal(size=len(X))


@pytest.mark.points(4)
@pytest.mark.hint(
    en="A.T @ A times theta equals A.T @ y; np.linalg.solve finds theta.",
    ko="A.T @ A에 theta를 곱하면 A.T @ y가 돼요. theta는 np.linalg.solve로 구할 수 있어요.",
)
def test_normal_equation_with_many_features(submission, expect, rng):
    """The normal equation with five features.

    ko: 특성 다섯 개로 푸는 정규방정식.
    """
    X, y, best = problem(rng)
    expect.close(submission.call("normal_eq", X, y), best, rtol=1e-8, mistakes={BIAS_LAST: np.roll(best, -1)})


@pytest.mark.points(4)
@pytest.mark.hint(
    en="theta = V times (U.T @ y divided by the singular values); svd gives you V transposed.",
    ko="theta는 (U.T @ y를 특잇값으로 나눈 것)에 V를 곱한 것이에요. svd가 주는 것은 V의 전치예요.",
)
def test_svd_with_many_features(submission, expect, rng):
    """The SVD with five features.

    ko: 특성 다섯 개로 푸는 SVD.
    """
    X, y, best = problem(rng)
    U, sigma, Vt = np.linalg.svd(with_ones(X), full_matrices=False)
    mistakes = {
        BIAS_LAST: np.roll(best, -1),
        Text("V and its transpose have changed places.", "V와 V의 전치가 서로 바뀌었어요."): Vt @ (U.T @ y / sigma),
        Text("The singular values multiply where they should divide.", "특잇값으로 나누어야 하는데 곱했어요."): Vt.T
        @ (U.T @ y * sigma),
    }
    expect.close(submission.call("svd_fit", X, y), best, rtol=1e-8, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Make y flat first, for example with np.ravel(y).", ko="먼저 np.ravel(y) 같은 방법으로 y를 1차원으로 펴세요."
)
def test_error_with_a_column_of_targets(submission, expect, rng):
    """The error is the same whether the targets are flat or a column.

    ko: 타깃이 1차원이든 열 하나이든 오차는 같다.
    """
    X, y, best = problem(rng, m=25, n=3)
    theta = best + rng.normal(size=4)
    predicted = with_ones(X) @ theta
    table = Text(
        "A column of shape (m, 1) met an array of shape (m,): this is the mean over m × m differences.",
        "크기가 (m, 1)인 열과 (m,)인 배열을 함께 계산했어요. 이 값은 m × m개의 차이를 평균한 것이에요.",
    )
    wrong = float(((predicted - y[:, np.newaxis]) ** 2).mean())
    expected = float(((predicted - y) ** 2).mean())
    for targets in (y, y[:, np.newaxis]):
        expect.close(submission.call("mse", X, targets, theta), expected, rtol=1e-9, mistakes={table: wrong})


@pytest.mark.points(1)
@pytest.mark.needs("test_normal_equation_with_many_features")
@pytest.mark.hint(
    en="Compare np.linalg.matrix_rank of the matrix with the ones to its number of columns.",
    ko="1로 채운 열을 붙인 행렬의 np.linalg.matrix_rank를 열의 개수와 비교하세요.",
)
@pytest.mark.parametrize("kind", KINDS, ids=KINDS)
def test_normal_equation_refuses_dependent_columns(submission, expect, rng, kind):
    """The normal equation says so where it has no unique solution.

    ko: 해가 하나로 정해지지 않으면 정규방정식은 오류를 일으킨다.
    """
    with expect.raises("ValueError", message=ONES_COUNT if kind == "constant column" else SINGULAR):
        submission.call("normal_eq", *dependent(rng, kind))


@pytest.mark.points(1)
@pytest.mark.needs("test_svd_with_many_features")
@pytest.mark.hint(
    en="A singular value that is zero up to rounding contributes nothing: leave it out instead of dividing by it.",
    ko="반올림 오차를 빼면 0인 특잇값은 결과에 들어가지 않아요. 나누지 말고 빼세요.",
)
@pytest.mark.parametrize("kind", KINDS, ids=KINDS)
def test_svd_finds_the_smallest_solution(submission, expect, rng, kind):
    """Of many best solutions the SVD picks the one with the smallest norm.

    ko: 가장 좋은 해가 여럿이면 SVD는 노름이 가장 작은 해를 고른다.
    """
    X, y = dependent(rng, kind)
    A = with_ones(X)
    best = np.linalg.lstsq(A, y, rcond=1e-10)[0]
    found = submission.call("svd_fit", X, y)
    expect.shape(found, best.shape)
    expect.finite(found, message=NO_FIT)
    expect.type(found, (np.ndarray, list, tuple), what="svd_fit(...)")
    fits = np.allclose(A @ np.asarray(found), A @ best, rtol=1e-6, atol=1e-6)
    expect.close(found, best, rtol=1e-7, atol=1e-8, message=NOT_SMALLEST if fits else NO_FIT)


@pytest.mark.points(2)
@pytest.mark.needs("test_svd_with_many_features")
@pytest.mark.hint(
    en="np.linalg.svd gives you the three factors; put the pseudo-inverse together yourself.",
    ko="np.linalg.svd로 세 인수를 구하고 유사역행렬은 직접 조립하세요.",
)
def test_pseudo_inverse_is_self_made(submission, expect):
    """`svd_fit` builds the pseudo-inverse itself.

    ko: `svd_fit`은 유사역행렬을 직접 만든다.
    """
    rules = expect.source(submission, within="svd_fit")
    rules.uses("svd")
    rules.avoids("pinv", "pinvh", "lstsq", "sklearn")
