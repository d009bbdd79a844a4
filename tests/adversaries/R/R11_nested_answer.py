# %%
answer = []
answer.append(answer)


def double(x):
    nested = []
    for _ in range(200_000):
        nested = [nested]
    return nested
