# %% [markdown] lang="en"
# # Manifold maps
#
# 64 pixels, 64 dimensions: nobody can look at that. But the pictures of digits fill only a thin, curved sheet, a
# **manifold**, of that space. PCA throws a flat shadow of it, in which far-apart places may fall onto each other.
# Methods of **manifold learning** rather keep the neighbours: what lies close together stays close together, while large
# distances may stretch. You draw two such maps.
#
# The cell below makes the data: `X_roll`, 1,000 points of a rolled-up sheet in three dimensions (the Swiss roll), and
# `X_digits`, the first 1,000 pictures of scikit-learn's digits with their labels `y_digits`. Define:
#
# * `emb_roll: array (1000, 2)`: a flat map of `X_roll`, in the order of its rows, in which one of the two columns runs **along
#   the sheet**: its correlation with the position along the roll, which you do not have, is at least 0.95 in absolute
#   value. It begins to earn points above 0.22, which the flat shadow of PCA reaches.
# * `emb_digits: array (1000, 2)`: a flat map of `X_digits`, in the order of its rows, made **without the labels** and in one
#   piece for all digits. Measured are
#     * the accuracy of 5 nearest neighbours in the map (5-fold cross-validation): points begin at 0.564 (PCA), full points
#       at 0.90;
#     * the trustworthiness (`sklearn.manifold.trustworthiness` with `n_neighbors=5`), which asks whether neighbours in the
#       map are neighbours in the data: points begin at 0.799 (PCA), full points at 0.97.
# * `fig: Figure`: a scatter plot of all 1,000 points of `emb_digits`, each digit in a colour of its own (ten colours), with a
#   legend that names all ten digits or with a colour bar.
#
# All numbers are finite. Labels may colour the picture and must not shape the map: a map for each digit by itself, or one by
# a method that is given the labels, shows clusters that are not in the data. 5 nearest neighbours in all 64 dimensions are
# right in 0.938 of the cases, and no honest map does much better than that.
#
# A worked example of the first measure: a map whose columns are `z0 = [1, 2, 3, 4]` and `z1 = [5, 1, 4, 2]` of points at the
# positions `t = [2, 4, 6, 8]` has the correlations 1 and −0.42; the larger absolute value counts, here 1. Whether a map
# is mirrored or turned upside down does not matter.
#
# Hints: `LocallyLinearEmbedding` (10 to 12 neighbours) or `Isomap` unroll the sheet. For digits, try `TSNE`; it takes some
# seconds, with `max_iter=400` fewer. Give a `random_state`. Map `c=y_digits` through a colormap with ten colours (`tab10`);
# `points.legend_elements()` has what a legend wants.

