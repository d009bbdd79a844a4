# %% [markdown] lang="en"
# # CART: splits, impurity and the cost of a tree
#
# A decision tree asks one question after the other: *is feature j at most thr?* CART finds each
# question greedily: it tries every feature and every threshold, and keeps the question after which the two groups of
# rows are purest.
#
# With $p_k$ the share of class $k$ among the labels of a node, the two measures of impurity are
#
# $$\text{Gini} = 1 - \sum_k p_k^2, \qquad \text{entropy} = -\sum_{p_k > 0} p_k \log_2 p_k \ \text{(in bits)}$$
#
# and a split of $m$ rows into $m_L$ left and $m_R$ right ones has the gain
#
# $$\text{gain} = I(\text{node}) - \frac{m_L}{m} I(\text{left}) - \frac{m_R}{m} I(\text{right}).$$
#
# Write into this file, with numpy only (`y` is an array of at least one label, numbers or text; `X` has shape (m, n)):
#
# * `gini(y) -> float` and `entropy(y) -> float`.
# * `best_split(X, y, criterion="gini") -> (j, thr, gain)`: the split with the largest gain; `criterion` is `"gini"` or
#   `"entropy"`. Rows with `X[:, j] <= thr` go left, the others right. Thresholds to try are the **midpoints** between two
#   neighbouring *different* values of a column. Where gains are equal (closer than 1e-9), the smaller `j` wins, then
#   the smaller `thr`. A best gain of 0 is still an answer; `None` is the answer only where no column has two
#   different values.
# * `leaf_proba(X, y, x, max_depth=2, criterion="gini") -> array (K,)`: grow a tree with `best_split`, let the row `x`,
#   shape (n,), fall through it, and return the share of each class among the training rows in its leaf. The K classes
#   are those of the **whole** `y` in sorted order, so a class that the leaf lacks gets 0. A node becomes a leaf when
#   it lies at depth `max_depth` (the root has depth 0), when it holds one class only, or when `best_split` returns `None`.
#
# and four answers as variables:
#
# * `depth_1e6: float`: the depth of a well-balanced tree that grew on 1,000,000 rows until each leaf held one row
#   (rounded up or not, as you like).
# * `slowdown_10x: float`: training on m rows with n features takes about $n \cdot m \log_2 m$ steps. By which factor
#   does it take longer on 10,000,000 rows than on 1,000,000? (to ±0.1)
# * `slowdown_2feat: float`: by which factor does it take longer with twice as many features?
# * `child_can_be_worse: bool`: can one of the two children have a *higher* Gini impurity than their parent, although
#   the split has a positive gain?
#
# A worked example: one feature 1, 2, 3, 4, 5, 6 with the labels a, a, b, a, b, b. The node has Gini 0.5. The threshold
# 2.5 leaves 2 pure rows on the left and b, a, b, b (Gini 0.375) on the right: the gain is
# 0.5 − 2/6 · 0 − 4/6 · 0.375 = 0.25. The threshold 4.5 has the same gain, so `best_split` returns `(0, 2.5, 0.25)`. With
# `max_depth=1` the row `[4.0]` falls to the right: `leaf_proba` gives `[0.25, 0.75]`.
#
# Hints: `np.unique(y, return_counts=True)` counts classes, and `np.unique(column)` sorts a column and drops its repeats.
# Loops are fine here: the largest data set has 150 rows. `leaf_proba` is short if it goes down in a loop, keeping
# the rows on the side where `x` belongs. For the last question, try a node with few rows of one class and many of the
# other.

