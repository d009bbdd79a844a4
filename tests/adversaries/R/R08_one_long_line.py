# %%
answer = 42


def double(x):
    return 2 * x

# %%
print("x" * (300 << 20), end="")
