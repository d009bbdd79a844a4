# %%
answer = 42


def double(x):
    return 2 * x

# %%
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
