# %%
answer = 42


def double(x):
    return 2 * x

# %%
kept = []
while True:
    kept.append(open("/dev/null"))
