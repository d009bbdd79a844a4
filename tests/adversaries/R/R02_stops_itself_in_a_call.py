# %%
import os
import signal

answer = 42


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
