# %% [markdown] lang="en"
# # Voting, out-of-bag, importance
#
# Many models that err differently are better together than the best of them alone. You let models vote, draw the samples
# that make trees differ, test each tree on rows that it has *not* seen, and find out which pixels a forest looks at.
#
# ## Voting
#
# `P` has the shape (models, rows, classes) and holds each model's class probabilities.
#
# * `hard_vote(P) -> int array (rows,)`: each model votes for its most probable class; the class with most votes wins.
# * `soft_vote(P) -> int array (rows,)`: the class with the highest **mean** probability wins.
#
# Classes are numbered 0, 1, 2, …; wherever two are equal (a model's probabilities, the votes, the means), the smaller number
# wins.
#
# Example: three models give one row the probabilities (0.6, 0.4), (0.55, 0.45) and (0.05, 0.95). Two of three vote for class 0,
# so `hard_vote` says 0. The means are 0.4 and 0.6, so `soft_vote` says 1: the third model is very sure.
#
# ## Bagging
#
# * `bootstrap(n, rng) -> (inside, outside)`: `inside` has `n` row numbers from 0 to n - 1, drawn **with** replacement;
#   `outside`, the out-of-bag rows, has all row numbers that were not drawn, each once. `rng` is a `numpy.random.Generator`:
#   draw from it and from nothing else. About $1 - 1/e = 63.2\,\%$ of all rows are inside at least once.
# * `oob_accuracy(X, y, n_trees, rng) -> float`: fit `n_trees` trees (`DecisionTreeClassifier`, grown without limits), each to
#   a bootstrap sample of its own. Judge each row by a soft vote of those trees **only** for which it is out of bag. The result
#   is the share of rows judged rightly; rows that every tree has seen do not count at all. `y` may hold any labels, also text.
#   Write the loop yourself, without `BaggingClassifier` and `oob_score`.
#
# ## Importance
#
# * `importance_map(X_train, y_train, X_valid, y_valid, rng) -> array (8, 8)`: the 64 columns are the pixels of an image,
#   row by row. Fit a `RandomForestClassifier` with 20 trees to the training rows. The importance of a pixel is how much the
#   accuracy on the **validation** rows drops when that one column is shuffled there; take the mean of 3 shuffles. Set
#   negative values to 0, then divide by the sum, so that the map sums to 1 (leave it at 0 if nothing drops at all).
#
# A forest knows its training rows by heart: there it seems to need even columns from which it has learnt nothing that holds
# elsewhere. `feature_importances_` shares that fault.
#
# ## All together
#
# * `vote_predict(X, y, X_new) -> array (rows,)`: train at least three different kinds of classifiers of scikit-learn on `X`,
#   `y` and return labels (as they stand in `y`) for `X_new` by a vote. The data are two noisy moons with 500 training rows; a
#   straight line gets 84 % of the new points right. Full points begin at about 90.5 %.
#
# Hints: `P.argmax(axis=2)` gives all votes. `np.setdiff1d` finds what is missing. `rng.permutation(column)` shuffles a copy.
# `random_state=int(rng.integers(2**31))` makes a forest repeatable. A tree whose sample lacks a class has fewer columns in
# `predict_proba`; encode the labels as 0, 1, 2, … and use the tree's `classes_`.

# %% [markdown] lang="ko"
# # 투표·OOB·특성 중요도
#
# 서로 다르게 틀리는 모델을 여럿 모으면 그중 가장 좋은 모델 하나보다 낫습니다. 이 과제에서는 모델들에게 투표를 시키고, 트리들을 서로
# 다르게 만드는 표본을 뽑고, 트리마다 *보지 못한* 샘플로 시험하고, 랜덤 포레스트가 어느 픽셀을 보는지 알아봅니다.
#
# ## 투표
#
# `P`는 크기가 (모델 수, 행 수, 클래스 수)이고 모델마다 예측한 클래스 확률이 들어 있습니다.
#
# * `hard_vote(P) -> 정수 배열 (행 수,)`: 직접 투표입니다. 모델마다 확률이 가장 높은 클래스에 한 표를 주고, 표를 가장 많이 받은 클래스가
#   이깁니다.
# * `soft_vote(P) -> 정수 배열 (행 수,)`: 간접 투표입니다. 확률의 **평균**이 가장 높은 클래스가 이깁니다.
#
# 클래스의 번호는 0, 1, 2, …입니다. 모델의 확률이든 표든 평균이든 같은 값이 나오면 번호가 작은 클래스가 이깁니다.
#
# 예: 모델 세 개가 어떤 행에 확률 (0.6, 0.4), (0.55, 0.45), (0.05, 0.95)를 주었습니다. 셋 중 둘이 클래스 0에 투표하므로 `hard_vote`는
# 0입니다. 평균은 0.4와 0.6이므로 `soft_vote`는 1입니다. 셋째 모델이 아주 확신하기 때문입니다.
#
# ## 배깅
#
# * `bootstrap(n, rng) -> (inside, outside)`: `inside`는 0부터 n - 1까지의 행 번호를 중복을 **허용해** `n`번 뽑은 것입니다.
#   `outside`는 한 번도 뽑히지 않은 행, 곧 OOB(out-of-bag) 행의 번호를 하나씩 담습니다. `rng`는 `numpy.random.Generator`이며, 난수는
#   반드시 여기에서만 뽑으세요. 전체 행의 약 $1 - 1/e = 63.2\,\%$가 한 번 이상 뽑힙니다.
# * `oob_accuracy(X, y, n_trees, rng) -> float`: 깊이를 제한하지 않은 트리(`DecisionTreeClassifier`) `n_trees`개를 저마다 다른
#   부트스트랩 표본에 훈련합니다. 행마다 그 행이 OOB인 트리들**만** 모아 간접 투표로 예측합니다. 맞힌 행의 비율을 돌려주되, 모든 트리가
#   이미 본 행은 아예 세지 않습니다. `y`의 레이블은 숫자도 글자도 될 수 있습니다. `BaggingClassifier`나 `oob_score`를 쓰지 말고 반복문을
#   직접 작성하세요.
#
# ## 중요도
#
# * `importance_map(X_train, y_train, X_valid, y_valid, rng) -> 배열 (8, 8)`: 열 64개는 8 × 8 이미지의 픽셀을 한 줄씩 이어 붙인
#   것입니다. 훈련 세트에 트리 20개짜리 `RandomForestClassifier`를 훈련하세요. 픽셀의 중요도는 **검증** 세트에서 그 열 하나만 섞었을 때
#   정확도가 떨어지는 정도이고, 세 번 섞어 평균을 냅니다. 음수는 0으로 바꾼 다음 전체 합으로 나누어 합이 1이 되게 하세요(정확도가 전혀
#   떨어지지 않으면 모두 0으로 둡니다).
#
# 랜덤 포레스트는 훈련 세트를 외우고 있습니다. 그래서 훈련 세트로 재면 다른 곳에서는 쓸모없는 열까지 중요해 보입니다.
# `feature_importances_`에도 같은 문제가 있습니다.
#
# ## 모두 모아서
#
# * `vote_predict(X, y, X_new) -> 배열 (행 수,)`: 서로 다른 종류의 사이킷런 분류기를 세 가지 이상 `X`, `y`에 훈련하고, 투표로 정한
#   `X_new`의 레이블을 (`y`에 있는 그대로) 돌려줍니다. 데이터는 잡음이 섞인 두 달이고 훈련 데이터는 500개입니다. 직선 하나로 나누면
#   새로운 점의 84 %를 맞힙니다. 만점은 90.5 %쯤부터입니다.
#
# 힌트: `P.argmax(axis=2)`로 모든 표를 얻습니다. 빠진 번호는 `np.setdiff1d`로 찾습니다. `rng.permutation(열)`은 섞은 복사본을 줍니다.
# `random_state=int(rng.integers(2**31))`를 주면 랜덤 포레스트의 결과를 되풀이할 수 있습니다. 어떤 클래스가 빠진 표본에 훈련한 트리는
# `predict_proba`의 열이 더 적습니다. 레이블을 0, 1, 2, …로 바꾸고 트리의 `classes_`를 쓰세요.

