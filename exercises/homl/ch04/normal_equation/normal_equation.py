# %% [markdown] lang="en"
# # Normal equation and SVD
#
# A linear model predicts $\hat y = \theta_0 + \theta_1 x_1 + \dots + \theta_n x_n$. With a column of ones in front of the
# features, $A = [\mathbf 1 \mid X]$, that is $\hat y = A\theta$, and the best $\theta$ can be computed without any training
# loop, in two ways:
#
# * **normal equation**: where the gradient of the mean squared error is zero, $A^\top A\,\theta = A^\top y$.
# * **singular value decomposition**: with $A = U\,\Sigma\,V^\top$ the *pseudo-inverse* is $A^+ = V\,\Sigma^+ U^\top$, where
#   $\Sigma^+$ has $1 / \sigma_i$ in place of each $\sigma_i$, and 0 in place of a $\sigma_i$ that is zero; $\theta = A^+ y$.
#
# The first breaks down where columns of $A$ depend on each other linearly: then many $\theta$ are equally good and
# $A^\top A$ has no inverse. The second still answers, and picks the $\theta$ with the smallest norm $\lVert\theta\rVert$
# among the best ones. scikit-learn's `LinearRegression` works with the SVD for this reason.
#
# Write three functions with numpy (scipy's linear algebra is welcome too). `X` has shape (m, n) **without** the column of
# ones; `y` has shape (m,) or (m, 1). Parameter vectors are always **flat**, shape (n + 1,), the bias **first**.
#
# * `mse(X, y, theta) -> float`: the mean squared error $\frac1m \sum_i (\hat y_i - y_i)^2$.
# * `normal_eq(X, y) -> array (n + 1,)`: solves the normal equation. If the columns of $A$, the ones included, are linearly
#   dependent, there is no unique solution: raise a `ValueError`.
# * `svd_fit(X, y) -> array (n + 1,)`: by way of the SVD, with the smallest norm (of the whole $\theta$, bias included)
#   where many are best. Count a singular value as zero if it is at most $10^{-10}$ times the largest one. Build the
#   pseudo-inverse yourself out of `np.linalg.svd`, without `pinv`.
#
# `lstsq` and scikit-learn would do it all for you, so they are not allowed.
#
# A worked example: for `X = [[0], [1], [2]]` and `y = [1, 2, 6]` both give $\theta = (0.5, 2.5)$. The predictions are 0.5,
# 3 and 5.5, the errors −0.5, 1 and −0.5, the mean squared error is 1.5 / 3 = 0.5. For `X = [[1], [1]]` and `y = [3, 5]` the
# feature is a second column of ones: `normal_eq` raises a `ValueError`, `svd_fit` shares the mean 4 out: $(2, 2)$. $(4, 0)$
# predicts just as well but has a larger norm.
#
# Hints: `np.linalg.svd(A, full_matrices=False)` returns `U`, the singular values and **$V^\top$**, not $V$. Rounding turns
# a determinant of 0 into 1e-13, and `np.linalg.inv` then returns huge nonsense instead of complaining:
# `np.linalg.matrix_rank(A)` is a safer question. A column of shape (m, 1) minus an array of shape (m,) becomes an (m, m)
# table without any warning.

