# %% [markdown] lang="en"
# # A linear SVM by gradient descent
#
# A support vector machine looks for the widest street between two classes. In one formula: with the labels as
# $t_i = \pm 1$ and the decision function $f(x) = w^\top x + b$, minimise
#
# $$J(w, b) = \frac12 w^\top w + C \sum_i \max\bigl(0,\ 1 - t_i f(x_i)\bigr)$$
#
# The first part makes the street wide, the second, the *hinge loss*, counts how far instances intrude into the street or
# lie on its wrong side. A large `C` forgives little. The bias $b$ is **not** in the penalty: it only says where the street
# lies. The hinge has a corner where $t_i f(x_i) = 1$ and hence no gradient there; a *sub-gradient* does as well. Over the
# set $S$ of the rows with $t_i f(x_i) < 1$ it is
#
# $$\nabla_w J = w - C \sum_{i \in S} t_i x_i, \qquad \frac{\partial J}{\partial b} = -C \sum_{i \in S} t_i$$
#
# Write `class LinearSVMGD(C=1.0, eta=0.001, n_epochs=2000)` with numpy:
#
# * `fit(X, y)`: `X` has shape (m, n), `y` has shape (m,) and holds two different labels, numbers or text. The label that comes
#   **first in sorted order** becomes $t = -1$, the other one $t = +1$. Starts with `w` and `b` at zero; each epoch makes one
#   step with the constant learning rate `eta` on all rows: $w \leftarrow w - \eta\,\nabla_w J$, and $b$ likewise (both
#   from the same $w$ and $b$). Returns `self` and sets
#     * `objective_`: list of $J$ **before** each step, `n_epochs` numbers
#     * `coef_`, shape (n,), and `intercept_`, a number: the $w$ and $b$ with the **lowest** $J$ in `objective_`. Steps along a
#       sub-gradient do not go down each time, so the last ones need not be the best.
#     * `support_mask_`: bool array of shape (m,), True for the support vectors: the training rows with $t_i f(x_i) \le 1$,
#       computed with `coef_` and `intercept_`. These lie on the edge of the street, inside it, or on the wrong side.
# * `decision_function(X) -> array (m,)`: $f(x)$ of each row
# * `predict(X) -> array (m,)`: labels as they were given; where $f(x) > 0$ the one with $t = +1$, otherwise the other one
#
# A worked example: `X = [[2], [-1]]`, `y = [1, 0]`, `C = 1`, `eta = 0.1`. At zero both rows are in $S$ and $J = 1 + 1 = 2$;
# $\nabla_w J = -(1 \cdot 2 + (-1)(-1)) = -3$, the slope in $b$ is $-(1 - 1) = 0$. The step leads to $w = 0.3$, $b = 0$. There
# $t f$ is 0.6 and 0.3, so $J = 0.045 + 0.4 + 0.7 = 1.145$: `objective_` begins with 2 and 1.145.
#
# Hints: `np.unique(y)` gives the labels in sorted order. With the mask `inside = t * f < 1` both sums are one line each, for
# example `t[inside] @ X[inside]`. `SVC(kernel="linear", C=C)` minimises the same $J$ in another way: compare yours with it.

