# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
