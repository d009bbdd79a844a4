# %%
answer = 42


def double(x):
    raise ValueError("x" * (100 << 20))
