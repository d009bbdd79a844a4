# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import time

for _ in range(12):
    if os.fork() == 0:
        kept = b"x" * (200 << 20)
        time.sleep(60)
        os._exit(0)
time.sleep(10)
