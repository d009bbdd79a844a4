# %% [markdown] lang="en"
# # Find the end of the corridor
#
# A treasure lies at one end of a corridor; which end, nobody tells. `data/corridor.py` holds the environment.
#
# * `train(make_env, seed)` plays episodes in `make_env()` and returns whatever `act` needs.
# * `act(table, state)` returns the action for a state: 0 goes left, 1 goes right.
#
# Your agent is trained and played in corridors of other lengths, with the treasure at either end.

# %% [markdown] lang="ko"
# # 복도 끝 찾기
#
# 복도의 한쪽 끝에 보물이 있지만 어느 쪽인지는 알 수 없습니다. 환경은 `data/corridor.py`에 있습니다.
#
# * `train(make_env, seed)`는 `make_env()`에서 에피소드를 플레이하고, `act`에 필요한 것을 돌려줍니다.
# * `act(table, state)`는 상태에 따른 행동을 돌려줍니다. 0은 왼쪽, 1은 오른쪽입니다.
#
# 길이가 다르고 보물이 어느 쪽에나 있을 수 있는 복도에서 훈련하고 플레이해 채점합니다.

# %%
import numpy as np

EPISODES = 300
EPSILON = 0.3
LEARNING_RATE = 0.2
GAMMA = 0.95


# %%
def train(make_env, seed):
    """Q-learning; returns a table (states, 2) of action values."""
    # SOLUTION
    rng = np.random.default_rng(seed)
    env = make_env()
    table = np.zeros((100, 2))
    for _ in range(EPISODES):
        state, done = env.reset(seed=int(rng.integers(2**31))), False
        while not done:
            explore = rng.random() < EPSILON
            action = int(rng.integers(2)) if explore else int(table[state].argmax())
            after, reward, done = env.step(action)
            target = reward if done else reward + GAMMA * table[after].max()
            table[state, action] += LEARNING_RATE * (target - table[state, action])
            state = after
    return table
    # END SOLUTION


# %%
def act(table, state):
    """The best action in a state, 0 or 1."""
    # SOLUTION
    return int(table[state].argmax())
    # END SOLUTION
