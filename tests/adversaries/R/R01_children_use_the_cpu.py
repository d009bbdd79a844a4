# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

for _ in range(3):
    if os.fork() == 0:
        while True:
            pass

# %%
import time

time.sleep(30)
