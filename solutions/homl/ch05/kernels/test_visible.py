"""Visible checks of the kernels: the worked example."""

import numpy as np
import pytest

from grader.checks import Text

EACH = Text(
    "Each row of X meets each row of Z: one row and two rows make a table with one row and two columns.",
    "X의 행마다 Z의 모든 행과 짝을 지어요. 한 행과 두 행이면 1행 2열의 표가 나와요.",
)
ALONE = Text(
    "The columns of X are missing: the similarities come in addition to them.",
    "X의 열이 빠졌어요. 유사도는 X의 열에 덧붙이는 거예요.",
)
LEFT = Text(
    "The similarities stand to the left of X: they belong to its right.",
    "유사도가 X의 왼쪽에 있어요. 오른쪽에 붙이세요.",
)
PLUS = Text(
    "The minus sign before gamma is missing: the kernel falls with the distance.",
    "gamma 앞에 음의 부호가 빠졌어요. 커널의 값은 거리가 멀수록 작아져요.",
)
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
    expect.shape(found, (1, 2), message=EACH)
    mistakes = {PLUS: [[1.0, np.exp(1.7)]]}
    expect.close(found, np.array([[1.0, np.exp(-1.7)]]), rtol=0, atol=1e-10, mistakes=mistakes)


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
    similarity = np.exp(-1.7)
    mistakes = {ALONE: [[similarity]], LEFT: [[similarity, 2.0, 3.0]]}
    expect.close(found, np.array([[2.0, 3.0, similarity]]), rtol=0, atol=1e-10, mistakes=mistakes)
