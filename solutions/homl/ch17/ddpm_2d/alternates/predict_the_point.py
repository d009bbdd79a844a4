# %% [markdown] lang="en"
# # A 2-D diffusion model
#
# Another way: the network predicts the clean point, weighted by its noise level, in a training loop of its own; the
# predicted noise follows from the point.

# %%
from __future__ import annotations

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf


# %%
def forward_jump(x0, eps, t, betas):
    kept = np.exp(np.log1p(-np.array(betas, dtype=float)).cumsum())[np.asarray(t)]
    return np.einsum("n,nd->nd", kept**0.5, x0) + np.einsum("n,nd->nd", (1 - kept) ** 0.5, eps)


# %%
def reverse_step(x, eps, t, betas, noise):
    kept = 1 - np.array(betas, dtype=float)
    fade = 1 - kept.cumprod()[t]
    correction = (1 - kept[t]) * np.asarray(eps) / fade**0.5
    deviation = (1 - kept[t]) ** 0.5 * (t > 0)
    return (np.asarray(x) - correction) * kept[t] ** -0.5 + deviation * np.asarray(noise)


# %%
class Denoiser:
    """Looks the time step up in an embedding table and predicts the clean point from the noisy one."""

    def __init__(self, betas) -> None:
        self.alpha_bar = tf.constant(np.cumprod(1 - np.asarray(betas)), tf.float32)
        T = len(betas)
        self.embedding = keras.layers.Embedding(T, 16)
        # Neighbouring steps start out alike: the table begins as smooth waves and is free to move.
        self.embedding.build(None)
        phase = np.arange(T)[:, None] / T * np.geomspace(1, T, 8)
        self.embedding.set_weights([np.concatenate([np.sin(phase), np.cos(phase)], axis=1)])
        self.layers = [keras.layers.Dense(96, activation="gelu") for _ in range(3)] + [keras.layers.Dense(2)]
        self.point(tf.zeros((1, 2)), tf.zeros((1,), tf.int32))
        self.variables = self.embedding.trainable_variables + [v for layer in self.layers for v in layer.variables]

    def noise(self, x, t):
        """The noise in ``x``; the network's own output is a mixture that stays on one scale at every step."""
        keep = tf.sqrt(tf.gather(self.alpha_bar, t))[:, None]
        spread = tf.sqrt(1 - keep**2)
        # v = keep * eps - spread * x0, so eps = spread * x + keep * v.
        return spread * x + keep * self.point(x, t)

    def point(self, x, t):
        h = tf.concat([x, self.embedding(t)], axis=1)
        for layer in self.layers:
            h = layer(h)
        return h


# %%
def train(X, betas, seed, steps=2500, batch=256):
    keras.utils.set_random_seed(seed)
    draws = tf.random.Generator.from_seed(seed)
    denoiser = Denoiser(betas)
    T = len(betas)
    data = tf.constant(X, tf.float32)
    rate = keras.optimizers.schedules.PolynomialDecay(0.008, steps, 0.0)
    optimizer = keras.optimizers.Adam(rate)
    optimizer.build(denoiser.variables)

    def one_step():
        x0 = tf.gather(data, draws.uniform((batch,), maxval=len(X), dtype=tf.int32))
        t = draws.uniform((batch,), maxval=T, dtype=tf.int32)
        eps = draws.normal((batch, 2))
        keep = tf.sqrt(tf.gather(denoiser.alpha_bar, t))[:, None]
        spread = tf.sqrt(1 - keep**2)
        x = keep * x0 + spread * eps
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((denoiser.point(x, t) - (keep * eps - spread * x0)) ** 2)
        optimizer.apply_gradients(zip(tape.gradient(loss, denoiser.variables), denoiser.variables, strict=True))

    @tf.function
    def many_steps(count):
        for _ in tf.range(count):
            one_step()

    many_steps(steps)
    noise_in = tf.function(denoiser.noise)
    return lambda x, t: noise_in(tf.constant(x, tf.float32), tf.fill((len(x),), t)).numpy()


# %%
def sample(predict, betas, n, seed):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, 2))
    for t in range(len(betas) - 1, -1, -1):
        x = reverse_step(x, predict(x, t), t, betas, rng.standard_normal((n, 2)))
    return x
