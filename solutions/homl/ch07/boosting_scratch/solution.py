# %% [markdown] lang="en"
# # Boosting from scratch
#
# Boosting builds a strong model out of weak ones, one after the other, each looking at what the ones before got wrong. There
# are two classic ways to look: AdaBoost gives **rows** that were misjudged more weight, gradient boosting fits the next tree
# to the **residuals**. You build both. Take the trees from scikit-learn (`DecisionTreeClassifier`,
# `DecisionTreeRegressor`, always with `random_state=0`), but nothing from `sklearn.ensemble`. Every `fit` returns `self`,
# begins anew when it is called again, and leaves its arguments as they are.
#
# ## Part 1: AdaBoost with stumps
#
# All $m$ rows begin with the weight $1/m$. In each round $j$:
#
# 1. Fit a stump (a tree with `max_depth=1`) with the rows' weights as `sample_weight`.
# 2. Its error $r_j$ is the sum of the weights of the rows that it gets wrong. If $r_j \ge 0.5$ the stump is no better than
#    tossing a coin: throw it away and end. Rounding may turn 0.5 into 0.4999999999999999, so test for $r_j \ge 0.5 - 10^{-9}$.
# 3. Its say is $\alpha_j = \eta \log\frac{1 - r_j}{r_j}$ with the learning rate $\eta$.
# 4. Multiply the weights of the **wrong** rows by $e^{\alpha_j}$, then divide all weights by their sum, so that they add up
#    to 1 again.
#
# A stump with $r_j = 0$ is kept with $\alpha_j = 1$, the weights stay as they are, and training ends.
#
# Write `class StumpAdaBoost(n=50, lr=1.0)` with
#
# * `fit(X, y)`: at most `n` rounds; `y` holds two different labels of any kind. If not even the first stump is any good,
#   raise `ValueError`. Learns `classes_` (the two labels, sorted), `errors_` and `alphas_` (one number for each round) and
#   `weights_` (rounds + 1 rows: row 0 before the first round, row j after the j-th). Rounds are those whose stump was kept.
# * `decision_function(X) -> array (rows,)`: $\sum_j \alpha_j h_j(x)$, where $h_j(x)$ is +1 if stump $j$ says `classes_[1]`, -1
#   if it says `classes_[0]`.
# * `predict(X) -> array (rows,)`: labels, `classes_[1]` where the decision function is above 0
# * `staged_predict(X) -> array (rounds, rows)`: row j - 1 holds the labels that the first j stumps predict together
#
# Example: ten rows with `X` = 0, 1, …, 9 and `y = [0, 0, 0, 1, 0, 1, 1, 1, 1, 1]`, `lr=0.5`. The first stump splits at 4.5 and is
# wrong about row 3 only: $r_1 = 0.1$, $\alpha_1 = 0.5 \log 9 = 1.0986$. The weight of row 3 becomes $0.1 \cdot 3 = 0.3$, the sum
# 1.2; after division row 3 weighs 0.25 and every other row 0.0833.
#
# Hint: `np.cumsum(..., axis=0)` over one row for each stump gives all stages at once. A list grows in a loop; `np.array` of
# it at the end makes the table.

