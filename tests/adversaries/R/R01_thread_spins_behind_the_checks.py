# %%
answer = 42


def double(x):
    return 2 * x

# %%
import threading


def spin():
    while True:
        pass


for _ in range(4):
    threading.Thread(target=spin, daemon=True).start()
