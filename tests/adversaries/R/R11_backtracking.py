# %%
answer = 42


def double(x):
    return 2 * x

# %%
import re

re.match(r"(a+)+$", "a" * 40 + "b")
