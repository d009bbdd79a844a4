# %%
import numpy as np

answer = 42


def double(x):
    return np.ones((300_000, 300_000)) * x
