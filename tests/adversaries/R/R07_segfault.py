# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ctypes

ctypes.string_at(0)
