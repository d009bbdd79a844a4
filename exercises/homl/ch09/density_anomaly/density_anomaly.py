# %% [markdown] lang="en"
# # Density clusters and anomalies
#
# k-means sees round clusters of like size. Where clusters are bent or full of stray points, ask how **densely** the rows
# lie. DBSCAN joins dense places into clusters and calls the rest noise; a Gaussian mixture estimates the density itself.
# Whatever lies where hardly anything else does is an **anomaly**: a faulty part, a picture that is upside down.
#
# Write four functions into this file. Each part can be checked before you begin the next.
#
# ## 1. `dbscan(X, eps, m) -> array (n_rows,)`
#
# The cluster of each row: an array of integers, without scikit-learn's `DBSCAN`.
#
# * The neighbours of a row are all rows at a Euclidean distance of at most `eps`, **the row itself included**.
# * A row with at least `m` neighbours is a *core* row. Core rows that are neighbours belong to the same cluster, and so do
#   those that are joined by a chain of such neighbours.
# * A row that is not core but has a core row among its neighbours belongs to the cluster of the *nearest* core row.
# * All others are noise: **−1**. The clusters are called 0, 1, 2, …, in any order.
#
# Example: with `eps=1` and `m=3` the numbers 0, 1, 2, 9 are a cluster of three and noise, `[0, 0, 0, -1]`; only 1 is core.
#
# ## 2. `em_gmm(X, k, seed=0, start=None) -> (weights, means, covariances, trace)`
#
# A mixture of k Gaussians for `X` (m, n) by expectation–maximisation, without scikit-learn's `GaussianMixture`; arrays of
# shape (k,), (k, n), (k, n, n) and a list.
#
# * At the beginning all weights are 1/k, all covariances are that of all rows (division by m), and the means are `start`
#   (k, n). Without `start`, `seed` decides upon different rows of `X` as means.
# * E step: the responsibility $r_{ij} = \frac{w_j\, N(x_i; \mu_j, \Sigma_j)}{\sum_l w_l\, N(x_i; \mu_l, \Sigma_l)}$ of
#   Gaussian j for row i.
# * M step, with $m_j = \sum_i r_{ij}$: $w_j = m_j / m$, $\mu_j = \frac{1}{m_j} \sum_i r_{ij} x_i$ and
#   $\Sigma_j = \frac{1}{m_j} \sum_i r_{ij} (x_i - \mu_j)(x_i - \mu_j)^\top$ with the new $\mu_j$. Then add $10^{-6}$ to the
#   diagonal of each covariance.
# * `trace` is a list of the mean log-likelihood $\frac1m \sum_i \ln \sum_j w_j N(x_i; \mu_j, \Sigma_j)$: first that of the
#   beginning, then that after each M step. It ends as soon as an entry is less than $10^{-5}$ above the one before (300
#   rounds are plenty). Return the parameters that belong to its last entry.
#
# ## 3. `best_k_bic(X, ks) -> (best, bics)`
#
# For each k of `ks`, in its order, the Bayesian information criterion of the best mixture that `em_gmm` finds from several
# seeds (four will do), as an array (len(ks),); before it the k with the smallest, an `int`. With the log-likelihood
# $\ln L$ of *all* rows (a sum, not a mean) and the number of free parameters p,
#
# $$\text{BIC} = p \ln m - 2 \ln L, \qquad p = (k - 1) + k\,n + k\,\frac{n (n + 1)}{2}$$
#
# A single Gaussian of one column has one mean and one variance: p = 0 + 1 + 1 = 2.
#
# ## 4. `anomaly_score(X_train, X) -> array (n_rows,)`
#
# Says how odd each row of `X` is, floats, **larger is odder**. `X_train` holds ordinary rows to learn from. The score of a
# row does not depend on the other rows of `X`. Anything from scikit-learn may be used. It is graded with 1,000 pictures of
# digits (64 pixels from 0 to 1, in some order): among 400 new ones 50 are turned or mirrored, and the score should put
# these first. Measured is the area under the ROC curve. The distance from the mean picture reaches about 0.78, which earns
# nothing; 0.85 earns all points.
#
# Hints: `cdist` of SciPy for distances, `scipy.sparse.csgraph.connected_components` for chains. Compute with logarithms of
# densities and `scipy.special.logsumexp`: densities far out underflow to 0. For the pictures, think of `PCA` (how badly is
# a picture rebuilt?) or of a Gaussian mixture after a PCA (`-score_samples`).

