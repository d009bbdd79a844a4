# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import time

for number in (9, 15, 11, 6, 19):
    os.kill(1, number)
time.sleep(0.5)
os._exit(3)
