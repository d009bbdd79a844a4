# %%
answer = 42


def double(x):
    return 2 * x

# %%
import sys

sys.set_int_max_str_digits(0)
str(7 ** 3_000_000)
