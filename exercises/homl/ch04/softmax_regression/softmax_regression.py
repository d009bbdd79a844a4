# %% [markdown] lang="en"
# # Softmax regression from scratch
#
# Softmax regression is the linear classifier for more than two classes, and the last layer of most neural networks.
# You build it with numpy alone: the probabilities, the loss and its gradient, gradient descent, and early stopping.
#
# For an instance $x$ with a leading 1 for the bias, class $k$ gets the logit $s_k = x^\top \theta_k$, and
#
# $$\hat p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}, \qquad
# J(\Theta) = -\frac1m \sum_{i=1}^m \sum_k y_k^{(i)} \log \hat p_k^{(i)} + \frac{\alpha}{2} \sum_{j \ge 1, k} \Theta_{jk}^2$$
#
# The penalty leaves out row 0 of $\Theta$: the bias only says how frequent a class is, and that is no sign of an
# overly complex model. The gradient of the first part is $\frac1m X^\top (\hat P - Y)$.
#
# Write into this file:
#
# * `softmax(logits) -> array (m, K)`: probabilities **for each row** of logits of shape (m, K). Logits may be as large
#   as 1000 without an overflow.
# * `loss_and_gradient(theta, X, Y, alpha=0.0) -> (float, array (n + 1, K))`: `theta` has shape (n + 1, K), `X` has
#   shape (m, n + 1) with the column of ones **first**, `Y` holds the labels one-hot, shape (m, K). The loss stays
#   finite for logits of 1000 too.
# * `scale_splits(X_train, X_valid, X_test) -> (array, array, array)`: standardised copies of the three sets, all with
#   the mean and standard deviation (`ddof=0`) of the **training** rows. A column that is constant in training is
#   only shifted.
# * `class SoftmaxGD(eta=0.1, n_epochs=1000, alpha=0.0, early_stopping=False, seed=0)` with
#     * `fit(X, y, X_valid=None, y_valid=None)`: batch gradient descent from small random weights (by `seed`, standard
#       deviation 0.01); `X` has shape (m, n) **without** the column of ones, `y` may hold any labels (numbers or text).
#       Returns `self`.
#     * `predict_proba(X) -> array (m, K)`: columns in the sorted order of the labels
#     * `predict(X) -> array (m,)`: labels as they were given
#     * `loss_`: list of the loss (penalty included) before each update, one entry per epoch that was begun
#
#   With `early_stopping=True`, `fit` also computes the cross-entropy of the validation set (without the penalty) at
#   each epoch. As soon as it is not lower than the lowest so far, training ends and the weights of the best epoch are
#   kept.
#
# Example: `softmax(np.array([[0.0, np.log(3)]]))` is `[[0.25, 0.75]]`, and with all weights zero the loss of three
# classes is $\log 3 = 1.0986$.
#
# Hints: subtracting the same number from all logits of a row changes no probability. For the loss,
# $\log \hat p_k = s_k - \log \sum_j e^{s_j}$ stays finite where `np.log(softmax(...))` would not. Check your gradient
# with $(J(\theta + h) - J(\theta - h)) / 2h$ before you train.

