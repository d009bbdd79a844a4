# %%
answer = 42


def double(x):
    return 2 * x

# %%
import sys
import threading

sys.setrecursionlimit(10**9)
threading.stack_size(1 << 30)


def down(n):
    return down(n + 1)


thread = threading.Thread(target=down, args=(0,))
thread.start()
thread.join()