# %% [markdown] lang="ko"
# # 매니폴드 지도 그리기
#
# 픽셀이 64개면 64차원이라 눈으로 볼 수 없습니다. 그런데 숫자 사진은 그 공간을 다 채우지 않고 얇고 휘어진 면, 곧
# **매니폴드**(manifold) 위에 모여 있습니다. PCA는 이 면의 납작한 그림자를 보여 주므로, 멀리 떨어진 곳이 서로 겹쳐 보이기도
# 합니다. **매니폴드 학습**(manifold learning)은 그 대신 이웃을 지킵니다. 가까운 것은 가깝게 두고, 먼 거리는 늘어나도 그냥
# 둡니다. 이런 지도를 두 장 그려 봅시다.
#
# 아래 셀은 데이터를 만듭니다. `X_roll`은 3차원에서 둘둘 말린 종이(스위스 롤) 위의 점 1,000개이고, `X_digits`는 사이킷런 숫자 데이터의
# 처음 1,000장, `y_digits`는 그 레이블입니다. 다음을 정의하세요.
#
# * `emb_roll: 배열 (1000, 2)`: `X_roll`의 행 순서를 지킨 평면 지도입니다. 두 열 가운데 하나는 **종이를 따라** 변해야 합니다. 곧 종이를
#   따라 잰 위치(여러분에게는 주어지지 않습니다)와의 상관계수의 절댓값이 0.95 이상이어야 합니다. PCA의 납작한 그림자가 얻는 0.22부터
#   점수가 생깁니다.
# * `emb_digits: 배열 (1000, 2)`: `X_digits`의 행 순서를 지킨 평면 지도입니다. **레이블을 쓰지 않고** 모든 숫자를 한꺼번에 넣어 만듭니다.
#   다음 두 가지를 잽니다.
#     * 지도에서 5-최근접 이웃의 정확도(5-폴드 교차 검증): PCA가 얻는 0.564부터 점수가 생기고 0.90부터 만점입니다.
#     * 신뢰도(trustworthiness, `sklearn.manifold.trustworthiness`에 `n_neighbors=5`): 지도에서 이웃인 것이 원래 데이터에서도 이웃인지
#       봅니다. PCA가 얻는 0.799부터 점수가 생기고 0.97부터 만점입니다.
# * `fig: Figure`: `emb_digits`의 점 1,000개를 모두 그린 산점도입니다. 숫자마다 색이 달라야 하고(열 가지 색), 숫자 열 개의 이름이 모두
#   있는 범례나 컬러바가 있어야 합니다.
#
# 값은 모두 유한해야 합니다. 레이블로 그림에 색을 칠하는 것은 괜찮지만 지도의 모양에 쓰면 안 됩니다. 숫자마다 지도를 따로 만들거나
# 레이블을 받는 방법을 쓰면 데이터에 없는 무리가 나타납니다. 64차원 모두를 쓴 5-최근접 이웃도 0.938만 맞히므로, 정직한 지도가 이보다 훨씬 더
# 맞힐 수는 없습니다.
#
# 첫째 기준의 예: 위치가 `t = [2, 4, 6, 8]`인 점들의 지도에서 두 열이 `z0 = [1, 2, 3, 4]`와 `z1 = [5, 1, 4, 2]`라면 상관계수는 1과
# −0.42이고, 절댓값이 큰 쪽인 1을 씁니다. 지도의 좌우나 위아래가 뒤집혀도 상관없습니다.
#
# 힌트: `LocallyLinearEmbedding`(이웃 10~12개)이나 `Isomap`은 말린 종이를 폅니다. 숫자에는 `TSNE`를 써 보세요. 몇 초 걸리는데
# `max_iter=400`이면 더 빠릅니다. `random_state`를 주세요. 색은 `c=y_digits`에 색이 열 개인 컬러맵(`tab10`)을 주면 되고, 범례에
# 필요한 것은 `points.legend_elements()`에 있습니다.

# %%
import matplotlib.pyplot as plt
from sklearn.datasets import load_digits, make_swiss_roll

X_roll, _ = make_swiss_roll(1000, noise=0.2, random_state=42)
digits = load_digits()
X_digits, y_digits = digits.data[:1000], digits.target[:1000]

# %% tags=["solution-only"]
from sklearn.manifold import TSNE, LocallyLinearEmbedding

# %% [markdown] lang="en"
# ## The roll

# %% [markdown] lang="ko"
# ## 말린 종이

# %%
# SOLUTION
# STUB: emb_roll = ...
emb_roll = LocallyLinearEmbedding(n_components=2, n_neighbors=10, random_state=42).fit_transform(X_roll)
# END SOLUTION

# %% [markdown] lang="en"
# ## The digits

# %% [markdown] lang="ko"
# ## 숫자

# %%
# SOLUTION
# STUB: emb_digits = ...
emb_digits = TSNE(n_components=2, max_iter=400, random_state=42).fit_transform(X_digits)
# END SOLUTION

# %% [markdown] lang="en"
# ## The picture

# %% [markdown] lang="ko"
# ## 그림

# %%
# SOLUTION
# STUB: fig = ...
fig, ax = plt.subplots(figsize=(8, 7))
points = ax.scatter(emb_digits[:, 0], emb_digits[:, 1], c=y_digits, cmap="tab10", s=10)
ax.legend(*points.legend_elements(), title="digit")
ax.set_title("t-SNE map of 1,000 digits")
# END SOLUTION
