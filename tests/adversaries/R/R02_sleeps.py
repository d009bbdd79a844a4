# %%
answer = 42


def double(x):
    return 2 * x

# %%
import time

time.sleep(600)
