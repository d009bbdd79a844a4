# %% [markdown] lang="en"
# # Regularisation and learning curves
#
# A model that is too simple errs on all data, one that is too flexible learns the noise by heart. Two remedies belong together:
# *regularisation* ties a flexible model down, and a *learning curve*, the error over the number of training rows, shows what
# a model suffers from. You write both by hand and look at a polynomial of degree 10 that is fitted to a noisy parabola.
#
# There are four functions and three variables, in four parts that can be tried one by one. All errors are RMSE,
# $\sqrt{\frac1m \sum_i (\hat y_i - y_i)^2}$. Wherever $x$ appears, it has shape (m, 1); targets have shape (m,).

# %% [markdown] lang="ko"
# # 규제와 학습 곡선
#
# 너무 단순한 모델은 어떤 데이터에서나 틀리고, 너무 유연한 모델은 잡음까지 외웁니다. 여기서 두 도구가 함께 쓰입니다. *규제*(regularization)는
# 유연한 모델을 묶어 두고, 훈련 샘플 수에 따라 오차를 그린 *학습 곡선*(learning curve)은 모델에 무엇이 문제인지 보여 줍니다. 두 가지를
# 직접 만들어, 잡음 섞인 포물선에 맞춘 10차 다항식을 살펴봅시다.
#
# 함수 네 개와 변수 세 개를 네 부분으로 나누어 작성합니다. 부분마다 따로 시험해 볼 수 있습니다. 오차는 모두 RMSE
# $\sqrt{\frac1m \sum_i (\hat y_i - y_i)^2}$로 잽니다. $x$의 크기는 언제나 (m, 1)이고 타깃의 크기는 (m,)입니다.

# %%
import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(3)
x = 6 * rng.random((100, 1)) - 3
y = 0.5 * x[:, 0] ** 2 + x[:, 0] + 2 + rng.normal(size=100)
x_train, y_train = x[:60], y[:60]
x_valid, y_valid = x[60:], y[60:]
sizes = np.arange(12, 61, 4)

# %% [markdown] lang="en"
# ## Ridge and lasso
#
# Write these two with NumPy alone:
#
# * `ridge_closed(X, y, alpha) -> array (n + 1,)`: the parameters (bias **first**) that minimise
#   $\sum_i (\hat y_i - y_i)^2 + \alpha \sum_{j \ge 1} \theta_j^2$. `X` has shape (m, n) without the column of ones. With
#   $A = [\mathbf 1 \mid X]$ they solve $(A^\top A + \alpha D)\,\theta = A^\top y$, where $D$ is the identity with a **0 in the
#   first place**: the bias is not penalised. There is no division by m. `alpha = 0` is ordinary least squares.
# * `soft_threshold(z, t)`: an array of the same shape as `z`, $S(z, t) = \operatorname{sign}(z) \max(|z| - t, 0)$. This is the heart of the
#   lasso: if $X^\top X = m I$, its weights are exactly $S(X^\top y / m,\ \alpha)$. Small weights do not become small, they become 0.
#
# Worked examples: `X = [[-1], [0], [1]]`, `y = [0, 1, 5]`, `alpha = 3`: the mean of X is 0, so the bias is the mean of y, 2, and
# the weight is $\sum x y / (\sum x^2 + \alpha) = 5 / (2 + 3) = 1$: `ridge_closed` returns (2, 1). `soft_threshold` of
# `[3, -1, -2, 0.5]` with `t = 1` is `[2, 0, -1, 0]`.

