# %%
answer = 42


def double(x):
    return 2 * x

# %%
import threading
import time

while True:
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
