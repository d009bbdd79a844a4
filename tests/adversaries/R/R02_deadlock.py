# %%
answer = 42


def double(x):
    return 2 * x

# %%
import threading

lock = threading.Lock()
lock.acquire()
lock.acquire()