# %% [markdown] lang="ko"
# # 정규방정식과 SVD
#
# 선형 모델은 $\hat y = \theta_0 + \theta_1 x_1 + \dots + \theta_n x_n$으로 예측합니다. 특성 앞에 1로 채운 열을 붙여
# $A = [\mathbf 1 \mid X]$라고 하면 $\hat y = A\theta$이고, 가장 좋은 $\theta$는 반복 훈련 없이 한 번에 계산할 수 있습니다. 방법은 두
# 가지입니다.
#
# * **정규방정식**(normal equation): 평균 제곱 오차의 그레이디언트가 0이 되는 곳에서 $A^\top A\,\theta = A^\top y$입니다.
# * **특잇값 분해**(singular value decomposition, SVD): $A = U\,\Sigma\,V^\top$이면 *유사역행렬*(pseudo-inverse)은
#   $A^+ = V\,\Sigma^+ U^\top$입니다. $\Sigma^+$는 특잇값 $\sigma_i$를 $1 / \sigma_i$로, 0인 특잇값은 0으로 바꾼 것이고,
#   $\theta = A^+ y$입니다.
#
# $A$의 열이 서로 선형 종속이면 똑같이 좋은 $\theta$가 무수히 많고 $A^\top A$의 역행렬이 없어서 첫째 방법은 쓸 수 없습니다. 둘째
# 방법은 이때도 답을 주는데, 가장 좋은 $\theta$ 가운데 노름 $\lVert\theta\rVert$이 가장 작은 것을 고릅니다. 사이킷런의
# `LinearRegression`이 SVD를 쓰는 까닭입니다.
#
# 넘파이로 함수 세 개를 작성하세요(scipy의 선형대수 함수를 써도 됩니다). `X`는 1로 채운 열이 **없는** (m, n) 배열이고, `y`의 크기는
# (m,) 또는 (m, 1)입니다. 파라미터 벡터는 언제나 크기가 (n + 1,)인 **1차원** 배열이고 편향이 **맨 앞에** 옵니다.
#
# * `mse(X, y, theta) -> float`: 평균 제곱 오차 $\frac1m \sum_i (\hat y_i - y_i)^2$입니다.
# * `normal_eq(X, y) -> 배열 (n + 1,)`: 정규방정식을 풉니다. 1로 채운 열까지 포함한 $A$의 열이 선형 종속이면 해가 하나로 정해지지
#   않으므로 `ValueError`를 일으킵니다.
# * `svd_fit(X, y) -> 배열 (n + 1,)`: SVD로 구합니다. 가장 좋은 해가 여럿이면 (편향까지 포함한 전체) $\theta$의 노름이 가장 작은 것을
#   돌려줍니다. 가장 큰 특잇값의 $10^{-10}$배 이하인 특잇값은 0으로 봅니다. 유사역행렬은 `pinv` 없이 `np.linalg.svd`의 결과로
#   직접 만드세요.
#
# `lstsq`와 사이킷런은 모든 일을 대신 해 주므로 쓸 수 없습니다.
#
# 예: `X = [[0], [1], [2]]`, `y = [1, 2, 6]`이면 두 함수 모두 $\theta = (0.5, 2.5)$를 돌려줍니다. 예측은 0.5, 3, 5.5이고 오차는 −0.5,
# 1, −0.5이므로 평균 제곱 오차는 1.5 / 3 = 0.5입니다. `X = [[1], [1]]`, `y = [3, 5]`이면 특성이 1로 채운 열과 똑같습니다.
# `normal_eq`는 `ValueError`를 일으키고, `svd_fit`은 평균 4를 둘로 나눈 $(2, 2)$를 돌려줍니다. $(4, 0)$도 예측은 같지만 노름이 더 큽니다.
#
# 힌트: `np.linalg.svd(A, full_matrices=False)`는 `U`, 특잇값, 그리고 $V$가 아니라 **$V^\top$**를 돌려줍니다. 반올림 오차 때문에 0이어야
# 할 행렬식이 1e-13이 되면 `np.linalg.inv`는 오류 없이 엉뚱하게 큰 값을 내놓습니다. `np.linalg.matrix_rank(A)`를 확인하는 편이
# 안전합니다. 크기가 (m, 1)인 열에서 (m,)인 배열을 빼면 아무 경고 없이 (m, m) 표가 됩니다.

# %%
from __future__ import annotations

import numpy as np


# %%
def mse(X: np.ndarray, y: np.ndarray, theta: np.ndarray) -> float:
    """Mean squared error of the linear model ``theta``, shape (n + 1,), bias first."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def normal_eq(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Solve the normal equation; ValueError where it has no unique solution."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def svd_fit(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Least squares with the smallest norm, by the singular value decomposition."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
# 여기에 코드를 작성하세요 / Write your code here
# Helpers of your own may follow here, for example one that adds the column of ones.