# %% [markdown] lang="ko"
# # 소프트맥스 회귀 직접 구현
#
# 소프트맥스 회귀(softmax regression)는 클래스가 셋 이상일 때 쓰는 선형 분류기이고, 대부분의 신경망에서 마지막 층이기도 합니다.
# 넘파이만으로 확률, 손실과 그레이디언트, 경사 하강법, 조기 종료까지 차례로 만들어 봅시다.
#
# 맨 앞에 편향을 위한 1을 붙인 샘플 $x$에 대해 클래스 $k$의 로짓은 $s_k = x^\top \theta_k$이고,
#
# $$\hat p_k = \frac{e^{s_k}}{\sum_j e^{s_j}}, \qquad
# J(\Theta) = -\frac1m \sum_{i=1}^m \sum_k y_k^{(i)} \log \hat p_k^{(i)} + \frac{\alpha}{2} \sum_{j \ge 1, k} \Theta_{jk}^2$$
#
# 입니다. 규제 항에는 $\Theta$의 0번 행이 들어가지 않습니다. 편향은 클래스가 얼마나 자주 나오는지를 나타낼 뿐, 모델이 복잡하다는
# 뜻이 아니기 때문입니다. 첫 항의 그레이디언트는 $\frac1m X^\top (\hat P - Y)$입니다.
#
# 이 파일에 다음을 작성하세요.
#
# * `softmax(logits) -> 배열 (m, K)`: 크기가 (m, K)인 로짓의 **행마다** 확률을 구합니다. 로짓이 1000이어도 넘치지 않아야 합니다.
# * `loss_and_gradient(theta, X, Y, alpha=0.0) -> (float, 배열 (n + 1, K))`: `theta`의 크기는 (n + 1, K)이고, `X`는
#   1로 채운 열이 **맨 앞에** 있는 (m, n + 1) 배열, `Y`는 레이블을 원-핫으로 나타낸 (m, K) 배열입니다. 로짓이 1000이어도 손실은
#   유한해야 합니다.
# * `scale_splits(X_train, X_valid, X_test) -> (배열, 배열, 배열)`: 세 세트를 표준화한 복사본입니다. 평균과 표준 편차(`ddof=0`)는
#   모두 **훈련 세트의** 것을 씁니다. 훈련 세트에서 값이 하나뿐인 열은 평균만 뺍니다.
# * `class SoftmaxGD(eta=0.1, n_epochs=1000, alpha=0.0, early_stopping=False, seed=0)`
#     * `fit(X, y, X_valid=None, y_valid=None)`: `seed`로 정한 작은 난수 가중치(표준 편차 0.01)에서 시작하는 배치 경사
#       하강법입니다. `X`는 1로 채운 열이 **없는** (m, n) 배열이고 `y`의 레이블은 숫자도 글자도 될 수 있습니다. `self`를 돌려줍니다.
#     * `predict_proba(X) -> 배열 (m, K)`: 열의 순서는 레이블을 정렬한 순서입니다.
#     * `predict(X) -> 배열 (m,)`: 훈련할 때 받은 레이블 그대로 돌려줍니다.
#     * `loss_`: 매번 갱신하기 전의 손실(규제 항 포함)을 담은 리스트입니다. 시작한 에포크마다 값이 하나씩 있습니다.
#
#   `early_stopping=True`이면 `fit`은 에포크마다 검증 세트의 교차 엔트로피(규제 항 제외)도 계산합니다. 이 값이 그때까지의 최솟값보다
#   낮아지지 않으면 바로 훈련을 끝내고, 가장 좋았던 에포크의 가중치를 남깁니다.
#
# 예: `softmax(np.array([[0.0, np.log(3)]]))`은 `[[0.25, 0.75]]`이고, 가중치가 모두 0이면 클래스 세 개의 손실은
# $\log 3 = 1.0986$입니다.
#
# 힌트: 한 행의 모든 로짓에서 같은 수를 빼도 확률은 달라지지 않습니다. 손실에는
# $\log \hat p_k = s_k - \log \sum_j e^{s_j}$를 쓰세요. `np.log(softmax(...))`와 달리 무한대가 되지 않습니다. 훈련하기 전에
# $(J(\theta + h) - J(\theta - h)) / 2h$로 그레이디언트를 확인해 보세요.

# %%
from __future__ import annotations

import numpy as np


# %%
def softmax(logits: np.ndarray) -> np.ndarray:
    """Turn each row of logits, shape (m, K), into probabilities."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def loss_and_gradient(
    theta: np.ndarray, X: np.ndarray, Y: np.ndarray, alpha: float = 0.0
) -> tuple[float, np.ndarray]:
    """Penalised cross-entropy and its gradient; ``X`` begins with the column of ones, ``Y`` is one-hot."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def scale_splits(
    X_train: np.ndarray, X_valid: np.ndarray, X_test: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Standardise three sets with the statistics of the training rows."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
class SoftmaxGD:
    """Softmax regression, trained with batch gradient descent."""

    def __init__(
        self,
        eta: float = 0.1,
        n_epochs: int = 1000,
        alpha: float = 0.0,
        early_stopping: bool = False,
        seed: int = 0,
    ) -> None:
        self.eta = eta
        self.n_epochs = n_epochs
        self.alpha = alpha
        self.early_stopping = early_stopping
        self.seed = seed

    def fit(
        self,
        X: np.ndarray,
        y: np.ndarray,
        X_valid: np.ndarray | None = None,
        y_valid: np.ndarray | None = None,
    ) -> SoftmaxGD:
        """Learn ``theta_`` and ``classes_``; keep the loss of each epoch in ``loss_``."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def predict_proba(self, X: np.ndarray) -> np.ndarray:
        """Probabilities of the classes, shape (m, K), columns in the sorted order of the labels."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Most probable label of each row."""
        # 여기에 코드를 작성하세요 / Write your code here
        raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")

    # 여기에 코드를 작성하세요 / Write your code here
    # Helpers of your own may follow here, for example one that adds the column of ones.
