# %%
answer = 42


def double(x):
    return 2 * x

# %%
import atexit
import threading


class Undying:
    def __del__(self):
        while True:
            pass


atexit.register(Undying().__del__)
threading._register_atexit(Undying().__del__)
kept = [Undying()]
kept.clear()
