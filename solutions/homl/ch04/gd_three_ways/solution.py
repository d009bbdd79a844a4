# %% [markdown] lang="en"
# # Batch, stochastic and mini-batch gradient descent
#
# Three ways to walk down the same hill. All minimise the mean squared error of $\hat y = A\theta$, where
# $A = [\mathbf 1 \mid X]$ is the feature matrix with a column of ones in front. For a set $B$ of rows the gradient is
#
# $$g_B(\theta) = \frac{2}{|B|} \sum_{i \in B} (a_i^\top \theta - y_i)\, a_i = \frac{2}{|B|} A_B^\top (A_B \theta - y_B)$$
#
# and each step is $\theta \leftarrow \theta - \eta\, g_B(\theta)$. They differ in $B$: **batch** takes all m rows in each
# step, **stochastic** one row, **mini-batch** a handful. The last two are noisy: unless their learning rate shrinks,
# they never come to rest.
#
# Write four functions with numpy. `X` has shape (m, n) without the column of ones, `y` has shape (m,), `theta0` (the start)
# has shape (n + 1,), bias first; None means zeros. The last three return the whole **path**: an array with one row per
# $\theta$, the start in row 0, and one more row for every step.
#
# * `learning_schedule(t, t0=5.0, t1=50.0) -> float`: the learning rate of step $t = 0, 1, 2, \dots$: $\eta_t = t_0 / (t + t_1)$.
# * `batch_gd(X, y, eta=0.1, n_epochs=1000, theta0=None) -> array (n_epochs + 1, n + 1)`: constant learning rate `eta`.
# * `sgd(X, y, rng, n_epochs=50, t0=5.0, t1=50.0, theta0=None) -> array (n_epochs * m + 1, n + 1)`: one row per step. Each epoch
#   visits **every row exactly once**, in a **new** random order drawn from the generator `rng`.
# * `minibatch_gd(X, y, rng, batch_size=20, n_epochs=50, t0=5.0, t1=50.0, theta0=None)`: as `sgd`, but each epoch cuts its random
#   order into pieces of `batch_size` rows. The last piece may be smaller; it makes a step too, with the mean over **its** rows.
#   That is ceil(m / batch_size) steps per epoch.
#
# In `sgd` and `minibatch_gd` step $t$ has the learning rate $\eta_t$, where $t$ counts all steps from the beginning (it does not
# start again with each epoch). `rng` is a `numpy.random.Generator`; use no other source of chance.
#
# **Say so when training diverges.** If the mean squared error over all rows is at the end more than 10 times that of the start,
# or not a finite number, each of the three raises a `FloatingPointError` instead of returning a path.
#
# A worked example: `X = [[1], [3]]`, `y = [2, 4]`, `eta = 0.1`. At $\theta = (0, 0)$ the errors are −2 and −4, the gradient is
# $\frac22 (-2-4,\ -2 \cdot 1 - 4 \cdot 3) = (-6, -14)$, so the first step leads to $(0.6, 1.4)$. There the errors are 0 and 0.8, the
# gradient is $(0.8, 2.4)$, and the second step leads to $(0.52, 1.16)$.
#
# Hints: `rng.permutation(m)` is a random order of the rows. `theta -= ...` changes the array that you have just put into the list;
# `theta = theta - ...` makes a new one. A θ around 1e27 is still a finite number: compare errors, don't wait for an overflow.

