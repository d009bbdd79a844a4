"""Visible checks of the kernels: the worked example."""

import numpy as np
import pytest

A, B = np.array([2.0, 3.0]), np.array([1.0, -1.0])


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Squared distances: 17 between a and b, 0 between a and itself.",
    ko="거리의 제곱은 a와 b 사이가 17, a와 자기 자신 사이가 0이에요.",
)
def test_rbf_of_the_worked_example(submission, expect):
    """The Gaussian kernel of the worked example.

    ko: 예제의 가우시안 커널.
    """
    found = submission.call("rbf", A[np.newaxis], np.array([A, B]), 0.1)
    expect.close(found, np.array([[1.0, np.exp(-1.7)]]), rtol=0, atol=1e-10)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Three numbers: the first feature squared, the mixed product times √2, the second feature squared.",
    ko="세 수예요. 첫째 특성의 제곱, 두 특성의 곱에 √2를 곱한 것, 둘째 특성의 제곱.",
)
def test_map_of_the_worked_example(submission, expect):
    """The mapped points of the worked example.

    ko: 예제의 점을 변환한 결과.
    """
    expect.close(submission.call("poly_map2", A), np.array([4.0, 6 * np.sqrt(2), 9.0]), rtol=0, atol=1e-10)
    expect.close(submission.call("poly_map2", B), np.array([1.0, -np.sqrt(2), 1.0]), rtol=0, atol=1e-10)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="X @ Z.T holds all dot products. Multiply by gamma, add r, and only then take the power.",
    ko="X @ Z.T에 모든 점곱이 들어 있어요. gamma를 곱하고 r을 더한 다음에 거듭제곱하세요.",
)
def test_polynomial_kernel_of_small_points(submission, expect):
    """The polynomial kernel of small points.

    ko: 간단한 점의 다항 커널.
    """
    found = submission.call("poly_kernel", np.array([A, B]), B[np.newaxis], d=3, r=2.0, gamma=0.5)
    expect.close(found, np.array([[1.5**3], [3.0**3]]), rtol=0, atol=1e-10)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="np.hstack([X, ...]) puts the new columns to the right of the old ones.",
    ko="np.hstack([X, ...])을 쓰면 원래 열의 오른쪽에 새 열이 붙어요.",
)
def test_similarity_features_of_the_worked_example(submission, expect):
    """The similarity features of the worked example.

    ko: 예제의 유사도 특성.
    """
    found = submission.call("similarity_features", A[np.newaxis], B[np.newaxis], 0.1)
    expect.close(found, np.array([[2.0, 3.0, np.exp(-1.7)]]), rtol=0, atol=1e-10)