# %% [markdown] lang="ko"
# # 부스팅 직접 구현
#
# 부스팅(boosting)은 약한 모델을 차례로 쌓아 강한 모델을 만듭니다. 새 모델은 앞선 모델들이 틀린 곳을 살핍니다. 살피는 방법은 크게
# 두 가지입니다. 에이다부스트(AdaBoost)는 잘못 분류한 **샘플**의 가중치를 키우고, 그레이디언트 부스팅(gradient boosting)은
# **잔차**에 다음 트리를 훈련합니다. 둘 다 직접 만들어 봅시다. 트리는 사이킷런의 `DecisionTreeClassifier`,
# `DecisionTreeRegressor`를 쓰되 항상 `random_state=0`으로 만드세요. `sklearn.ensemble`은 쓸 수 없습니다. 모든 `fit`은 `self`를
# 돌려주고, 다시 부르면 처음부터 새로 시작하며, 넘겨받은 인수는 그대로 둡니다.
#
# ## 1부: 그루터기로 만드는 에이다부스트
#
# 샘플 $m$개의 가중치는 모두 $1/m$에서 시작합니다. 라운드 $j$마다 다음을 되풀이합니다.
#
# 1. 샘플의 가중치를 `sample_weight`로 주고 그루터기(stump, `max_depth=1`인 트리)를 훈련합니다.
# 2. 이 그루터기의 오차 $r_j$는 틀린 샘플의 가중치를 더한 값입니다. $r_j \ge 0.5$이면 동전 던지기보다 나을 것이 없으므로 그루터기를
#    버리고 훈련을 끝냅니다. 반올림 때문에 0.5가 0.4999999999999999가 될 수 있으니 $r_j \ge 0.5 - 10^{-9}$인지 검사하세요.
# 3. 발언권은 $\alpha_j = \eta \log\frac{1 - r_j}{r_j}$입니다. $\eta$는 학습률입니다.
# 4. **틀린** 샘플의 가중치에 $e^{\alpha_j}$를 곱하고, 모든 가중치를 그 합으로 나누어 더한 값이 다시 1이 되게 합니다.
#
# $r_j = 0$인 그루터기는 $\alpha_j = 1$로 남기고, 가중치는 그대로 둔 채 훈련을 끝냅니다.
#
# 다음을 갖춘 `class StumpAdaBoost(n=50, lr=1.0)`을 작성하세요.
#
# * `fit(X, y)`: 많아야 `n`라운드를 진행합니다. `y`에는 두 가지 레이블이 있고 숫자도 글자도 될 수 있습니다. 첫 그루터기부터 쓸모가
#   없으면 `ValueError`를 일으킵니다. `classes_`(정렬한 두 레이블), `errors_`와 `alphas_`(라운드마다 값 하나), `weights_`(라운드 수 +
#   1개의 행, 0번 행은 첫 라운드 전, j번 행은 j번째 라운드 뒤의 가중치)를 학습합니다. 그루터기를 남긴 라운드만 셉니다.
# * `decision_function(X) -> 배열 (행 수,)`: $\sum_j \alpha_j h_j(x)$입니다. 그루터기 $j$의 답이 `classes_[1]`이면 $h_j(x)$는 +1,
#   `classes_[0]`이면 -1입니다.
# * `predict(X) -> 배열 (행 수,)`: 레이블입니다. 결정 함수가 0보다 크면 `classes_[1]`입니다.
# * `staged_predict(X) -> 배열 (라운드 수, 행 수)`: j - 1번 행은 처음 그루터기 j개가 함께 예측한 레이블입니다.
#
# 예: `X`는 0, 1, …, 9의 샘플 열 개이고 `y = [0, 0, 0, 1, 0, 1, 1, 1, 1, 1]`, `lr=0.5`입니다. 첫 그루터기는 4.5에서 나누고 3번 샘플만
# 틀리므로 $r_1 = 0.1$, $\alpha_1 = 0.5 \log 9 = 1.0986$입니다. 3번의 가중치는 $0.1 \cdot 3 = 0.3$이 되고 전체 합은 1.2입니다. 나누고
# 나면 3번은 0.25, 나머지는 저마다 0.0833입니다.
#
# 힌트: 그루터기마다 한 행씩 놓고 `np.cumsum(..., axis=0)`을 구하면 모든 단계를 한 번에 얻습니다. 반복문에서는 리스트에 모았다가
# 마지막에 `np.array`로 표를 만드세요.

# %%
from __future__ import annotations

import numpy as np
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


