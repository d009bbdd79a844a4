# %%
answer = 42


def double(x):
    return 2 * x

# %%
big = bytearray(8 << 30)
