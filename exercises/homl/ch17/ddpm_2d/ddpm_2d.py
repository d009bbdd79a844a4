# %% [markdown] lang="en"
# # A 2-D diffusion model
#
# A denoising diffusion model (DDPM) learns to undo noise. In training it sees a data point $x_0$ buried in Gaussian noise and
# has to say which noise it was; to generate, it starts from pure noise and takes a little away at each step. In the plane this
# trains in seconds, and you can *see* whether it works.
#
# **Forward.** With $\beta_0, \dots, \beta_{T-1}$ (the array `betas`) and $\bar\alpha_t = \prod_{s \le t} (1 - \beta_s)$, any
# noise level is one jump away:
#
# $$x_t = \sqrt{\bar\alpha_t}\; x_0 + \sqrt{1 - \bar\alpha_t}\;\varepsilon, \qquad \varepsilon \sim \mathcal N(0, I)$$
#
# **Reverse.** With the noise $\hat\varepsilon$ that was found, and fresh noise $z$:
#
# $$x_{t-1} = \frac{1}{\sqrt{1 - \beta_t}} \left( x_t - \frac{\beta_t}{\sqrt{1 - \bar\alpha_t}}\,\hat\varepsilon \right)
# + \sqrt{\beta_t}\; z \qquad (z = 0 \text{ at the last step, } t = 0)$$
#
# Write four functions; all points are arrays of shape `(n, 2)`, and `betas` have shape `(T,)`.
#
# * `forward_jump(x0, eps, t, betas)`: the points $x_t$. `t` is an array of `n` ints: every point may stand at a step of its own.
# * `reverse_step(x, eps, t, betas, noise)`: one step back; `eps` is $\hat\varepsilon$, `noise` is $z$, `t` an `int`. At `t = 0` the
#   noise is not added.
# * `train(X, betas, seed)`: trains a network on the points `X` (columns with mean 0 and deviation 1), with `forward_jump`. It gets
#   $x_t$ **and** $t$, and the loss is the mean squared error to $\varepsilon$. Returns a function `predict(x, t)`: the noise that
#   the network finds in points `x` at step `t`, an `int`.
# * `sample(predict, betas, n, seed)`: `n` new points. Start with noise and go back from $t = T - 1$ to 0; each step asks
#   `predict` once, and training points have no place in it. All draws come from `rng = np.random.default_rng(seed)`: first the
#   start, `rng.normal(size=(n, 2))`, then at each step its noise, of that size.
#
# **Worked example.** For `betas = [0.1, 0.2]`, $\bar\alpha_1 = 0.9 \cdot 0.8 = 0.72$. At $t = 1$, with the point $(1, 0)$ and `eps`
# $(0.5, -0.5)$, `forward_jump` gives $(\sqrt{0.72} \cdot 1 + \sqrt{0.28} \cdot 0.5,\ -\sqrt{0.28} \cdot 0.5) = (1.113, -0.265)$;
# `reverse_step` without noise gives $(1 - 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8} = 0.907$ and $(0 + 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8}
# = 0.211$.
#
# **Try `sample` without training.** `data/worlds.py` has predictors that are right: `Point(betas, c)` where all data are one
# point `c`, `Bell(betas)` where they are standard normal; `Watch(predict)` notes which steps it is asked for. With `Point`,
# `sample` has to ask all steps, and to end at `c`; `sample(Bell(betas), betas, 1, 0)` is about $(0.378, -0.068)$ for the `betas`
# above.
#
# The grader trains on 4,000 points of two moons, turned and mirrored, with 100 `betas`; five seconds are enough, 30 allowed. Your
# points should lie on both moons and leave no part of them empty. Their distance to unseen moons (MMD) should be less than
# a Gaussian's (about 0.02); all points are yours at 0.006 or below.
#
# **Hints.** Feed $t$ as a few sines and cosines of $t/T$. Three dense layers of 64 units are enough. Draw all noisy points
# in advance and call `fit` once. A large batch, and Adam from 0.01 down to 0, help more than a bigger network.