# %%
class StumpAdaBoost:
    """AdaBoost over decision stumps, for two classes."""

    def __init__(self, n: int = 50, lr: float = 1.0) -> None:
        self.n = n
        self.lr = lr

    def fit(self, X: np.ndarray, y: np.ndarray) -> StumpAdaBoost:
        """Learn ``classes_``, ``errors_``, ``alphas_`` and ``weights_``."""
        # SOLUTION
        self.classes_ = np.unique(y)
        self.stumps_, errors, alphas = [], [], []
        weight = np.full(len(y), 1 / len(y))
        weights = [weight]
        for _ in range(self.n):
            stump = DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y, sample_weight=weight)
            wrong = stump.predict(X) != y
            error = weight[wrong].sum()
            if error >= 0.5 - 1e-9:
                break
            alpha = self.lr * np.log((1 - error) / error) if error > 0 else 1.0
            weight = weight * np.exp(alpha * wrong)
            weight = weight / weight.sum()
            self.stumps_.append(stump)
            errors.append(error)
            alphas.append(alpha)
            weights.append(weight)
            if error == 0:
                break
        if not self.stumps_:
            raise ValueError("no stump is better than tossing a coin")
        self.errors_, self.alphas_, self.weights_ = np.array(errors), np.array(alphas), np.array(weights)
        return self
        # END SOLUTION

    def decision_function(self, X: np.ndarray) -> np.ndarray:
        """Sum of the stumps' answers, +1 or -1, each with its say; shape (rows,)."""
        # SOLUTION
        return self._staged_scores(X)[-1]
        # END SOLUTION

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Label of each row."""
        # SOLUTION
        return self.staged_predict(X)[-1]
        # END SOLUTION

    def staged_predict(self, X: np.ndarray) -> np.ndarray:
        """Labels after each round, shape (rounds, rows)."""
        # SOLUTION
        return self.classes_[(self._staged_scores(X) > 0).astype(int)]
        # END SOLUTION

    # SOLUTION
    # STUB: # Helpers of your own may follow here.
    def _staged_scores(self, X: np.ndarray) -> np.ndarray:
        votes = [np.where(stump.predict(X) == self.classes_[1], 1, -1) for stump in self.stumps_]
        return np.cumsum(self.alphas_[:, np.newaxis] * votes, axis=0)

    # END SOLUTION


# %% [markdown] lang="en"
# ## Part 2: gradient boosting for regression
#
# Begin with a constant, the mean of `y`. Then add `n` trees: each is fitted to the residuals, `y` minus what **all** of the
# model predicts so far, and is added with the factor `lr`. The constant is not multiplied by `lr`. Too many trees overfit;
# with validation rows you can tell how many are best. Write `class GBRegressorLite(n=100, lr=0.1, depth=2)` with
#
# * `fit(X, y, X_valid=None, y_valid=None)`: fits `n` trees of `max_depth=depth` on `X`, `y`; the validation rows train nothing.
#   Learns `best_n_` (`int`): the number of trees, from 1 to `n`, with the lowest mean squared error on the validation rows
#   (the smallest number if several are equal). Without validation rows it is `n`.
# * `staged_predict(X) -> array (n, rows)`: row j - 1 holds the prediction of the constant and the first j trees
# * `predict(X) -> array (rows,)`: the prediction with `best_n_` trees
#
# Example: `X` = 0, 1, 2, 3, `y = [0, 0, 4, 8]`, `lr=0.5`, `depth=1`. The constant is 3. The residuals -3, -3, 1, 5 give a tree that
# says -3, -3, 3, 3, so the prediction becomes 1.5, 1.5, 4.5, 4.5. The next residuals are -1.5, -1.5, -0.5, 3.5.

# %% [markdown] lang="ko"
# ## 2부: 회귀를 위한 그레이디언트 부스팅
#
# 상수, 곧 `y`의 평균에서 시작해 트리를 `n`개 더합니다. 트리마다 잔차, 곧 `y`에서 지금까지 만든 모델 **전체**의 예측을 뺀 값에
# 훈련하고, `lr`을 곱해 더합니다. 처음의 상수에는 `lr`을 곱하지 않습니다. 트리가 너무 많으면 과대적합됩니다. 검증 세트가 있으면 몇
# 개가 가장 좋은지 알 수 있습니다. 다음을 갖춘 `class GBRegressorLite(n=100, lr=0.1, depth=2)`를 작성하세요.
#
# * `fit(X, y, X_valid=None, y_valid=None)`: `X`, `y`에서 `max_depth=depth`인 트리 `n`개를 훈련합니다. 검증 세트로는 아무것도 훈련하지
#   않습니다. `best_n_`(`int`)을 학습합니다. 검증 세트의 평균 제곱 오차가 가장 작은 트리 개수이고, 1부터 `n`까지의 수입니다(같은 값이
#   여럿이면 가장 작은 수). 검증 세트가 없으면 `n`입니다.
# * `staged_predict(X) -> 배열 (n, 행 수)`: j - 1번 행은 상수와 처음 트리 j개로 예측한 값입니다.
# * `predict(X) -> 배열 (행 수,)`: 트리 `best_n_`개로 예측한 값입니다.
#
# 예: `X`는 0, 1, 2, 3이고 `y = [0, 0, 4, 8]`, `lr=0.5`, `depth=1`입니다. 상수는 3입니다. 잔차 -3, -3, 1, 5에 훈련한 트리는 -3, -3, 3, 3을
# 예측하므로 모델의 예측은 1.5, 1.5, 4.5, 4.5가 됩니다. 다음 잔차는 -1.5, -1.5, -0.5, 3.5입니다.

# %%
class GBRegressorLite:
    """Gradient boosting of regression trees with squared error."""

    def __init__(self, n: int = 100, lr: float = 0.1, depth: int = 2) -> None:
        self.n = n
        self.lr = lr
        self.depth = depth

    def fit(
        self,
        X: np.ndarray,
        y: np.ndarray,
        X_valid: np.ndarray | None = None,
        y_valid: np.ndarray | None = None,
    ) -> GBRegressorLite:
        """Fit ``n`` trees, and learn ``best_n_`` from the validation rows."""
        # SOLUTION
        self.constant_ = y.mean()
        self.trees_ = []
        predicted = np.full(len(y), self.constant_)
        for _ in range(self.n):
            tree = DecisionTreeRegressor(max_depth=self.depth, random_state=0).fit(X, y - predicted)
            predicted = predicted + self.lr * tree.predict(X)
            self.trees_.append(tree)
        self.best_n_ = self.n
        if X_valid is not None:
            errors = np.mean((self.staged_predict(X_valid) - y_valid) ** 2, axis=1)
            self.best_n_ = int(errors.argmin()) + 1
        return self
        # END SOLUTION

    def staged_predict(self, X: np.ndarray) -> np.ndarray:
        """Predictions after each tree, shape (n, rows)."""
        # SOLUTION
        steps = np.array([tree.predict(X) for tree in self.trees_])
        return self.constant_ + self.lr * np.cumsum(steps, axis=0)
        # END SOLUTION

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Prediction of each row with ``best_n_`` trees."""
        # SOLUTION
        return self.staged_predict(X)[self.best_n_ - 1]
        # END SOLUTION
