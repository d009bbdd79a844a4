# %% [markdown] lang="en"
# # PCA through the SVD
#
# Principal component analysis finds the directions in which data vary most. Keep the first few of them and you have
# fewer columns, less noise, a picture in two dimensions. One decomposition does all the work: centre the columns and
# factor what is left,
#
# $$X - \bar x = U\,S\,V^\top .$$
#
# The **rows** of $V^\top$ are the principal components: unit vectors at right angles, the most important first. The
# singular values $s_j$ say how much each one carries: its variance is $s_j^2 / (m - 1)$ for $m$ rows, and its share of
# the whole is $s_j^2 / \sum_i s_i^2$. There is no need for the covariance matrix. It squares all numbers and thereby
# loses half of their digits, so tiny variances drown in rounding errors.
#
# Write `class PCALite(n_components)` with NumPy alone (no `sklearn.decomposition`, no SciPy):
#
# * `n_components`: how many components to keep.
#     * An `int` $k$ with $1 \le k \le \min(m, n)$ keeps $k$.
#     * A `float` strictly between 0 and 1 is a share of the variance: keep as few components as make the sum of their
#       shares reach it.
#     * Anything else makes `fit` raise `ValueError`. Mind that `1` is a count and `1.0` is neither a count nor a share.
# * `fit(X)`: `X` has the shape (m, n), $m \ge 2$. Learns the attributes below and returns `self`; the caller's array stays
#   as it is.
#     * `mean_`, shape (n,): the mean of each column
#     * `n_components_`: `int` $k$, the number of components that are kept
#     * `components_`, shape (k, n): one component in each **row**
#     * `explained_variance_`, shape (k,): variance along each component, dividing by $m - 1$ (`ddof=1`)
#     * `explained_variance_ratio_`, shape (k,): the shares of **all** the variance, those of the dropped components included
# * `transform(X) -> array (rows, k)`: coordinates of rows, old or new, along the components, after `mean_` has been
#   subtracted. It learns nothing: a single row works too.
# * `inverse_transform(Z) -> array (rows, n)`: from coordinates back to the original columns, in their original units.
#
# The sign of a component is arbitrary ($v$ and $-v$ are the same direction), so either one is right. But `components_`,
# `transform` and `inverse_transform` must agree on it.
#
# Example: `X = [[5, 16, 28], [5, 4, 12], [5, 14, 17], [5, 6, 23]]` has the mean (5, 10, 20). Its first two components are
# (0, 0.6, 0.8) and (0, 0.8, -0.6) with the variances 200/3 and 50/3 and the shares 0.8 and 0.2; nothing is left for a third
# one, since the first column never changes. With `n_components=1` the first row becomes 10 (or -10) and comes back as
# (5, 16, 28); the third becomes 0 and comes back as the mean. `PCALite(0.75)` keeps one component here, `PCALite(0.9)`
# two.
#
# Hints: `np.linalg.svd(A, full_matrices=False)` returns `U`, `s` and $V^\top$ (not $V$). `np.cumsum` and
# `np.searchsorted` find the number of components for a share. The 8×8 digits of scikit-learn need 29 components for 95 %
# of their variance: a good test for your class.

