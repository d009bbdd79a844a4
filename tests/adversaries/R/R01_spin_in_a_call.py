# %%
answer = 42


def double(x):
    while True:
        pass