# %% [markdown] lang="ko"
# ## 릿지와 라쏘
#
# 두 함수를 넘파이만으로 작성하세요.
#
# * `ridge_closed(X, y, alpha) -> 배열 (n + 1,)`: $\sum_i (\hat y_i - y_i)^2 + \alpha \sum_{j \ge 1} \theta_j^2$를 최소로 만드는
#   파라미터(편향이 **맨 앞**)입니다. `X`는 1로 채운 열이 없는 (m, n) 배열입니다. $A = [\mathbf 1 \mid X]$라고 하면
#   $(A^\top A + \alpha D)\,\theta = A^\top y$의 해입니다. $D$는 단위행렬의 **첫째 자리를 0으로** 바꾼 것입니다. 편향은 규제하지 않기
#   때문입니다. m으로 나누지 않습니다. `alpha = 0`이면 보통의 최소 제곱법입니다.
# * `soft_threshold(z, t)`: `z`와 크기가 같은 배열 $S(z, t) = \operatorname{sign}(z) \max(|z| - t, 0)$입니다. 라쏘(lasso)의 핵심으로,
#   $X^\top X = m I$이면 라쏘의 가중치는 정확히 $S(X^\top y / m,\ \alpha)$입니다. 작은 가중치는 더 작아지는 것이 아니라 0이 됩니다.
#
# 예: `X = [[-1], [0], [1]]`, `y = [0, 1, 5]`, `alpha = 3`이면 X의 평균이 0이므로 편향은 y의 평균 2이고, 가중치는
# $\sum x y / (\sum x^2 + \alpha) = 5 / (2 + 3) = 1$입니다. 따라서 `ridge_closed`는 (2, 1)을 돌려줍니다. `t = 1`일 때 `[3, -1, -2, 0.5]`의
# `soft_threshold`는 `[2, 0, -1, 0]`입니다.


# %%
def ridge_closed(X, y, alpha):
    """Parameters of ridge regression, shape (n + 1,), the bias first and free."""
    # SOLUTION
    A = np.column_stack([np.ones(len(X)), X])
    D = np.eye(A.shape[1])
    D[0, 0] = 0.0  # the bias is not penalised
    return np.linalg.solve(A.T @ A + alpha * D, A.T @ y)
    # END SOLUTION


# %%
def soft_threshold(z, t):
    """Move every entry of ``z`` towards zero by ``t``, and no further than zero."""
    # SOLUTION
    return np.sign(z) * np.maximum(np.abs(z) - t, 0.0)
    # END SOLUTION


# %% [markdown] lang="en"
# ## Learning curves
#
# * `powers(x, degree) -> array (m, degree)`: the columns $x, x^2, \dots, x^{\text{degree}}$, and no column of ones. `powers` of
#   `[[2], [3]]` up to degree 3 is `[[2, 4, 8], [3, 9, 27]]`.
# * `rmse_curves(x_train, y_train, x_valid, y_valid, degree, sizes, alpha)`: a pair of arrays of shape (len(sizes),), first the
#   training errors, then the validation errors. For each size $s$: take the **first $s$** training rows, compute the powers,
#   standardise them with the mean and standard deviation (`ddof=0`) **of these $s$ rows**, fit them with `ridge_closed`, and
#   measure the RMSE on these same $s$ rows and on **all** validation rows (powers scaled with the same mean and deviation).
#
# Hints: $x^{10}$ reaches 59,049 while $x$ stays below 3; without standardising, the penalty would hit the low powers thousands
# of times harder. `PolynomialFeatures` adds a column of ones unless you forbid it, and then there are two biases.

# %% [markdown] lang="ko"
# ## 학습 곡선
#
# * `powers(x, degree) -> 배열 (m, degree)`: 열은 $x, x^2, \dots, x^{\text{degree}}$이고 1로 채운 열은 없습니다. `[[2], [3]]`의 3차까지
#   `powers`는 `[[2, 4, 8], [3, 9, 27]]`입니다.
# * `rmse_curves(x_train, y_train, x_valid, y_valid, degree, sizes, alpha)`: 크기가 (len(sizes),)인 배열 두 개, 훈련 오차와 검증
#   오차를 차례로 돌려줍니다. 크기 $s$마다 훈련 세트의 **처음 $s$개** 행으로 거듭제곱을 계산하고, **그 $s$개 행의** 평균과 표준
#   편차(`ddof=0`)로 표준화하고, `ridge_closed`로 훈련합니다. 그런 다음 훈련에 쓴 바로 그 $s$개 행과 **전체** 검증 세트에서(같은
#   평균과 표준 편차로 변환해서) RMSE를 구합니다.
#
# 힌트: $x$가 3을 넘지 않아도 $x^{10}$은 59,049까지 커집니다. 표준화하지 않으면 규제가 낮은 차수에 수천 배나 세게 걸립니다.
# `PolynomialFeatures`는 막지 않으면 1로 채운 열을 더하므로 편향이 둘이 됩니다.


