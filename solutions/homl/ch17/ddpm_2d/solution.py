# %% [markdown] lang="en"
# # A 2-D diffusion model
#
# A denoising diffusion model (DDPM) learns to undo noise. During training it sees a data point $x_0$ buried in Gaussian
# noise and has to say which noise it was; to generate, it starts from pure noise and takes a little of it away, $T$ times.
# On images this needs a GPU. In the plane the very same mathematics trains in seconds, and you can *see* whether it works.
#
# **Forward.** With the schedule $\beta_0, \dots, \beta_{T-1}$ (given: `cosine_betas`) and
# $\bar\alpha_t = \prod_{s \le t} (1 - \beta_s)$, any noise level is one jump away:
#
# $$x_t = \sqrt{\bar\alpha_t}\; x_0 + \sqrt{1 - \bar\alpha_t}\;\varepsilon, \qquad \varepsilon \sim \mathcal N(0, I)$$
#
# **Training.** A network gets $x_t$ **and** $t$ and predicts $\varepsilon$; the loss is the mean squared error.
#
# **Reverse.** With the predicted noise $\hat\varepsilon$ and fresh noise $z$:
#
# $$x_{t-1} = \frac{1}{\sqrt{1 - \beta_t}} \left( x_t - \frac{\beta_t}{\sqrt{1 - \bar\alpha_t}}\,\hat\varepsilon \right)
# + \sqrt{\beta_t}\; z \qquad (z = 0 \text{ at the last step})$$
#
# Steps count from 0 here, so the last step of the way back is $t = 0$. Write four functions into this file:
#
# * `forward_jump(x0, eps, t, betas)`: the noisy points $x_t$, as in the first formula. `x0` and `eps` have shape `(n, 2)`, `t` is an
#   array of `n` ints (every point may stand at a step of its own), `betas` has shape `(T,)`. Returns shape `(n, 2)`. Your
#   `train` should use it.
# * `reverse_step(x, eps, t, betas, noise)`: one step back, as in the formula. `x`, `eps` (the predicted noise) and `noise`
#   have shape `(n, 2)`, `betas` has shape `(T,)`, `t` is an `int`. Returns shape `(n, 2)`. At `t = 0` the noise is not added.
# * `train(X, T, seed) -> state`: `X` has shape `(n, 2)`, each column with mean 0 and standard deviation 1. Trains a network
#   for `T` steps of noise. `state` may be anything that `sample` understands, for example `(model, T)`.
# * `sample(state, n, seed)`: `n` new points as an array of shape `(n, 2)`. The same seed gives the same points, another
#   seed other points. The points come out of noise through the network: do not store `X` and hand it back.
#
# The checks turn and mirror the moons and compare your points with moons that nobody has seen. For 4,000 points and
# `T = 100`, aim at about five seconds of training; 30 are allowed.
#
# **A worked example.** `betas = [0.1, 0.2]`, `x = [[1, 0]]`, `eps = [[0.5, -0.5]]`, `t = 1`, no noise: $\bar\alpha_1 = 0.9 \cdot
# 0.8 = 0.72$, so $(1 - 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8} = 0.907$ and $(0 + 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8} = 0.211$.
#
# **Hints.** Feed $t$ as a few sines and cosines of $t/T$ rather than as one number. Three dense layers of 64 units are enough.
# Draw all noisy points in advance and call `fit` once: that is much faster than many small calls. A large batch, Adam at
# 0.01 and a learning rate that decays to 0 help more than a bigger network.

