# %%
answer = 42


def double(x):
    while True:
        print("x" * 100_000)
