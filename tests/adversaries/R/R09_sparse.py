# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

with open("sparse", "wb") as file:
    os.ftruncate(file.fileno(), 1 << 50)
