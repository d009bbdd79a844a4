# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import time

if os.fork():
    os._exit(0)
time.sleep(60)
