# %%
answer = 42


def double(x):
    return 2 * x

# %%
import ast
import sys

sys.setrecursionlimit(10**8)
for source in ("[" * 190 + "]" * 190, "+" * 3_000_000 + "1", "f(" * 90_000 + ")" * 90_000, "a" + ".b" * 500_000, "0" + "if 1 else 0" * 100_000):
    try:
        compile(source, "x", "eval")
    except (SyntaxError, RecursionError, MemoryError) as error:
        print(type(error).__name__)
