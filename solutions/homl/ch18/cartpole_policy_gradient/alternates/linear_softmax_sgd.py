# %% [markdown] lang="en"
# # CartPole: learning a policy by its gradient
#
# Another way: a linear policy with two softmax preferences, gradient ascent with momentum and a falling rate, and an
# environment of its own for each episode.

# %%
from __future__ import annotations

import math

import numpy as np

log: list[float] = []
SCALE = np.array([1.0, 1.0, 8.0, 3.0])  # brings the four numbers of an observation to one size
ITERATIONS = 70


def features(obs):
    return np.append(np.asarray(obs) * SCALE, 1.0)


# %%
def train(make_env, seed):
    random = np.random.RandomState(seed)
    # Small random weights, so that no two seeds begin alike.
    weights, momentum = random.normal(scale=0.05, size=(5, 2)), 0.0
    del log[:]
    for iteration in range(ITERATIONS):
        phis, scores, values, lengths = [], [], [], []
        for _ in range(8):
            env = make_env()
            obs, _ = env.reset(seed=random.randint(2**31 - 1))
            rewards, over = [], False
            while not over:
                phi = features(obs)
                left, right = (phi @ weights).tolist()
                p = 1 / (1 + math.exp(min(left - right, 500.0)))
                action = int(random.random_sample() < p)
                phis.append(phi)
                scores.append((p - action, action - p))
                obs, reward, terminated, truncated, _ = env.step(action)
                rewards.append(reward)
                over = terminated or truncated
            value, to_go = 0.0, []
            for reward in rewards[::-1]:
                value = reward + 0.95 * value
                to_go.insert(0, value)
            values += to_go
            lengths.append(len(rewards))
        log.append(sum(lengths) / len(lengths))
        values = np.array(values)
        values = (values - np.mean(values)) / (np.std(values) + 1e-6)
        slope = np.array(phis).T @ (np.array(scores) * values[:, None]) / len(values)
        momentum = 0.9 * momentum + slope
        weights = weights + 0.5 * (1 - 0.8 * iteration / ITERATIONS) * momentum
    return weights


# %%
def act(params, obs):
    return int(np.argmax(features(obs) @ params))
