# %% [markdown] lang="en"
# # New points like the old ones
#
# Write `train(X)`, which learns from points `X` of shape (n, 2) and returns whatever `sample` needs; and
# `sample(state, n, seed)`, which returns `n` **new** points as an array of shape (n, 2). The same seed gives the same points.
#
# The points are judged by how closely they follow points of the same kind that your code has never seen.

# %% [markdown] lang="ko"
# # 데이터를 닮은 새로운 점
#
# 크기가 (n, 2)인 점 `X`로 학습해 `sample`에 필요한 것을 돌려주는 `train(X)`와, **새로운** 점 `n`개를 크기가 (n, 2)인 배열로 돌려주는
# `sample(state, n, seed)`를 작성하세요. 시드가 같으면 같은 점이 나와야 합니다.
#
# 생성한 점이, 같은 분포에서 나왔지만 처음 보는 점과 얼마나 비슷한지로 채점합니다.

# %%
import numpy as np
from sklearn.mixture import GaussianMixture


# %%
def train(X):
    """Learn the distribution of points (n, 2); return what ``sample`` needs."""
    # SOLUTION
    mixture = GaussianMixture(n_components=12, random_state=0).fit(X)
    return mixture, X
    # END SOLUTION


# %%
def sample(state, n, seed):
    """New points (n, 2)."""
    # SOLUTION
    mixture, X = state
    rng = np.random.default_rng(seed)
    parts = rng.choice(len(mixture.weights_), size=n, p=mixture.weights_)
    noise = np.stack([rng.multivariate_normal(np.zeros(2), mixture.covariances_[part]) for part in parts])
    points = mixture.means_[parts] + noise
    return points
    # END SOLUTION
