# %%
answer = 42


def double(x):
    return 2 * x

# %%
while True:
    print("x" * 1000)