# %%
def powers(x, degree):
    """The columns x, x², ... up to ``degree``, shape (m, degree)."""
    # SOLUTION
    return x ** np.arange(1, degree + 1)
    # END SOLUTION


# %%
def rmse_curves(x_train, y_train, x_valid, y_valid, degree, sizes, alpha):
    """Training and validation errors of models that were trained on the first rows."""
    # SOLUTION
    errors = []
    for size in sizes:
        x_seen, y_seen = x_train[:size], y_train[:size]
        seen = powers(x_seen, degree)
        mean, deviation = seen.mean(axis=0), seen.std(axis=0)
        theta = ridge_closed((seen - mean) / deviation, y_seen, alpha)

        def rmse(x, y, mean=mean, deviation=deviation, theta=theta):
            predicted = theta[0] + (powers(x, degree) - mean) / deviation @ theta[1:]
            return np.sqrt(np.mean((predicted - y) ** 2))

        errors.append((rmse(x_seen, y_seen), rmse(x_valid, y_valid)))
    train_errors, valid_errors = np.array(errors).T
    return train_errors, valid_errors
    # END SOLUTION


# %% [markdown] lang="en"
# ## Which degree?
#
# * `degree_rmse`: array (10,); entry $d - 1$ is the validation RMSE of degree $d$, trained on all rows of `x_train` with
#   `alpha = 0.01`.
# * `best_degree: int`: the degree from 1 to 10 with the lowest one.

# %% [markdown] lang="ko"
# ## 몇 차가 가장 좋을까?
#
# * `degree_rmse`: (10,) 배열. $d - 1$번 값은 `x_train` 전체로 `alpha = 0.01`을 써서 훈련한 $d$차 모델의 검증 RMSE입니다.
# * `best_degree: int`: 1부터 10까지 가운데 그 값이 가장 낮은 차수입니다.

# %%
# SOLUTION
everything = [len(x_train)]
degree_rmse = np.array(
    [rmse_curves(x_train, y_train, x_valid, y_valid, degree, everything, 0.01)[1][0] for degree in range(1, 11)]
)
best_degree = int(degree_rmse.argmin()) + 1
# END SOLUTION

# %% [markdown] lang="en"
# ## The figure
#
# `fig`: a figure with the learning curves of **degree 10** with `alpha = 0.01` at the given `sizes`: two lines over the size of
# the training set. The legend calls them `training` and `validation` (or 훈련 and 검증), the label of the x axis contains
# `size` (or 크기), that of the y axis `RMSE`.
#
# When you look at it: a gap between the curves means overfitting, two curves that meet at a high level mean underfitting.

# %% [markdown] lang="ko"
# ## 그림
#
# `fig`: **10차** 모델을 `alpha = 0.01`로 훈련했을 때 주어진 `sizes`에서의 학습 곡선입니다. 훈련 세트의 크기에 따른 선 두 개를
# 그립니다. 범례의 이름은 `training`과 `validation`(또는 훈련과 검증)이고, x축의 이름에는 `size`(또는 크기), y축의 이름에는 `RMSE`가
# 들어가야 합니다.
#
# 그림을 볼 때 두 곡선이 벌어져 있으면 과대적합, 높은 곳에서 만나면 과소적합입니다.

# %%
# SOLUTION
train_errors, valid_errors = rmse_curves(x_train, y_train, x_valid, y_valid, 10, sizes, 0.01)
fig, ax = plt.subplots()
ax.plot(sizes, train_errors, "o-", label="training")
ax.plot(sizes, valid_errors, "s-", label="validation")
ax.set_xlabel("training set size")
ax.set_ylabel("RMSE")
ax.legend()
# END SOLUTION