# %% [markdown] lang="ko"
# # 2차원 확산 모델
#
# 잡음 제거 확산 모델(DDPM)은 잡음을 되돌리는 법을 배웁니다. 훈련할 때는 데이터 $x_0$에 가우스 잡음을 섞어 보여 주고 어떤 잡음이
# 섞였는지 맞히게 합니다. 생성할 때는 순수한 잡음에서 출발해 단계마다 잡음을 조금씩 걷어 냅니다. 평면 위의 점이라면 몇 초 만에
# 훈련할 수 있고, 잘되었는지 *눈으로* 확인할 수도 있습니다.
#
# **정방향.** $\beta_0, \dots, \beta_{T-1}$(배열 `betas`)과 $\bar\alpha_t = \prod_{s \le t} (1 - \beta_s)$가 있으면 어느 잡음
# 단계든 한 번에 건너뛸 수 있습니다.
#
# $$x_t = \sqrt{\bar\alpha_t}\; x_0 + \sqrt{1 - \bar\alpha_t}\;\varepsilon, \qquad \varepsilon \sim \mathcal N(0, I)$$
#
# **역방향.** 찾아낸 잡음을 $\hat\varepsilon$, 새로 뽑은 잡음을 $z$라고 하면 다음과 같습니다.
#
# $$x_{t-1} = \frac{1}{\sqrt{1 - \beta_t}} \left( x_t - \frac{\beta_t}{\sqrt{1 - \bar\alpha_t}}\,\hat\varepsilon \right)
# + \sqrt{\beta_t}\; z \qquad (\text{마지막 단계인 } t = 0 \text{에서는 } z = 0)$$
#
# 함수 네 개를 작성하세요. 점은 모두 크기가 `(n, 2)`인 배열이고, `betas`의 크기는 `(T,)`입니다.
#
# * `forward_jump(x0, eps, t, betas)`: 점 $x_t$를 반환합니다. `t`는 정수 `n`개의 배열입니다(점마다 단계가 다를 수 있음).
# * `reverse_step(x, eps, t, betas, noise)`: 한 단계 되돌립니다. `eps`는 $\hat\varepsilon$, `noise`는 $z$, `t`는 `int`입니다.
#   `t = 0`에서는 잡음을 더하지 않습니다.
# * `train(X, betas, seed)`: 점 `X`(열마다 평균 0, 표준 편차 1)로 신경망을 훈련합니다. `forward_jump`를 쓰세요. 신경망은 $x_t$와
#   **$t$를 함께** 받고, 손실은 $\varepsilon$과의 평균 제곱 오차입니다. 함수 `predict(x, t)`를 반환합니다. 신경망이 찾아낸 잡음, 곧 `t`
#   단계(`int`)의 점 `x`에 섞인 잡음을 돌려주는 함수입니다.
# * `sample(predict, betas, n, seed)`: 새로운 점 `n`개를 반환합니다. 잡음에서 출발해 $t = T - 1$에서 0까지 되돌아가며 단계마다
#   `predict`에 한 번씩 묻습니다. 훈련 점을 쓰면 안 됩니다. 난수는 모두 `rng = np.random.default_rng(seed)`에서 뽑습니다. 먼저 출발점 `rng.normal(size=(n, 2))`를, 그다음 단계마다 잡음을 같은 크기로
#   뽑습니다.
#
# **풀이 예.** `betas = [0.1, 0.2]`이면 $\bar\alpha_1 = 0.9 \cdot 0.8 = 0.72$입니다. $t = 1$이고 점이 $(1, 0)$, `eps`가
# $(0.5, -0.5)$일 때 `forward_jump`는 $(\sqrt{0.72} \cdot 1 + \sqrt{0.28} \cdot 0.5,\ -\sqrt{0.28} \cdot 0.5) = (1.113, -0.265)$입니다.
# 잡음이 없을 때 `reverse_step`은 $(1 - 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8} = 0.907$과 $(0 + 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8}
# = 0.211$입니다.
#
# **훈련하기 전에 `sample` 시험하기.** `data/worlds.py`에는 훈련하지 않아도 정답을 아는 predict가 있습니다. `Point(betas, c)`는 데이터가
# 모두 한 점 `c`인 세계, `Bell(betas)`는 데이터가 표준 정규 분포인 세계입니다. `Watch(predict)`는 어느 단계를 물었는지 적어 둡니다.
# `Point`를 넣으면 `sample`은 모든 단계를 물어야 하고 `c`에서 끝나야 합니다. 위의 `betas`라면 `sample(Bell(betas), betas, 1, 0)`은
# 약 $(0.378, -0.068)$입니다.
#
# 채점할 때는 두 달을 돌리고 뒤집은 점 4,000개와 `betas` 100개로 훈련합니다. 5초면 충분하고 30초까지 허용합니다. 생성한 점은
# 두 달 위에 빈 곳 없이 놓여야 합니다. 아무도 보지 못한 달과의 거리(MMD)가 공분산이 같은 가우스 분포(약 0.02)보다 작으면 점수를 얻고,
# 0.006 이하면 만점이고 그 사이는 비례합니다.
#
# **힌트.** $t$는 $t/T$의 사인과 코사인 몇 개로 바꾸어 넣으세요. 유닛 64개짜리 밀집 층 세 개면 충분합니다. 잡음 섞인 점을 미리 모두
# 만들어 `fit`을 한 번만 호출하세요. 신경망을 키우는 것보다 배치를 크게 하고 Adam의 학습률을 0.01에서 0까지 줄이는 것이 더
# 도움이 됩니다.

# %%
from __future__ import annotations

import os
from collections.abc import Callable

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf


# %%
def cosine_betas(T: int, s: float = 0.008, largest: float = 0.999) -> np.ndarray:
    """The cosine variance schedule of Nichol and Dhariwal (2021), T values between 0 and 1, for your own trials."""
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], largest)


def two_moons(n: int, seed: int) -> np.ndarray:
    """Two interleaving half circles for your own trials: shape (n, 2), each column standardised."""
    rng = np.random.default_rng(seed)
    angle, upper = rng.uniform(0, np.pi, n), rng.random(n) < 0.5
    arc = np.column_stack([np.cos(angle), np.sin(angle)])
    X = np.where(upper[:, None], arc, [1.0, 0.5] - arc) + rng.normal(0, 0.05, (n, 2))
    return (X - X.mean(axis=0)) / X.std(axis=0)


# %%
def forward_jump(x0: np.ndarray, eps: np.ndarray, t: np.ndarray, betas: np.ndarray) -> np.ndarray:
    """Points ``x0`` (n, 2) buried in the noise ``eps`` (n, 2), each to its own step ``t`` (n,)."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def reverse_step(x: np.ndarray, eps: np.ndarray, t: int, betas: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """One step from x_t to x_(t-1), given the noise ``eps`` that was found."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def train(X: np.ndarray, betas: np.ndarray, seed: int) -> Callable[[np.ndarray, int], np.ndarray]:
    """Train a network on noisy points of ``X`` (n, 2); return ``predict(x, t)``, the noise that it finds."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")


# %%
def sample(predict: Callable[[np.ndarray, int], np.ndarray], betas: np.ndarray, n: int, seed: int) -> np.ndarray:
    """``n`` new points (n, 2) out of noise, decided by ``seed``."""
    # 여기에 코드를 작성하세요 / Write your code here
    raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")
