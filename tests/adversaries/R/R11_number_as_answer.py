# %%
answer = 1 << 40_000_000


def double(x):
    return answer
