# %%
answer = 42


def double(x):
    return 2 * x

# %%
x = lambda: 2 ** (2 ** 40)
y = lambda: "x" * (1 << 40)
z = lambda: ((((((1,) * 1000,) * 1000,) * 1000,) * 1000,) * 1000)
