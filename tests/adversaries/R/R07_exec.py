# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

os.execv("/bin/true", ["true"])
