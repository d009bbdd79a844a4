# %% [markdown] lang="en"
# # A tuned tree and a forest by hand
#
# A single decision tree that may grow as it likes learns its training rows by heart. Two remedies: hold it back
# (*regularise*), or let many small trees vote. You do both on 10,000 points of two noisy crescents, and measure how
# much better a crowd of weak trees is than its average member: that gap is the idea behind random forests.
#
# The starter makes the data: `X_train` (8000, 2), `X_test` (2000, 2) and their labels 0 and 1. Define:
#
# * `tree_search`: a **fitted** `GridSearchCV` or `RandomizedSearchCV` over a `DecisionTreeClassifier` with at least 3 folds,
#   which chooses `max_leaf_nodes`, the largest number of leaves, from at least 4 candidates between 2 and 100 (spread them
#   well, several of them between 15 and 40). Leave the other hyperparameters at their defaults; `random_state` and
#   `criterion` are free. The search sees the training rows only. The test rows judge it once, at the end: 0.85 and more is
#   within reach.
# * `tree_rows: array (300, 100)` of integers: for each of 300 trees the positions in `X_train` of **100** different training
#   rows, drawn at random anew for each tree.
# * `trees: list` of 300 fitted trees. Each is a new `DecisionTreeClassifier` with the hyperparameters that the search
#   found (`tree_search.best_params_`), trained on the training rows at its positions, and on no others. You make the forest
#   by hand: no `RandomForestClassifier` and no `BaggingClassifier` may stand in your file.
# * `forest_predict(X) -> array (m,)` of the labels 0 and 1: for each row the label that most of the 300 `trees` predict.
#   (Where 150 trees stand against 150, either label is right.)
# * `mean_tree_acc: float`: the mean over the 300 trees of their accuracy on the **test** rows, between 0 and 1.
# * `vote_acc: float`: the accuracy of `forest_predict` on the test rows, between 0 and 1. Trees that differ correct each
#   other: `vote_acc` is then at least 0.05 larger than `mean_tree_acc`, and not below 0.85.
#
# A worked example of the vote: three trees predict (1, 0, 0), (1, 1, 0) and (0, 1, 0) for three rows. The votes for 1 are 2,
# 2 and 0 of 3, so the forest says (1, 1, 0). If (1, 1, 0) is the truth, the trees have the accuracies 2/3, 1 and 1/3,
# so the mean is 2/3, while the forest has 1.
#
# Hints: `ShuffleSplit(n_splits=300, train_size=100, ...)` from `sklearn.model_selection` draws 300 random subsets: its
# *first* index array is the small one here. `sklearn.base.clone` copies an estimator without what it has learnt. Stack
# the predictions of the trees to an array of shape (300, m); a mean over axis 0 tells which share voted for 1.

