# %% [markdown] lang="en"
# # Choosing k
#
# k-means wants to be told how many clusters there are. The inertia cannot tell: it falls with every further centre, and is
# zero as soon as each row has its own. A better judge is the **silhouette** (silhouette coefficient), which asks of each
# row whether it lies nearer to its own cluster than to the next one. For row $i$ let
#
# * $a_i$ be the mean Euclidean distance to the **other** rows of its own cluster (row $i$ itself does not count),
# * $b_i$ be the mean distance to the rows of the nearest **other** cluster: take the mean for each other cluster, then the
#   smallest of these means.
#
# $$s_i = \frac{b_i - a_i}{\max(a_i, b_i)}$$
#
# It lies between −1 (in the wrong cluster) over 0 (on the border) to 1 (well inside). The mean over all rows judges the
# whole clustering: the larger, the better.
#
# The cell below makes `X`, 2,000 points in five clouds, three of which almost touch. Define:
#
# * `silhouette(X, labels) -> array (m,)`: $s_i$ of every row, floats. `X` is (m, n), `labels` (m,) holds integers of any
#   kind (not only 0, 1, 2, …) with at least two different ones. A row that is alone in its cluster has $s_i = 0$, and so has
#   one with $a_i = b_i = 0$. Write it yourself, without scikit-learn's `silhouette_samples` and `silhouette_score`; use
#   these to compare.
# * `scan(X, ks) -> (inertias, means)`: for each k of the sequence `ks`, in its order, the inertia of k-means and the mean
#   silhouette, as two float arrays of shape (len(ks),). Each k is at least 2. Take `KMeans` of
#   scikit-learn with `n_init=10`; `random_state` is up to you.
# * `best_k: int`: the number of clusters from 2 to 8 with the largest mean silhouette for `X`.
# * `fig: Figure`: the inertia and the mean silhouette of `X` over k = 2, …, 8, one curve each, each in axes of its own (two
#   panels, or `twinx()`). The y labels name what is shown (`inertia`, `silhouette`), the x axis is labelled too.
#
# A worked example: the points 0, 2, 10, 14 on a line with the labels 0, 0, 1, 1. The first has $a = 2$, $b = (10 + 14)/2 =
# 12$ and $s = 10/12 = 0.833$. The third has $a = 4$, $b = (10 + 8)/2 = 9$ and $s = 5/9 = 0.556$.
#
# Hints: `scipy.spatial.distance.cdist(X, X)` holds all distances. A row's distance to itself is 0: the sum over its own
# cluster is right as it stands, and only the divisor has to be one smaller. `np.argmax` gives a position, not a k.

