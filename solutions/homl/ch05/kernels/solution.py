# %% [markdown] lang="en"
# # Kernels and the kernel trick
#
# A linear classifier draws straight borders. With new features (squares, products, closeness to a few landmarks) the
# same classifier draws curved ones. The **kernel trick** gets there without ever computing the new features: a support
# vector machine needs dot products only, and a *kernel* $K(a, b) = \varphi(a)^\top \varphi(b)$ gives the dot product of
# the mapped points straight from the original ones. Below you see it happen in numbers.
#
# Write into this file with numpy only. `X` has shape (m, n), `Z` has shape (k, n), all results are arrays of floats.
# No function changes the arrays that it is given:
#
# * `rbf(X, Z, gamma) -> array (m, k)`: the Gaussian kernel of each row of `X` with each row of `Z`,
#   $\exp(-\gamma \lVert x - z \rVert^2)$. No Python loop over the rows: 300 rows against 300 rows must be a matter of
#   milliseconds. Two points 1 apart must come out right to 1e-8 even when both lie 100,000 away from the origin.
# * `poly_map2(x) -> array (n (n + 1) / 2,)`: the map $\varphi$ of one vector `x`, shape (n,), for which
#   $\varphi(a)^\top \varphi(b) = (a^\top b)^2$ for all `a` and `b`. For n = 2 it is $(x_1^2, \sqrt2\, x_1 x_2, x_2^2)$, in
#   this order; for larger n find the pattern yourself (each pair of features once; the order is free then).
# * `poly_kernel(X, Z, d, r, gamma) -> array (m, k)`: $(\gamma\, x^\top z + r)^d$ for each row of `X` with each row of `Z`.
# * `similarity_features(X, landmarks, gamma) -> array (m, n + k)`: the columns of `X` and, to their right, one column
#   for each of the k rows of `landmarks`: the Gaussian kernel of the row with that landmark.
#
# $\gamma$ (gamma) stands directly before the squared distance. Statisticians write $1 / (2\sigma^2)$ for it; here no
# $\sigma$ appears.
#
# A worked example: a = (2, 3) and b = (1, −1) have the dot product −1. Mapped, they are (4, 6√2, 9) and (1, −√2, 1), and
# *their* dot product is 4 − 12 + 9 = 1 = (−1)². With γ = 0.1 and ‖a − b‖² = 1 + 16 = 17 the Gaussian kernel is
# exp(−1.7) = 0.183, and `similarity_features([[2, 3]], [[1, -1]], 0.1)` is `[[2, 3, 0.183]]`.
#
# Hints: `X[:, np.newaxis, :] - Z` has shape (m, k, n) and holds all differences. The well-known formula
# ‖x‖² + ‖z‖² − 2 x·z saves memory, but far from the origin it subtracts huge numbers from each other; moving both sets
# of points by the same vector first changes no distance. In $(a_1 b_1 + a_2 b_2)^2$ the mixed term appears twice:
# that is where √2 comes from.