# %%
from __future__ import annotations

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from sklearn.tree import DecisionTreeClassifier


# %%
def hard_vote(P: np.ndarray) -> np.ndarray:
    """Class with most votes in each row; ``P`` has the shape (models, rows, classes)."""
    # SOLUTION
    votes = P.argmax(axis=2)
    counts = (votes[:, :, np.newaxis] == np.arange(P.shape[2])).sum(axis=0)
    return counts.argmax(axis=1)
    # END SOLUTION


# %%
def soft_vote(P: np.ndarray) -> np.ndarray:
    """Class with the highest mean probability in each row."""
    # SOLUTION
    return P.mean(axis=0).argmax(axis=1)
    # END SOLUTION


# %%
def bootstrap(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of n rows drawn with replacement, and those of the rows that were not drawn."""
    # SOLUTION
    inside = rng.integers(n, size=n)
    return inside, np.setdiff1d(np.arange(n), inside)
    # END SOLUTION


# %%
def oob_accuracy(X: np.ndarray, y: np.ndarray, n_trees: int, rng: np.random.Generator) -> float:
    """Accuracy of bagged trees, each row judged by the trees that have not seen it."""
    # SOLUTION
    classes, codes = np.unique(y, return_inverse=True)
    scores = np.zeros((len(y), len(classes)))
    for _ in range(n_trees):
        inside, outside = bootstrap(len(y), rng)
        tree = DecisionTreeClassifier(random_state=int(rng.integers(2**31))).fit(X[inside], codes[inside])
        if len(outside):
            scores[np.ix_(outside, tree.classes_)] += tree.predict_proba(X[outside])
    judged = scores.sum(axis=1) > 0
    return float(np.mean(scores.argmax(axis=1)[judged] == codes[judged]))
    # END SOLUTION


# %%
def importance_map(
    X_train: np.ndarray, y_train: np.ndarray, X_valid: np.ndarray, y_valid: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Permutation importance of the 64 pixels on the validation rows, shape (8, 8), with the sum 1."""
    # SOLUTION
    forest = RandomForestClassifier(20, random_state=int(rng.integers(2**31))).fit(X_train, y_train)
    accuracy = forest.score(X_valid, y_valid)
    drops = np.zeros(64)
    for pixel in range(64):
        copies = np.tile(X_valid, (3, 1))
        copies[:, pixel] = np.concatenate([rng.permutation(X_valid[:, pixel]) for _ in range(3)])
        drops[pixel] = accuracy - forest.score(copies, np.tile(y_valid, 3))
    drops = drops.clip(min=0)
    return (drops / drops.sum() if drops.any() else drops).reshape(8, 8)
    # END SOLUTION


# %%
def vote_predict(X: np.ndarray, y: np.ndarray, X_new: np.ndarray) -> np.ndarray:
    """Labels of new rows, by a vote of different classifiers."""
    # SOLUTION
    members = [
        RandomForestClassifier(80, min_samples_leaf=3, random_state=0),
        KNeighborsClassifier(15),
        make_pipeline(PolynomialFeatures(3), StandardScaler(), LogisticRegression()),
    ]
    P = np.array([member.fit(X, y).predict_proba(X_new) for member in members])
    return np.unique(y)[soft_vote(P)]
    # END SOLUTION
