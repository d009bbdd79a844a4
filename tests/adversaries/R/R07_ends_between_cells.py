# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import threading

threading.Timer(0.02, os._exit, (0,)).start()

# %%
import time

time.sleep(0.2)