# %% [markdown] lang="ko"
# # 경사 하강법으로 훈련하는 선형 SVM
#
# 서포트 벡터 머신(support vector machine)은 두 클래스 사이에 가장 넓은 도로를 냅니다. 레이블을 $t_i = \pm 1$, 결정 함수(decision
# function)를 $f(x) = w^\top x + b$라고 하면 다음을 최소화하는 것과 같습니다.
#
# $$J(w, b) = \frac12 w^\top w + C \sum_i \max\bigl(0,\ 1 - t_i f(x_i)\bigr)$$
#
# 첫 항은 도로를 넓히고, 둘째 항인 *힌지 손실*(hinge loss)은 샘플이 도로 안이나 반대편으로 얼마나 들어왔는지를 셉니다. `C`가 크면
# 좀처럼 봐주지 않습니다. 편향 $b$는 도로의 위치를 정할 뿐이므로 규제 항에 **들어가지 않습니다**. 힌지 손실은 $t_i f(x_i) = 1$에서
# 꺾여서 그레이디언트가 없지만 *서브그레이디언트*(subgradient)를 쓰면 됩니다. $t_i f(x_i) < 1$인 행의 집합을 $S$라고 하면
#
# $$\nabla_w J = w - C \sum_{i \in S} t_i x_i, \qquad \frac{\partial J}{\partial b} = -C \sum_{i \in S} t_i$$
#
# 입니다. 넘파이로 `class LinearSVMGD(C=1.0, eta=0.001, n_epochs=2000)`를 작성하세요.
#
# * `fit(X, y)`: `X`는 (m, n) 배열, `y`는 서로 다른 두 레이블(숫자 또는 글자)이 든 (m,) 배열입니다. **정렬했을 때 앞에 오는** 레이블이
#   $t = -1$, 다른 하나가 $t = +1$입니다. `w`와 `b`는 0에서 시작하고, 에포크마다 모든 행을 써서 일정한 학습률 `eta`로 한 스텝씩
#   움직입니다. $w \leftarrow w - \eta\,\nabla_w J$이고 $b$도 마찬가지입니다(둘 다 움직이기 전의 $w$와 $b$로 계산합니다). `self`를
#   돌려주고 다음 속성을 만듭니다.
#     * `objective_`: 스텝을 밟기 **전의** $J$를 담은 리스트. 숫자가 `n_epochs`개입니다.
#     * `coef_`(크기 (n,))와 `intercept_`(숫자): `objective_` 가운데 $J$가 **가장 낮은** 때의 $w$와 $b$입니다. 서브그레이디언트를 따라
#       가면 $J$가 매번 줄어들지는 않으므로 마지막 값이 가장 좋다는 보장이 없습니다.
#     * `support_mask_`: 크기가 (m,)인 불리언 배열. 서포트 벡터, 곧 `coef_`와 `intercept_`로 계산한 $t_i f(x_i) \le 1$인 훈련 샘플이
#       True입니다. 도로의 가장자리나 안쪽, 또는 반대편에 있는 샘플입니다.
# * `decision_function(X) -> 배열 (m,)`: 행마다 $f(x)$입니다.
# * `predict(X) -> 배열 (m,)`: 훈련할 때 받은 레이블 그대로 돌려줍니다. $f(x) > 0$이면 $t = +1$인 레이블, 아니면 다른 레이블입니다.
#
# 예: `X = [[2], [-1]]`, `y = [1, 0]`, `C = 1`, `eta = 0.1`. 0에서는 두 행이 모두 $S$에 들어가고 $J = 1 + 1 = 2$입니다.
# $\nabla_w J = -(1 \cdot 2 + (-1)(-1)) = -3$, $b$의 기울기는 $-(1 - 1) = 0$이므로 $w = 0.3$, $b = 0$으로 움직입니다. 여기서 $t f$는
# 0.6과 0.3이고 $J = 0.045 + 0.4 + 0.7 = 1.145$입니다. 따라서 `objective_`는 2, 1.145로 시작합니다.
#
# 힌트: `np.unique(y)`는 레이블을 정렬해서 줍니다. `inside = t * f < 1`이라는 마스크를 쓰면 두 합이 `t[inside] @ X[inside]`처럼 한
# 줄이 됩니다. `SVC(kernel="linear", C=C)`는 같은 $J$를 다른 방법으로 최소화하니 여러분의 결과와 비교해 보세요.

# %%
from __future__ import annotations

import numpy as np


# %%
class LinearSVMGD:
    """Linear support vector machine, trained by sub-gradient descent on the hinge loss."""

    def __init__(self, C: float = 1.0, eta: float = 0.001, n_epochs: int = 2000) -> None:
        self.C = C
        self.eta = eta
        self.n_epochs = n_epochs

    def fit(self, X: np.ndarray, y: np.ndarray) -> LinearSVMGD:
        """Learn ``coef_``, ``intercept_`` and ``support_mask_``; keep the objective of each epoch in ``objective_``."""
        # SOLUTION
        self.classes_ = np.unique(y)
        t = np.where(y == self.classes_[1], 1.0, -1.0)
        w, b = np.zeros(X.shape[1]), 0.0
        self.objective_ = []
        lowest = np.inf
        for _ in range(self.n_epochs):
            margins = t * (X @ w + b)
            objective = w @ w / 2 + self.C * np.maximum(0.0, 1.0 - margins).sum()
            self.objective_.append(float(objective))
            if objective < lowest:
                lowest, self.coef_, self.intercept_ = objective, w, b
            inside = margins < 1
            slope_w = w - self.C * t[inside] @ X[inside]
            slope_b = -self.C * t[inside].sum()
            w, b = w - self.eta * slope_w, b - self.eta * slope_b
        self.support_mask_ = t * self.decision_function(X) <= 1
        return self
        # END SOLUTION

    def decision_function(self, X: np.ndarray) -> np.ndarray:
        """Signed score of each row, shape (m,)."""
        # SOLUTION
        return X @ self.coef_ + self.intercept_
        # END SOLUTION

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Label of each row, shape (m,)."""
        # SOLUTION
        return self.classes_[(self.decision_function(X) > 0).astype(int)]
        # END SOLUTION
