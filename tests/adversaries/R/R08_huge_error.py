# %%
answer = 42


def double(x):
    return 2 * x

# %%
raise ValueError("x" * (12 << 20))