# %% [markdown] lang="ko"
# # SVD로 만드는 PCA
#
# 주성분 분석(principal component analysis)은 데이터가 가장 많이 퍼져 있는 방향을 찾습니다. 앞쪽 방향 몇 개만 남기면 열의 수와
# 잡음이 줄고, 데이터를 2차원 그림으로 그릴 수도 있습니다. 필요한 것은 행렬 분해 한 번뿐입니다. 열마다 평균을 뺀 다음 특잇값
# 분해(SVD)를 합니다.
#
# $$X - \bar x = U\,S\,V^\top$$
#
# $V^\top$의 **행**이 주성분입니다. 서로 직각인 단위 벡터이고, 중요한 것부터 차례로 놓입니다. 각 주성분이 얼마나 중요한지는 특잇값
# $s_j$가 알려 줍니다. 행이 $m$개일 때 분산은 $s_j^2 / (m - 1)$이고, 전체에서 차지하는 비율은 $s_j^2 / \sum_i s_i^2$입니다. 공분산
# 행렬은 만들지 마세요. 모든 수를 제곱하는 셈이라 유효 숫자가 절반쯤 사라지고, 아주 작은 분산은 반올림 오차에 묻힙니다.
#
# 넘파이만으로(`sklearn.decomposition`과 사이파이 없이) `class PCALite(n_components)`를 작성하세요.
#
# * `n_components`: 남길 주성분의 수입니다.
#     * $1 \le k \le \min(m, n)$인 `int` $k$이면 $k$개를 남깁니다.
#     * 0보다 크고 1보다 작은 `float`이면 분산의 비율이라는 뜻입니다. 비율의 합이 그 값에 이르도록, 되도록 적은 수의 주성분을
#       남깁니다.
#     * 그 밖의 값이면 `fit`에서 `ValueError`를 일으킵니다. `1`은 개수이지만, `1.0`은 개수도 비율도 아니라는 점에 주의하세요.
# * `fit(X)`: `X`는 크기가 (m, n)이고 $m \ge 2$입니다. 아래 속성을 학습하고 `self`를 돌려줍니다. 넘겨받은 배열은 그대로 둡니다.
#     * `mean_`, 크기 (n,): 열마다 구한 평균
#     * `n_components_`: 남긴 주성분의 수 $k$ (`int`)
#     * `components_`, 크기 (k, n): **행**마다 주성분 하나
#     * `explained_variance_`, 크기 (k,): 주성분 방향의 분산. $m - 1$로 나눕니다(`ddof=1`).
#     * `explained_variance_ratio_`, 크기 (k,): **전체** 분산에서 차지하는 비율. 버린 주성분의 분산도 전체에 들어갑니다.
# * `transform(X) -> 배열 (행 수, k)`: 훈련에 쓴 행이든 새로운 행이든, `mean_`을 뺀 다음 주성분 방향의 좌표를 구합니다. 여기서는
#   아무것도 학습하지 않으므로 행이 하나뿐이어도 됩니다.
# * `inverse_transform(Z) -> 배열 (행 수, n)`: 좌표를 원래 열, 원래 단위로 되돌립니다.
#
# 주성분의 부호는 정해져 있지 않습니다($v$와 $-v$는 같은 방향입니다). 어느 쪽이든 맞지만 `components_`, `transform`,
# `inverse_transform`은 같은 부호를 써야 합니다.
#
# 예: `X = [[5, 16, 28], [5, 4, 12], [5, 14, 17], [5, 6, 23]]`의 평균은 (5, 10, 20)입니다. 처음 두 주성분은 (0, 0.6, 0.8)과
# (0, 0.8, -0.6)이고, 분산은 200/3과 50/3, 비율은 0.8과 0.2입니다. 첫째 열은 값이 변하지 않으므로 셋째 주성분에는 남는 분산이
# 없습니다. `n_components=1`이면 첫째 행은 10(또는 -10)이 되고, 되돌리면 (5, 16, 28)입니다. 셋째 행은 0이 되고, 되돌리면 평균입니다. 여기서 `PCALite(0.75)`는 주성분을 하나, `PCALite(0.9)`는 둘을 남깁니다.
#
# 힌트: `np.linalg.svd(A, full_matrices=False)`는 `U`, `s`, 그리고 ($V$가 아니라) $V^\top$을 돌려줍니다. 비율에 맞는 주성분의 수는
# `np.cumsum`과 `np.searchsorted`로 찾을 수 있습니다. 사이킷런의 8×8 숫자 이미지는 분산의 95 %를 지키는 데 주성분 29개가
# 필요합니다. 여러분의 클래스를 시험하기에 좋은 데이터입니다.

# %%
from __future__ import annotations

import numpy as np


# %%
class PCALite:
    """Principal component analysis by a singular value decomposition."""

    def __init__(self, n_components: int | float) -> None:
        self.n_components = n_components

    def fit(self, X: np.ndarray) -> PCALite:
        """Learn mean, components and variances of the rows of ``X``, shape (m, n)."""
        # SOLUTION
        self.mean_ = X.mean(axis=0)
        _, singular, axes = np.linalg.svd(X - self.mean_, full_matrices=False)
        variance = singular**2 / (len(X) - 1)
        ratio = variance / variance.sum()
        k = self._count(ratio)
        self.n_components_ = k
        self.components_ = axes[:k]
        self.explained_variance_ = variance[:k]
        self.explained_variance_ratio_ = ratio[:k]
        return self
        # END SOLUTION

    def transform(self, X: np.ndarray) -> np.ndarray:
        """Coordinates of rows along the components, shape (rows, k)."""
        # SOLUTION
        return (X - self.mean_) @ self.components_.T
        # END SOLUTION

    def inverse_transform(self, Z: np.ndarray) -> np.ndarray:
        """Rows in the original columns, shape (rows, n), from coordinates along the components."""
        # SOLUTION
        return Z @ self.components_ + self.mean_
        # END SOLUTION

    # SOLUTION
    # STUB: # Helpers of your own may follow here, for example one that finds the number of components.
    def _count(self, ratio: np.ndarray) -> int:
        wanted = self.n_components
        if isinstance(wanted, int) and 1 <= wanted <= len(ratio):
            return wanted
        if isinstance(wanted, float) and 0 < wanted < 1:
            return int(np.searchsorted(np.cumsum(ratio), wanted)) + 1
        raise ValueError(
            f"n_components is {wanted!r}; expected an int from 1 to {len(ratio)} or a float between 0 and 1"
        )

    # END SOLUTION