# %% [markdown] lang="ko"
# # 튜닝한 트리와 손수 만든 숲
#
# 마음대로 자라게 둔 결정 트리는 훈련 데이터를 통째로 외워 버립니다. 이를 막는 방법은 두 가지입니다. 트리가 덜 자라도록
# *규제*(regularize)하거나, 작은 트리를 여럿 만들어 투표하게 하는 것입니다. 잡음이 섞인 초승달 모양의 점 10,000개로 두 방법을 모두
# 써 보고, 약한 트리 여럿의 투표가 트리 하나의 평균보다 얼마나 나은지 재어 봅시다. 이 차이가 바로 랜덤 포레스트의
# 핵심입니다.
#
# 데이터는 시작 코드에서 만들어 줍니다. `X_train`의 크기는 (8000, 2), `X_test`의 크기는 (2000, 2)이고 레이블은 0과 1입니다. 다음을
# 정의하세요.
#
# * `tree_search`: `DecisionTreeClassifier`의 리프 수를 제한하는 `max_leaf_nodes`를 찾도록 **훈련까지 마친** `GridSearchCV` 또는
#   `RandomizedSearchCV`입니다. 폴드는 3개 이상이고, 후보는 2에서 100 사이의 값 4개 이상입니다(고르게 펼치되 15에서 40 사이의 값을
#   여럿 넣으세요). 다른 하이퍼파라미터는 기본값으로 두고, `random_state`와 `criterion`만 마음대로 정해도 됩니다. 탐색은 훈련
#   세트만 보아야 하고, 테스트 세트로는 마지막에 한 번만 평가합니다. 0.85 이상의 정확도를 낼 수 있습니다.
# * `tree_rows: 배열 (300, 100)`: 트리마다 새로 무작위로 뽑은 서로 다른 훈련 샘플 **100개**의 `X_train`에서의 위치(정수)입니다.
# * `trees: list`: 훈련한 트리 300개입니다. 저마다 탐색에서 찾은 하이퍼파라미터(`tree_search.best_params_`)를 쓰는 새
#   `DecisionTreeClassifier`이고, 제 위치에 있는 훈련 샘플만으로 훈련합니다. 숲은 손수 만듭니다. 파일에 `RandomForestClassifier`나
#   `BaggingClassifier`가 있으면 안 됩니다.
# * `forest_predict(X) -> 배열 (m,)`: 행마다 `trees`의 트리 300개가 가장 많이 예측한 레이블(0 또는 1)입니다. 150 대 150으로
#   비기면 어느 쪽을 골라도 됩니다.
# * `mean_tree_acc: float`: 트리 300개가 저마다 **테스트 세트**에서 얻은 정확도(0에서 1 사이)의 평균입니다.
# * `vote_acc: float`: 테스트 세트에서 잰 `forest_predict`의 정확도입니다(0에서 1 사이). 서로 다른 트리들은 서로의 잘못을
#   바로잡습니다. 그래서 `vote_acc`가 `mean_tree_acc`보다 0.05 이상 큽니다. 0.85 아래로 내려가지도 않습니다.
#
# 투표의 예를 들어 봅시다. 세 행에 대해 트리 세 그루가 (1, 0, 0), (1, 1, 0), (0, 1, 0)이라고 예측했습니다. 1에 던진 표는 3표 가운데
# 2, 2, 0표이므로 숲의 예측은 (1, 1, 0)입니다. 정답이 (1, 1, 0)이라면 트리의 정확도는 2/3, 1, 1/3이어서 평균은 2/3이지만 숲의
# 정확도는 1입니다.
#
# 힌트: `sklearn.model_selection`의 `ShuffleSplit(n_splits=300, train_size=100, ...)`을 쓰면 무작위 부분집합 300개를 뽑을 수 있습니다.
# 여기서는 *첫째* 인덱스 배열이 작은 쪽입니다. `sklearn.base.clone`은 배운 것을 빼고 추정기를 복사합니다. 트리들의 예측을 크기가
# (300, m)인 배열로 쌓으면, 축 0의 평균이 1에 투표한 비율입니다.

# %%
from __future__ import annotations

import numpy as np
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

X, y = make_moons(n_samples=10_000, noise=0.4, random_state=42)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)

# %% tags=["solution-only"]
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, ShuffleSplit

# %%
# SOLUTION
# STUB: tree_search = ...
candidates = {"max_leaf_nodes": [4, 8, 16, 24, 32, 48, 64]}
tree_search = GridSearchCV(DecisionTreeClassifier(random_state=42), candidates, cv=5).fit(X_train, y_train)
# END SOLUTION

# %%
# SOLUTION
# STUB: tree_rows = ...
subsets = ShuffleSplit(n_splits=300, train_size=100, test_size=None, random_state=42)
tree_rows = np.array([rows for rows, _ in subsets.split(X_train)])
# END SOLUTION

# %%
# SOLUTION
# STUB: trees = ...
trees = [clone(tree_search.best_estimator_).fit(X_train[rows], y_train[rows]) for rows in tree_rows]
# END SOLUTION


# %%
def forest_predict(X: np.ndarray) -> np.ndarray:
    """Label that most of the trees predict for each row, shape (m,)."""
    # SOLUTION
    votes = np.array([tree.predict(X) for tree in trees])
    return (votes.mean(axis=0) > 0.5).astype(int)
    # END SOLUTION


# %%
# SOLUTION
# STUB: mean_tree_acc = ...
mean_tree_acc = np.mean([tree.score(X_test, y_test) for tree in trees])
# END SOLUTION

# %%
# SOLUTION
# STUB: vote_acc = ...
vote_acc = np.mean(forest_predict(X_test) == y_test)
# END SOLUTION
