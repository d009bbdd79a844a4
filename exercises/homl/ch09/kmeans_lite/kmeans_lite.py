# %% [markdown] lang="en"
# # k-means from scratch
#
# Nobody has labelled these rows, and yet they fall into groups. k-means finds $k$ groups, called clusters, by two steps
# that take turns (Lloyd's algorithm):
#
# 1. **Assign**: each row belongs to the centre nearest to it. Of equally near centres the one with the lower number wins.
# 2. **Update**: each centre moves to the mean of the rows that belong to it.
#
# It ends when an assignment changes nothing any more (100 rounds are plenty). What goes down all the way is the
# **inertia**, the sum over all rows of the *squared* distance to their own centre:
#
# $$I = \sum_{i=1}^m \lVert x_i - c_{\text{label}(i)} \rVert^2$$
#
# Neither step can make it larger. But the valley in which it ends depends on where it began, so k-means begins several
# times and keeps the best run.
#
# Write into this file, without `sklearn.cluster` and `scipy.cluster`:
#
# * `class KMeansLite(n_clusters, n_init=10, seed=0)` with
#     * `fit(X, init=None)`: `X` has shape (m, n), floats, with at least `n_clusters` different rows. Without `init` it
#       makes `n_init` runs, each from a start of its own that `seed` decides, and keeps the run with the smallest
#       inertia; the same seed gives the same result. With `init`, an array (n_clusters, n) of starting centres (integers
#       or floats), it makes one run, from these. Returns `self`; neither `X` nor `init` is changed. After it there are
#         * `cluster_centers_`: array (n_clusters, n), with `init` in the order of the starting centres
#         * `labels_`: array (m,) of integers 0 to n_clusters − 1, the cluster of each row
#         * `inertia_`: float
#         * `inertias_`: list of the inertia after each assignment of the run that was kept; the first entry belongs to
#           the starting centres, the last one is `inertia_`
#     * `predict(X) -> array (m,)`: the nearest centre's number for any rows
#     * `transform(X) -> array (m, n_clusters)`: the distance (**not** squared) of each row to each centre
#
#   **Empty clusters.** A centre to which no row belongs has no mean. Move it onto the row that lies farthest from its own
#   centre. At the end every cluster has at least one row.
# * `same_grouping(a, b) -> bool`: whether two arrays of labels, both (m,), group the rows in the same way. The numbers of
#   clusters are only names: `[0, 0, 1]` and `[2, 2, 0]` are the same grouping, `[0, 0, 1]` and `[0, 1, 1]` are not, and
#   neither are `[0, 0, 1]` and `[0, 0, 0]`.
#
# A worked example: the four rows (0, 0), (0, 4), (10, 0), (10, 4) and two centres. From the centres (0, 0) and (10, 4) the
# rows split into left and right, the centres become (0, 2) and (10, 2), and the inertia is $4 \cdot 2^2 = 16$. From (0, 0)
# and (0, 4) they split into bottom and top, the centres become (5, 0) and (5, 4), nothing changes any more, and the
# inertia is $4 \cdot 5^2 = 100$.
#
# Hints: `((X - centre) ** 2).sum(axis=1)` holds the squared distances of all rows to one centre. Good starts lie far
# apart: choose the first row at random and each further one with a probability proportional to its squared distance to
# the nearest centre so far (k-means++). Different rows at random will do as well, with enough starts.

