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


# %%
def rewards_to_go(rewards, gamma):
    value, to_go = 0.0, []
    for reward in rewards[::-1]:
        value = reward + gamma * value
        to_go.insert(0, value)
    return np.array(to_go)


def advantages(episodes, gamma):
    values = np.hstack([rewards_to_go(list(rewards), gamma) for rewards in episodes])
    return (values - np.mean(values)) / np.maximum(np.std(values), 1e-6)


def logit_gradient(z, actions, A):
    probabilities = np.exp(-np.logaddexp(0.0, -np.asarray(z)))
    return np.where(np.asarray(actions) == 1, 1 - probabilities, -probabilities) * A / np.size(A)


def features(obs):
    return np.append(np.asarray(obs) * SCALE, 1.0)


# %%
def train(make_env, seed):
    random = np.random.RandomState(seed)
    # Small random weights, so that no two seeds begin alike.
    weights, momentum = random.normal(scale=0.05, size=(5, 2)), 0.0
    del log[:]
    for iteration in range(ITERATIONS):
        phis, taken, rewarded = [], [], []
        for _ in range(8):
            env = make_env()
            obs, _ = env.reset(seed=random.randint(2**31 - 1))
            rewards, over = [], False
            while not over:
                phi = features(obs)
                left, right = (phi @ weights).tolist()
                action = int(random.random_sample() < 1 / (1 + math.exp(min(left - right, 500.0))))
                phis.append(phi)
                taken.append(action)
                obs, reward, terminated, truncated, _ = env.step(action)
                rewards.append(reward)
                over = terminated or truncated
            rewarded.append(rewards)
        log.append(sum(map(sum, rewarded)) / len(rewarded))
        phis = np.array(phis)
        slope = phis.T @ logit_gradient(phis @ (weights[:, 1] - weights[:, 0]), taken, advantages(rewarded, 0.95))
        momentum = 0.9 * momentum + np.column_stack([-slope, slope])
        weights = weights + 0.5 * (1 - 0.8 * iteration / ITERATIONS) * momentum
    return weights


# %%
def act(params, obs):
    return int(np.argmax(features(obs) @ params))