# %% [markdown] lang="ko"
# # 2차원 확산 모델
#
# 잡음 제거 확산 모델(DDPM)은 잡음을 되돌리는 법을 배웁니다. 훈련할 때는 데이터 $x_0$에 가우스 잡음을 섞어 보여 주고 어떤 잡음이
# 섞였는지 맞히게 합니다. 생성할 때는 순수한 잡음에서 출발해 잡음을 조금씩, $T$번 걷어 냅니다. 이미지라면 GPU가 필요하지만
# 평면 위의 점이라면 똑같은 수식으로 몇 초 만에 훈련할 수 있고, 잘되었는지 *눈으로* 확인할 수도 있습니다.
#
# **정방향.** 분산 스케줄 $\beta_0, \dots, \beta_{T-1}$(주어진 `cosine_betas`)과
# $\bar\alpha_t = \prod_{s \le t} (1 - \beta_s)$가 있으면 어느 잡음 단계든 한 번에 건너뛸 수 있습니다.
#
# $$x_t = \sqrt{\bar\alpha_t}\; x_0 + \sqrt{1 - \bar\alpha_t}\;\varepsilon, \qquad \varepsilon \sim \mathcal N(0, I)$$
#
# **훈련.** 신경망은 $x_t$와 **$t$를 함께** 받아 $\varepsilon$을 예측합니다. 손실은 평균 제곱 오차입니다.
#
# **역방향.** 예측한 잡음을 $\hat\varepsilon$, 새로 뽑은 잡음을 $z$라고 하면 다음과 같습니다.
#
# $$x_{t-1} = \frac{1}{\sqrt{1 - \beta_t}} \left( x_t - \frac{\beta_t}{\sqrt{1 - \bar\alpha_t}}\,\hat\varepsilon \right)
# + \sqrt{\beta_t}\; z \qquad (\text{마지막 단계에서는 } z = 0)$$
#
# 여기서는 단계를 0부터 셉니다. 그래서 거꾸로 가는 길의 마지막 단계는 $t = 0$입니다. 이 파일에 함수 네 개를 작성하세요.
#
# * `forward_jump(x0, eps, t, betas)`: 첫 번째 식대로 잡음을 섞은 점 $x_t$를 반환합니다. `x0`과 `eps`의 크기는 `(n, 2)`, `t`는 정수
#   `n`개의 배열(점마다 단계가 다를 수 있음), `betas`의 크기는 `(T,)`입니다. 크기가 `(n, 2)`인 배열을 반환합니다. `train`에서 이 함수를
#   쓰세요.
# * `reverse_step(x, eps, t, betas, noise)`: 위 식대로 한 단계 되돌립니다. `x`, `eps`(예측한 잡음), `noise`의 크기는 `(n, 2)`,
#   `betas`의 크기는 `(T,)`, `t`는 `int`입니다. 크기가 `(n, 2)`인 배열을 반환합니다. `t = 0`에서는 잡음을 더하지 않습니다.
# * `train(X, T, seed) -> state`: `X`의 크기는 `(n, 2)`이고 열마다 평균이 0, 표준 편차가 1입니다. 잡음 단계가 `T`개인 신경망을
#   훈련합니다. `state`는 `sample`이 알아볼 수 있으면 무엇이든 됩니다(예: `(model, T)`).
# * `sample(state, n, seed)`: 새로운 점 `n`개를 크기가 `(n, 2)`인 배열로 반환합니다. 시드가 같으면 같은 점이, 다르면 다른 점이
#   나와야 합니다. 점은 잡음에서 출발해 신경망을 거쳐 나와야 합니다. `X`를 저장해 두었다가 돌려주면 안 됩니다.
#
# 검사에서는 두 달을 돌리고 뒤집은 데이터로 훈련한 다음, 아무도 보지 못한 달과 비교합니다. 점 4,000개, `T = 100`일 때 훈련
# 시간은 5초쯤을 목표로 하세요. 30초까지 허용합니다.
#
# **풀이 예.** `betas = [0.1, 0.2]`, `x = [[1, 0]]`, `eps = [[0.5, -0.5]]`, `t = 1`이고 잡음이 없다면 $\bar\alpha_1 = 0.9 \cdot 0.8
# = 0.72$입니다. 따라서 $(1 - 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8} = 0.907$, $(0 + 0.2/\sqrt{0.28} \cdot 0.5)/\sqrt{0.8} = 0.211$입니다.
#
# **힌트.** $t$를 숫자 하나로 넣기보다 $t/T$의 사인과 코사인 몇 개로 바꾸어 넣으세요. 유닛 64개짜리 밀집 층 세 개면 충분합니다.
# 잡음 섞인 점을 미리 모두 만들어 `fit`을 한 번만 호출하면 훨씬 빠릅니다. 신경망을 키우는 것보다 배치를 크게 하고, Adam의
# 학습률을 0.01에서 시작해 0까지 줄이는 것이 더 도움이 됩니다.

# %%
from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf


# %%
def cosine_betas(T: int, s: float = 0.008, largest: float = 0.999) -> np.ndarray:
    """The cosine variance schedule of Nichol and Dhariwal (2021): T values between 0 and 1."""
    f = np.cos((np.arange(T + 1) / T + s) / (1 + s) * np.pi / 2) ** 2
    return np.minimum(1 - f[1:] / f[:-1], largest)