# %% [markdown] lang="ko"
# # k-평균 직접 구현
#
# 레이블이 하나도 없는데도 데이터가 몇 무리로 나뉠 때가 있습니다. k-평균(k-means)은 두 단계를 번갈아 되풀이하면서 $k$개의
# 무리, 곧 클러스터(cluster)를 찾습니다(로이드 알고리즘).
#
# 1. **할당**: 행마다 가장 가까운 센트로이드(centroid)를 찾아 그 클러스터에 넣습니다. 거리가 같으면 번호가 작은 쪽에 넣습니다.
# 2. **갱신**: 센트로이드를 자기 클러스터에 속한 행들의 평균으로 옮깁니다.
#
# 할당이 더는 바뀌지 않으면 끝납니다(100번이면 넉넉합니다). 이 과정에서 줄곧 줄어드는 값이 **이너셔**(inertia)입니다. 모든 행에
# 대해 자기 센트로이드까지의 거리를 *제곱해서* 더한 값입니다.
#
# $$I = \sum_{i=1}^m \lVert x_i - c_{\text{label}(i)} \rVert^2$$
#
# 두 단계 모두 이 값을 키우지 못합니다. 다만 어디에 도착할지는 어디에서 출발했는지에 달려 있으므로, 여러 번 출발해서 가장 좋은
# 결과를 남깁니다.
#
# 이 파일에 `sklearn.cluster`와 `scipy.cluster`를 쓰지 않고 다음을 작성하세요.
#
# * `class KMeansLite(n_clusters, n_init=10, seed=0)`
#     * `fit(X, init=None)`: `X`는 크기가 (m, n)인 실수 배열이고, 서로 다른 행이 `n_clusters`개 이상 있습니다. `init`이 없으면
#       `seed`로 정한 서로 다른 출발점에서 `n_init`번 실행해 이너셔가 가장 작은 결과를 남깁니다. 시드가 같으면 결과도 같아야
#       합니다. 출발점 배열 `init`(크기 (n_clusters, n), 정수나 실수)을 받으면 거기에서 한 번만 실행합니다. `self`를 반환하고, `X`와 `init`은
#       바꾸지 않습니다. `fit`이 끝나면 다음 속성이 있어야 합니다.
#         * `cluster_centers_`: 배열 (n_clusters, n). `init`을 받았으면 그 순서를 따릅니다.
#         * `labels_`: 행마다 클러스터 번호(0부터 n_clusters − 1까지의 정수)를 담은 배열 (m,)
#         * `inertia_`: 실수
#         * `inertias_`: 남긴 실행에서 할당할 때마다 잰 이너셔의 리스트. 첫 값은 출발점의 이너셔이고 마지막 값은 `inertia_`입니다.
#     * `predict(X) -> 배열 (m,)`: 임의의 행에 대해 가장 가까운 센트로이드의 번호
#     * `transform(X) -> 배열 (m, n_clusters)`: 각 행에서 각 센트로이드까지의 거리(제곱하지 **않은** 값)
#
#   **빈 클러스터.** 어떤 행도 속하지 않은 센트로이드는 평균을 구할 수 없습니다. 이때는 자기 센트로이드에서 가장 멀리 떨어진 행의
#   자리로 옮기세요. 끝났을 때는 클러스터마다 행이 하나 이상 있어야 합니다.
# * `same_grouping(a, b) -> bool`: 크기가 (m,)인 두 레이블 배열이 행을 똑같이 묶었는지 알려 줍니다. 클러스터 번호는 이름일
#   뿐입니다. `[0, 0, 1]`과 `[2, 2, 0]`은 같은 묶음이지만, `[0, 0, 1]`과 `[0, 1, 1]`은 다르고 `[0, 0, 1]`과 `[0, 0, 0]`도
#   다릅니다.
#
# 예를 들어 행이 (0, 0), (0, 4), (10, 0), (10, 4) 네 개이고 센트로이드가 두 개라고 합시다. (0, 0)과 (10, 4)에서 출발하면 왼쪽과
# 오른쪽으로 나뉘고 센트로이드는 (0, 2)와 (10, 2)가 되어 이너셔는 $4 \cdot 2^2 = 16$입니다. (0, 0)과 (0, 4)에서 출발하면 아래와
# 위로 나뉘고 센트로이드는 (5, 0)과 (5, 4)가 된 채 더는 바뀌지 않습니다. 이때 이너셔는 $4 \cdot 5^2 = 100$입니다.
#
# 힌트: `((X - centre) ** 2).sum(axis=1)`은 모든 행에서 센트로이드 하나까지의 거리의 제곱입니다. 출발점은 서로 멀수록 좋습니다.
# 첫 행은 무작위로 고르고, 그다음부터는 이미 고른 센트로이드 가운데 가장 가까운 것까지의 거리의 제곱에 비례하는 확률로
# 고르세요(k-평균++). 서로 다른 행을 무작위로 골라도 출발 횟수가 넉넉하면 괜찮습니다.

# %%
from __future__ import annotations

import numpy as np


# %%
class KMeansLite:
    """k-means by Lloyd's algorithm, the best of several runs."""

    def __init__(self, n_clusters: int, n_init: int = 10, seed: int = 0) -> None:
        self.n_clusters = n_clusters
        self.n_init = n_init
        self.seed = seed

    def fit(self, X: np.ndarray, init: np.ndarray | None = None) -> KMeansLite:
        """Learn ``cluster_centers_``, ``labels_``, ``inertia_`` and ``inertias_``; return self."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Number of the nearest centre of each row, shape (m,)."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def transform(self, X: np.ndarray) -> np.ndarray:
        """Distance of each row to each centre, shape (m, n_clusters)."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    # 여기에 코드를 작성하세요 / Write your code here
    # Helpers of your own may follow here, for example one that makes a single run.


# %%
def same_grouping(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether two arrays of labels group the rows in the same way, whatever the groups are called."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")
