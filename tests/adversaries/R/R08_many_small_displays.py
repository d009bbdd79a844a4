# %%
answer = 42


def double(x):
    return 2 * x

# %%
while True:
    display(1)
