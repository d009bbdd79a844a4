# %%
answer = 42


def double(x):
    return 2 * x

# %%
import mmap

view = mmap.mmap(-1, 4 << 30)
for start in range(0, 4 << 30, 1 << 20):
    view[start : start + (1 << 20)] = b"x" * (1 << 20)
