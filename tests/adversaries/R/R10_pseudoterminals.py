# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

kept = []
while True:
    kept.append(os.open("/dev/ptmx", os.O_RDWR))
