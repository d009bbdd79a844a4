"""Visible checks of the kernels: the worked example."""

import numpy as np
import pytest

A, B = np.array([2.0, 3.0]), np.array([1.0, -1.0])


@pytest.mark.points(0)
@pytest.mark.parametrize("function", ["rbf", "poly_map2", "poly_kernel"])
def test_own_work(expect, function):
    """No library does the work.

    ko: 라이브러리가 대신 계산하지 않는다.
    asks: Write into this file with numpy only.
    asks-ko: 넘파이만 써서 이 파일에 다음을 작성하세요.
    hint: All other checks ask what your own code computes.
    hint-ko: 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요.
    """

    def libraries(code):
        rules = expect.source(code, within=function, main=False)
        return [name for name in ("sklearn", "scipy") if not expect.holds(rules.avoids, name)]

    expect.agree(libraries, [])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[rbf]")
def test_rbf_of_the_worked_example(expect):
    """The Gaussian kernel of the worked example.

    ko: 예제의 가우시안 커널.
    asks: With γ = 0.1 and ‖a − b‖² = 1 + 16 = 17 the Gaussian kernel is exp(−1.7) = 0.183
    asks-ko: γ = 0.1이면 ‖a − b‖² = 1 + 16 = 17이므로 가우시안 커널은 exp(−1.7) = 0.183이고
    hint: One row and two rows make a table with one row and two columns. Squared distances: 0 between a and itself, 17
        between a and b.
    hint-ko: 한 행과 두 행이면 1행 2열의 표가 나와요. 거리의 제곱은 a와 자기 자신 사이가 0, a와 b 사이가 17이에요.
    """
    expect.agree(lambda code: code.call("rbf", A[np.newaxis], np.array([A, B]), 0.1), [[1.0, np.exp(-1.7)]])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[poly_map2]")
def test_map_of_the_worked_example(expect):
    """The mapped points of the worked example.

    ko: 예제의 점을 변환한 결과.
    asks: Mapped, they are (4, 6√2, 9) and (1, −√2, 1)
    asks-ko: 두 점을 변환하면 (4, 6√2, 9)와 (1, −√2, 1)이 되고
    hint: Three numbers: the first feature squared, the mixed product times √2, the second feature squared.
    hint-ko: 세 수예요. 첫째 특성의 제곱, 두 특성의 곱에 √2를 곱한 것, 둘째 특성의 제곱.
    """
    expect.agree(lambda code: np.ravel(code.call("poly_map2", A)), [4.0, 6 * np.sqrt(2), 9.0])
    expect.agree(lambda code: np.ravel(code.call("poly_map2", B)), [1.0, -np.sqrt(2), 1.0])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[poly_kernel]")
def test_polynomial_kernel_of_small_points(expect):
    """The polynomial kernel of small points.

    ko: 간단한 점의 다항 커널.
    asks: for each row of `X` with each row of `Z`
    asks-ko: `X`의 각 행과 `Z`의 각 행에 대해
    hint: X @ Z.T holds all dot products. Multiply by gamma, add r, and only then take the power.
    hint-ko: X @ Z.T에 모든 점곱이 들어 있어요. gamma를 곱하고 r을 더한 다음에 거듭제곱하세요.
    """
    rows, other = np.array([B, 2 * B, A]), np.array([A, B])
    right = np.array([[1.5, 3.0], [1.0, 4.0], [8.5, 1.5]]) ** 3
    expect.agree(lambda code: code.call("poly_kernel", rows, other, d=3, r=2.0, gamma=0.5), right)


@pytest.mark.points(1)
def test_similarity_features_of_the_worked_example(expect):
    """The similarity features of the worked example.

    ko: 예제의 유사도 특성.
    asks: `similarity_features([[2, 3]], [[1, -1]], 0.1)` is `[[2, 3, 0.183]]`
    asks-ko: `similarity_features([[2, 3]], [[1, -1]], 0.1)`은 `[[2, 3, 0.183]]`입니다
    hint: np.hstack([X, ...]) puts the new columns to the right of the old ones.
    hint-ko: np.hstack([X, ...])을 쓰면 원래 열의 오른쪽에 새 열이 붙어요.
    """
    rows, landmarks = A[np.newaxis], B[np.newaxis]
    expect.agree(lambda code: code.call("similarity_features", rows, landmarks, 0.1), [[2.0, 3.0, np.exp(-1.7)]])
