# %%
import os
import time

answer = 42


def double(x):
    if os.fork():
        os._exit(0)
    time.sleep(60)
