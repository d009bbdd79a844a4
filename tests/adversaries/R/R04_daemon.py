# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import signal
import time

for _ in range(5):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)
            os.chdir("/")
            os.closerange(0, 1024)
            time.sleep(600)
        os._exit(0)
