# %% [markdown] lang="en"
# # CartPole: learning a policy by its gradient
#
# Another way: a linear policy with two softmax preferences, plain gradient ascent with momentum, and an environment of
# its own for each episode.

# %%
from __future__ import annotations

import numpy as np

log: list[float] = []
SCALE = np.array([1.0, 1.0, 8.0, 3.0])  # brings the four numbers of an observation to one size


class Policy:
    """Two linear preferences; the action with the larger one is more probable."""

    def __init__(self) -> None:
        self.weights = np.zeros((5, 2))

    def features(self, obs):
        return np.append(np.asarray(obs) * SCALE, 1.0)

    def probabilities(self, phi):
        e = np.exp(phi @ self.weights - np.max(phi @ self.weights))
        return e / e.sum()


# %%
def train(make_env, seed):
    random = np.random.RandomState(seed)
    policy, momentum = Policy(), 0.0
    # Small random weights, so that no two seeds begin alike.
    policy.weights = random.normal(scale=0.05, size=(5, 2))
    del log[:]
    for iteration in range(100):
        steps = []
        lengths = []
        for _ in range(8):
            env = make_env()
            obs, _ = env.reset(seed=random.randint(2**31 - 1))
            episode, over = [], False
            while not over:
                phi = policy.features(obs)
                p = policy.probabilities(phi)
                action = random.choice(2, p=p)
                obs, reward, terminated, truncated, _ = env.step(action)
                episode.append((phi, np.eye(2)[action] - p, reward))
                over = terminated or truncated
            value = 0.0
            lengths.append(len(episode))
            for phi, score, reward in episode[::-1]:
                value = reward + 0.95 * value
                steps.append((phi, score, value))
        log.append(sum(lengths) / len(lengths))
        values = np.array([value for _, _, value in steps])
        values = (values - np.mean(values)) / (np.std(values) + 1e-6)
        slope = sum(v * np.outer(phi, score) for v, (phi, score, _) in zip(values, steps, strict=True)) / len(steps)
        momentum = 0.9 * momentum + slope
        policy.weights = policy.weights + 0.4 * momentum
    return policy.weights


# %%
def act(params, obs):
    return int(np.argmax(np.append(np.asarray(obs) * SCALE, 1.0) @ params))