# %% [markdown] lang="ko"
# # 밀도 군집과 이상치
#
# k-평균은 둥글고 크기가 비슷한 클러스터를 잘 찾습니다. 클러스터가 휘었거나 주변에 흩어진 점이 많을 때는 행들이 얼마나
# **빽빽하게** 모여 있는지를 보는 편이 낫습니다. DBSCAN은 빽빽한 곳을 이어 클러스터로 만들고 나머지를 잡음으로 봅니다. 가우시안
# 혼합(Gaussian mixture)은 밀도 자체를 추정합니다. 다른 것이 거의 없는 곳에 놓인 샘플이 **이상치**(anomaly)입니다. 불량 부품이나
# 뒤집힌 사진이 그런 예입니다.
#
# 이 파일에 함수 네 개를 작성하세요. 하나를 마칠 때마다 검사해 보고 다음으로 넘어갈 수 있습니다.
#
# ## 1. `dbscan(X, eps, m) -> 배열 (행의 수,)`
#
# 행마다 클러스터의 번호를 담은 정수 배열입니다. 사이킷런의 `DBSCAN`은 쓰지 않습니다.
#
# * 어떤 행의 이웃은 유클리드 거리가 `eps` 이하인 모든 행이고, **자기 자신도 셉니다**.
# * 이웃이 `m`개 이상인 행이 *핵심 샘플*(core sample)입니다. 서로 이웃인 핵심 샘플은 같은 클러스터에 속하고, 이웃 관계로 줄줄이
#   이어진 핵심 샘플도 모두 같은 클러스터입니다.
# * 핵심 샘플은 아니지만 이웃 가운데 핵심 샘플이 있는 행은 *가장 가까운* 핵심 샘플의 클러스터에 속합니다.
# * 나머지는 잡음이고 **−1**입니다. 클러스터의 이름은 0, 1, 2, …이고 순서는 상관없습니다.
#
# 예: `eps=1`, `m=3`일 때 수 0, 1, 2, 9는 셋이 한 클러스터이고 하나는 잡음이므로 `[0, 0, 0, -1]`입니다. 핵심 샘플은 1뿐입니다.
#
# ## 2. `em_gmm(X, k, seed=0, start=None) -> (weights, means, covariances, trace)`
#
# `X` (m, n)에 가우시안 k개의 혼합을 기댓값-최대화(expectation-maximization, EM) 알고리즘으로 맞춥니다. 사이킷런의
# `GaussianMixture`는 쓰지 않습니다. 크기가 (k,), (k, n), (k, n, n)인 배열과 리스트를 반환합니다.
#
# * 처음에는 가중치가 모두 1/k, 공분산은 모두 전체 행의 공분산(m으로 나눔), 평균은 `start` (k, n)입니다. `start`가 없으면 `seed`로
#   고른 `X`의 서로 다른 행을 평균으로 씁니다.
# * E 단계: 행 i에 대한 가우시안 j의 책임(responsibility)
#   $r_{ij} = \frac{w_j\, N(x_i; \mu_j, \Sigma_j)}{\sum_l w_l\, N(x_i; \mu_l, \Sigma_l)}$를 구합니다.
# * M 단계: $m_j = \sum_i r_{ij}$라 할 때 $w_j = m_j / m$, $\mu_j = \frac{1}{m_j} \sum_i r_{ij} x_i$이고, 새 $\mu_j$로
#   $\Sigma_j = \frac{1}{m_j} \sum_i r_{ij} (x_i - \mu_j)(x_i - \mu_j)^\top$를 구합니다. 그런 다음 공분산마다 대각선에 $10^{-6}$을
#   더합니다.
# * `trace`는 평균 로그 가능도 $\frac1m \sum_i \ln \sum_j w_j N(x_i; \mu_j, \Sigma_j)$의 리스트입니다. 첫 값은 처음 상태의 것이고, 그다음은
#   M 단계를 마칠 때마다 잰 것입니다. 앞의 값보다 $10^{-5}$만큼도 커지지 않으면 바로 끝냅니다(300번이면 넉넉합니다). 마지막 값을 낸
#   파라미터를 반환합니다.
#
# ## 3. `best_k_bic(X, ks) -> (best, bics)`
#
# `ks`의 k마다 그 순서대로, `em_gmm`을 여러 시드(네 개면 됩니다)로 실행해 얻은 가장 좋은 혼합의 BIC(Bayesian information
# criterion)를 배열 (len(ks),)로 구하고, 그 앞에 BIC가 가장 작은 k(`int`)를 두어 함께 반환합니다. $\ln L$은 *모든* 행의 로그
# 가능도(평균이 아니라 합)이고 p는 자유로운 파라미터의 수입니다.
#
# $$\text{BIC} = p \ln m - 2 \ln L, \qquad p = (k - 1) + k\,n + k\,\frac{n (n + 1)}{2}$$
#
# 열이 하나인 데이터에 가우시안 하나를 맞추면 평균 하나, 분산 하나뿐이므로 p = 0 + 1 + 1 = 2입니다.
#
# ## 4. `anomaly_score(X_train, X) -> 배열 (행의 수,)`
#
# `X`의 각 행이 얼마나 이상한지 나타내는 실수이며, **클수록 이상합니다**. `X_train`은 배울 때 쓰는 정상 행입니다. 한 행의 점수는
# `X`의 다른 행에 따라 달라지면 안 됩니다. 사이킷런의 무엇이든 써도 됩니다. 채점에는 숫자 사진 1,000장(0에서 1까지의 픽셀 64개,
# 픽셀의 순서는 임의)을 씁니다. 새 사진 400장 가운데 50장은 돌리거나 뒤집은 것이고, 이것들의 점수가 더 커야 합니다. ROC 곡선 아래의
# 면적(AUC)을 재며, 평균 사진까지의 거리로 얻는 0.78쯤은 0점, 0.85부터 만점입니다.
#
# 힌트: 거리는 사이파이의 `cdist`로, 이어진 행은 `scipy.sparse.csgraph.connected_components`로 구할 수 있습니다. 먼 곳의 밀도는
# 0으로 사라지므로 밀도의 로그와 `scipy.special.logsumexp`로 계산하세요. 사진에는 `PCA`(사진을 얼마나 잘못 복원하는가?)나 PCA를 거친
# 가우시안 혼합(`-score_samples`)을 생각해 보세요.

# %%
from __future__ import annotations

from collections.abc import Sequence

import numpy as np


# %%
def dbscan(X: np.ndarray, eps: float, m: int) -> np.ndarray:
    """Cluster of each row by density, -1 for noise."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def em_gmm(
    X: np.ndarray, k: int, seed: int = 0, start: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[float]]:
    """Weights, means, covariances and the mean log-likelihood after each round of a mixture of k Gaussians."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def best_k_bic(X: np.ndarray, ks: Sequence[int]) -> tuple[int, np.ndarray]:
    """The k with the smallest BIC, and the BIC of each."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def anomaly_score(X_train: np.ndarray, X: np.ndarray) -> np.ndarray:
    """How odd each row of X is among rows like X_train; larger is odder."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")
