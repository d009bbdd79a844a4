# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import time

while True:
    child = os.fork()
    if child == 0:
        end = time.monotonic() + 0.2
        while time.monotonic() < end:
            pass
        os._exit(0)
    os.waitpid(child, 0)