# %% [markdown] lang="ko"
# # 커널 함수와 커널 트릭
#
# 선형 분류기의 결정 경계는 곧은 직선입니다. 제곱, 곱, 몇몇 랜드마크까지의 가까움 같은 특성을 더해 주면 같은 분류기로도 휘어진
# 경계를 그릴 수 있습니다. **커널 트릭**(kernel trick)은 이런 특성을 실제로 계산하지 않고도 같은 결과를 얻는 방법입니다. 서포트
# 벡터 머신에는 점곱만 있으면 되는데, *커널* $K(a, b) = \varphi(a)^\top \varphi(b)$는 변환한 점들의 점곱을 원래의 점에서 바로
# 계산해 주기 때문입니다. 이 문제에서 그 사실을 숫자로 확인해 봅시다.
#
# 넘파이만 써서 이 파일에 다음을 작성하세요. `X`의 크기는 (m, n), `Z`의 크기는 (k, n)이고 결과는 모두 실수 배열입니다.
# 넘겨받은 배열은 바꾸지 마세요.
#
# * `rbf(X, Z, gamma) -> 배열 (m, k)`: `X`의 각 행과 `Z`의 각 행 사이의 가우시안 커널 $\exp(-\gamma \lVert x - z \rVert^2)$입니다.
#   행을 파이썬 반복문으로 하나씩 처리하지 마세요. 300행과 300행의 계산이 몇 밀리초 안에 끝나야 합니다. 두 점이 원점에서 100,000만큼
#   떨어져 있어도, 두 점 사이의 거리가 1이면 오차가 1e-8을 넘지 않아야 합니다.
# * `poly_map2(x) -> 배열 (n (n + 1) / 2,)`: 크기가 (n,)인 벡터 `x` 하나를 변환하는 함수 $\varphi$로, 모든 `a`와 `b`에 대해
#   $\varphi(a)^\top \varphi(b) = (a^\top b)^2$이 성립해야 합니다. n = 2이면 $(x_1^2, \sqrt2\, x_1 x_2, x_2^2)$이고 순서도
#   이대로입니다. n이 더 클 때의 규칙은 직접 찾아보세요(특성의 쌍마다 한 번씩 나오며, 이때 순서는 자유입니다).
# * `poly_kernel(X, Z, d, r, gamma) -> 배열 (m, k)`: `X`의 각 행과 `Z`의 각 행에 대해 $(\gamma\, x^\top z + r)^d$입니다.
# * `similarity_features(X, landmarks, gamma) -> 배열 (m, n + k)`: `X`의 열들과, 그 오른쪽에 `landmarks`의 k개 행마다 열을
#   하나씩 붙인 배열입니다. 붙이는 열의 값은 `X`의 각 행과 그 랜드마크 사이의 가우시안 커널입니다.
#
# $\gamma$(gamma)는 거리의 제곱 바로 앞에 곱합니다. 통계학에서는 이 자리에 $1 / (2\sigma^2)$을 쓰지만 여기에는 $\sigma$가
# 나오지 않습니다.
#
# 예를 들어 a = (2, 3)과 b = (1, −1)의 점곱은 −1입니다. 두 점을 변환하면 (4, 6√2, 9)와 (1, −√2, 1)이 되고, *이들의* 점곱은
# 4 − 12 + 9 = 1 = (−1)²입니다. γ = 0.1이면 ‖a − b‖² = 1 + 16 = 17이므로 가우시안 커널은 exp(−1.7) = 0.183이고,
# `similarity_features([[2, 3]], [[1, -1]], 0.1)`은 `[[2, 3, 0.183]]`입니다.
#
# 힌트: `X[:, np.newaxis, :] - Z`는 크기가 (m, k, n)인 배열로, 모든 차이가 들어 있습니다. 널리 쓰이는 공식 ‖x‖² + ‖z‖² − 2 x·z는
# 메모리를 아껴 주지만 원점에서 먼 점에서는 아주 큰 수끼리 빼게 됩니다. 두 점 집합을 같은 벡터만큼 먼저 옮겨도 거리는 변하지
# 않는다는 점을 이용하세요. $(a_1 b_1 + a_2 b_2)^2$을 전개하면 섞인 항이 두 번 나옵니다. √2는 바로 거기에서 나옵니다.

# %%
from __future__ import annotations

import numpy as np


# %%
def rbf(X: np.ndarray, Z: np.ndarray, gamma: float) -> np.ndarray:
    """Gaussian kernel of each row of ``X`` with each row of ``Z``, shape (m, k)."""
    # SOLUTION
    differences = X[:, np.newaxis, :] - Z
    return np.exp(-gamma * np.sum(differences**2, axis=2))
    # END SOLUTION


# %%
def poly_map2(x: np.ndarray) -> np.ndarray:
    """Map a vector, shape (n,), so that the dot product of two images is the squared dot product of the originals."""
    # SOLUTION
    i, j = np.triu_indices(len(x))
    return np.where(i == j, 1.0, np.sqrt(2)) * x[i] * x[j]
    # END SOLUTION


# %%
def poly_kernel(X: np.ndarray, Z: np.ndarray, d: int, r: float, gamma: float) -> np.ndarray:
    """Polynomial kernel of degree ``d`` of each row of ``X`` with each row of ``Z``, shape (m, k)."""
    # SOLUTION
    return (gamma * (X @ Z.T) + r) ** d
    # END SOLUTION


# %%
def similarity_features(X: np.ndarray, landmarks: np.ndarray, gamma: float) -> np.ndarray:
    """Columns of ``X``, followed by the Gaussian kernel with each landmark, shape (m, n + k)."""
    # SOLUTION
    return np.hstack([X, rbf(X, landmarks, gamma)])
    # END SOLUTION