# %% [markdown] lang="ko"
# # 배치, 확률적, 미니배치 경사 하강법
#
# 같은 언덕을 내려가는 세 가지 방법입니다. 모두 $\hat y = A\theta$의 평균 제곱 오차를 최소화합니다. $A = [\mathbf 1 \mid X]$는 특성 앞에 1로
# 채운 열을 붙인 행렬입니다. 행의 집합 $B$에 대한 그레이디언트는
#
# $$g_B(\theta) = \frac{2}{|B|} \sum_{i \in B} (a_i^\top \theta - y_i)\, a_i = \frac{2}{|B|} A_B^\top (A_B \theta - y_B)$$
#
# 이고, 한 스텝은 $\theta \leftarrow \theta - \eta\, g_B(\theta)$입니다. 세 방법은 $B$가 다릅니다. **배치**(batch)는 스텝마다 m개의 행을 모두
# 쓰고, **확률적**(stochastic) 경사 하강법은 한 행, **미니배치**(mini-batch)는 몇 행씩 씁니다. 뒤의 두 방법은 빠르지만 흔들리기 때문에
# 학습률을 조금씩 줄여야 한곳에 머무를 수 있습니다.
#
# 넘파이로 함수 네 개를 작성하세요. `X`는 1로 채운 열이 없는 (m, n) 배열, `y`는 (m,) 배열이고, 출발점 `theta0`은 편향이 맨 앞에 오는
# (n + 1,) 배열입니다. `theta0`이 None이면 0에서 출발합니다. 뒤의 세 함수는 지나온 **경로** 전체를 돌려줍니다. 경로는 $\theta$를 한 행에
# 하나씩 담은 배열로, 0번 행이 출발점이고 스텝마다 한 행씩 늘어납니다.
#
# * `learning_schedule(t, t0=5.0, t1=50.0) -> float`: 스텝 $t = 0, 1, 2, \dots$의 학습률 $\eta_t = t_0 / (t + t_1)$입니다.
# * `batch_gd(X, y, eta=0.1, n_epochs=1000, theta0=None) -> 배열 (n_epochs + 1, n + 1)`: 학습률은 `eta`로 일정합니다.
# * `sgd(X, y, rng, n_epochs=50, t0=5.0, t1=50.0, theta0=None) -> 배열 (n_epochs * m + 1, n + 1)`: 스텝마다 한 행을 씁니다. 에포크마다
#   난수 생성기 `rng`로 **새로** 뽑은 순서에 따라 **모든 행을 꼭 한 번씩** 씁니다.
# * `minibatch_gd(X, y, rng, batch_size=20, n_epochs=50, t0=5.0, t1=50.0, theta0=None)`: `sgd`와 같지만 에포크마다 무작위 순서를
#   `batch_size`행씩 자릅니다. 마지막 조각은 더 작을 수 있습니다. 그래도 한 스텝이고, **그 조각의** 행으로 평균을 냅니다. 에포크마다
#   ceil(m / batch_size) 스텝입니다.
#
# `sgd`와 `minibatch_gd`에서 스텝 $t$의 학습률은 $\eta_t$입니다. $t$는 처음부터 센 스텝 번호이고, 에포크가 바뀌어도 0으로 돌아가지 않습니다.
# `rng`는 `numpy.random.Generator`입니다. 다른 난수는 쓰지 마세요.
#
# **발산하면 알려 주세요.** 학습률이 너무 크면 $\theta$가 점점 멀어집니다. 모든 행의 평균 제곱 오차가 끝났을 때 출발점의 10배보다 크거나
# 유한한 수가 아니면, 세 함수는 경로를 돌려주는 대신 `FloatingPointError`를 일으켜야 합니다.
#
# 예: `X = [[1], [3]]`, `y = [2, 4]`, `eta = 0.1`. $\theta = (0, 0)$에서 오차는 −2와 −4이고 그레이디언트는
# $\frac22 (-2-4,\ -2 \cdot 1 - 4 \cdot 3) = (-6, -14)$이므로 첫 스텝은 $(0.6, 1.4)$로 갑니다. 여기서 오차는 0과 0.8, 그레이디언트는
# $(0.8, 2.4)$이고 둘째 스텝은 $(0.52, 1.16)$으로 갑니다.
#
# 힌트: `rng.permutation(m)`은 행의 무작위 순서입니다. `theta -= ...`는 방금 리스트에 넣은 배열까지 바꾸지만 `theta = theta - ...`는 새
# 배열을 만듭니다. θ가 1e27쯤이어도 유한한 수입니다. 넘칠 때까지 기다리지 말고 오차를 비교하세요.

# %%
from __future__ import annotations

import numpy as np


# %%
def learning_schedule(t: int, t0: float = 5.0, t1: float = 50.0) -> float:
    """Learning rate of step ``t``, counted from 0."""
    # SOLUTION
    return t0 / (t + t1)
    # END SOLUTION


# %%
def batch_gd(
    X: np.ndarray, y: np.ndarray, eta: float = 0.1, n_epochs: int = 1000, theta0: np.ndarray | None = None
) -> np.ndarray:
    """Path of batch gradient descent, shape (n_epochs + 1, n + 1)."""
    # SOLUTION
    everything = np.arange(len(X))
    return descend(X, y, [(everything, eta) for _ in range(n_epochs)], theta0)
    # END SOLUTION


# %%
def sgd(
    X: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator,
    n_epochs: int = 50,
    t0: float = 5.0,
    t1: float = 50.0,
    theta0: np.ndarray | None = None,
) -> np.ndarray:
    """Path of stochastic gradient descent, shape (n_epochs * m + 1, n + 1)."""
    # SOLUTION
    return minibatch_gd(X, y, rng, 1, n_epochs, t0, t1, theta0)
    # END SOLUTION


# %%
def minibatch_gd(
    X: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator,
    batch_size: int = 20,
    n_epochs: int = 50,
    t0: float = 5.0,
    t1: float = 50.0,
    theta0: np.ndarray | None = None,
) -> np.ndarray:
    """Path of mini-batch gradient descent, shape (n_epochs * ceil(m / batch_size) + 1, n + 1)."""
    # SOLUTION
    m = len(X)
    batches = []
    for _ in range(n_epochs):
        order = rng.permutation(m)
        batches += [order[start : start + batch_size] for start in range(0, m, batch_size)]
    return descend(X, y, [(rows, learning_schedule(t, t0, t1)) for t, rows in enumerate(batches)], theta0)
    # END SOLUTION


# %%
# SOLUTION
# STUB: # Helpers of your own may follow here, for example one that makes a single step.
def descend(X, y, steps, theta0):
    """Walk from ``theta0``; each step is a pair of the rows that it uses and its learning rate."""
    A = np.column_stack([np.ones(len(X)), X])
    theta = np.zeros(A.shape[1]) if theta0 is None else np.array(theta0, dtype=float)
    path = [theta]
    with np.errstate(over="ignore", invalid="ignore"):
        for rows, eta in steps:
            gradient = 2 / len(rows) * A[rows].T @ (A[rows] @ theta - y[rows])
            theta = theta - eta * gradient
            path.append(theta)
        before, after = (np.mean((A @ end - y) ** 2) for end in (path[0], path[-1]))
    if not after <= 10 * before:  # also where the error is NaN
        raise FloatingPointError("gradient descent diverged: try a smaller learning rate")
    return np.array(path)


# END SOLUTION
