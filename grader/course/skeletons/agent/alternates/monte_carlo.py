# %%
import numpy as np


# %%
def train(make_env, seed):
    """Mean of the returns after each state and action under a random policy."""
    rng = np.random.default_rng(seed)
    env = make_env()
    total, count = {}, {}
    for _ in range(600):
        state, done, episode = env.reset(seed=int(rng.integers(2**31))), False, []
        while not done:
            action = int(rng.integers(2))
            after, reward, done = env.step(action)
            episode.append((state, action, reward))
            state = after
        running = 0.0
        for state, action, reward in reversed(episode):
            running = reward + 0.9 * running
            total[state, action] = total.get((state, action), 0.0) + running
            count[state, action] = count.get((state, action), 0) + 1
    return {key: total[key] / count[key] for key in total}


# %%
def act(values, state):
    return int(values.get((state, 1), -9.0) > values.get((state, 0), -9.0))