def two_moons(n: int, seed: int) -> np.ndarray:
    """Two interleaving half circles for your own trials: shape (n, 2), each column standardised."""
    rng = np.random.default_rng(seed)
    angle, upper = rng.uniform(0, np.pi, n), rng.random(n) < 0.5
    arc = np.column_stack([np.cos(angle), np.sin(angle)])
    X = np.where(upper[:, None], arc, [1.0, 0.5] - arc) + rng.normal(0, 0.05, (n, 2))
    return (X - X.mean(axis=0)) / X.std(axis=0)


# %% tags=["solution-only"]
N_FREQUENCIES = 8
TRAINING_STEPS = 2500
BATCH_SIZE = 256


def time_features(t: np.ndarray, T: int) -> np.ndarray:
    """Sines and cosines of t/T, from one slow wave to one that turns by 1 at each step; shape (n, 16)."""
    frequencies = np.geomspace(1.0, T, N_FREQUENCIES)
    phase = t[:, None] / T * frequencies
    return np.concatenate([np.sin(phase), np.cos(phase)], axis=1).astype(np.float32)


def build_denoiser() -> keras.Model:
    """A network from a noisy point and its time features to the noise in it."""
    point = keras.Input((2,))
    time = keras.Input((2 * N_FREQUENCIES,))
    h = keras.layers.Concatenate()([point, time])
    for _ in range(3):
        h = keras.layers.Dense(64, activation="silu")(h)
    return keras.Model([point, time], keras.layers.Dense(2)(h))


# %%
def forward_jump(x0: np.ndarray, eps: np.ndarray, t: np.ndarray, betas: np.ndarray) -> np.ndarray:
    """Points ``x0`` (n, 2) buried in the noise ``eps`` (n, 2), each to its own step ``t`` (n,)."""
    # SOLUTION
    alpha_bar = np.cumprod(1 - np.asarray(betas))[t][:, None]
    return np.sqrt(alpha_bar) * x0 + np.sqrt(1 - alpha_bar) * eps
    # END SOLUTION


# %%
def reverse_step(x: np.ndarray, eps: np.ndarray, t: int, betas: np.ndarray, noise: np.ndarray) -> np.ndarray:
    """One step from x_t to x_(t-1), given the predicted noise ``eps``."""
    # SOLUTION
    betas = np.asarray(betas)
    alpha_bar = np.prod(1 - betas[: t + 1])
    mean = (x - betas[t] / np.sqrt(1 - alpha_bar) * eps) / np.sqrt(1 - betas[t])
    return mean + np.sqrt(betas[t]) * noise if t > 0 else mean
    # END SOLUTION


# %%
def train(X: np.ndarray, T: int, seed: int) -> Any:
    """Train a network that finds the noise in points like those of ``X`` (n, 2) at each of ``T`` noise levels."""
    # SOLUTION
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)

    # Every example is new: a random point at a random level with its own noise, all drawn in advance.
    n = TRAINING_STEPS * BATCH_SIZE
    x0 = X[rng.integers(len(X), size=n)]
    t = rng.integers(T, size=n)
    eps = rng.normal(size=(n, 2))
    x_t = forward_jump(x0, eps, t, cosine_betas(T))
    target = eps

    model = build_denoiser()
    decay = keras.optimizers.schedules.CosineDecay(0.01, TRAINING_STEPS)
    model.compile(optimizer=keras.optimizers.Adam(decay), loss="mse", steps_per_execution=50)
    inputs = [x_t.astype(np.float32), time_features(t, T)]
    model.fit(inputs, target.astype(np.float32), batch_size=BATCH_SIZE, epochs=1, shuffle=False, verbose=0)
    return model, T
    # END SOLUTION


# %%
def sample(state: Any, n: int, seed: int) -> np.ndarray:
    """``n`` new points (n, 2) out of noise, decided by ``seed``."""
    # SOLUTION
    model, T = state
    rng = np.random.default_rng(seed)
    betas = cosine_betas(T)
    denoise = tf.function(lambda x, time: model([x, time], training=False))
    x = rng.normal(size=(n, 2))
    for t in reversed(range(T)):
        eps = denoise(tf.constant(x, tf.float32), tf.constant(time_features(np.full(n, t), T))).numpy()
        x = reverse_step(x, eps, t, betas, rng.normal(size=(n, 2)))
    return x
    # END SOLUTION
