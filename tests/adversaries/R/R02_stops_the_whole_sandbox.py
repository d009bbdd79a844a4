# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import signal

if os.fork() == 0:
    for pid in (1, 2, os.getppid()):
        try:
            os.kill(pid, signal.SIGSTOP)
        except OSError:
            pass
    os.kill(os.getpid(), signal.SIGSTOP)
os.wait()
