# %%
answer = 42


def double(x):
    return 2 * x

# %%
str(10 ** (10**9))