# %% [markdown] lang="ko"
# # 군집 수 고르기
#
# k-평균에는 클러스터가 몇 개인지 미리 알려 주어야 합니다. 이너셔(inertia)로는 고를 수 없습니다. 센트로이드를 늘릴수록 계속
# 줄어들어서 행마다 센트로이드를 하나씩 주면 0이 되기 때문입니다. 더 나은 기준이 **실루엣 계수**(silhouette coefficient)입니다. 행이
# 옆 클러스터보다 자기 클러스터에 더 가까운지를 봅니다. 행 $i$에 대해
#
# * $a_i$는 같은 클러스터의 **다른** 행까지의 유클리드 거리의 평균입니다(자기 자신은 빼고 셉니다).
# * $b_i$는 가장 가까운 **다른** 클러스터의 행까지의 평균 거리입니다. 다른 클러스터마다 평균을 구한 다음 그 가운데 가장 작은 값을
#   고릅니다.
#
# $$s_i = \frac{b_i - a_i}{\max(a_i, b_i)}$$
#
# 값은 −1(잘못된 클러스터에 있음)에서 0(경계)을 거쳐 1(클러스터 한가운데)까지입니다. 모든 행의 평균은 군집 결과 전체를 평가하는
# 점수이고, 클수록 좋습니다.
#
# 아래 셀은 다섯 무리로 된 점 2,000개 `X`를 만듭니다. 그 가운데 세 무리는 거의 붙어 있습니다. 다음을 정의하세요.
#
# * `silhouette(X, labels) -> 배열 (m,)`: 모든 행의 $s_i$(실수)입니다. `X`는 (m, n), `labels`는 (m,)이고 레이블은 아무 정수나 될 수
#   있으며(0, 1, 2, …가 아닐 수도 있음) 서로 다른 값이 두 개 이상 있습니다. 클러스터에 혼자 있는 행은 $s_i = 0$이고, $a_i = b_i =
#   0$일 때도 0입니다. 사이킷런의 `silhouette_samples`와 `silhouette_score`를 쓰지 말고 직접 작성하세요. 결과를 비교하는 데는 써도
#   됩니다.
# * `scan(X, ks) -> (inertias, means)`: `ks`에 들어 있는 k마다 그 순서대로 k-평균의 이너셔와 실루엣의 평균을 구해, 크기가
#   (len(ks),)인 실수 배열 두 개로 반환합니다. k는 모두 2 이상입니다. 사이킷런의 `KMeans`를 `n_init=10`으로
#   쓰세요. `random_state`는 마음대로 정해도 됩니다.
# * `best_k: int`: 2부터 8까지의 클러스터 수 가운데 `X`의 실루엣 평균이 가장 큰 k
# * `fig: Figure`: k = 2, …, 8에 대한 `X`의 이너셔와 실루엣 평균을 곡선 하나씩 그립니다. 두 곡선은 서로 다른 축에 그립니다(그래프 두
#   개 또는 `twinx()`). y축 이름에는 무엇을 그렸는지(`이너셔`, `실루엣` 또는 `inertia`, `silhouette`) 쓰고, x축에도 이름을 붙이세요.
#
# 예를 들어 직선 위의 점 0, 2, 10, 14의 레이블이 0, 0, 1, 1이라고 합시다. 첫째 점은 $a = 2$, $b = (10 + 14)/2 = 12$이므로
# $s = 10/12 = 0.833$입니다. 셋째 점은 $a = 4$, $b = (10 + 8)/2 = 9$이므로 $s = 5/9 = 0.556$입니다.
#
# 힌트: `scipy.spatial.distance.cdist(X, X)`로 모든 거리를 한 번에 구할 수 있습니다. 자기 자신까지의 거리는 0이므로 자기 클러스터의
# 거리 합은 그대로 두고 나누는 수만 하나 줄이면 됩니다. `np.argmax`가 주는 것은 k가 아니라 위치입니다.

# %%
import matplotlib.pyplot as plt
import numpy as np
from scipy.spatial.distance import cdist
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs

centers = np.array([[0.2, 2.3], [-1.5, 2.3], [-2.8, 1.8], [-2.8, 2.8], [-2.8, 1.3]])
X, _ = make_blobs(2000, centers=centers, cluster_std=[0.4, 0.3, 0.1, 0.1, 0.1], random_state=7)


# %%
def silhouette(X, labels):
    """Silhouette of each row, shape (m,)."""
    # SOLUTION
    labels = np.asarray(labels)
    inside = labels[:, np.newaxis] == np.unique(labels)  # one column for each cluster
    sizes = inside.sum(axis=0)
    totals = cdist(X, X) @ inside  # sum of the distances of each row to each cluster
    company = (inside * sizes).sum(axis=1) - 1
    a = totals[inside] / np.maximum(company, 1)
    b = np.where(inside, np.inf, totals / sizes).min(axis=1)
    larger = np.maximum(a, b)
    return np.divide(b - a, larger, out=np.zeros(len(labels)), where=(company > 0) & (larger > 0))
    # END SOLUTION


# %%
def scan(X, ks):
    """Inertia and mean silhouette of k-means for each k."""
    # SOLUTION
    models = [KMeans(k, n_init=10, random_state=42).fit(X) for k in ks]
    inertias = np.array([model.inertia_ for model in models])
    means = np.array([silhouette(X, model.labels_).mean() for model in models])
    return inertias, means
    # END SOLUTION


# %% [markdown] lang="en"
# ## The best number

# %% [markdown] lang="ko"
# ## 가장 좋은 군집 수

# %%
ks = list(range(2, 9))
# SOLUTION
# STUB: best_k = ...
inertias, means = scan(X, ks)
best_k = ks[np.argmax(means)]
# END SOLUTION

# %% [markdown] lang="en"
# ## Both curves

# %% [markdown] lang="ko"
# ## 두 곡선

# %%
# SOLUTION
# STUB: fig = ...
fig, (upper, lower) = plt.subplots(2, 1, sharex=True, figsize=(7, 6))
upper.plot(ks, inertias, "o-")
upper.set_ylabel("inertia")
lower.plot(ks, means, "o-")
lower.axvline(best_k, linestyle=":", color="gray")
lower.set(xlabel="number of clusters k", ylabel="mean silhouette")
# END SOLUTION