# %% [markdown] lang="ko"
# # CART: 분할, 불순도, 트리의 비용
#
# 결정 트리는 *특성 j의 값이 thr 이하인가?* 하는 질문을 차례로 던집니다. CART 알고리즘은 이 질문을
# 탐욕적으로(greedy) 찾습니다. 모든 특성과 모든 임곗값을 시험해 보고, 나뉜 두 무리가 가장 순수해지는 질문을 고르는 것입니다.
#
# 노드에 있는 레이블 가운데 클래스 $k$의 비율을 $p_k$라고 하면 불순도(impurity)는 두 가지로 잴 수 있습니다.
#
# $$\text{지니} = 1 - \sum_k p_k^2, \qquad \text{엔트로피} = -\sum_{p_k > 0} p_k \log_2 p_k \ \text{(비트)}$$
#
# 샘플 $m$개를 왼쪽 $m_L$개와 오른쪽 $m_R$개로 나누었을 때의 이득(gain)은 다음과 같습니다.
#
# $$\text{이득} = I(\text{노드}) - \frac{m_L}{m} I(\text{왼쪽}) - \frac{m_R}{m} I(\text{오른쪽})$$
#
# 넘파이만 써서 이 파일에 다음을 작성하세요. `y`는 레이블(숫자 또는 문자열)이 하나 이상 담긴 배열이고, `X`의 크기는 (m, n)입니다.
#
# * `gini(y) -> float`, `entropy(y) -> float`
# * `best_split(X, y, criterion="gini") -> (j, thr, gain)`: 이득이 가장 큰 분할을 찾습니다. `criterion`은 `"gini"` 또는
#   `"entropy"`입니다. `X[:, j] <= thr`인 행은 왼쪽, 나머지는 오른쪽으로 갑니다. 시험할 임곗값은 한 열에서 이웃한 *서로 다른* 두
#   값의 **한가운데 값**(두 값의 평균)입니다. 이득이 같으면(차이가 1e-9보다 작으면) `j`가 작은 쪽, 그다음에는 `thr`이 작은 쪽을 고릅니다. 가장 큰
#   이득이 0이어도 그 분할을 돌려줍니다. 서로 다른 값이 두 개 이상인 열이 하나도 없을 때만 `None`을 돌려줍니다.
# * `leaf_proba(X, y, x, max_depth=2, criterion="gini") -> 배열 (K,)`: `best_split`으로 트리를 키운 다음, 크기가 (n,)인 행 `x`를
#   떨어뜨려 도착한 리프에서 훈련 샘플의 클래스 비율을 구합니다. K개의 클래스는 **전체** `y`에 있는 클래스를 정렬한 것이므로,
#   리프에 없는 클래스의 비율은 0입니다. 깊이가 `max_depth`이거나(루트의 깊이는 0), 클래스가 하나만 남았거나, `best_split`이
#   `None`을 돌려주면 그 노드는 리프가 됩니다.
#
# 그리고 다음 네 가지 답을 변수에 담으세요.
#
# * `depth_1e6: float`: 샘플 1,000,000개로 리프마다 샘플이 하나만 남을 때까지 키운, 균형이 잘 잡힌 트리의 깊이입니다(올림을 해도
#   되고 안 해도 됩니다).
# * `slowdown_10x: float`: 특성이 n개이고 샘플이 m개일 때 훈련에는 대략 $n \cdot m \log_2 m$번의 계산이 필요합니다. 샘플이
#   10,000,000개이면 1,000,000개일 때보다 훈련 시간이 몇 배가 되나요? (오차 ±0.1까지)
# * `slowdown_2feat: float`: 특성이 두 배로 늘어나면 훈련 시간은 몇 배가 되나요?
# * `child_can_be_worse: bool`: 분할의 이득이 양수인데도 두 자식 노드 가운데 하나의 지니 불순도가 부모보다 *높을* 수 있나요?
#
# 예를 들어 특성 하나의 값이 1, 2, 3, 4, 5, 6이고 레이블이 a, a, b, a, b, b라고 합시다. 이 노드의 지니 불순도는 0.5입니다.
# 임곗값이 2.5이면 왼쪽에는 순수한 샘플 2개, 오른쪽에는 b, a, b, b(지니 0.375)가 남습니다. 따라서 이득은
# 0.5 − 2/6 · 0 − 4/6 · 0.375 = 0.25입니다. 임곗값 4.5의 이득도 같으므로 `best_split`은 `(0, 2.5, 0.25)`를 돌려줍니다.
# `max_depth=1`일 때 행 `[4.0]`은 오른쪽으로 가고, `leaf_proba`는 `[0.25, 0.75]`입니다.
#
# 힌트: `np.unique(y, return_counts=True)`는 클래스를 세어 주고, `np.unique(column)`은 열을 정렬하면서 중복을 없애 줍니다. 가장
# 큰 데이터도 150행이므로 반복문을 써도 괜찮습니다. `leaf_proba`는 `x`가 속한 쪽의 행만 남기면서 반복문으로 내려가면 짧게 쓸 수
# 있습니다. 마지막 질문은 한 클래스의 샘플은 아주 적고 다른 클래스의 샘플은 많은 노드로 시험해 보세요.

# %%
from __future__ import annotations

import numpy as np


# %%
def gini(y: np.ndarray) -> float:
    """Gini impurity of labels."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def entropy(y: np.ndarray) -> float:
    """Entropy of labels in bits."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def best_split(X: np.ndarray, y: np.ndarray, criterion: str = "gini") -> tuple[int, float, float] | None:
    """Feature, threshold and gain of the best split; None where all rows are equal."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def leaf_proba(X: np.ndarray, y: np.ndarray, x: np.ndarray, max_depth: int = 2, criterion: str = "gini") -> np.ndarray:
    """Share of each class of ``y``, in sorted order, in the leaf that ``x`` falls into."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
# 여기에 코드를 작성하세요 / Write your code here
depth_1e6 = ...

# %%
# 여기에 코드를 작성하세요 / Write your code here
slowdown_10x = ...

# %%
# 여기에 코드를 작성하세요 / Write your code here
slowdown_2feat = ...

# %%
# 여기에 코드를 작성하세요 / Write your code here
child_can_be_worse = ...
