# %%
answer = 42


def double(x):
    return 2 * x

# %%
import sys

while True:
    sys.stderr.write("x" * 100_000)
