# %%
answer = [[]] * 5_000_000


def double(x):
    return {str(n): n for n in range(300_000)}
