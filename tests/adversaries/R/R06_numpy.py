# %%
import numpy as np

answer = 42


def double(x):
    return 2 * x

# %%
np.ones((200_000, 200_000))

# %%
parts = []
while True:
    parts.append(np.ones(1 << 20))
