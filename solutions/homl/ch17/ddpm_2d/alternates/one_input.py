# %% [markdown] lang="en"
# # A 2-D diffusion model
#
# Another way: point and time in one row, a sequential network, several epochs over the same noisy points, and draws in advance.

# %%
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np


# %%
def forward_jump(x0, eps, t, betas):
    alpha_bar = np.array([np.prod([1 - b for b in betas[: step + 1]]) for step in range(len(betas))])
    signal, noise = np.sqrt(alpha_bar), np.sqrt(1 - alpha_bar)
    return (signal[t] * x0.T + noise[t] * eps.T).T


# %%
def reverse_step(x, eps, t, betas, noise):
    alpha_bar = np.cumprod(1 - np.asarray(betas))
    x = x - betas[t] / np.sqrt(1 - alpha_bar[t]) * eps
    x = x / np.sqrt(1 - betas[t])
    if t == 0:
        return x
    return x + np.sqrt(betas[t]) * noise


# %%
def rows(x, t, T):
    a = np.pi * np.broadcast_to(t, len(x))[:, None] / T
    waves = [f(k * a) for k in (1, 2, 4, 8) for f in (np.sin, np.cos)]
    return np.hstack([x, *waves]).astype("float32")


def train(X, betas, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    T, n = len(betas), 200_000
    t = rng.integers(0, T, n)
    eps = rng.normal(size=(n, 2))
    noisy = forward_jump(X[rng.integers(0, len(X), n)], eps, t, betas)
    layers = [keras.layers.Dense(64, activation="relu") for _ in range(3)]
    model = keras.Sequential([keras.Input((10,)), *layers, keras.layers.Dense(2)])
    epochs, batch = 6, 512
    rate = keras.optimizers.schedules.CosineDecay(0.01, epochs * (n // batch + 1))
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(rate), steps_per_execution=50)
    model.fit(rows(noisy, t, T), eps, epochs=epochs, batch_size=batch, verbose=0)
    return lambda x, t: model.predict_on_batch(rows(x, t, T))


# %%
def sample(predict, betas, n, seed):
    T = len(betas)
    draws = np.random.default_rng(seed).normal(size=(T + 1, n, 2))
    x = draws[0]
    for i in range(T):
        t = T - 1 - i
        x = reverse_step(x, predict(x, t), t, betas, draws[i + 1])
    return x
