# %%
answer = 42


def double(x):
    raise ValueError("x" * (12 << 20))
